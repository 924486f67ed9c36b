"""Convert bibliographic sources: BibTeX and biblatex to CSL-JSON, and CSL-JSON to BibTeX and RIS."""
