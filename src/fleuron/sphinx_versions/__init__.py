"""What the supported versions of Sphinx and docutils have in different ways (nothing else of Fleuron)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import docutils
import sphinx
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.transforms import i18n
from sphinx.util.build_phase import BuildPhase

# What leaves a backslash in a message where a line ends; Sphinx 9.0 removes one from the end of each line.
BACKSLASH_AT_END_OF_LINE = "\\\\" if sphinx.version_info >= (9,) else "\\"


def application_of(owner: BuildEnvironment | Builder) -> Sphinx:
    """Return the application of an environment or builder; Sphinx 9.0 deprecates ``app``, and 8.2 has only that."""
    app: Sphinx = owner._app if hasattr(owner, "_app") else owner.app
    return app


def begin_reading(app: Sphinx) -> None:
    """Say that documents are read now, which Sphinx 8.2 keeps in the application and 9.0 in the builder."""
    owner: Any = app.builder if hasattr(app.builder, "phase") else app
    owner.phase = BuildPhase.READING


@contextmanager
def translations_read_as(rewritten: Callable[[str], str]) -> Iterator[None]:
    """Let Sphinx's transform parse each translation as another text; it has no hook for it."""
    name = "_publish_msgstr" if hasattr(i18n, "_publish_msgstr") else "publish_msgstr"
    place = 0 if name.startswith("_") else 1  # Sphinx 8.2 passes the application before the text
    parse: Callable[..., Any] = getattr(i18n, name)

    def parse_rewritten(*arguments: Any, **options: Any) -> Any:
        before, text, after = arguments[:place], arguments[place], arguments[place + 1 :]
        return parse(*before, rewritten(text), *after, **options)

    setattr(i18n, name, parse_rewritten)
    try:
        yield
    finally:
        setattr(i18n, name, parse)


def complete_docutils() -> None:
    """Let the quotation marks within a marked block be those of its language.

    docutils 0.21 asks the parent of a node for its language by a method that it does not have, and takes that of the
    document; 0.22 names the method as it is.
    """
    if docutils.__version_info__ < (0, 22):
        nodes.Element.get_language = nodes.Element.get_language_code  # type: ignore[attr-defined]
