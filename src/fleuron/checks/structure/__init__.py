"""Rules on headings, pictures and links."""
