"""Rules on marks of language."""
