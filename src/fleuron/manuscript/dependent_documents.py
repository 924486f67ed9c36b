"""Choose the documents to read or write again when a file is added to a publication or removed from it.

Sphinx 9.0 considers only the files that changed. A table of contents that names a removed file, a link to it, and the
byline of an author whose page is new are in files that did not change.
"""

from __future__ import annotations

from collections.abc import Iterable

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from fleuron.publication.document_names import is_article, is_contributor


class DocumentChanges:
    """Records, from the beginning of a build until pages are written, whether documents were added or removed."""

    def __init__(self) -> None:
        self.changed = False

    def documents_to_read(
        self, app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
    ) -> Iterable[str]:
        """Return the documents to read again."""
        self.changed = bool(added or removed)
        again = {name for name, included in env.toctree_includes.items() if removed.intersection(included)}
        if any(is_contributor(name) for name in added | removed):
            again |= {name for name in env.found_docs if is_article(name)}
        return (again & set(env.found_docs)) - added

    def documents_to_write(self, app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
        """Return the documents to write again: any page may link one that was added or removed."""
        return set(env.found_docs) if self.changed else ()


def setup(app: Sphinx) -> None:
    changes = DocumentChanges()
    app.connect("env-get-outdated", changes.documents_to_read)
    app.connect("env-updated", changes.documents_to_write)
