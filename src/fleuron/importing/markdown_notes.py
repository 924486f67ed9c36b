"""Replace the notes of a Markdown file that are citations by calls of sources, and prove that no word is lost.

Google Docs and pandoc export notes as `[^1]` in the text and `[^1]: …` below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fleuron.conservation.comparison import LostWord, compare
from fleuron.conservation.words import BODY, Streams
from fleuron.importing.recognised_notes import RecognisedNote, recognise_notes

DEFINITION = re.compile(r"\[\^(?P<label>[^\]\s]+)\]:[ \t]*(?P<text>.*)")
# A call, or code, which has none.
CALL = re.compile(r"`+[^`]*`+|\[\^(?P<label>[^\]\s]+)\](?!:)")
FENCE = re.compile(r" {0,3}(?P<sign>`{3,}|~{3,})")
# Emphasis and escaped signs, which have no meaning in a citation; anything else of markup leaves a note as it is.
EMPHASIS = re.compile(r"(?<![\w*_\\])(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*_])")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
OTHER_MARKUP = re.compile(r"[`{}<>$|]|\]\(|\^\[|@\w")


# What stands around a citation until the words are compared; a text has no characters for private use.
AROUND = "\ue001"
CITATION = re.compile(f"{AROUND}[^{AROUND}]*{AROUND}")
# By how many letters a note is found again in the text.
SHOWN = 40


@dataclass(frozen=True)
class Definition:
    """A note as it is written: its label, its text, and its first line and the one behind it (from 0)."""

    label: str
    text: str
    first: int
    end: int


@dataclass(frozen=True)
class Question:
    """What only the author can decide of a note, at a line (from 1) of the imported text."""

    line: int
    note: str
    problem: str


@dataclass(frozen=True)
class ImportedText:
    """A text with its citations, the number of notes and of those that became citations, and what is to be decided.

    ``lost`` are words that the text has not, and that are not known to stand in the entries of its sources.
    """

    text: str
    notes: int
    citations: int
    questions: tuple[Question, ...]
    lost: tuple[LostWord, ...]


def import_markdown(text: str, bibliography: Mapping[str, Mapping[str, Any]]) -> ImportedText:
    """Return a text whose notes are citations, where they plainly are; ``bibliography`` has CSL items by key."""
    lines = text.replace("\r\n", "\n").split("\n")
    definitions = {definition.label: definition for definition in definitions_of(lines)}
    calls = [label for label in called(lines, definitions.values()) if label in definitions]
    labels = list(dict.fromkeys(calls))
    notes = recognise_notes([plain(definitions[label].text) for label in labels], bibliography)
    found = {
        label: note
        for label, note in zip(labels, notes, strict=True)
        if not OTHER_MARKUP.search(definitions[label].text) and calls.count(label) == 1
    }
    written = written_lines(lines, definitions.values(), found)
    citations = sum(note.is_citation for note in found.values())
    lost = compare(words_of(lines, definitions.values(), found), words_of(written, definitions_of(written), found))
    written = [line.replace(AROUND, "") for line in written]
    return ImportedText("\n".join(written), len(labels), citations, tuple(questions(written, found)), tuple(lost))


def definitions_of(lines: Sequence[str]) -> list[Definition]:
    """Return the notes of a text; one of several paragraphs has all of its lines."""
    found = []
    for number, line in text_lines(lines):
        if match := DEFINITION.fullmatch(line):
            end = number + 1
            while end < len(lines) and (lines[end].startswith("    ") or continues(lines, end)):
                end += 1
            text = "\n".join([match["text"], *(following.strip() for following in lines[number + 1 : end])])
            found.append(Definition(match["label"], text.strip(), number, end))
    return found


def continues(lines: Sequence[str], at: int) -> bool:
    """Return whether an empty line stands within a note: indented lines follow it."""
    following = next((line for line in lines[at:] if line.strip()), "")
    return not lines[at].strip() and following.startswith("    ")


def text_lines(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text, from 0, without those of code."""
    fence = ""
    for number, line in enumerate(lines):
        found = FENCE.match(line)
        if found and (not fence or found["sign"].startswith(fence)):
            fence = "" if fence else found["sign"]
        elif not fence:
            yield number, line


def called(lines: Sequence[str], definitions: Iterable[Definition]) -> Iterator[str]:
    """Yield the labels of the notes that a text calls, in its order."""
    within = {number for definition in definitions for number in range(definition.first, definition.end)}
    for number, line in text_lines(lines):
        if number not in within:
            yield from (call["label"] for call in CALL.finditer(line) if call["label"])


def plain(text: str) -> str:
    """Return the text of a note without emphasis and without the backslashes of escaped signs."""
    return " ".join(ESCAPED.sub(r"\1", EMPHASIS.sub(r"\2", EMPHASIS.sub(r"\2", text))).split())


def written_lines(
    lines: Sequence[str], definitions: Iterable[Definition], found: Mapping[str, RecognisedNote]
) -> list[str]:
    """Return the lines with citations in place of calls, and without the notes that have become citations."""
    written = list(lines)
    for number, line in text_lines(lines):
        written[number] = CALL.sub(lambda call: citation_of(call, found), line)
    for definition in sorted(definitions, key=lambda definition: -definition.first):
        note = found.get(definition.label)
        if note is None or not note.keys:
            written[definition.first : definition.end] = lines[definition.first : definition.end]
        elif note.is_citation:
            behind = definition.end
            while behind < len(written) and not written[behind].strip():
                behind += 1
            del written[definition.first : behind]
        else:
            written[definition.first : definition.end] = [f"[^{definition.label}]: {note.markup()}"]
    return [*written[: len(written) - trailing_blanks(written)], ""]


def trailing_blanks(lines: Sequence[str]) -> int:
    return next((count for count, line in enumerate(reversed(lines)) if line.strip()), len(lines))


def citation_of(call: re.Match[str], found: Mapping[str, RecognisedNote]) -> str:
    """Return the citation that takes the place of a call; the call itself where its note stays."""
    note = found.get(call["label"])
    return f"{AROUND}{note.markup()}{AROUND}" if note and note.is_citation else call[0]


def words_of(lines: Sequence[str], definitions: Iterable[Definition], found: Mapping[str, RecognisedNote]) -> Streams:
    """Return the words of a text, and of each note that has not become a citation, without calls and citations."""
    streams = Streams()
    within: set[int] = set()
    for definition in definitions:
        within.update(range(definition.first, definition.end))
        note = found.get(definition.label)
        if note is None or not note.keys:
            streams.add(f"note {definition.label}", definition.text)
    for number, line in enumerate(lines):
        if number not in within:
            streams.add(BODY, CALL.sub(lambda call: "" if call["label"] else call[0], CITATION.sub("", line)))
    return streams


def questions(written: Sequence[str], found: Mapping[str, RecognisedNote]) -> Iterator[Question]:
    """Yield what is to be decided: repeats of nobody knows what, and words that no entry has."""
    for note in found.values():
        shown = note.markup() if note.is_citation else note.text
        line = next((number for number, text in enumerate(written, 1) if shown[:SHOWN] in plain(text)), 1)
        for part in note.parts:
            if part.problem:
                yield Question(line, part.text, part.problem)
            if part.left_out:
                words = ", ".join(f"“{word}”" for word in part.left_out)
                yield Question(line, part.text, f"the entry “{part.key}” does not have {words}")
