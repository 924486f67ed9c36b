"""Compare the words that a text should have with those that were written, and say what was lost where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
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
    """What is wrong with a word, or with some in a row: its origin, its stream, and the words before it.

    ``alike`` is the number of words before it that stand so before its origin too, where that was looked for.
    """

    diagnostic: Diagnostic
    words: str
    before: str
    stream: str = BODY
    origin: object = None
    is_added: bool = False
    alike: int = 0

    @property
    def is_missing(self) -> bool:
        """Whether the words are not where the text has them, and not only elsewhere as well."""
        return self.diagnostic is not Diagnostic.WORD_DOUBLED and not self.is_added


@dataclass(frozen=True)
class Run:
    """Words in a row of one stream that the other side does not have there; ``at`` is the position of the first.

    ``after`` is the number of words of the other side before them.
    """

    stream: str
    at: int
    words: tuple[Word, ...]
    after: int = 0

    @property
    def texts(self) -> list[str]:
        return [word.text for word in self.words]


def compare(expected: Streams, written: Streams, *, all_known: bool = False) -> list[LostWord]:
    """Return what is missing, doubled, out of order or in the wrong place.

    Written words that the text has nowhere are not a loss: a theme or an extension has generated them. Where
    ``all_known``, there should be none, and they are returned as well.
    """
    missing: list[Run] = []
    extra: list[Run] = []
    for stream in dict.fromkeys([*expected.words, *written.words]):
        wanted, found = expected.words.get(stream, []), written.words.get(stream, [])
        if joined(wanted) != joined(found):
            for less, more in differences(wanted, found, stream):
                missing += [less] if less.words else []
                extra += [more] if more.words else []
    return list(judged(missing, extra, expected, all_known)) if missing or extra else []


def missing_words(expected: Streams, written: Streams) -> list[LostWord]:
    """Return what is missing or stands in another order, where others may have been added."""
    return [loss for loss in compare(expected, written) if loss.is_missing]


def repeated_words(expected: Streams, written: Streams, but: Collection[str] = ()) -> Iterator[LostWord]:
    """Yield what is written twice, one after the other, in all streams ``but`` some."""
    for stream, wanted in expected.words.items():
        found, known = written.words.get(stream, []), {word.text for word in wanted}
        if stream in but or joined(wanted) == joined(found):
            continue
        for _less, more in differences(wanted, found, stream):
            texts, length = more.texts, len(more.words)
            neighbours = (found[max(more.at - length, 0) : more.at], found[more.at + length : more.at + 2 * length])
            if texts and known.issuperset(texts) and texts in [[word.text for word in words] for words in neighbours]:
                yield doubled(Diagnostic.WORD_DOUBLED, more, expected, stream)


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
                Run(
                    stream,
                    start + right_from + (more_at[0] if more_at else 0),
                    tuple(more[at] for at in more_at),
                    start + left_to,
                ),
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


def judged(missing: list[Run], extra: list[Run], expected: Streams, all_known: bool) -> Iterator[LostWord]:
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
            yield replace(doubled(Diagnostic.WORD_IN_WRONG_PLACE, run, expected, streams[0]), is_added=True)
        elif all_known:
            yield added(run, expected.words.get(run.stream, []))


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


def added(run: Run, words: Sequence[Word]) -> LostWord:
    """Describe words that no text has; their origin is the word of the text that they stand after, as far as known."""
    before = words[min(run.after, len(words)) - 1] if words and run.after else None
    return LostWord(
        Diagnostic.WORD_ADDED,
        shown(run),
        before.text if before else "",
        run.stream,
        before.origin if before else None,
        is_added=True,
    )


def shown(run: Run) -> str:
    """Return the first words of a row as a message shows them."""
    texts = run.texts
    return " ".join(texts[:8]) + (" …" if len(texts) > 8 else "")


def found_in(text: Streams, loss: LostWord, normal: Callable[[str], str]) -> LostWord:
    """Return a loss with its origin, where a text has its first word, best after the words before it."""
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
    return replace(loss, origin=origin, alike=max(best, 0))
