"""Build the docutils nodes of notes: calls, footnotes with their numbers, and the full source of a short note."""

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
from fleuron.csl.text.runs import Run, Span
from fleuron.csl.text.sentences import ends_sentence
from fleuron.csl.text.text_case import lower
from fleuron.notes.markup.citation_syntax import ParsedCite
from fleuron.notes.note_wording import NoteWording, merge_adjacent
from fleuron.publication.edition import Edition
from fleuron.publication.language_tags import locale_name

# The position of a source that was cited in an earlier note.
REPEATED = Position("subsequent")


class source_listing(nodes.container):  # noqa: N801 (docutils spells its nodes so)
    """A list of sources; writers that do not know it treat it as the container that it is."""


class full_source(nodes.General, nodes.Element):  # noqa: N801 (docutils spells its nodes so)
    """The full citations of a short note's sources, each with a link to its first note."""


class source_aid(nodes.General, nodes.Element):  # noqa: N801 (docutils spells its nodes so)
    """What the press adds to lead a reader from a source to the notes that cite it; only the site writes it."""


class NoteNodes:
    """Build the nodes of a document's notes in the language of an edition; ``last`` is the number of its last note."""

    def __init__(self, document: str, language: str, last: int) -> None:
        self.slug = re.sub(r"\s+", "-", document.replace("/", "-"))
        self.wording = NoteWording(language, {number: self.note_id(number) for number in range(1, last + 1)})
        self.language = language
        self.numerals = Edition(language).numerals

    def note_id(self, number: int) -> str:
        return f"note-{self.slug}-{number}"

    def call_id(self, number: int) -> str:
        return f"call-{self.slug}-{number}"

    def call(self, number: int, *, repeated: bool = False) -> nodes.footnote_reference:
        """Build a call; the note links back to the first one. The id of a repeated call is made when all are known."""
        ids = [] if repeated else [self.call_id(number)]
        return nodes.footnote_reference("", self.numerals(number), refid=self.note_id(number), ids=ids)

    def name_repeated_calls(self, document: nodes.document) -> None:
        """Give ids to repeated calls, which themes such as sphinx-book-theme 1.4 take for granted."""
        calls = [call for call in document.findall(nodes.footnote_reference) if not call["ids"]]
        for number, call in enumerate(calls, 1):
            call["ids"] = [f"call-{self.slug}-again{number}"]

    def inline_nodes(self, runs: Sequence[Run]) -> list[nodes.Node]:
        return merge_adjacent(self.wording.nodes_of(runs))

    def citation_note(self, number: int, citation: list[nodes.Node], source: full_source | None) -> nodes.footnote:
        """Build a note of one paragraph; it has no source text, so that gettext does not extract it."""
        return self.note(number, [nodes.paragraph("", "", *citation), *([source] if source else [])])

    def note(self, number: int, blocks: Sequence[nodes.Node]) -> nodes.footnote:
        label = nodes.label("", self.numerals(number))
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
        link = nodes.reference(
            "", note_nodes.numerals(first), refid=note_nodes.note_id(first), internal=True, classes=["first-note"]
        )
        paragraphs.append(nodes.paragraph("", "", *note_nodes.inline_nodes(runs), nodes.Text(" "), link))
    return full_source("", *paragraphs)


def style_within_sentence(compiled: CompiledStyle) -> CompiledStyle:
    """Return a style without the suffix of a note, for citations in the middle of an author's sentence."""
    layout = replace(compiled.citation.layout, suffix=())
    return replace(compiled, citation=replace(compiled.citation, layout=layout))


def author_names(cites: Sequence[ParsedCite], processor: Processor, note_nodes: NoteNodes) -> list[nodes.Node]:
    """Word the authors of sources for the text: their names as a short note has them."""
    return join_in_language(
        [names_of(cite.key, REPEATED, processor, note_nodes) for cite in cites], note_nodes.language
    )


def names_of(key: str, position: Position, processor: Processor, note_nodes: NoteNodes) -> list[nodes.Node]:
    """Word the names of a source's authors as a cite at a position has them."""
    runs = render_citation([(Cite(key, author_only=True), position)], processor.compiled, processor.context)
    return note_nodes.inline_nodes(runs)


