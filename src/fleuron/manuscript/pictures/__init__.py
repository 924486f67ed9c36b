"""Read pictures: find their files, keep code out of them, and report what a reader would not see."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.manuscript.pictures import (
    descriptions,
    html_pictures,
    misread_pictures,
    picture_directives,
    picture_files,
    picture_nodes,
    remote_pictures,
)


def setup(app: Sphinx) -> None:
    picture_nodes.setup(app)
    picture_directives.setup(app)
    html_pictures.setup(app)
    remote_pictures.setup(app)
    picture_files.setup(app)
    descriptions.setup(app)
    misread_pictures.setup(app)
