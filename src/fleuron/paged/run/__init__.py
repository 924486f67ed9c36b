"""Make an edition's PDFs: in which order sheets are laid out and bound, by which processes, and the layout cache."""
