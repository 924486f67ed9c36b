"""Read CSL style and locale files, and compile a style for one locale."""
