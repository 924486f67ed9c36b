"""Fleuron publishes scholarly articles: this Sphinx extension loads all that a publication needs."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = version("fleuron")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up all packages of Fleuron, in the order of their dependencies.

    They are imported here, because a process that lays out pages needs only one of them, and the others take a second.
    """
    from fleuron import config, conservation, editions, epub, guarded_documents, library, manuscript, reporting, site

    for package in (reporting, guarded_documents, config, editions, manuscript):
        package.setup(app)
    # An extension of its own, as fleuron.paged is: if a project names it too, Sphinx sets it up once.
    app.setup_extension("fleuron.notes")
    conservation.setup(app)
    for package in (site, epub):
        package.setup(app)
    app.setup_extension("fleuron.paged")
    library.setup(app)
    return {"version": __version__, "env_version": 6, "parallel_read_safe": True, "parallel_write_safe": True}
