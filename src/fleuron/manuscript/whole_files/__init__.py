"""Read texts from whole-file translations, and give what is in them the ids and numbers of their source."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.adopted import set_up_for_publications
from fleuron.manuscript.whole_files import outlines, unused_translations


def setup(app: Sphinx) -> None:
    outlines.setup(app)
    set_up_for_publications(
        app,
        "fleuron.manuscript.whole_files.paired_sections",
        "fleuron.manuscript.whole_files.counterparts",
        "fleuron.manuscript.whole_files.stale_sections",
    )
    unused_translations.setup(app)
