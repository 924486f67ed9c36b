"""The pages of a journal's issues."""
