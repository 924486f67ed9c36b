"""Build the docutils nodes of notes: calls, footnotes with their numbers, and the full source behind a short note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from babel.lists import format_list
from docutils import nodes

from fleuron.csl.processor import Processor
from fleuron.csl.rendering.citations import render_citation
from fleuron.csl.rendering.compiled_style import CompiledStyle
from fleuron.csl.rendering.context import Cite, Position
from fleuron.csl.rendering.positions import Citation
from fleuron.csl.text.runs import Run, Text
from fleuron.csl.text.text_case import lower
from fleuron.notes.citation_syntax import ParsedCite
from fleuron.notes.note_wording import NoteWording, merge_adjacent
from fleuron.publication.language_tags import locale_name

# The end of a sentence; a citation behind it is a sentence of its own.
SENTENCE_END = re.compile(r"[.!?…][”’»\")\]]*\s*$")


class full_source(nodes.General, nodes.Element):  # noqa: N801 (docutils spells its nodes so)
    """The full citations of a short note's sources, each with a link to its first note."""


class NoteNodes:
    """Build the nodes of a document's notes in the language of an edition; ``last`` is the number of its last note."""

    def __init__(self, document: str, language: str, last: int) -> None:
        self.slug = re.sub(r"\s+", "-", document.replace("/", "-"))
        self.wording = NoteWording(language, {number: self.note_id(number) for number in range(1, last + 1)})
        self.language = language

    def note_id(self, number: int) -> str:
        return f"note-{self.slug}-{number}"

    def call_id(self, number: int) -> str:
        return f"call-{self.slug}-{number}"

    def call(self, number: int, *, repeated: bool = False) -> nodes.footnote_reference:
        """Build a call; only the first call of a note has an id, which the note links back to."""
        ids = [] if repeated else [self.call_id(number)]
        return nodes.footnote_reference("", str(number), refid=self.note_id(number), ids=ids)

    def inline_nodes(self, runs: Sequence[Run]) -> list[nodes.Node]:
        return merge_adjacent(self.wording.nodes_of(runs))

    def citation_note(self, number: int, citation: list[nodes.Node], source: full_source | None) -> nodes.footnote:
        """Build a note of one paragraph; it has no source text, so that gettext does not extract it."""
        return self.note(number, [nodes.paragraph("", "", *citation), *([source] if source else [])])

    def note(self, number: int, blocks: Sequence[nodes.Node]) -> nodes.footnote:
        label = nodes.label("", str(number))
        return nodes.footnote("", label, *blocks, ids=[self.note_id(number)], backrefs=[self.call_id(number)])


def full_source_of(
    number: int, citations: Iterable[Citation], processor: Processor, note_nodes: NoteNodes
) -> full_source | None:
    """Build the full citations of the sources that a note cites in a short form; ``number`` is the note's."""
    first_notes = processor.first_notes
    keys = [cite.id for citation in citations for cite in citation.cites]
    short = [key for key in dict.fromkeys(keys) if key in processor.items and first_notes.get(key) != number]
    if not short:
        return None
    paragraphs = []
    for key in short:
        runs = render_citation([(Cite(key), Position())], processor.compiled, processor.context)
        first = first_notes[key]
        link = nodes.reference("", str(first), refid=note_nodes.note_id(first), internal=True, classes=["first-note"])
        paragraphs.append(nodes.paragraph("", "", *note_nodes.inline_nodes(runs), nodes.Text(" "), link))
    return full_source("", *paragraphs)


def style_within_sentence(compiled: CompiledStyle) -> CompiledStyle:
    """Return a style without the suffix of a note, for citations in the middle of an author's sentence."""
    layout = replace(compiled.citation.layout, suffix=())
    return replace(compiled, citation=replace(compiled.citation, layout=layout))


def author_names(cites: Sequence[ParsedCite], processor: Processor, note_nodes: NoteNodes) -> list[nodes.Node]:
    """Word the authors of sources for the text: their names as a short note has them."""
    placeholders: list[str] = []
    names: list[list[nodes.Node]] = []
    for cite in cites:
        author, position = Cite(cite.key, author_only=True), Position("subsequent")
        runs = render_citation([(author, position)], processor.compiled, processor.context)
        names.append(note_nodes.inline_nodes(runs))
        placeholders.append(f"\0{len(placeholders)}\0")
    if not placeholders:
        return []
    parts = re.split(r"\0(\d+)\0", format_list(placeholders, locale=locale_name(note_nodes.language)))
    joined: list[nodes.Node] = []
    for number, part in enumerate(parts):
        if number % 2:
            joined.extend(names[int(part)])
        elif part:
            joined.append(nodes.Text(part))
    return joined


def fit_into_text(call: nodes.Node, sentence: list[nodes.Node], phrase: list[nodes.Node]) -> list[nodes.Node]:
    """Fit a citation into the text of a note: as a sentence behind a sentence, else as a phrase in brackets."""
    before = text_before(call)
    space = "" if not before or before[-1].isspace() else " "
    if not before or SENTENCE_END.search(before):
        return [nodes.Text(space), *sentence] if space else sentence
    return [nodes.Text(f"{space}("), *phrase, nodes.Text(")")]


def text_before(call: nodes.Node) -> str:
    """Return the text of the paragraph before a call."""
    block = call.parent
    while block is not None and not isinstance(block, nodes.paragraph):
        block = block.parent
    text = ""
    for node in block.findall() if block is not None else ():
        if node is call:
            break
        if isinstance(node, nodes.Text):
            text += node.astext()
    return text


def lowercase_first_term(runs: Sequence[Run], language: str) -> list[Run]:
    """Lower-case the first letter if the style's own term begins the runs: (ibid., p. 4)."""
    if runs and isinstance(runs[0], Text) and runs[0].language and not runs[0].field:
        return [replace(runs[0], text=lower(runs[0].text[0], language) + runs[0].text[1:]), *runs[1:]]
    return list(runs)


def without_full_stop(inlines: list[nodes.Node]) -> list[nodes.Node]:
    """Remove the full stop at the end of a sentence that is set within another."""
    if inlines and isinstance(inlines[-1], nodes.Text):
        return [*inlines[:-1], nodes.Text(inlines[-1].astext().rstrip().removesuffix("."))]
    return inlines
