"""A processor for the Citation Style Language 1.0.2: sources, styles and locales to typed runs of text."""
