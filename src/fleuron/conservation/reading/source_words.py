"""Compare a text that Markdown's parser was given with its tokens: what is in none of them is not read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from fleuron.conservation.comparison import LostWord, missing_words
from fleuron.conservation.reading.recorder import ParsedText, Part
from fleuron.conservation.reading.token_words import Lines, lines_of, plain_source, source_of_token, words_within
from fleuron.conservation.words import BODY, Streams
from fleuron.diagnostics import Diagnostic

# Characters that are words elsewhere, and are markup in Markdown.
MARKUP = str.maketrans("", "", "#+<>=&@*$")
# A line that gives attributes to the block after it, and the beginnings of an item of a list of tasks and of an alert.
ATTRIBUTES = re.compile(r"(?:[\s>*+:-]|\d+[.)](?=\s))*\{[^{}]*\}\s*")
TASK = re.compile(r"(?m)^([\s>]*(?:(?:[-*+:]|\d+[.)])\s+)+)\[[xX]\](?=\s)")
ALERT = re.compile(r"(?m)^([\s>]*>\s*)\[!\w+\]\s*$")
# What an address has, and a word in square brackets with a colon after it has not.
ADDRESS = re.compile(r"[/.#:]")
# The addresses of comments in Markdown, which are links to nothing: “[//]: # (words)”, “[comment]: <> (words)”.
NOWHERE = ("", "#")
# What MyST replaces by a sign, with its extension `replacements`.
REPLACED = re.compile(r"\((?:c|r|p|tm)\)", re.IGNORECASE)

DEFINITION = (
    "Markdown reads the line as the address of a link, and no link uses it; write \\[ if it is text, or delete it"
)
BLOCK_BREAK = "MyST reads a line that begins with +++ as a break, and not as text; write \\+++"
CELLS = "this row of the table has more cells than its first row"
NOT_PRINTED = "not be printed"
PROBLEMS = {
    Diagnostic.WORD_DOUBLED: "be printed twice",
    Diagnostic.WORD_OUT_OF_ORDER: "be printed in another order",
    Diagnostic.WORD_IN_WRONG_PLACE: "be printed in another place",
}
UNREAD = "Markdown does not read it as text"


@dataclass(frozen=True)
class Loss:
    """Words that are lost in reading, the words before them, where they were written, why, and in what way."""

    words: str
    before: str
    lines: Lines
    reason: str
    problem: str = NOT_PRINTED


def unread_words(text: ParsedText, parts: Mapping[int, Part], labels: set[str]) -> Iterator[Loss]:
    """Yield what no token of a text has; ``labels`` are those of links whose definition is still to come."""
    if not text.is_inline:
        yield from unread_lines(text, labels)
    for token in text.tokens:
        if token.type == "inline" and any(mark in token.content for mark in "[]{}<>"):
            source = plain_source(token.content)
            within = " ".join(words_within(token.children or [], parts))
            yield from compared(source, "".join(words_within(token.children or [], parts)), within, token, text)


def compared(source: str, joined: str, within: str, token: Token, text: ParsedText) -> Iterator[Loss]:
    """Yield what the source of a paragraph has and its tokens have not."""
    lines = lines_of(token, text)
    if any(joined.count(sign) > source.count(sign) for sign in "©®™§"):
        source = REPLACED.sub(" ", source)
    for found in (joined, within):
        wanted, given = Streams(), Streams()
        wanted.add(BODY, source, lines)
        given.add(BODY, found)
        losses = missing_words(without_markup(wanted), without_markup(given))
        if not losses:
            return
    yield from (loss_of(loss, UNREAD) for loss in losses)


def unread_lines(text: ParsedText, labels: set[str]) -> Iterator[Loss]:
    """Yield what the lines of a text have and its blocks have not."""
    wanted, given = Streams(), Streams()
    lines = text.text.splitlines()
    source = ALERT.sub(r"\1", TASK.sub(r"\1", text.text)).splitlines()
    for number, line in enumerate(source, text.offset + 1):
        wanted.add(BODY, line, Lines(text.path, number, number))
    reasons: list[tuple[Lines, str]] = []
    for token in text.tokens:
        place = lines_of(token, text)
        if token.type in ("definition", "myst_block_break"):
            if reason := reason_of(token, labels):
                reasons.append((place, reason))
                if token.type == "definition" and ADDRESS.search(token.meta["url"]):
                    given.add(BODY, f"{token.meta['label']} {token.meta['url']}")
            else:
                given.add(BODY, "\n".join(lines[place.first - text.offset - 1 : place.last - text.offset]))
        elif token.type == "table_open":
            reasons.append((place, CELLS))
        for content in source_of_token(token):
            given.add(BODY, content)
    for loss in missing_words(without_markup(wanted), without_markup(given)):
        found = loss_of(loss, UNREAD)
        at = found.lines.first - text.offset - 1
        if not (0 <= at < len(lines) and ATTRIBUTES.fullmatch(lines[at])):
            why = next((why for place, why in reasons if place.first <= found.lines.first <= place.last), UNREAD)
            yield loss_of(loss, why)


def reason_of(token: Token, labels: set[str]) -> str:
    """Return why the words of a definition or a break are lost; "" if a reader should not see them."""
    if token.type == "myst_block_break":
        return "" if not any(map(str.isalnum, token.content)) or is_json(token.content) else BLOCK_BREAK
    label = normalizeReference(token.meta["label"])
    if token.meta["url"] in NOWHERE:
        return ""
    if label in labels:
        labels.remove(label)  # a second definition is not used
        return ""
    return "" if not token.meta["title"] and ADDRESS.search(token.meta["url"]) else DEFINITION


def is_json(text: str) -> bool:
    """Return whether a text is an object of JSON, such as the settings of a notebook's cell."""
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def used_labels(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the labels of links and pictures of tokens."""
    for token in tokens:
        if label := token.meta.get("label") if token.type in ("link_open", "image") else None:
            yield normalizeReference(label)
        if token.children:
            yield from used_labels(token.children)


def without_markup(streams: Streams) -> Streams:
    return streams.changed(lambda word: word.translate(MARKUP))


def loss_of(loss: LostWord, reason: str) -> Loss:
    """Return what is lost, where it was written."""
    assert isinstance(loss.origin, Lines)
    return Loss(loss.words, loss.before, loss.origin, reason, PROBLEMS.get(loss.diagnostic, NOT_PRINTED))
