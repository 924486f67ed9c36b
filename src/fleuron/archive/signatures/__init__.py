"""Sign and timestamp the root hash of a bag, and check what others have signed; each by the program that is its own."""
