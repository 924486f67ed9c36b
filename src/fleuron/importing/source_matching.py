"""Match the text of a citation with the sources of a bibliography, by title, author and year."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from fleuron.importing.citation_words import COMMON, folded

WORD = re.compile(r"\w+")
MARKUP = re.compile(r"<[^<>]*>")
YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
# How much a title, an author and a year count; a source is found by LEAST of them, and by MARGIN more than another.
WEIGHTS = {"title": 0.6, "author": 0.25, "year": 0.15}
LEAST, MARGIN = 0.75, 0.1
# The most words, of those of a citation in full, that its source does not have.
MOST_UNKNOWN = 0.4
# How similar two words are that differ by a slip or by another transliteration.
SIMILAR = 0.85

# The share of a title's words that makes a source a candidate by itself, and how many are shown.
LEAST_SHARE, MOST_CANDIDATES = 0.6, 5


@dataclass(frozen=True)
class Token:
    """A word of a text, folded, and where it begins and ends."""

    word: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    return [Token(folded(found[0]), found.start(), found.end()) for found in WORD.finditer(text)]


def words_of(text: object) -> list[str]:
    return [token.word for token in tokens_of(MARKUP.sub("", str(text)))]


@dataclass(frozen=True)
class Source:
    """A source of the bibliography as it is compared."""

    key: str
    item: Mapping[str, Any]

    @cached_property
    def families(self) -> tuple[str, ...]:
        """The family names of its authors, or of its editors."""
        names = self.item.get("author") or self.item.get("editor") or ()
        found = [words_of(name.get("family") or name.get("literal") or "") for name in names]
        return tuple(words[-1] for words in found if words)

    @cached_property
    def title(self) -> list[str]:
        return words_of(self.item.get("title", ""))

    @cached_property
    def main_title(self) -> list[str]:
        """The title without its subtitle."""
        return words_of(re.split(r"[:.?!]\s", str(self.item.get("title", "")))[0])

    @cached_property
    def year(self) -> str:
        parts = (self.item.get("issued") or {}).get("date-parts") or [[""]]
        return str(parts[0][0])

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of the entry."""
        return frozenset(words_of(" ".join(map(str, flattened(self.item)))))


def flattened(value: object) -> list[object]:
    """Return the texts and numbers in a value of CSL-JSON."""
    if isinstance(value, Mapping):
        return [leaf for part in value.values() for leaf in flattened(part)]
    if isinstance(value, list | tuple):
        return [leaf for part in value for leaf in flattened(part)]
    return [value]


@dataclass(frozen=True)
class Match:
    """A source that a text cites, how surely (0 to 1), and where its description begins and ends."""

    source: Source
    score: float
    start: int
    end: int


def match_in_full(tokens: Sequence[Token], sources: Sequence[Source]) -> Match | None:
    """Return the source that a text describes by title, author or year; None if none or several may be meant."""
    matches = sorted(filter(None, (described(tokens, source) for source in sources)), key=lambda match: -match.score)
    if not matches or matches[0].score < LEAST:
        return None
    if len(matches) > 1 and matches[0].score - matches[1].score < MARGIN:
        return None
    best = matches[0]
    within = [token.word for token in tokens if best.start <= token.start and token.end <= best.end]
    unknown = [word for word in within if is_unknown(word, best.source.words)]
    return best if len(unknown) <= MOST_UNKNOWN * len(within) else None


def is_unknown(word: str, known: Collection[str]) -> bool:
    is_sign = len(word) < 2 or word.isdecimal() or word in COMMON
    return not is_sign and word not in known and not get_close_matches(word, known, 1, SIMILAR)


def described(tokens: Sequence[Token], source: Source) -> Match | None:
    """Return how far a text describes a source; None if it does not have its title."""
    best: Match | None = None
    for title in (source.title, source.main_title):
        if found := title_span(tokens, title):
            share, first, last = found
            names = [token for token in tokens[:last] if is_like(token.word, source.families)]
            stated = [token for token in tokens[last + 1 :] if YEAR.fullmatch(token.word)]
            years = [token for token in stated if token.word == source.year]
            if stated and not years and source.year:
                continue  # another edition or a translation, which is another source
            is_signed = bool(names) or not source.families
            score = WEIGHTS["title"] * share + WEIGHTS["author"] * is_signed + WEIGHTS["year"] * bool(years)
            start = min([tokens[first].start, *(token.start for token in names[:1])])
            end = max([tokens[last].end, *(token.end for token in years[:1])])
            if best is None or score > best.score:
                best = Match(source, score, start, end)
    return best


def title_span(tokens: Sequence[Token], title: Sequence[str]) -> tuple[float, int, int] | None:
    """Return the share of a title's words that a text has in a row, and the first and last of them."""
    for first, token in enumerate(tokens):
        if title and is_like(token.word, title[:1]):
            last, here = first, first
            count = 0
            for word in title:
                ahead = range(here, min(here + 3, len(tokens)))
                near = next((at for at in ahead if is_like(tokens[at].word, (word,))), -1)
                if near >= 0:
                    last, here, count = near, near + 1, count + 1
            share = count / len(title)
            if share >= 0.8:
                return share, first, last
    return None


def is_like(word: str, words: Collection[str]) -> bool:
    return word in words or (len(word) > 3 and bool(get_close_matches(word, words, 1, SIMILAR)))


def match_short(tokens: Sequence[Token], sources: Sequence[Source]) -> Match | None:
    """Return the one source of an author whose title or year a short citation has: “Grafton, Footnote”, “Grafton 1997”.

    A short title leaves out articles at its beginning, and has no word that the title has not.
    """
    found = []
    for source in sources:
        if not tokens or not is_like(tokens[0].word, source.families):
            continue
        after = next((at for at, token in enumerate(tokens) if not is_like(token.word, source.families)), len(tokens))
        words = 0
        while after + words < len(tokens) and is_like(tokens[after + words].word, source.title):
            words += 1
        if not words and after < len(tokens) and tokens[after].word == source.year:
            words = 1
        significant = [token for token in tokens[after : after + words] if token.word not in COMMON]
        if significant:
            last = tokens[after + words - 1]
            found.append((len(significant), Match(source, 1.0, tokens[0].start, last.end)))
    found.sort(key=lambda pair: -pair[0])
    if not found or (len(found) > 1 and found[0][0] == found[1][0]):
        return None
    return found[0][1]


def sources_of_author(tokens: Sequence[Token], sources: Sequence[Source]) -> list[Source]:
    """Return the sources one of whose authors a text names."""
    return [source for source in sources if any(is_like(token.word, source.families) for token in tokens)]


@dataclass(frozen=True)
class Candidate:
    """A source that a text may cite, and how similar its description is, from 0 to 1."""

    source: Source
    similarity: float


def candidates(tokens: Sequence[Token], sources: Sequence[Source]) -> list[Candidate]:
    """Return the sources that a text may cite, the most similar first: it names an author, or most of the title."""
    found = []
    words = {token.word for token in tokens}
    for source in sources:
        names = any(is_like(token.word, source.families) for token in tokens)
        title = [word for word in source.title if word not in COMMON and len(word) > 1]
        share = sum(is_like(word, words) for word in title) / len(title) if title else 0.0
        score = WEIGHTS["title"] * share + WEIGHTS["author"] * names + WEIGHTS["year"] * (source.year in words)
        if names or share >= LEAST_SHARE:
            found.append(Candidate(source, score))
    found.sort(key=lambda candidate: (-candidate.similarity, candidate.source.key))
    return found[:MOST_CANDIDATES]
