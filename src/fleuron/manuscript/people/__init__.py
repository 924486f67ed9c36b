"""Name the people who have worked on a text, beside its authors."""
