"""Tests of the CSL processor and the reading of .bib files."""