def textual_citation(
    citation: Citation, cite_positions: Sequence[Position], processor: Processor, note_nodes: NoteNodes
) -> list[nodes.Node]:
    """Word a citation whose authors are part of a sentence: their names, and in brackets the rest of each cite.

    ``processor`` has a style within a sentence. A source without an author is cited as any other.
    """
    parts: list[list[nodes.Node]] = []
    for cite, position in zip(citation.cites, cite_positions, strict=True):
        # “Ibid.” has no names.
        names = names_of(cite.id, position if position.name == "first" else REPEATED, processor, note_nodes)
        rest_of_cite = replace(cite, suppress_author=bool(names), prefix="" if names else cite.prefix)
        runs = render_citation([(rest_of_cite, position)], processor.compiled, processor.context)
        rest = note_nodes.inline_nodes(lowercase_first_term(runs, note_nodes.language))
        if names and rest:
            rest = [*names, nodes.Text(" ("), *rest, nodes.Text(")")]
        prefix = [nodes.Text(cite.prefix)] if names and cite.prefix else []
        parts.append([*prefix, *(rest or names)])
    return join_in_language(parts, note_nodes.language)


def join_in_language(parts: Sequence[list[nodes.Node]], language: str) -> list[nodes.Node]:
    """Join nodes to a list in the words of a language: “A, B and C”."""
    if not parts:
        return []
    placeholders = [f"\0{number}\0" for number in range(len(parts))]
    joined: list[nodes.Node] = []
    for number, piece in enumerate(re.split(r"\0(\d+)\0", format_list(placeholders, locale=locale_name(language)))):
        if number % 2:
            joined.extend(parts[int(piece)])
        elif piece:
            joined.append(nodes.Text(piece))
    return joined


def fit_into_text(call: nodes.Node, sentence: list[nodes.Node], phrase: list[nodes.Node]) -> list[nodes.Node]:
    """Fit the text of another note into a note: as a sentence after a sentence, else as a phrase in brackets."""
    before = text_before(call)
    space = "" if not before or before[-1].isspace() else " "
    if not before.strip() or ends_sentence(before):
        return [nodes.Text(space), *sentence] if space else sentence
    return [nodes.Text(f"{space}("), *phrase, nodes.Text(")")]


def block_of(call: nodes.Node) -> nodes.Element:
    """Return the paragraph, or other block of text, that has a call."""
    block: nodes.Element = call.parent
    while block.parent is not None and (isinstance(block, nodes.Inline) or not isinstance(block, nodes.TextElement)):
        block = block.parent
    return block


def text_before(call: nodes.Node) -> str:
    """Return the text of the paragraph before a call."""
    text = ""
    for node in block_of(call).findall():
        if node is call:
            break
        if isinstance(node, nodes.Text):
            text += node.astext()
    return text


def drop_stop_after(call: nodes.Node, citation: Sequence[nodes.Node]) -> None:
    """Remove the full stop after a call if its citation ends with one, or with another mark that ends a sentence."""
    last = "".join(node.astext() for node in citation)[-1:]
    after = call.next_node(nodes.Text, descend=False, siblings=True, ascend=True)
    if last not in (".", "!", "?", "…") or after is None or block_of(after) is not block_of(call):
        return
    text = after.astext()
    if text.startswith(".") and not text.startswith(".."):
        index = next(number for number, child in enumerate(after.parent.children) if child is after)
        after.parent[index : index + 1] = [nodes.Text(text[1:])] if text[1:] else []


def lowercase_first_term(runs: Sequence[Run], language: str) -> list[Run]:
    """Lower-case the first letter if the style's own term begins the runs: (ibid., p. 4)."""
    if not runs:
        return []
    first = runs[0]
    if isinstance(first, Span):
        return [replace(first, runs=tuple(lowercase_first_term(first.runs, language))), *runs[1:]]
    if first.language and not first.field:
        first = replace(first, text=lower(first.text[:1], language) + first.text[1:])
    return [first, *runs[1:]]


def without_full_stop(inlines: list[nodes.Node]) -> list[nodes.Node]:
    """Remove the full stop at the end of a sentence that is set within another."""
    if inlines and isinstance(inlines[-1], nodes.Text):
        return [*inlines[:-1], nodes.Text(inlines[-1].astext().rstrip().removesuffix("."))]
    return inlines
