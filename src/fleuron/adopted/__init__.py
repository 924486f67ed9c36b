"""Say what a build leaves to Sphinx: a project with a theme of its own and no articles keeps the pages that it had.

Its web pages are read and written as by Sphinx alone, but for their notes. Formats of Fleuron read its texts by
themselves, and compare every word.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from fleuron.config import has_own_theme, is_set
from fleuron.publication.document_names import ARTICLE_FOLDER, CONTRIBUTOR_FOLDER

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

# The builders whose formats Fleuron writes itself, whatever the theme of a project is.
OWN_BUILDERS = frozenset({"epub", "gettext", "pdf", "progress", "records"})
# The attribute of Sphinx's environment with the documents that were read as Sphinx alone does.
LEFT_TO_SPHINX = "fleuron_left_to_sphinx"


def keeps_its_pages(app: Sphinx) -> bool:
    """Return whether a project keeps its web pages: it is not a publication, and is not built as untrusted.

    It can be asked as soon as the options are registered. `fleuron publish`, which sets `fleuron_editions`, makes
    editions of any project.
    """
    config = app.config
    is_other = is_set(config, "fleuron_editions") or is_set(config, "fleuron_untrusted")
    folders = (Path(app.srcdir, folder) for folder in (ARTICLE_FOLDER, CONTRIBUTOR_FOLDER))
    return has_own_theme(config) and not is_other and not any(folder.is_dir() for folder in folders)


def is_left_to_sphinx(app: Sphinx) -> bool:
    """Return whether this build writes what a project had without Fleuron."""
    return keeps_its_pages(app) and app.builder.name not in OWN_BUILDERS


def set_up(app: Sphinx, modules: Iterable[str]) -> None:
    """Import modules by their full names, and call their ``setup``."""
    for name in modules:
        import_module(name).setup(app)


def set_up_for_publications(app: Sphinx, *modules: str) -> None:
    """Set up modules of publications at once; in a project that keeps its pages, only for formats of Fleuron.

    They may connect no handler to `builder-inited` and the events before it.
    """

    def set_up_for_own_formats(app: Sphinx) -> None:
        if not is_left_to_sphinx(app):
            set_up(app, modules)

    if keeps_its_pages(app):
        app.connect("builder-inited", set_up_for_own_formats)
    else:
        set_up(app, modules)


def read_again(app: Sphinx, env: BuildEnvironment, *_changes: Set[str]) -> set[str]:
    """List the documents that a format of Fleuron cannot take as Sphinx has read them (an event handler)."""
    return set() if is_left_to_sphinx(app) else set(getattr(env, LEFT_TO_SPHINX, ())) & set(env.found_docs)


def note_documents(app: Sphinx, env: BuildEnvironment, documents: list[str]) -> None:
    """Note which documents are read as Sphinx alone does (an event handler)."""
    before = set(getattr(env, LEFT_TO_SPHINX, ()))
    setattr(env, LEFT_TO_SPHINX, before | set(documents) if is_left_to_sphinx(app) else before - set(documents))


def setup(app: Sphinx) -> None:
    app.connect("env-get-outdated", read_again)
    app.connect("env-before-read-docs", note_documents, priority=999)
