"""Recognise, in texts from word processors, the notes that are citations of known sources (no Sphinx, no docutils)."""
