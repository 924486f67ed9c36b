"""Find what was changed in a document that comes back, and make the same changes in the article's source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from fleuron.importing.word.document import Paragraph

TOKEN = re.compile(r"\w+|[^\w\s]")
SPECIAL = re.compile(r"([\\`*_\[\]<>{}$])")
FRONT_MATTER = re.compile(r"---\n.*?\n---[ \t]*\n", re.DOTALL)
# What stands before the words of a quotation and of an item.
MARKERS = re.compile(r"\A[ \t]*(?:>[ \t]*|[-*+][ \t]+|\d+[.)][ \t]+)*")
# What means nothing in YAML.
PLAIN = re.compile(r"[\w .;()–—’“”-]*")
# From which share of equal words a paragraph of the source is that of the document.
SAME = 0.5
# How many words of the text around a change are shown.
AROUND = 4


@dataclass(frozen=True)
class Change:
    """A change in a paragraph (its number in the export): at an offset of its text, words that have become others.

    A paragraph that is new has none, and stands after the paragraph ``paragraph``. ``authors`` have tracked changes
    in it; a change without any was made while changes were not tracked.
    """

    paragraph: int
    start: int
    old: str
    new: str
    context: str
    authors: tuple[str, ...] = ()
    is_paragraph: bool = False


def changes_in(before: Sequence[str], after: Sequence[Paragraph]) -> Iterator[Change]:
    """Yield the changes that make a document of its export, in the order of its text."""
    texts = [paragraph.text for paragraph in after]
    for kind, first, end, start, stop in SequenceMatcher(None, before, texts, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        pairs = list(paired(before[first:end], after[start:stop]))
        for old, new in pairs:
            number = first + old if old is not None else last_before(pairs, new, first)
            authors = tuple(after[start + new].authors) if new is not None else ()
            if old is None:
                assert new is not None
                yield Change(number, 0, "", texts[start + new], "", authors, is_paragraph=True)
            elif new is None:
                yield Change(number, 0, before[number], "", "", authors, is_paragraph=True)
            else:
                yield from word_changes(number, before[number], texts[start + new], authors)


def paired(before: Sequence[str], after: Sequence[Paragraph]) -> Iterator[tuple[int | None, int | None]]:
    """Yield which paragraphs have become which, by their words; None where there is none."""
    at = 0
    for old, text in enumerate(before):
        scores = [(similarity(text, each.text), -new) for new, each in enumerate(after) if new >= at]
        best, negative = max(scores, default=(0.0, 0))
        if best < SAME:
            yield old, None
            continue
        yield from ((None, new) for new in range(at, -negative))
        yield old, -negative
        at = 1 - negative
    yield from ((None, new) for new in range(at, len(after)))


def similarity(one: str, other: str) -> float:
    return SequenceMatcher(None, TOKEN.findall(one), TOKEN.findall(other), autojunk=False).ratio()


def last_before(pairs: Sequence[tuple[int | None, int | None]], new: int | None, first: int) -> int:
    """Return the paragraph after which a new one stands."""
    earlier = [old for old, _new in pairs[: pairs.index((None, new))] if old is not None]
    return first + earlier[-1] if earlier else first - 1


def word_changes(number: int, before: str, after: str, authors: tuple[str, ...]) -> Iterator[Change]:
    """Yield the words that differ between two versions of a paragraph."""
    old, new = list(TOKEN.finditer(before)), list(TOKEN.finditer(after))
    matcher = SequenceMatcher(None, [word[0] for word in old], [word[0] for word in new], autojunk=False)
    for kind, first, end, start, stop in matcher.get_opcodes():
        if kind == "equal":
            continue
        # With the space before it, so that words that are inserted or deleted take theirs with them.
        at = old[first - 1].end() if first else 0
        old_end = old[end - 1].end() if end else 0
        new_at = new[start - 1].end() if start else 0
        new_end = new[stop - 1].end() if stop else 0
        around = old[max(first - AROUND, 0) : first]
        context = before[around[0].start() : at] if around else ""
        yield Change(number, at, before[at : max(old_end, at)], after[new_at : max(new_end, new_at)], context, authors)


@dataclass(frozen=True)
class SourceParagraph:
    """A paragraph of the article's source: where it begins and ends, and its first line (from 1)."""

    start: int
    end: int
    line: int


