"""The front and back matter of a book: title page, imprint, list of sources, index of names, colophon."""
