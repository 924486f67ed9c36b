"""Check that what is written has every word of its source: once, in order and in the right place.

`words` and `comparison` know neither Sphinx nor docutils. `reading` compares source files with the documents that are
read from them; `doctree_words` reads what is to be written, `html_words` and `pdf_words` what was written, and
`page_check` compares both in a build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fleuron.adopted import is_left_to_sphinx, set_up

if TYPE_CHECKING:
    from sphinx.application import Sphinx

READING = ("fleuron.conservation.reading.source_check", "fleuron.conservation.reading.stages")


def compare_documents(app: Sphinx) -> None:
    """Check each document that is read (an event handler); the formats check what they write of it.

    Sphinx's own pages of a project are not compared: it would take as long as all the rest.
    """
    if not is_left_to_sphinx(app):
        set_up(app, READING)


def setup(app: Sphinx) -> None:
    # After the parser of notes is registered, which the one that compares extends.
    app.connect("builder-inited", compare_documents)
