"""Fleuron, a press for scholarly articles: a Sphinx extension that loads all a publication needs."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = version("fleuron")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up each room of the press; a room knows only those before it.

    They are imported here: a process that lays out pages imports one room, and would wait a second for the others.
    """
    from fleuron import config, editions, epub, library, manuscript, paged, reporting, site

    for room in (reporting, config, editions, manuscript):
        room.setup(app)
    # An extension of its own, which a project may have named as well: Sphinx sets it up once.
    app.setup_extension("fleuron.notes")
    for room in (site, epub, paged, library):
        room.setup(app)
    return {"version": __version__, "env_version": 4, "parallel_read_safe": True, "parallel_write_safe": True}
