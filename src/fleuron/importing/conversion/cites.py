"""Write the citations in pandoc's trees as authors of Fleuron do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fleuron.importing.conversion.hidden_cites import hidden_in
from fleuron.importing.conversion.tree import Node, markdown, nodes_in, plain_text, replaced

PAGES = re.compile(r"\d+(?:\s*[-–—]+\s*\d+)?")
RANGE = re.compile(r"(?<=\d)\s*[–—]+\s*(?=\d)")
COMMAND = re.compile(r"\\(?P<name>[A-Za-z]+)")
# What may stand beside a citation in a note that is nothing else.
STOPS = frozenset(" .")
# LaTeX's commands whose citations are notes wherever they stand.
OF_NOTES = frozenset({"footcite", "footcites", "autocite", "autocites", "smartcite", "smartcites", "footfullcite"})
# Those that print a part of an entry.
PARTS = {"citeauthor": "cite:author", "citeyear": "cite:year", "citeyearpar": "cite:year"}


@dataclass(frozen=True)
class CiteMarkup:
    """How citations are written: in the text or in notes; ``renamed`` are keys by those of the document."""

    in_text: bool = False
    renamed: Mapping[str, str] = field(default_factory=dict)

    def written(self, cite: Node, *, in_note: bool) -> str:
        """Return a citation of the tree as a role."""
        citations, raw = cite["c"]
        if hidden := hidden_in(citations[0]["citationId"]):
            return hidden[0]
        command = command_of(raw)
        named = PARTS.get(command)
        in_text = self.in_text and not in_note and command not in OF_NOTES
        kind = "cite" if in_text else "footcite"
        is_author = citations[0]["citationMode"]["t"] == "AuthorInText" and not named
        role = named or (f"{kind}:t" if is_author else "cite:p" if in_text else kind)
        return f"{{{role}}}`{', '.join(self.source(citation) for citation in citations)}`"

    def source(self, citation: Mapping[str, Any]) -> str:
        key = citation["citationId"]
        prefix = words_in(citation["citationPrefix"])
        suffix = locator_in(citation["citationSuffix"])
        parts = (f"{{{prefix}}}" if prefix else "", self.renamed.get(key, key), f"{{{suffix}}}" if suffix else "")
        return "".join(parts)


def command_of(raw: Sequence[Node]) -> str:
    """Return the name of the LaTeX command of a citation, without its star, or nothing."""
    found = COMMAND.match(raw[0]["c"][1]) if raw and raw[0]["t"] == "RawInline" else None
    return found["name"].lower() if found else ""


def words_in(content: Sequence[Node]) -> str:
    """Return words as they stand in the braces of a cite, which can have neither braces nor grave accents."""
    words = " ".join(plain_text(list(content)).split()).strip(" ,;")
    return words.replace("{", "(").replace("}", ")").replace("`", "’")


def locator_in(content: Sequence[Node]) -> str:
    words = words_in(content)
    if PAGES.fullmatch(words):
        words = f"{'pp.' if not words.isdecimal() else 'p.'} {words}"
    return RANGE.sub("-", words).replace("--", "-")


def with_cites(tree: Any, markup: CiteMarkup) -> Any:
    """Return a tree whose citations are roles; a note that has nothing else is one in its place."""

    def within_note(node: Node) -> list[Node] | None:
        return [markdown(markup.written(node, in_note=True))] if node["t"] == "Cite" else None

    def in_text(node: Node) -> list[Node] | None:
        if node["t"] == "Note":
            only = only_cites(node)
            if only:
                return [markdown(markup.written(joined(only), in_note=True))]
            return [{"t": "Note", "c": replaced(node["c"], within_note)}]
        return None

    def remaining(node: Node) -> list[Node] | None:
        return [markdown(markup.written(node, in_note=False))] if node["t"] == "Cite" else None

    return replaced(replaced(tree, in_text), remaining)


def only_cites(note: Node) -> list[Node]:
    """Return the citations of a note that has no words of its own; else nothing."""
    blocks = note["c"]
    while len(blocks) == 1 and blocks[0]["t"] in ("Para", "Plain") and is_note(blocks[0]["c"]):
        blocks = blocks[0]["c"][0]["c"]  # a note within a note: \footnote{\footcite{key}}
    if len(blocks) != 1 or blocks[0]["t"] not in ("Para", "Plain"):
        return []
    others = [node for node in blocks[0]["c"] if node["t"] != "Cite"]
    cites = [node for node in blocks[0]["c"] if node["t"] == "Cite"]
    is_bare = all(node["t"] in ("Str", "Space", "SoftBreak") for node in others)
    return cites if is_bare and set(plain_text(others)) <= STOPS | {";"} and is_plain(cites) else []


def is_note(content: Sequence[Node]) -> bool:
    return len(content) == 1 and content[0]["t"] == "Note"


def is_plain(cites: Sequence[Node]) -> bool:
    """Return whether citations can be one note: none prints a part of an entry, or an author's name in the text."""
    return not any(command_of(cite["c"][1]) in PARTS for cite in cites)


def joined(cites: Sequence[Node]) -> Node:
    return {"t": "Cite", "c": [[each for cite in cites for each in cite["c"][0]], cites[0]["c"][1]]}


def cited_keys(tree: Any) -> Iterator[str]:
    """Yield the keys that a tree cites, in the order of its text."""
    for node in nodes_in(tree):
        if node["t"] == "Cite":
            yield from (citation["citationId"] for citation in node["c"][0])
