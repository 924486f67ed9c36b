"""Archive a released version as a bag that a library can keep and verify (BagIt 1.0, RFC 8493)."""
