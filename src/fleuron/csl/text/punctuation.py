"""Finish rendered runs: quotation marks, nested formatting, and punctuation marks that follow one another.

Affixes and delimiters of a style come to stand next to each other and to the text of items. Of two adjacent
punctuation marks often only one is kept, and in some languages a full stop or comma moves inside a closing quotation
mark (CSL 1.0.2, “punctuation-in-quote”).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fleuron.csl.style.locales import Locale
from fleuron.csl.text.runs import Mark, Run, Span, Text

# What remains of two adjacent punctuation marks; of a pair that is not listed, both are kept.
MERGED = {
    "!.": "!", "!:": "!", "?.": "?", "?:": "?", ":!": "!", ":?": "?", ":.": ":", ";!": "!", ";?": "?", ";:": ";",
    ";.": ";", "!!": "!", "??": "?", "::": ":", ";;": ";", ",,": ",", "..": ".",
}  # fmt: skip
SPACES = " \u00a0"
# Formatting within the same formatting is reversed if it comes from the text of an item.
TOGGLED = {
    Mark.ITALIC: Mark.UPRIGHT,
    Mark.OBLIQUE: Mark.UPRIGHT,
    Mark.BOLD: Mark.REGULAR,
    Mark.SMALL_CAPS: Mark.NORMAL_CAPS,
    Mark.UNDERLINE: Mark.NO_UNDERLINE,
}
UNDONE = {normal: tuple(mark for mark, other in TOGGLED.items() if other is normal) for normal in TOGGLED.values()}


@dataclass(slots=True)
class Token:
    """A text, or the beginning or end of a span.

    ``quote`` marks the tokens of a quotation, and its closing mark among the texts; ``styled`` is whether the span that
    ends comes from the style and not from the text of an item.
    """

    text: Text | None = None
    opens: Span | None = None
    closes: bool = False
    quote: bool = False
    styled: bool = False


def resolve_punctuation(runs: Sequence[Run], locale: Locale) -> tuple[Run, ...]:
    """Choose quotation marks by their depth, resolve nested formatting, and merge adjacent punctuation marks."""
    tokens: list[Token] = []
    flatten(runs, tokens, (), 0, locale)
    merge_adjacent(tokens, locale.punctuation_in_quote)
    return rebuild(tokens)


def flatten(runs: Sequence[Run], tokens: list[Token], marks: tuple[Mark, ...], depth: int, locale: Locale) -> None:
    """Convert runs to tokens, with quotation marks for their depth and nested formatting reversed or removed."""
    for run in runs:
        if isinstance(run, Text):
            tokens.append(Token(text=run))
        elif run.mark is Mark.QUOTE:
            opening, closing = locale.quotes(depth)
            tokens.append(Token(opens=Span(Mark.QUOTE, ()), quote=True))
            tokens.append(Token(text=Text(opening)))
            flatten(run.runs, tokens, marks, depth + 1, locale)
            tokens.append(Token(text=Text(closing), quote=True))
            tokens.append(Token(closes=True, quote=True))
        elif run.mark is Mark.NO_DECOR:
            toggled = [TOGGLED[mark] for mark in marks if mark in TOGGLED]
            inner: tuple[Run, ...] = run.runs
            for mark in toggled:
                inner = (Span(mark, inner),)
            flatten(inner, tokens, marks, depth, locale)
        else:
            flatten_span(run, tokens, marks, depth, locale)


def flatten_span(run: Span, tokens: list[Token], marks: tuple[Mark, ...], depth: int, locale: Locale) -> None:
    """Convert a span with its formatting, reversed or removed if it repeats that around it."""
    mark = run.mark
    if mark is Mark.NO_CASE or (mark in UNDONE and not any(other in marks for other in UNDONE[mark])):
        flatten(run.runs, tokens, marks, depth, locale)
        return
    if mark in TOGGLED and mark in marks:
        if not run.from_item:
            flatten(run.runs, tokens, marks, depth, locale)
            return
        mark = TOGGLED[mark]
    left = tuple(other for other in marks if other not in UNDONE.get(mark, ()))
    tokens.append(Token(opens=Span(mark, (), run.value)))
    flatten(run.runs, tokens, (*left, mark), depth, locale)
    tokens.append(Token(closes=True, styled=not run.from_item))


def merge_adjacent(tokens: list[Token], inside: bool) -> None:
    """Merge punctuation at the boundaries of texts, then punctuation that follows quotation marks."""
    last: Token | None = None
    for token in tokens:
        if token.text is None or token.quote or not token.text.text:
            continue
        if last is not None:
            merge_ends(last, token)
        if token.text.text:
            last = token
    move_inside(tokens) if inside else drop_repeated_marks(tokens)


def set_text(token: Token, text: str) -> None:
    """Replace the text of a token."""
    if token.text is not None:
        token.text = Text(text, token.text.field, token.text.language)


def text_of(token: Token) -> str:
    """Return the text of a token, or "" if it has none."""
    return token.text.text if token.text else ""


def merge_ends(last: Token, token: Token) -> None:
    """Merge punctuation at the end of one text and the beginning of the next, unless both come from one field."""
    if last.text and token.text and last.text.field and last.text.field == token.text.field:
        return
    before, after = text_of(last), text_of(token)
    while after:
        pair = before[-1:] + after[0]
        if pair in MERGED:
            before, after = before[:-1] + MERGED[pair], after[1:]
        elif before[-1:] in SPACES and after[0] in SPACES and before:
            after = after[1:]
        elif before[-1:] == " " and after[0] in ",.;:" and before[-2:-1] in (",", ".", ";", ":"):
            merged = MERGED.get(before[-2] + after[0])
            if merged is None:
                break
            before, after = before[:-2] + merged, after[1:]
        else:
            break
    set_text(last, before)
    set_text(token, after)


def move_inside(tokens: list[Token]) -> None:
    """Move full stops, commas, question and exclamation marks inside the quotation marks that precede them."""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if (token.closes and not token.quote) or token.text is None or token.quote or not text_of(token):
            index += 1
            continue
        place = find_closing_quote(tokens, index)
        moved = ""
        # A comma that the author wrote in a suffix is not moved, nor punctuation after a quotation within one field.
        movable = "" if place and same_field(tokens, place, token) else "." if field_of(token) == "suffix" else ".,!?"
        while place is not None and text_of(token) and text_of(token)[0] in movable:
            moved += text_of(token)[0]
            set_text(token, text_of(token)[1:])
        if moved and place is not None:
            tokens.insert(place, Token(text=Text(moved)))
            last = next(
                (earlier for earlier in reversed(tokens[:place]) if text_of(earlier) and not earlier.quote), None
            )
            if last is not None:
                merge_ends(last, tokens[place])
            index += 1
        index += 1


def field_of(token: Token) -> str:
    """Return the field from which a token comes, or ""."""
    return token.text.field if token.text else ""


def same_field(tokens: list[Token], place: int, token: Token) -> bool:
    """Return whether the text before a closing quotation mark comes from the same field as a token."""
    inside = next((earlier for earlier in reversed(tokens[:place]) if text_of(earlier) and not earlier.quote), token)
    return field_of(token) != "" and field_of(inside) == field_of(token)


def find_closing_quote(tokens: list[Token], index: int) -> int | None:
    """Find the first of the closing quotation marks directly before a token; return its index, or None."""
    place = None
    for number in range(index - 1, -1, -1):
        token = tokens[number]
        if token.text is not None and token.quote:
            place = number
        elif (token.text is not None and text_of(token)) or token.opens is not None:
            break
    # A mark that moves inside a quotation takes the formatting that the style gives the quotation.
    while place and tokens[place - 1].closes and tokens[place - 1].styled:
        place -= 1
    return place


def drop_repeated_marks(tokens: list[Token]) -> None:
    """Drop a punctuation mark after a closing quotation mark if the mark inside makes it redundant."""
    last: Token | None = None
    for index, token in enumerate(tokens):
        if token.text is None or token.quote or not token.text.text:
            continue
        if last is not None and find_closing_quote(tokens, index) is not None:
            pair = text_of(last)[-1:] + text_of(token)[0]
            if MERGED.get(pair) == pair[0] and (pair[0] != pair[1] or pair[0] in "!?."):
                set_text(token, text_of(token)[1:])
        last = token


def rebuild(tokens: Sequence[Token]) -> tuple[Run, ...]:
    """Convert tokens back to runs, without empty spans."""
    stack: list[tuple[Span | None, list[Run]]] = [(None, [])]
    for token in tokens:
        if token.opens is not None:
            stack.append((token.opens, []))
        elif token.closes:
            span, runs = stack.pop()
            if runs and span is not None:
                stack[-1][1].append(Span(span.mark, tuple(runs), span.value))
        elif token.text is not None and token.text.text:
            add(stack[-1][1], token.text)
    return tuple(stack[0][1])


def add(runs: list[Run], text: Text) -> None:
    """Append a text, merged with the preceding one if both have the same field and language."""
    if runs and isinstance(runs[-1], Text) and (runs[-1].field, runs[-1].language) == (text.field, text.language):
        text = Text(runs[-1].text + text.text, text.field, text.language)
        runs.pop()
    runs.append(text)
