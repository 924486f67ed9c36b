"""Add a document to a table of contents in the Markdown of the root document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase

# The lines between which a table of contents stands.
OPENING = re.compile(r"(?P<indent>[ ]{0,3})(?P<fence>`{3,}|~{3,}|:{3,})\{toctree\}\s*$")
OPTION = re.compile(r"\s*:[\w-]+:")
TITLED = re.compile(r".*<(?P<document>[^<>]+)>\s*$")


@dataclass(frozen=True)
class ContentsBlock:
    """A table of contents: its entries, by line (from 0), and whether it names documents by patterns."""

    entries: dict[int, str]
    has_patterns: bool
    end: int

    def lists(self, document: str) -> bool:
        """Return whether an entry names a document, or a pattern takes it in."""
        return any(
            entry == document or (self.has_patterns and fnmatchcase(document, entry)) for entry in self.entries.values()
        )

    def last_line_of(self, folder: str) -> int | None:
        """Return the line of the last entry in a folder, such as ``articles/``; None if there is none."""
        return max((line for line, entry in self.entries.items() if entry.startswith(folder)), default=None)


def contents_blocks(lines: list[str]) -> list[ContentsBlock]:
    """Find the tables of contents in lines of Markdown."""
    blocks: list[ContentsBlock] = []
    number = 0
    while number < len(lines):
        opening = OPENING.match(lines[number])
        number += 1
        if not opening:
            continue
        entries, has_patterns = {}, False
        while number < len(lines) and not lines[number].strip().startswith(opening["fence"]):
            line = lines[number]
            if OPTION.match(line):
                has_patterns |= line.strip() == ":glob:"
            elif line.strip():
                entries[number] = document_of(line)
            number += 1
        blocks.append(ContentsBlock(entries, has_patterns, number))
    return blocks


def document_of(line: str) -> str:
    """Return the document that an entry names, with or without a title of its own and an ending."""
    titled = TITLED.match(line)
    return (titled["document"] if titled else line).strip().lstrip("/").removesuffix(".md")


def with_entry(text: str, document: str) -> str | None:
    """Return a text whose table of contents lists a document, the text as it is if it does so already.

    A new entry stands after the last one of the same folder. Return None if no table of contents has one.
    """
    lines = text.split("\n")
    blocks = contents_blocks(lines)
    if any(block.lists(document) for block in blocks):
        return text
    folder = document[: document.index("/") + 1]
    for block in reversed(blocks):
        if (line := block.last_line_of(folder)) is not None:
            indent = lines[line][: len(lines[line]) - len(lines[line].lstrip())]
            lines.insert(line + 1, indent + document)
            return "\n".join(lines)
    return None
