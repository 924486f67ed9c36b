"""The order of documents in a publication and in its volume, from its tables of contents."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from fleuron.publication.document_names import is_contributor


def reading_order(root: str, includes: Mapping[str, Sequence[str]]) -> list[str]:
    """List the documents as the tables of contents order them, each once, the root first.

    ``includes`` has the documents that each document's tables of contents name.
    """
    order: dict[str, None] = {}

    def visit(document: str) -> None:
        if document not in order:
            order[document] = None
            for child in includes.get(document, ()):
                visit(child)

    visit(root)
    return list(order)


def volume_order(root: str, includes: Mapping[str, Sequence[str]], pages: Collection[str] = ()) -> list[str]:
    """List the documents of the volume: all in the tables of contents but the root, contributors and ``pages``."""
    return [name for name in reading_order(root, includes)[1:] if not is_contributor(name) and name not in pages]
