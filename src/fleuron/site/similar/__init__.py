"""Find similar articles by TF-IDF."""
