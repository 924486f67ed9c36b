"""What the indexes of a volume gather from a document: cited authors, who signed it, and what its author marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from docutils import nodes
from sphinx import addnodes

from fleuron.paged.sheets.fragments import pagenote
from fleuron.paged.sheets.indexes import Mention, marked, names_of
from fleuron.publication.document_names import volume_anchor


def cited_names(doctree: nodes.document, items: Mapping[str, Mapping[str, Any]]) -> Iterator[Mention]:
    """Name the authors of the sources of each note, at its call; notes stand at their calls already."""
    for note in doctree.findall(pagenote):
        cited: list[str] = note.get("sources", [])
        for key in cited:
            for name, language in names_of(items.get(key, {})):
                yield Mention(name, note["ids"][0], language=language)


def marked_terms(doctree: nodes.document, document: str) -> Iterator[Mention]:
    """Read what Sphinx's ``index`` marked; ids have the document's anchor before them already."""
    for place in doctree.findall(addnodes.index):
        entries: list[tuple[str, str, str, str, object]] = place["entries"]
        for kind, value, target, main, _key in entries:
            yield from marked(kind, value, f"{volume_anchor(document)}--{target}", main)
