"""Compose the sheets of an edition's PDFs, as HTML with one style, from its documents."""
