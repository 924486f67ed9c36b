"""The nodes of notes: calls, footnotes with their numbers, and the full source behind a short one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from babel.lists import format_list
from docutils import nodes

from fleuron.csl.processor import Processor
from fleuron.csl.rendering import positions
from fleuron.csl.rendering.citations import render_citation
from fleuron.csl.rendering.compiled_style import CompiledStyle
from fleuron.csl.rendering.context import Cite, Position
from fleuron.csl.text.runs import Run, Text
from fleuron.csl.text.text_case import lower
from fleuron.notes.citation_syntax import Citation
from fleuron.notes.note_wording import Wording, joined

# A sentence that has ended; what a note cites behind it is a sentence of its own.
ENDED = re.compile(r"[.!?…][”’»\")\]]*\s*$")


class full_source(nodes.General, nodes.Element):  # noqa: N801 (docutils spells its nodes so)
    """The whole wording of the sources of a short note, for a reader who opens it; ``first`` are their first notes."""


class Typesetting:
    """Makes the nodes of a document's notes for an edition; ``last`` is the number of its last note."""

    def __init__(self, document: str, language: str, last: int) -> None:
        self.slug = re.sub(r"\s+", "-", document.replace("/", "-"))
        self.wording = Wording(language, {number: self.note_id(number) for number in range(1, last + 1)})
        self.language = language

    def note_id(self, number: int) -> str:
        return f"note-{self.slug}-{number}"

    def call_id(self, number: int) -> str:
        return f"call-{self.slug}-{number}"

    def call(self, number: int, *, again: bool = False) -> nodes.footnote_reference:
        """Make a call; only the first of a note is what the note leads back to."""
        ids = [] if again else [self.call_id(number)]
        return nodes.footnote_reference("", str(number), refid=self.note_id(number), ids=ids)

    def words(self, runs: Sequence[Run]) -> list[nodes.Node]:
        return joined(self.wording.of(runs))

    def footnote(self, number: int, words: list[nodes.Node], again: nodes.Node | None) -> nodes.footnote:
        """Make a note of one paragraph; it has no source, so that gettext does not extract it."""
        return self.own_footnote(number, [nodes.paragraph("", "", *words), *([again] if again else [])])

    def own_footnote(self, number: int, blocks: Sequence[nodes.Node]) -> nodes.footnote:
        label = nodes.label("", str(number))
        return nodes.footnote("", label, *blocks, ids=[self.note_id(number)], backrefs=[self.call_id(number)])


def full_source_of(
    note: int, cited: Iterable[positions.Citation], processor: Processor, setting: Typesetting
) -> full_source | None:
    """Word in full the sources of a note that it has short; ``note`` is its number."""
    first = processor.first_notes
    keys = [each.id for cluster in cited for each in cluster.cites]
    repeated = [each for each in dict.fromkeys(keys) if each in processor.items and first.get(each) != note]
    if not repeated:
        return None
    paragraphs = []
    for each in repeated:
        runs = render_citation([(Cite(each), Position())], processor.compiled, processor.context)
        number = first[each]
        back = nodes.reference("", str(number), refid=setting.note_id(number), internal=True, classes=["first-note"])
        paragraphs.append(nodes.paragraph("", "", *setting.words(runs), nodes.Text(" "), back))
    return full_source("", *paragraphs)


def within_words(compiled: CompiledStyle) -> CompiledStyle:
    """Return a style without what ends a note, for sources that are cited in the midst of an author's words."""
    layout = replace(compiled.citation.layout, suffix=())
    return replace(compiled, citation=replace(compiled.citation, layout=layout))


def names_in_text(citations: Sequence[Citation], processor: Processor, setting: Typesetting) -> list[nodes.Node]:
    """Word the authors of sources for the text: their names as a short note has them."""
    names: list[str] = []
    worded: list[list[nodes.Node]] = []
    for citation in citations:
        cite, position = Cite(citation.key, author_only=True), Position("subsequent")
        runs = render_citation([(cite, position)], processor.compiled, processor.context)
        worded.append(setting.words(runs))
        names.append(f"\0{len(names)}\0")
    if not names:
        return []
    parts = re.split(r"\0(\d+)\0", format_list(names, locale=setting.language.replace("-", "_")))
    made: list[nodes.Node] = []
    for number, part in enumerate(parts):
        if number % 2:
            made.extend(worded[int(part)])
        elif part:
            made.append(nodes.Text(part))
    return made


def within(call: nodes.Node, sentence: list[nodes.Node], phrase: list[nodes.Node]) -> list[nodes.Node]:
    """Set a citation within the words of a note: behind a sentence as another, elsewhere as a phrase in brackets."""
    before = text_before(call)
    space = "" if not before or before[-1].isspace() else " "
    if not before or ENDED.search(before):
        return [nodes.Text(space), *sentence] if space else sentence
    return [nodes.Text(f"{space}("), *phrase, nodes.Text(")")]


def text_before(call: nodes.Node) -> str:
    """Return the text of the block up to a call."""
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


def in_a_sentence(runs: Sequence[Run], language: str) -> list[Run]:
    """Begin with a small letter where a term of the style begins: (ibid., p. 4)."""
    if runs and isinstance(runs[0], Text) and runs[0].language and not runs[0].field:
        return [replace(runs[0], text=lower(runs[0].text[0], language) + runs[0].text[1:]), *runs[1:]]
    return list(runs)


def without_stop(words: list[nodes.Node]) -> list[nodes.Node]:
    """Take the full stop from the end of an author's words that go on."""
    if words and isinstance(words[-1], nodes.Text):
        return [*words[:-1], nodes.Text(words[-1].astext().rstrip().removesuffix("."))]
    return words
