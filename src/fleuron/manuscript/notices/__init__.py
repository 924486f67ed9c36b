"""Show which articles are corrected, retracted, commented on or withdrawn, and link them with notices."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.manuscript.notices import issue_members, printed_pages, relations


def setup(app: Sphinx) -> None:
    relations.setup(app)
    issue_members.setup(app)
    printed_pages.setup(app)
