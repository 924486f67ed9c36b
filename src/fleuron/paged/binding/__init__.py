"""Bind laid-out pages into PDFs: bookmarks, links, structure tree, folios, metadata, attached files."""
