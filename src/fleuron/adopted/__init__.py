"""Say what a build leaves to Sphinx: a project with a theme of its own and no articles keeps the pages that it had.

Its web pages are read and written as by Sphinx alone, but for their notes. Formats of Fleuron read its texts by
themselves, and compare every word.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from fleuron.config import has_own_theme, is_set, set_if_unset
from fleuron.publication.document_names import has_contributors
from fleuron.publication.values.root_title import root_title
from fleuron.sphinx_defaults import DEFAULTS_FOR_BUILDERS

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

# The builders whose formats Fleuron writes itself, whatever the theme of a project is.
OWN_BUILDERS = frozenset({"epub", "gettext", "pdf", "progress", "records"})
# The attribute of Sphinx's application with the name of its builder, before that is made.
BUILDER = "fleuron_builder"
# The attribute of Sphinx's environment with the documents that were read as Sphinx alone does.
LEFT_TO_SPHINX = "fleuron_left_to_sphinx"


def is_other_project(app: Sphinx) -> bool:
    """Return whether a project is not a publication: it has a theme of its own, and no contributors.

    A manual may have a folder articles/ of its own; who writes articles has files in authors/.
    """
    return has_own_theme(app.config) and not has_contributors(Path(app.srcdir))


def keeps_its_pages(app: Sphinx) -> bool:
    """Return whether a project keeps its web pages: it is not a publication, and is not built as untrusted.

    It can be asked as soon as the options are registered. `fleuron publish`, which sets `fleuron_editions`, makes
    editions of any project.
    """
    config = app.config
    return is_other_project(app) and not is_set(config, "fleuron_editions") and not is_set(config, "fleuron_untrusted")


def is_left_to_sphinx(app: Sphinx) -> bool:
    """Return whether this build writes what a project had without Fleuron."""
    return keeps_its_pages(app) and builder_name(app) not in OWN_BUILDERS


def keeps_footnotes(app: Sphinx) -> bool:
    """Return whether the footnotes of a document that cites nothing in notes stay as docutils makes them."""
    # The extension of PDFs and that of notes can be loaded alone.
    return is_left_to_sphinx(app) if "fleuron" in app.extensions else app.builder.name != "pdf"


def builder_name(app: Sphinx) -> str:
    """Return the name of a build's builder; it can be asked as soon as the options are read."""
    return str(getattr(app, BUILDER, "")) or app.builder.name


def note_builder(app: Sphinx) -> None:
    """Note the name of the builder, which Sphinx 9.0 makes only when the options are set (`BUILDER`)."""
    preload = app.preload_builder

    def preload_and_note(name: str) -> None:
        setattr(app, BUILDER, name)
        preload(name)

    app.preload_builder = preload_and_note  # type: ignore[method-assign]


def set_defaults_for_builders(app: Sphinx, config: Config) -> None:
    """Set options of Sphinx that our builders need and conf.py does not set (an event handler).

    The pages that a project keeps show Sphinx's own values.
    """
    if is_left_to_sphinx(app):
        return
    defaults = (
        DEFAULTS_FOR_BUILDERS
        if is_set(config, "project")
        else {**DEFAULTS_FOR_BUILDERS, "project": root_title(Path(app.srcdir), config.root_doc)}
    )
    set_if_unset(config, defaults)
    # Sphinx warns of an EPUB without rights or people; Fleuron's package document has none if conf.py names none.
    people = config.author or config.project
    rights = config.copyright or people
    set_if_unset(config, {"epub_author": people, "epub_publisher": people, "epub_copyright": rights})


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
    note_builder(app)
    # After the options are checked, and before `config.set_defaults`.
    app.connect("config-inited", set_defaults_for_builders, priority=105)
    app.connect("env-get-outdated", read_again)
    app.connect("env-before-read-docs", note_documents, priority=999)
