"""Check that what is written has every word of its source: once, in order and in the right place.

`words` and `comparison` know neither Sphinx nor docutils. `reading` compares source files with the documents that are
read from them; `doctree_words` reads what is to be written, `html_words` and `pdf_words` what was written, and
`page_check` compares both in a build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Check each document that is read; the formats check what they write of it."""
    from fleuron.conservation.reading import source_check, stages

    source_check.setup(app)
    stages.setup(app)
