"""Read the words of a document as it was parsed, in the order of its source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from docutils import nodes
from sphinx import addnodes

from fleuron.conservation.raw_html import text_of_raw
from fleuron.conservation.reading.recorder import MADE_BY, Part
from fleuron.conservation.reading.token_words import name_of_part
from fleuron.conservation.words import BODY, Streams, Word
from fleuron.notes.markup.citation_syntax import ARCHIVE_LABELS, LABELS
from fleuron.notes.markup.note_call import note_call

# What is not printed, or generated.
UNSEEN = (nodes.comment, nodes.target, nodes.system_message, nodes.substitution_definition, nodes.meta)
NUMBERED = (nodes.footnote, nodes.citation)
LINKS = (nodes.reference, addnodes.pending_xref, addnodes.download_reference)
WORD = re.compile(r"[^\W_]+")
# The words of a locator's labels, which become those of the edition.
LOCATOR_WORDS = frozenset(
    word for label in (*LABELS, *ARCHIVE_LABELS, "and", "ff") for word in WORD.findall(label)
)  # fmt: skip


def words_of_nodes(found: Sequence[nodes.Node], within: Part | None = None) -> Streams:
    """Return the words of nodes; a part stands as one word, but the part ``within`` which they are."""
    streams = Streams()
    NodeReader(streams, within).read_all(found)
    return streams


class NodeReader:
    """Reads the words of nodes; what several nodes of one part have is one word."""

    def __init__(self, streams: Streams, within: Part | None) -> None:
        self.streams = streams
        self.within = within
        self.seen: set[Part] = set()

    def read_all(self, found: Sequence[nodes.Node]) -> None:
        for node in found:
            self.read(node)

    def read(self, node: nodes.Node) -> None:
        """Append the words of a node."""
        if (part := self.part_of(node)) is not None:
            if part not in self.seen:
                self.seen.add(part)
                self.streams.words.setdefault(BODY, []).append(Word(name_of_part(part)))
        elif isinstance(node, nodes.Text):
            self.streams.add(BODY, str(node))
        elif isinstance(node, nodes.Element) and not isinstance(node, UNSEEN) and not is_number(node):
            self.read_element(node)

    def part_of(self, node: nodes.Node) -> Part | None:
        """Return the outermost part that made a node, within the part whose nodes are read."""
        parts: list[Part] = node.__dict__.get(MADE_BY, [])
        inner = parts[: parts.index(self.within)] if self.within in parts else parts
        return inner[-1] if inner else None

    def read_element(self, node: nodes.Element) -> None:
        """Append the words of an element: its texts, and those of its attributes that are printed."""
        if isinstance(node, nodes.field_list) and isinstance(node.parent, nodes.document):
            return  # front matter
        if isinstance(node, nodes.image):
            self.streams.add(BODY, node.get("alt", ""))
            self.streams.add(BODY, node.get("title", ""))
        elif isinstance(node, nodes.raw):
            self.streams.add(BODY, text_of_raw(node.astext()))
        elif isinstance(node, note_call) and "label" in node:
            self.streams.add_call(BODY, f"^{node['label']}")
        elif isinstance(node, nodes.footnote_reference) and "refname" in node:
            self.streams.add_call(BODY, f"^{node['refname']}")
        elif not (isinstance(node, nodes.inline) and "versionmodified" in node["classes"]):
            if not (isinstance(node, LINKS) and node.get("refexplicit") is False):
                self.read_all(node.children)
            if isinstance(node, LINKS):
                self.streams.add(BODY, node.get("reftitle", ""))


def is_number(node: nodes.Element) -> bool:
    """Return whether a node is the label of a note or citation, which is generated; the labels of tabs are text."""
    return isinstance(node, nodes.label) and isinstance(node.parent, NUMBERED)


def parts_of(document: nodes.Element) -> set[Part]:
    """Return the parts whose nodes are in a document, or below another node."""
    return {part for node in document.findall() for part in node.__dict__.get(MADE_BY, ())}


def forget_parts(document: nodes.Element) -> None:
    """Take what was recorded from the nodes of a document."""
    for node in document.findall():
        node.__dict__.pop(MADE_BY, None)


def plain_words(text: str) -> list[str]:
    """Return the runs of letters and digits of a text, in small letters, as they can be found in attributes too."""
    return WORD.findall(unicodedata.normalize("NFC", text).casefold())


def strings_of(found: Sequence[nodes.Node]) -> Iterator[str]:
    """Yield all texts of nodes, and those in their attributes."""
    for root in found:
        for node in root.findall():
            if isinstance(node, nodes.Text):
                if not isinstance(node.parent, nodes.raw):
                    yield str(node)
            elif isinstance(node, nodes.raw):
                yield text_of_raw(node.astext())
            if isinstance(node, nodes.Element):
                yield from strings_in(node.attributes)


def strings_in(value: Any) -> Iterator[str]:
    """Yield the texts within a value of an attribute."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, int | float):
        yield str(value)
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings_in(each)
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from strings_in(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from strings_in(getattr(value, each.name))
