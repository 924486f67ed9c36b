"""Recognise the citations in the notes of a text, in their order: in full, short, and repeats of an earlier one."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fleuron.importing.citation_words import IBID, INTRODUCTION, LABELS, MEDIUM, OP_CIT, folded
from fleuron.importing.decisions import Decide, Uncertain
from fleuron.importing.full_citations import key_of, read_full_citation
from fleuron.importing.locators import read_locator, volume_within
from fleuron.importing.new_sources import free_key
from fleuron.importing.source_matching import (
    Candidate,
    Source,
    Token,
    candidates,
    is_like,
    is_unknown,
    match_in_full,
    match_short,
    sources_of_author,
    tokens_of,
)

REPEATS = re.compile(f"{IBID.pattern}|{OP_CIT.pattern}", re.IGNORECASE)
# The abbreviations of locators as authors write them, which a cite has in English.
LABEL_WORDS = frozenset(folded(name) for names in LABELS.values() for name in re.findall(r"\w+", names)) | {
    *("vd", "сл", "след", "chapter", "volume", "глава", "esp", "especially", "here", "ozellikle", "ozl", "особенно"),
}


# From how much similarity a note may cite a source, and the most words that such a note has.
LIKE, LONGEST_CITATION = 0.4, 40
# The number of a note, as those copied from a page have it.
NUMBERED = re.compile(r"\d{1,3}\.\s+(?=\D)")
# A place and a publisher without a year, and another publisher with it: “М.: Гнозис; Прогресс, 1992”.
PUBLISHER = re.compile(r":\s[^:;\d]+$")
NEXT_PUBLISHER = re.compile(r"\s*[^\d;:,]{2,60},\s(?:1[5-9]|20)\d\d\b")
# The most words after a citation, and after one that has others before it or within.
LONG_REMARK, SHORT_REMARK = 6, 2


@dataclass(frozen=True)
class RecognisedPart:
    """A part of a note, between semicolons: a cite of ``key``, or the author's own ``text`` where that is empty.

    ``left_out`` are words of the part that neither its cite nor its source has. ``problem`` says why a part that looks
    like a citation is left as it is.
    """

    text: str
    key: str = ""
    prefix: str = ""
    locator: str = ""
    suffix: str = ""
    left_out: tuple[str, ...] = ()
    problem: str = ""
    proposed: str = ""
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class RecognisedNote:
    """A note with its parts."""

    text: str
    parts: tuple[RecognisedPart, ...]

    @property
    def is_citation(self) -> bool:
        """Whether the note has nothing but cites."""
        return all(part.key for part in self.parts)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(part.key for part in self.parts if part.key)

    @property
    def problems(self) -> tuple[str, ...]:
        return tuple(part.problem for part in self.parts if part.problem)

    def markup(self) -> str:
        """Return the note as an author of Fleuron writes it: one citation, or own words with citations in them."""
        if self.is_citation:
            return f"{{footcite}}`{', '.join(map(cite_markup, self.parts))}`"
        words = "; ".join(own_words(part) if part.key else part.text for part in self.parts)
        return words + "." if self.parts and self.parts[-1].key and self.text.rstrip().endswith(".") else words


def cite_markup(part: RecognisedPart) -> str:
    prefix = f"{{{part.prefix}}}" if part.prefix else ""
    after = ", ".join(filter(None, (part.locator, part.suffix)))
    return f"{prefix}{part.key}{{{after}}}" if after else prefix + part.key


def own_words(part: RecognisedPart) -> str:
    """Return a cite within an author's own words."""
    cite = cite_markup(replace(part, prefix="", suffix=""))
    return " ".join(filter(None, (part.prefix, f"{{footcite}}`{cite}`", part.suffix)))


def recognise_notes(notes: Sequence[str], bibliography: Mapping[str, Mapping[str, Any]]) -> list[RecognisedNote]:
    """Return the notes of a text, in their order, with what they cite; ``bibliography`` has CSL items by key."""
    reader = NoteReader(bibliography)
    return [reader.read(note) for note in notes]


