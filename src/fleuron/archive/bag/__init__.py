"""Write, read and verify BagIt bags (RFC 8493)."""
