"""Read and check the values of front matter: texts, dates, identifiers, and the history of an article."""
