"""Build the search index, with the same folding and stemming in the index and in the browser."""
