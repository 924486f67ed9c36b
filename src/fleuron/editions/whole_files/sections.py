"""Divide a Markdown text into its sections, each with a digest, by which it is known whether it has changed.

The first section has all before the first heading below the title, and the texts of the front matter.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin

from fleuron.editions.translation_progress import text_message
from fleuron.publication.front_matter import FrontMatter, read_front_matter, without_front_matter

# The values of front matter that a translator translates.
TRANSLATED_KEYS = (
    *("title", "subtitle", "abstract", "keywords", "name", "affiliation"),
    *("acknowledgements", "competing-interests"),
)
# The keys that give a text its title.
TITLE_KEYS = ("title", "name")
# What belongs to a heading and stands before it: a label, or attributes.
BEFORE_HEADING = re.compile(r"\s*(?:\([^()]+\)=|\{[^{}]*\})\s*")
# A call of a note.
CALL = re.compile(r"\[\^([^\]\s]+)\]")
# An entry of a record: a digest, and the heading, with its level.
ENTRY = re.compile(r"(?P<digest>[0-9a-f]{16})(?:\s+(?P<signs>#{1,6})\s*(?P<title>.*))?")


@dataclass(frozen=True)
class Section:
    """A section of a text: the level and text of its heading, 0 and "" for the first section, and its line from 1."""

    level: int
    title: str
    digest: str
    line: int = 1

    @property
    def heading(self) -> str:
        return f"{'#' * self.level} {self.title}".strip()

    @property
    def entry(self) -> str:
        """What a translation's front matter records of the section."""
        return f"{self.digest} {self.heading}".strip()


@cache
def block_parser() -> MarkdownIt:
    """Return a parser that finds headings where MyST finds them, and nothing in directives, formulas and notes."""
    parser = MarkdownIt("commonmark").enable("table")
    for plugin in (colon_fence_plugin, dollarmath_plugin, myst_block_plugin):
        plugin(parser)
    footnote_plugin(parser, inline=False, move_to_end=False)
    return parser


def sections_of(text: str, *, has_title: bool | None = None) -> list[Section]:
    """Return the sections of a text with its front matter.

    ``has_title`` says whether the title is not the first heading; by default, it is not where the front matter has one.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    front_matter = read_front_matter(text)
    if has_title is None:
        has_title = any(key in front_matter.entries for key in TITLE_KEYS)
    lines = without_front_matter(text, front_matter, frozenset()).split("\n")
    tokens = block_parser().parse("\n".join(lines))
    headings = list(headings_of(tokens))[0 if has_title else 1 :]
    notes = notes_of(tokens, lines)
    starts = [0, *(start_of(lines, number) for number, _level, _title in headings), len(lines)]
    bodies = [body(lines[start:end]) for start, end in pairwise(starts)]
    digests = [digest_of(text + "".join(called_notes(text, notes))) for text in bodies]
    head = json.dumps(texts_of(front_matter.entries), ensure_ascii=False)
    sections = [Section(0, "", digest_of(head + digests[0]))]
    for (number, level, title), digest in zip(headings, digests[1:], strict=True):
        sections.append(Section(level, title, digest, number))
    return sections


def sections_of_translation(text: str, source: str) -> list[Section]:
    """Return the sections of a translation, whose title may be in the front matter of its source."""
    entries = {**read_front_matter(source).entries, **read_front_matter(text).entries}
    return sections_of(text, has_title=any(key in entries for key in TITLE_KEYS))


def digest_of(text: str) -> str:
    """Return a digest of a text, which stands for it where only equality matters."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def digests_of_texts(text: str) -> frozenset[str]:
    """Return the digests of all texts of a Markdown text, as those of messages are made."""
    front_matter = read_front_matter(text)
    tokens = block_parser().parse(without_front_matter(text, front_matter, frozenset()))
    contents = [token.content for token in tokens if token.type == "inline"]
    return digests_of([*contents, *texts_of_head(front_matter, TRANSLATED_KEYS)])


