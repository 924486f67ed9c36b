"""What must be read or written again when a file comes to a publication or leaves it.

Sphinx 9.0 looks at the files that changed. A contents list that names a file which is gone, a link
to it, or the byline of an author whose page is new, stand in files that did not.
"""

from __future__ import annotations

from collections.abc import Iterable

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from fleuron.publication.document_names import is_article, is_contributor


class Membership:
    """Remembers, from the start of a build to its writing, whether the set of documents changed."""

    def __init__(self) -> None:
        self.changed = False

    def outdated(
        self, app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
    ) -> Iterable[str]:
        """List documents to read again."""
        self.changed = bool(added or removed)
        again = {name for name, parts in env.toctree_includes.items() if removed.intersection(parts)}
        if any(is_contributor(name) for name in added | removed):
            again |= {name for name in env.found_docs if is_article(name)}
        return (again & set(env.found_docs)) - added

    def rewritten(self, app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
        """List documents to write again: any page may link the one that came or went."""
        return set(env.found_docs) if self.changed else ()


def setup(app: Sphinx) -> None:
    membership = Membership()
    app.connect("env-get-outdated", membership.outdated)
    app.connect("env-updated", membership.rewritten)
