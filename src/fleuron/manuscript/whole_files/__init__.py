"""Read texts from whole-file translations, and give what is in them the ids and numbers of their source."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.manuscript.whole_files import counterparts, outlines, paired_sections, stale_sections, told_apart


def setup(app: Sphinx) -> None:
    outlines.setup(app)
    paired_sections.setup(app)
    counterparts.setup(app)
    stale_sections.setup(app)
    told_apart.setup(app)
