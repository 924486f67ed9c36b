"""What stands after the articles of a book: the list of all sources, and the title above its contributors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docutils import nodes
from sphinx.environment import BuildEnvironment

from fleuron.csl.rendering.compiled_style import CompiledStyle
from fleuron.notes.cited_sources import notes_domain
from fleuron.notes.note_wording import NoteWording, merge_adjacent
from fleuron.notes.source_list import bibliography_entries
from fleuron.publication.contents import ContentsEntry, all_entries
from fleuron.publication.document_names import is_contributor


def source_paragraphs(
    env: BuildEnvironment, documents: Sequence[str], style: CompiledStyle, language: str
) -> list[nodes.paragraph]:
    """Return the sources that documents cite, each once, in the order and style of their notes; one is a paragraph."""
    records = notes_domain(env)
    keys = dict.fromkeys(key for document in documents for key in records.cited.get(document, ()))
    wording = NoteWording(language)
    return [
        nodes.paragraph("", "", *merge_adjacent(wording.nodes_of(entry.runs)), classes=["source"])
        for entry in bibliography_entries(style, records.items, keys)
        if entry.runs
    ]


def part_of_contributors(contents: Iterable[ContentsEntry]) -> str:
    """Return the title of the first part that lists pages of contributors and nothing else; "" if there is none."""
    for part in all_entries(contents):
        listed = [entry.document for entry in all_entries(part.entries) if not entry.is_section]
        if part.is_part and listed and all(map(is_contributor, listed)):
            return part.title
    return ""
