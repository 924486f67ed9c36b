"""Convert articles to JATS XML."""
