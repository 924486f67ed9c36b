"""Read CSL style and locale files."""
