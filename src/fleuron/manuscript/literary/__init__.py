"""Read what literary texts and conversations have: verse, dialogue, dedications, lists of persons, abbreviations."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.manuscript.literary import abbreviations, dialogue, named_blocks, verse


def setup(app: Sphinx) -> None:
    verse.setup(app)
    dialogue.setup(app)
    named_blocks.setup(app)
    abbreviations.setup(app)
