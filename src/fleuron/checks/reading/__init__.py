"""Read the sources of a publication into records for rules: Markdown, catalogues, comments that turn rules off."""
