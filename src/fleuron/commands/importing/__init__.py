"""What `fleuron import` does: read documents, ask the editor, write articles (its own package has a keyword's name)."""
