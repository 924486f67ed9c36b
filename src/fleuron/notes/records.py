"""What each document cites, and what those sources were when it was read."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Any, ClassVar, cast

from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment

from fleuron.notes.sources import Sources, digest, report_missing


class NoteRecords(Domain):
    """Sphinx's store for the sources that documents cite: for each document a digest of each, by key."""

    name = "note"
    label = "Notes"
    data_version = 1
    initial_data: ClassVar[dict[str, Any]] = {"cited": {}}

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


def outdated(env: BuildEnvironment, sources: Sources) -> set[str]:
    """List the documents that cite a source which has changed, come or gone since they were read."""
    items = sources.of(env)
    return {
        document
        for document, keys in records_of(env).cited.items()
        if document in env.found_docs and any(digest(items.get(key)) != known for key, known in keys.items())
    }


def setup(app: Sphinx, sources: Sources) -> None:
    app.add_domain(NoteRecords)

    def outdated_documents(_app: Sphinx, env: BuildEnvironment, *_changes: Set[str]) -> Iterable[str]:
        return outdated(env, sources)

    def check_cited(_app: Sphinx, env: BuildEnvironment) -> None:
        cited = {key for keys in records_of(env).cited.values() for key in keys}
        report_missing(env, cited, sources.of(env))

    app.connect("env-get-outdated", outdated_documents)
    app.connect("env-updated", check_cited)
