"""Read and render dates (CSL 1.0.2, “Date”)."""