@dataclass(frozen=True)
class SourceMap:
    """The source of an article, and which of its paragraphs is that of which of the export."""

    source: str
    places: dict[int, SourceParagraph]

    def line(self, number: int) -> int | None:
        place = self.places.get(number)
        return place.line if place else None


def source_map(source: str, before: Sequence[str]) -> SourceMap:
    """Find the paragraphs of an export in the source of the article."""
    found = [
        SourceParagraph(match.start(), match.end(), source.count("\n", 0, match.start()) + 1)
        for match in re.finditer(r"[^\n]+(?:\n(?!\s*\n|\[\^|\|)[^\n]+)*", source)
    ]
    words = [TOKEN.findall(source[each.start : each.end]) for each in found]
    places = {}
    for number, text in enumerate(before):
        wanted = TOKEN.findall(text)
        scores = [(share(wanted, there), -index) for index, there in enumerate(words)]
        best, negative = max(scores, default=(0.0, 0))
        if best >= SAME:
            places[number] = found[-negative]
    return SourceMap(source, places)


def share(wanted: Sequence[str], there: Sequence[str]) -> float:
    """Return the share of the words of a paragraph that a paragraph of the source has in their order."""
    if not wanted or not set(wanted) & set(there):
        return 0.0
    matcher = SequenceMatcher(None, wanted, there, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(wanted)


def applied(places: SourceMap, before: Sequence[str], changes: Sequence[Change]) -> tuple[str, list[Change]]:
    """Return the source with changes, and those that are left out since markup stands where they are."""
    edits: list[tuple[int, int, str]] = []
    left: list[Change] = []
    for change in changes:
        edit = edit_of(places, before, change)
        if edit is None or any(edit[0] < end and start < edit[1] for start, end, _new in edits):
            left.append(change)
        else:
            edits.append(edit)
    source = places.source
    for start, end, new in sorted(edits, reverse=True):
        source = source[:start] + new + source[end:]
    return source, left


def edit_of(places: SourceMap, before: Sequence[str], change: Change) -> tuple[int, int, str] | None:
    """Return which part of the source a change replaces, and by what; None if the source has other words there."""
    place = places.places.get(change.paragraph)
    if place is None:
        return None
    if change.is_paragraph and change.new:
        return place.end, place.end, f"\n\n{escaped(change.new)}"
    text, source = before[change.paragraph], places.source[place.start : place.end]
    if change.is_paragraph:
        is_bare = MARKERS.sub("", source) == text
        return (place.start, place.end, "") if is_bare else None
    here, there = list(TOKEN.finditer(text)), list(TOKEN.finditer(source))
    matcher = SequenceMatcher(None, [word[0] for word in here], [word[0] for word in there], autojunk=False)
    offsets = {
        block.a + step: there[block.b + step] for block in matcher.get_matching_blocks() for step in range(block.size)
    }
    ends = {here[index].end(): word.end() for index, word in offsets.items()} | {0: 0}
    start, end = ends.get(change.start), ends.get(change.start + len(change.old))
    if start is None or end is None or not is_same(source[start:end], change.old):
        return None
    if not is_clear(source, start) or (is_in_front_matter(places.source, place) and not PLAIN.fullmatch(change.new)):
        return None
    return place.start + start, place.start + end, escaped(change.new)


def is_same(source: str, words: str) -> bool:
    return " ".join(source.split()) == " ".join(words.split()) and source[:1].isspace() == words[:1].isspace()


def is_clear(source: str, start: int) -> bool:
    """Return whether a place in the source is not within a role or code, where other words would have a meaning."""
    return source[:start].count("`") % 2 == 0


def is_in_front_matter(source: str, place: SourceParagraph) -> bool:
    """Return whether a paragraph stands in front matter, where signs have the meaning that YAML gives them."""
    found = FRONT_MATTER.match(source)
    return found is not None and place.start < found.end()


def escaped(words: str) -> str:
    """Return words as Markdown prints them."""
    return SPECIAL.sub(r"\\\1", words)
