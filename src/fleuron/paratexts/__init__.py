"""Show what stands around the text of an article: its genre, what it reviews, and the people and means behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fleuron.adopted import set_up_for_publications

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    set_up_for_publications(
        app, "fleuron.paratexts.genre_line", "fleuron.paratexts.reviewed_works", "fleuron.paratexts.back_matter"
    )
