"""Replace the notes of a Markdown file that are citations by calls of sources, and prove that no word is lost.

Google Docs and pandoc export notes as `[^1]` in the text and `[^1]: …` below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fleuron.conservation.comparison import LostWord, compare
from fleuron.conservation.words import BODY, Streams
from fleuron.importing.decisions import Decide
from fleuron.importing.recognised_notes import NoteReader, RecognisedNote, RecognisedPart

DEFINITION = re.compile(r"\[\^(?P<label>[^\]\s]+)\]:[ \t]*(?P<text>.*)")
# A call, or code, which has none.
CALL = re.compile(r"\{footcite(?::t)?\}`(?P<cites>[^`]+)`|`+[^`]*`+|\[\^(?P<label>[^\]\s]+)\](?!:)")
AROUND_KEYS = re.compile(r"\{[^{}]*\}")
# What says above a note why it is uncertain.
MARK = re.compile(r"<!-- fleuron import: .* -->")
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
    """A note as it is written: its label, its text, and its first line and the one after it (from 0)."""

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
    ``proposed`` are entries for sources that are cited in full and that the bibliography has not, ``accepted`` those
    that the text cites: CSL items by key.
    """

    text: str
    notes: int
    citations: int
    questions: tuple[Question, ...]
    lost: tuple[LostWord, ...]
    proposed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    accepted: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def import_markdown(
    text: str,
    bibliography: Mapping[str, Mapping[str, Any]],
    decide: Decide | None = None,
    *,
    accepts: bool = False,
) -> ImportedText:
    """Return a text whose notes are citations, where they plainly are; ``bibliography`` has CSL items by key.

    ``decide`` and ``accepts`` are as in `NoteReader`. A note that is uncertain has a mark above it.
    """
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if not MARK.fullmatch(line)]
    definitions = {definition.label: definition for definition in definitions_of(lines)}
    reader = NoteReader(bibliography, decide, accepts=accepts)
    notes: dict[str, RecognisedNote] = {}
    calls: list[str] = []
    for call in called(lines, definitions.values()):
        label = call["label"]
        if label in definitions:
            calls.append(label)
            if label not in notes:
                notes[label] = reader.read(plain(definitions[label].text))
        elif call["cites"]:
            reader.follow([cite.strip() for cite in AROUND_KEYS.sub("", call["cites"]).split(",")])
    found = {
        label: note
        for label, note in notes.items()
        if not OTHER_MARKUP.search(definitions[label].text) and calls.count(label) == 1
    }
    written = written_lines(lines, definitions.values(), found)
    citations = sum(note.is_citation for note in found.values())
    lost = compare(words_of(lines, definitions.values(), found), words_of(written, definitions_of(written), found))
    written = with_marks([line.replace(AROUND, "") for line in written], found)
    cited = {key for note in found.values() for key in note.keys}
    return ImportedText(
        text="\n".join(written),
        notes=len(notes),
        citations=citations,
        questions=tuple(questions(written, found)),
        lost=tuple(lost),
        proposed={key: item for key, item in reader.new.items() if key not in cited},
        accepted={key: item for key, item in reader.new.items() if key in cited},
    )


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


def called(lines: Sequence[str], definitions: Iterable[Definition]) -> Iterator[re.Match[str]]:
    """Yield the calls of notes, and the citations that a text has already, in its order."""
    within = {number for definition in definitions for number in range(definition.first, definition.end)}
    for number, line in text_lines(lines):
        if number not in within:
            yield from (call for call in CALL.finditer(line) if call["label"] or call["cites"])


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
            after = definition.end
            while after < len(written) and not written[after].strip():
                after += 1
            del written[definition.first : after]
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


def with_marks(written: Sequence[str], found: Mapping[str, RecognisedNote]) -> list[str]:
    """Return the lines with a mark above each note that is uncertain."""
    marked = []
    for line in written:
        match = DEFINITION.fullmatch(line)
        reasons = reasons_of(found[match["label"]]) if match and match["label"] in found else ()
        marked += [f"<!-- fleuron import: {reason.replace('--', '–')} -->" for reason in dict.fromkeys(reasons)]
        marked.append(line)
    return marked


def reasons_of(note: RecognisedNote) -> Iterator[str]:
    return (reason for part in note.parts if (reason := reason_of(part)))


def reason_of(part: RecognisedPart) -> str:
    """Return why a part of a note is uncertain, or nothing."""
    if part.proposed:
        return f"it cites the proposed entry “{part.proposed}”"
    if part.candidates:
        best = part.candidates[0]
        return f"it may cite “{best.source.key}” (similarity {best.similarity:.2f})"
    return part.problem


def questions(written: Sequence[str], found: Mapping[str, RecognisedNote]) -> Iterator[Question]:
    """Yield what is to be decided: repeats of nobody knows what, and words that no entry has."""
    for note in found.values():
        shown = note.markup() if note.is_citation else note.text
        line = next((number for number, text in enumerate(written, 1) if shown[:SHOWN] in plain(text)), 1)
        for part in note.parts:
            if reason := reason_of(part):
                yield Question(line, part.text, reason)
            if part.left_out:
                words = ", ".join(f"“{word}”" for word in part.left_out)
                yield Question(line, part.text, f"the entry “{part.key}” does not have {words}")
