"""Read and write the LaTeX that occurs in .bib files."""
