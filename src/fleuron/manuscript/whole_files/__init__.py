"""Read texts from whole-file translations, and give what is in them the ids and numbers of their source."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.manuscript.whole_files import counterparts, outlines, paired_sections, stale_sections, unused_translations


def setup(app: Sphinx) -> None:
    outlines.setup(app)
    paired_sections.setup(app)
    counterparts.setup(app)
    stale_sections.setup(app)
    unused_translations.setup(app)
