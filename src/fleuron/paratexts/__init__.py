"""Show what stands around the text of an article: its genre, what it reviews, and the people and means behind it."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.paratexts import back_matter, genre_line, reviewed_works


def setup(app: Sphinx) -> None:
    genre_line.setup(app)
    reviewed_works.setup(app)
    back_matter.setup(app)
