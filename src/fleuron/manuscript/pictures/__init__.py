"""Read pictures: find their files, keep code out of them, and report what a reader would not see."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.adopted import set_up_for_publications
from fleuron.manuscript.pictures import (
    picture_directives,
    picture_nodes,
)


def setup(app: Sphinx) -> None:
    picture_nodes.setup(app)
    picture_directives.setup(app)
    set_up_for_publications(
        app,
        "fleuron.manuscript.pictures.html_pictures",
        "fleuron.manuscript.pictures.remote_pictures",
        "fleuron.manuscript.pictures.picture_files",
        "fleuron.manuscript.pictures.descriptions",
        "fleuron.manuscript.pictures.misread_pictures",
    )
