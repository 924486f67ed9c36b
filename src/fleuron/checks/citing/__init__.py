"""Rules on calls of notes."""
