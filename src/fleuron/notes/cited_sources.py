"""What each document cites, what those sources were when it was read, and what they are: read once for all who ask."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Any, ClassVar, cast

from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment

from fleuron.csl.rendering.compiled_style import CompiledStyle
from fleuron.notes.note_styles import NoteStyles
from fleuron.notes.sources import Item, Sources, digest, report_missing


class NoteRecords(Domain):
    """Sphinx's store for the sources that documents cite: for each document a digest of each, by key.

    It keeps the items of the bibliographies with them, for a next build that finds the files unchanged.
    """

    name = "note"
    label = "Notes"
    data_version = 2
    initial_data: ClassVar[dict[str, Any]] = {"cited": {}, "sources": Sources()}

    def setup(self) -> None:
        super().setup()
        self.styles = NoteStyles()

    @property
    def items(self) -> dict[str, Item]:
        """The items of all bibliographies, by key."""
        return cast(Sources, self.data["sources"]).of(self.env)

    @property
    def cited(self) -> dict[str, dict[str, str]]:
        return cast(dict[str, dict[str, str]], self.data["cited"])

    def clear_doc(self, docname: str) -> None:
        self.cited.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        self.cited.update({name: keys for name, keys in otherdata["cited"].items() if name in docnames})

    def resolve_any_xref(self, *_arguments: Any) -> list[Any]:
        return []


def records_of(env: BuildEnvironment) -> NoteRecords:
    return cast(NoteRecords, env.get_domain("note"))


def compiled_style(app: Sphinx) -> CompiledStyle:
    """Return the style of the edition that is being built."""
    return records_of(app.env).styles.of(app)


def outdated(_app: Sphinx, env: BuildEnvironment, *_changes: Set[str]) -> Iterable[str]:
    """List the documents that cite a source which has changed, come or gone since they were read."""
    items = records_of(env).items
    return {
        document
        for document, keys in records_of(env).cited.items()
        if document in env.found_docs and any(digest(items.get(key)) != known for key, known in keys.items())
    }


def check_cited(_app: Sphinx, env: BuildEnvironment) -> None:
    records = records_of(env)
    report_missing(env, {key for keys in records.cited.values() for key in keys}, records.items)


def setup(app: Sphinx) -> None:
    app.add_domain(NoteRecords)
    app.connect("env-get-outdated", outdated)
    app.connect("env-updated", check_cited)
