"""Records for libraries that need the whole text of an article, and the builder that writes all records as files."""
