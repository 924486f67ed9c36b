"""Place figures and tables at the heads and feet of pages, and blocks on the grid of lines."""
