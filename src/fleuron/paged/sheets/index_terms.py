"""Collect the entries of the indexes from documents: cited authors and marked terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from docutils import nodes
from sphinx import addnodes

from fleuron.content.books.indexes import IndexEntry, marked_entries, names_of
from fleuron.paged.sheets.fragments import pagenote
from fleuron.publication.document_names import volume_anchor


def cited_names(doctree: nodes.document, items: Mapping[str, Mapping[str, Any]]) -> Iterator[IndexEntry]:
    """Yield the authors of the sources of each note, at its call; notes have been moved to their calls already."""
    for note in doctree.findall(pagenote):
        cited: list[str] = note.get("sources", [])
        for key in cited:
            for name, language in names_of(items.get(key, {})):
                yield IndexEntry(name, note["ids"][0], language=language)


def marked_terms(doctree: nodes.document, document: str) -> Iterator[IndexEntry]:
    """Yield what was marked with Sphinx's ``index``; the ids begin with the document's anchor already."""
    for place in doctree.findall(addnodes.index):
        entries: list[tuple[str, str, str, str, object]] = place["entries"]
        for kind, value, target, main, _key in entries:
            yield from marked_entries(kind, value, f"{volume_anchor(document)}--{target}", main)
