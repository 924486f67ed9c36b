"""Write CSL-JSON items as BibTeX and RIS."""