class NoteReader:
    """Reads notes one after the other: a repeat is that of a source which was cited before.

    ``decide`` is asked about what is uncertain; with ``accepts``, proposed entries are cited as those that are known.
    ``new`` has the proposed entries (CSL items by key).
    """

    def __init__(
        self, bibliography: Mapping[str, Mapping[str, Any]], decide: Decide | None = None, *, accepts: bool = False
    ) -> None:
        self.sources = [Source(key, item) for key, item in bibliography.items()]
        self.decide = decide
        self.accepts = accepts
        self.new: dict[str, Mapping[str, Any]] = {}
        self.accepted: set[str] = set()
        self.before: tuple[str, ...] = ()  # what the note before cites
        self.is_own = False  # whether the note before has words of its own
        self.cited: list[Source] = []  # the sources that were cited, the last one at the end

    def read(self, note: str) -> RecognisedNote:
        parts: list[RecognisedPart] = []
        for text in parts_of(note):
            part = self.kept(self.read_part(text, parts, note))
            parts.append(part)
            if key := part.key or part.proposed:
                self.cited.append(self.source(key))
        self.before = tuple(key for part in parts if (key := part.key or part.proposed))
        self.is_own = len(self.before) < len(parts)
        return RecognisedNote(note, tuple(parts))

    def follow(self, keys: Sequence[str]) -> None:
        """Go on after a citation that the text has already."""
        known = {source.key for source in self.sources}
        self.cited += [self.source(key) for key in keys if key in known]
        self.before, self.is_own = tuple(keys), not known.issuperset(keys)

    def source(self, key: str) -> Source:
        return next(source for source in self.sources if source.key == key)

    def kept(self, part: RecognisedPart) -> RecognisedPart:
        """Return a part as it stands: a cite of a proposed entry that nobody has accepted stays as it is written."""
        if part.key in self.new and not self.accepts and part.key not in self.accepted:
            return RecognisedPart(part.text, proposed=part.key)
        return part

    def read_part(self, text: str, earlier: Sequence[RecognisedPart], note: str) -> RecognisedPart:
        number = NUMBERED.match(text)
        bare = text[number.end() :] if number and not earlier else text
        introduction = INTRODUCTION.match(bare)
        prefix = bare[: introduction.end()].strip() if introduction else ""
        rest = bare[introduction.end() :] if introduction else bare
        part = next(filter(None, (read(rest, earlier) for read in self.readers)), RecognisedPart(rest))
        is_new = part.key in self.new and part.key not in self.accepted
        if self.decide and (is_new or not part.key):
            part = self.decided(part, rest, note, self.decide)
        before = " ".join(filter(None, (prefix, part.prefix)))
        return replace(part, text=text, prefix=before if part.key else "")

    @property
    def readers(self) -> tuple[Callable[[str, Sequence[RecognisedPart]], RecognisedPart | None], ...]:
        return self.repeat, self.repeat_of_author, self.in_full, self.short, self.in_full_of_new, self.like

    def decided(self, part: RecognisedPart, text: str, note: str, decide: Decide) -> RecognisedPart:
        """Return a part as the editor decides, if it may be a citation."""
        found = part.candidates or tuple(candidates(tokens_of(text), self.sources))
        if not (part.problem or part.candidates or part.key):
            return part
        shown = tuple(each for each in found if each.source.key != part.key)
        decision = decide(Uncertain(note, text, part.problem, shown, self.new.get(part.key), part.key))
        if decision is None:
            return part
        if decision.key == part.key and part.key:
            self.accepted.add(part.key)
            return part
        self.forget(part.key)
        if not decision.key:
            return RecognisedPart(text)
        return self.chosen(text, self.source(decision.key))

    def forget(self, key: str) -> None:
        """Propose an entry no longer that nothing cites."""
        if key in self.new and all(source.key != key for source in self.cited):
            del self.new[key]
            self.sources = [source for source in self.sources if source.key != key]

    def chosen(self, text: str, source: Source) -> RecognisedPart:
        """Return the cite of a source that an editor has chosen: its description ends with its last known word."""
        repeat = REPEATS.search(text)
        words = {*source.families, *source.title, source.year}
        ends = [token.end for token in tokens_of(text) if is_like(token.word, words)]
        return self.located(text, source, 0, max([repeat.end() if repeat else 0, *ends]))

    def in_full_of_new(self, text: str, _earlier: Sequence[RecognisedPart]) -> RecognisedPart | None:
        """Read a citation in full of a source that no entry has, and propose an entry."""
        citation = read_full_citation(text)
        if citation is None:
            return None
        key = free_key(key_of(citation.item), {source.key for source in self.sources})
        source = Source(key, {**citation.item, "id": key})
        part = self.located(text, source, 0, citation.end)
        if is_prose(part):
            return None
        self.new[key] = source.item
        self.sources.append(source)
        return part

    def like(self, text: str, _earlier: Sequence[RecognisedPart]) -> RecognisedPart | None:
        """Return a part that may cite a source, but does not plainly."""
        tokens = tokens_of(text)
        found = candidates(tokens, self.sources) if len(tokens) <= LONGEST_CITATION else []
        if not found or (found[0].similarity < LIKE and not is_short(tokens, found[0].source)):
            return None
        return RecognisedPart(text, candidates=tuple(found))

    def repeat(self, text: str, earlier: Sequence[RecognisedPart]) -> RecognisedPart | None:
        """Read a repeat of the source cited last, “Ibid., p. 5”: in this note, or in the one before."""
        found = IBID.match(text) or OP_CIT.match(text)
        if found is None:
            return None
        keys = tuple(part.key or part.proposed for part in earlier)[-1:] if earlier else self.before
        if len(set(keys)) != 1 or not keys[0] or (self.is_own and not earlier):
            return RecognisedPart(text, problem="it is not plain which source the note before cites")
        return self.located(text, self.source(keys[0]), 0, found.end())

    def repeat_of_author(self, text: str, _earlier: Sequence[RecognisedPart]) -> RecognisedPart | None:
        """Read a repeat of the author's source cited last, “Grafton, op. cit., p. 5”."""
        found = OP_CIT.search(text)
        if found is None or found.start() > 60:
            return None
        of_author = sources_of_author(tokens_of(text[: found.start()]), self.cited)
        if not of_author:
            return RecognisedPart(text, problem="no source of this author is cited before")
        return self.located(text, of_author[-1], 0, found.end())

    def in_full(self, text: str, _earlier: Sequence[RecognisedPart]) -> RecognisedPart | None:
        match = match_in_full(tokens_of(text), self.sources)
        part = self.located(text, match.source, match.start, match.end) if match else None
        return None if part is None or is_prose(part) else part

    def short(self, text: str, _earlier: Sequence[RecognisedPart]) -> RecognisedPart | None:
        match = match_short(tokens_of(text), self.sources)
        if match is None:
            return None
        part = self.located(text, match.source, match.start, match.end)
        return None if is_prose(part) else part

    def located(self, text: str, source: Source, start: int, end: int) -> RecognisedPart:
        """Return the cite of a source that is described from ``start`` to ``end`` of a text."""
        locator = read_locator(text[end:], source.item)
        if volume := volume_within(text[start:end], source.item):
            locator = replace(locator, text=", ".join(filter(None, (volume, locator.text))))
        prefix = beginning(text[:start], source)
        kept = {token.word for token in tokens_of(f"{prefix} {locator.text} {locator.rest}")}
        described = REPEATS.sub(" ", MEDIUM.sub("", text))
        left_out = [
            described[token.start : token.end]
            for token in tokens_of(described)
            if is_left_out(token.word, kept, source)
        ]
        return RecognisedPart(text, source.key, prefix, locator.text, locator.rest, tuple(left_out))


