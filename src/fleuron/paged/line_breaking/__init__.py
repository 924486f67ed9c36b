"""Choose where the lines of a paragraph end, for all of its lines together, from the widths of its words."""