def digests_left(translation: FrontMatter, source: FrontMatter) -> frozenset[str]:
    """Return the digests of the texts of front matter that a translation leaves to its source."""
    return digests_of(texts_of_head(source, [key for key in TRANSLATED_KEYS if key not in translation.entries]))


def digests_of(texts: Iterable[str]) -> frozenset[str]:
    """Return the digests of texts, as those of messages are made."""
    return frozenset(text_message(text.replace("\n", " ").strip()).digest for text in texts)


def texts_of_head(front_matter: FrontMatter, keys: Collection[str]) -> Iterator[str]:
    """Yield the texts of some keys of front matter: those of a list, or paragraphs."""
    for key, entry in front_matter.entries.items():
        if key in keys and isinstance(entry.value, list | Mapping):
            entries = [entry.value] if isinstance(entry.value, Mapping) else entry.value
            yield from (str(each.get("name", "")) if isinstance(each, Mapping) else str(each) for each in entries)
        elif key in keys:
            yield from str(entry.value).split("," if key == "keywords" else "\n\n")


def texts_of(entries: Mapping[str, Any]) -> list[list[str]]:
    """Return the texts of front matter with their keys."""
    return [[key, str(entries[key].value)] for key in TRANSLATED_KEYS if key in entries]


def headings_of(tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """Yield the line, from 1, the level and the text of each heading that begins a section."""
    for token, inline in pairwise(tokens):
        if token.type == "heading_open" and token.level == 0 and token.map:
            yield token.map[0] + 1, int(token.tag[1:]), title_of(inline)


def notes_of(tokens: Sequence[Token], lines: list[str]) -> dict[str, str]:
    """Take the definitions of notes out of the lines of a text, and return them by their labels."""
    notes: dict[str, str] = {}
    for token in tokens:
        if token.type == "footnote_reference_open" and token.map and token.level == 0:
            first, last = token.map
            notes[str(token.meta.get("label", ""))] = body(lines[first:last])
            lines[first:last] = [""] * (last - first)
    return notes


def called_notes(text: str, notes: Mapping[str, str]) -> Iterator[str]:
    """Yield the notes that a text calls, and those that these call, wherever they are written."""
    waiting, seen = [text], set[str]()
    while waiting:
        for label in CALL.findall(waiting.pop(0)):
            if label in notes and label not in seen:
                seen.add(label)
                waiting.append(notes[label])
                yield notes[label]


def title_of(inline: Token) -> str:
    """Return the text of a heading without its markup, on one line."""
    return " ".join("".join(child.content or " " for child in inline.children or ()).split())


def start_of(lines: Sequence[str], number: int) -> int:
    """Return the index of the first line of a section whose heading is at a line, with the labels before it."""
    start = number - 1
    while start > 0 and BEFORE_HEADING.fullmatch(lines[start - 1]):
        start -= 1
    return start


def body(lines: Sequence[str]) -> str:
    """Return lines as one text, without labels, its white space folded."""
    kept = [line.rstrip() for line in lines if not BEFORE_HEADING.fullmatch(line)]
    return re.sub(r"\n{2,}", "\n\n", "\n".join(kept)).strip("\n")


def recorded_sections(front_matter: FrontMatter, key: str) -> list[Section] | None:
    """Return the sections that a translation was made from, as its front matter records them; None without a record.

    Raises ValueError with what is wrong.
    """
    if key not in front_matter.entries:
        return None
    entry = front_matter.entries[key]
    values = entry.value if isinstance(entry.value, list) else [entry.value]
    sections = []
    for number, value in enumerate(values):
        found = ENTRY.fullmatch(str(value).strip())
        if found is None or (number == 0) != (found["signs"] is None):
            raise ValueError(f"“{value}” is not a digest of a section")
        sections.append(Section(len(found["signs"] or ""), found["title"] or "", found["digest"], entry.line))
    return sections
