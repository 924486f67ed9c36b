"""Convert the entries of .bib files to CSL-JSON items."""
