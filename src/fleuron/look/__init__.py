"""The looks of a publication: its colours, and whether text in them can be read."""
