"""Convert entries of .bib files to CSL-JSON items."""
