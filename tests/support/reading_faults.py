"""A Sphinx extension that loses words while a text is read: in its parser, in a transform, in a directive or a role.

An article is named after the place of the fault, its kind, and the number of its word in `word_faults.WORDS`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive
from markdown_it import MarkdownIt
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from fleuron.manuscript.translated.message_parser import MessageParser
from fleuron.notes.markup.calls import NoteCallParser
from tests.support.word_faults import WORDS


def text_with(root: nodes.Element, word: str) -> nodes.Text:
    return next(text for text in root.findall(nodes.Text) if word in text)


def replace(text: nodes.Text, old: str, new: str) -> None:
    index = next(number for number, child in enumerate(text.parent.children) if child is text)
    text.parent[index : index + 1] = [nodes.Text(text.astext().replace(old, new, 1))]


def drop(root: nodes.Element, word: str) -> None:
    replace(text_with(root, word), word, "")


def double(root: nodes.Element, word: str) -> None:
    replace(text_with(root, word), word, f"{word} {word}")


def split(root: nodes.Element, word: str) -> None:
    replace(text_with(root, word), word, word[1:])


def swap(root: nodes.Element, word: str) -> None:
    """Exchange a word and the last of the text, or of the note."""
    other = {"edelweiss": "juniper", "peony": "quince", "quince": "peony"}.get(word, "edelweiss")
    replace(text_with(root, word), word, "\0")
    replace(text_with(root, other), other, word)
    replace(text_with(root, "\0"), "\0", other)


def misplace(root: nodes.Element, word: str) -> None:
    """Put a word of the text into the note, or one of the note into the text."""
    target = "stands" if word in ("peony", "quince") else "follows"
    drop(root, word)
    replace(text_with(root, target), target, f"{target} {word}")


FAULTS: dict[str, Callable[[nodes.Element, str], None]] = {
    "drop": drop,
    "double": double,
    "split": split,
    "swap": swap,
    "misplace": misplace,
}


def spoil(document: nodes.document, stage: str) -> None:
    """Change a document that is named after a fault of a stage."""
    name = str(document["source"]).rpartition("/")[2].removesuffix(".md")
    where, _, rest = name.partition("-")
    kind, _, number = rest.partition("-")
    if where == stage and kind in FAULTS:
        word = list(WORDS.values())[int(number)]
        # The abstract is parsed by itself, and has no other text.
        is_abstract = document.next_node(nodes.title) is None
        if any(word in text for text in document.findall(nodes.Text)):
            (drop if is_abstract and kind in ("swap", "misplace") else FAULTS[kind])(document, word)


def spoil_parser() -> None:
    """Let the parser of documents lose words, as a defect of a renderer would."""
    render = NoteCallParser.render

    def render_and_spoil(self: NoteCallParser, parser: MarkdownIt, text: str) -> None:
        render(self, parser, text)
        spoil(parser.options["document"], "parse")

    NoteCallParser.render = render_and_spoil  # type: ignore[method-assign]


def spoil_messages() -> None:
    """Let the parser of translations lose the word “silik”."""
    parse = MessageParser.parse

    def parse_and_spoil(
        self: MessageParser, text: str, path: Path, line: int, one_line: bool
    ) -> tuple[nodes.Element, list[str]]:
        paragraph, problems = parse(self, text, path, line, one_line)
        for found in [found for found in paragraph.findall(nodes.Text) if "silik" in found]:
            replace(found, "silik", "")
        return paragraph, problems

    MessageParser.parse = parse_and_spoil  # type: ignore[method-assign]


class SpoilDocument(SphinxTransform):
    """Lose words after translation."""

    default_priority = 400

    def apply(self, **kwargs: Any) -> None:
        spoil(self.document, "transform")


class FaultyDirective(Directive):
    """A directive that does not print its text as it is."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        box = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, box)
        made: dict[str, list[nodes.Node]] = {
            "dropping": [],
            "halving": list(box.children[:1]),
        }
        return made[self.name]


def faulty_role(*_given: Any, **_options: Any) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    return [], []


def setup(app: Sphinx) -> dict[str, bool]:
    spoil_parser()
    spoil_messages()
    app.add_transform(SpoilDocument)
    for name in ("dropping", "halving"):
        app.add_directive(name, FaultyDirective)
    app.add_role("dropping", faulty_role)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
