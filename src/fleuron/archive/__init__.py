"""A released version as a bag that a library can keep for fifty years, and prove unchanged (BagIt 1.0, RFC 8493)."""