def is_short(tokens: Sequence[Token], source: Source) -> bool:
    """Return whether a text is an author's name and a number, as a short citation without a title."""
    return is_like(tokens[0].word, source.families) and tokens[-1].word.isdecimal() and len(tokens) <= 4


def is_prose(part: RecognisedPart) -> bool:
    """Return whether a part is a sentence about a source: it has more words of its own than a remark has."""
    after = len(part.suffix.split())
    return after > (LONG_REMARK if not (part.prefix or part.left_out) else SHORT_REMARK)


def is_left_out(word: str, kept: Collection[str], source: Source) -> bool:
    """Return whether a word of a citation is neither in its cite nor in the entry of its source."""
    is_known = word in kept or word in LABEL_WORDS or word[0].isdecimal()
    return not is_known and is_unknown(word, source.words)


def beginning(text: str, source: Source) -> str:
    """Return the author's words before a source, if they do not belong to it, such as first names and initials."""
    is_of_source = all(len(token.word) < 2 or token.word in source.words for token in tokens_of(text))
    return "" if is_of_source else text.strip(' ,:(«“"')


def parts_of(note: str) -> Iterator[str]:
    """Yield the parts of a note between semicolons, without the full stop at its end."""
    parts = note.split(";")
    while parts:
        part = parts.pop(0)
        while parts and PUBLISHER.search(part) and NEXT_PUBLISHER.match(parts[0]):
            part = f"{part};{parts.pop(0)}"
        if part.strip():
            yield part.strip()
