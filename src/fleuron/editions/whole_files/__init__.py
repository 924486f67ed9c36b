"""Whole-file translations: a text of an edition that is a file of its own, in place of a catalogue (no Sphinx)."""
