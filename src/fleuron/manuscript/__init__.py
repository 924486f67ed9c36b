"""What authors write: front matter becomes a record and nodes, and nothing foreign gets in."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.manuscript import (
    borders,
    closing,
    intake,
    markup,
    membership,
    opening,
    pages,
    passages,
    pictures,
    register,
    titles,
    tongues,
    wordings,
)


def setup(app: Sphinx) -> None:
    app.setup_extension("myst_parser")
    register.setup(app)
    intake.setup(app)
    opening.setup(app)
    closing.setup(app)
    markup.setup(app)
    borders.setup(app)
    pages.setup(app)
    passages.setup(app)
    pictures.setup(app)
    titles.setup(app)
    tongues.setup(app)
    wordings.setup(app)
    membership.setup(app)
