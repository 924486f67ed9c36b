"""The sources that are cited: BibTeX and biblatex to CSL-JSON, and back to BibTeX and RIS for downloads."""
