"""Fleuron publishes scholarly articles: this Sphinx extension loads all that a publication needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def __getattr__(name: str) -> str:
    """Return ``__version__``, the only attribute that is computed: it is read from the package's metadata."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import version

    return version("fleuron")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up all packages of Fleuron, in the order of their dependencies.

    They are imported here, because a process that lays out pages needs only one of them, and the others take a second.
    """
    from fleuron import (
        adopted,
        config,
        conservation,
        editions,
        epub,
        exporting,
        guarded_documents,
        kept_doctrees,
        library,
        manuscript,
        paratexts,
        reporting,
        site,
    )
    from fleuron.cluster import reading
    from fleuron.extras import installed_version
    from fleuron.progress import build_steps

    for package in (
        reporting,
        build_steps,
        guarded_documents,
        kept_doctrees,
        config,
        adopted,
        reading,
        editions,
        manuscript,
    ):
        package.setup(app)
    # An extension of its own, as fleuron.paged is: if a project names it too, Sphinx sets it up once.
    app.setup_extension("fleuron.notes")
    paratexts.setup(app)
    conservation.setup(app)
    for package in (site, epub):
        package.setup(app)
    app.setup_extension("fleuron.paged")
    library.setup(app)
    exporting.setup(app)
    return {
        "version": installed_version("fleuron"),
        "env_version": 9,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
