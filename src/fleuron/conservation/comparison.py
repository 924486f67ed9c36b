"""Compare the words that a text should have with those that were written, and say what was lost where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from fleuron.conservation.words import BODY, Streams, Word
from fleuron.diagnostics import Diagnostic

# Above this many pairs of words, difflib leaves out frequent words, so that a comparison takes seconds at most.
MOST_PAIRS = 4_000_000
# How many words before a lost one are shown.
CONTEXT = 4


@dataclass(frozen=True)
class LostWord:
    """What is wrong with a word, or with some in a row: its origin, its stream, and the words before it."""

    diagnostic: Diagnostic
    words: str
    before: str
    stream: str = BODY
    origin: object = None


@dataclass(frozen=True)
class Run:
    """Words in a row of one stream that the other side does not have there; ``at`` is the position of the first."""

    stream: str
    at: int
    words: tuple[Word, ...]

    @property
    def texts(self) -> list[str]:
        return [word.text for word in self.words]


def compare(expected: Streams, written: Streams) -> list[LostWord]:
    """Return what is missing, doubled, out of order or in the wrong place.

    Written words that the text has nowhere are no loss: a theme or an extension has generated them.
    """
    missing: list[Run] = []
    extra: list[Run] = []
    for stream in dict.fromkeys([*expected.words, *written.words]):
        wanted, found = expected.words.get(stream, []), written.words.get(stream, [])
        if joined(wanted) != joined(found):
            for less, more in differences(wanted, found, stream):
                missing += [less] if less.words else []
                extra += [more] if more.words else []
    return list(judged(missing, extra, expected)) if missing or extra else []


def joined(words: Sequence[Word]) -> str:
    """Return words without the spaces between them, which formats set differently."""
    return "".join([word.text for word in words])


def differences(wanted: list[Word], found: list[Word], stream: str) -> Iterator[tuple[Run, Run]]:
    """Yield where two sequences differ: what the second lacks, and what it has instead."""
    start, end = 0, 0
    limit = min(len(wanted), len(found))
    while start < limit and wanted[start].text == found[start].text:
        start += 1
    while end < limit - start and wanted[-1 - end].text == found[-1 - end].text:
        end += 1
    left, right = wanted[start : len(wanted) - end], found[start : len(found) - end]
    large = len(left) * len(right) > MOST_PAIRS
    matcher = SequenceMatcher(None, [word.text for word in left], [word.text for word in right], autojunk=large)
    for tag, left_from, left_to, right_from, right_to in matcher.get_opcodes():
        less, more = left[left_from:left_to], right[right_from:right_to]
        if tag != "equal" and joined(less) != joined(more):
            if tag == "replace":
                # A note's call sticks to nothing, so that pieces of words are compared only between calls.
                less_at, more_at = unmatched(less, more)
            else:
                less_at, more_at = list(range(len(less))), list(range(len(more)))
            yield (
                Run(stream, start + left_from + (less_at[0] if less_at else 0), tuple(less[at] for at in less_at)),
                Run(stream, start + right_from + (more_at[0] if more_at else 0), tuple(more[at] for at in more_at)),
            )


def unmatched(less: list[Word], more: list[Word]) -> tuple[list[int], list[int]]:
    """Return which words of two different rows have letters that the other lacks, wherever they are divided."""
    matcher = SequenceMatcher(None, joined(less), joined(more), autojunk=False)
    first: set[int] = set()
    second: set[int] = set()
    ends_less, ends_more = owners(less), owners(more)
    for tag, left_from, left_to, right_from, right_to in matcher.get_opcodes():
        if tag != "equal":
            first.update(ends_less[left_from:left_to])
            second.update(ends_more[right_from:right_to])
    return sorted(first), sorted(second)


def owners(words: list[Word]) -> list[int]:
    """Return for each letter of joined words the position of its word."""
    return [number for number, word in enumerate(words) for _ in word.text]


def judged(missing: list[Run], extra: list[Run], expected: Streams) -> Iterator[LostWord]:
    """Yield what was lost, given what is missing where and what stands where it should not."""
    known = {stream: Counter(word.text for word in words) for stream, words in expected.words.items()}
    elsewhere: Counter[str] = Counter()
    by_stream: dict[str, Counter[str]] = {}
    for run in extra:
        elsewhere.update(run.texts)
        by_stream.setdefault(run.stream, Counter()).update(run.texts)
    moved: Counter[str] = Counter()
    for run in missing:
        words = Counter(run.texts)
        if not words - by_stream.get(run.stream, Counter()):
            diagnostic = Diagnostic.WORD_OUT_OF_ORDER
        elif not words - elsewhere:
            diagnostic = Diagnostic.WORD_IN_WRONG_PLACE
        else:
            diagnostic = Diagnostic.WORD_MISSING
        moved.update(words)
        yield lost(diagnostic, run, expected.words[run.stream])
    for run in extra:
        left = Counter(run.texts) - moved
        moved -= Counter(run.texts)
        if not left:
            continue
        here = known.get(run.stream, Counter())
        if all(word in here for word in left):
            yield doubled(Diagnostic.WORD_DOUBLED, run, expected, run.stream)
        elif streams := [stream for stream, words in known.items() if all(word in words for word in left)]:
            yield doubled(Diagnostic.WORD_IN_WRONG_PLACE, run, expected, streams[0])


def lost(diagnostic: Diagnostic, run: Run, words: Sequence[Word]) -> LostWord:
    before = " ".join(word.text for word in words[max(run.at - CONTEXT, 0) : run.at])
    return LostWord(diagnostic, shown(run), before, run.stream, run.words[0].origin)


def doubled(diagnostic: Diagnostic, run: Run, expected: Streams, stream: str) -> LostWord:
    """Describe words that stand where they should not; their origin is where the text has the first of them."""
    wanted = {word.text for word in run.words}
    words = expected.words[stream]
    at, first = next((number, word) for number, word in enumerate(words) if word.text in wanted)
    before = " ".join(word.text for word in words[max(at - CONTEXT, 0) : at])
    return LostWord(diagnostic, shown(run), before, run.stream, first.origin)


def shown(run: Run) -> str:
    """Return the first words of a row as a message shows them."""
    texts = run.texts
    return " ".join(texts[:8]) + (" …" if len(texts) > 8 else "")


def found_in(text: Streams, loss: LostWord, normal: Callable[[str], str]) -> LostWord:
    """Return a loss with its origin, where a text has its first word, best behind the words before it."""
    first = loss.words.split(" ")[0]
    before = loss.before.split()
    best, origin = -1, None
    for words in [text.words.get(loss.stream, []), *text.words.values()]:
        texts = [normal(word.text) for word in words]
        for at, word in enumerate(words):
            if texts[at] == first:
                alike = sum(left == right for left, right in zip(reversed(before), reversed(texts[:at]), strict=False))
                if alike > best:
                    best, origin = alike, word.origin
        if origin is not None:
            break
    return replace(loss, origin=origin)
