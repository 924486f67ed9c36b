"""Read the rich text of CSL-JSON (a few HTML tags, quotation marks) into runs.

The tags are `<i>`, `<b>`, `<sc>`, `<sup>`, `<sub>`, and spans for small capitals, `nocase` and `nodecor`; anything else
that looks like a tag is text. Paired quotation marks become spans, so that they are rendered as those of the locale.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from fleuron.csl.text.runs import Mark, Run, Span, Text

OPENING = {
    "<i>": (Mark.ITALIC, "</i>"),
    "<b>": (Mark.BOLD, "</b>"),
    "<sc>": (Mark.SMALL_CAPS, "</sc>"),
    "<sup>": (Mark.SUPERSCRIPT, "</sup>"),
    "<sub>": (Mark.SUBSCRIPT, "</sub>"),
    '<span style="font-variant:small-caps;">': (Mark.SMALL_CAPS, "</span>"),
    '<span style="font-variant: small-caps;">': (Mark.SMALL_CAPS, "</span>"),
    '<span class="nocase">': (Mark.NO_CASE, "</span>"),
    '<span class="nodecor">': (Mark.NO_DECOR, "</span>"),
}
CLOSING = frozenset(closing for _mark, closing in OPENING.values())
DOUBLE, SINGLE, ANGLE = '"“”„', "'‘’‚", "«»"
# The quotation marks of the same kind, by each of them.
KINDS = {quote: kind for kind in (DOUBLE, SINGLE, ANGLE) for quote in kind}
NEVER_OPENS, NEVER_CLOSES = "”’»", "„‚«"
PIECES = re.compile("|".join(map(re.escape, (*OPENING, *sorted(CLOSING)))) + f"|[{DOUBLE}{SINGLE}{ANGLE}]")
TAG = re.compile("<[^<>]*>")
# How many characters around a quotation mark say whether it opens or closes, a tag beside it included.
NEAR = 200
# The most marks within each other; what opens more is text.
DEEPEST = 100
SPECIAL = re.compile(f"[<{DOUBLE}{SINGLE}{ANGLE}]")


@dataclass(slots=True)
class Frame:
    """An open tag or quotation mark, its source text, and the runs in it so far."""

    written: str
    mark: Mark | None
    runs: list[Run] = field(default_factory=list)


class Reader:
    """Read one text into runs, each with the field and language from which it comes."""

    def __init__(self, field: str, language: str, angle_quotes: bool) -> None:
        self.field, self.language, self.angle_quotes = field, language, angle_quotes
        self.frames = [Frame("", None)]

    def read(self, text: str) -> tuple[Run, ...]:
        """Read a text; tags and quotation marks that are not closed are kept as characters."""
        start = 0
        for match in PIECES.finditer(text):
            self.add(text[start : match.start()])
            start = match.end()
            self.take(match[0], text, match.start())
        self.add(text[start:])
        while len(self.frames) > 1:
            self.abandon()
        return tuple(joined(self.frames[0].runs))

    def add(self, text: str) -> None:
        """Append characters to the innermost open mark."""
        if text:
            self.frames[-1].runs.append(Text(text, self.field, self.language))

    def take(self, piece: str, text: str, start: int) -> None:
        """Process a tag, a quotation mark or an apostrophe, which begins at a place of a text."""
        if piece in OPENING and len(self.frames) <= DEEPEST:
            self.frames.append(Frame(piece, OPENING[piece][0]))
        elif piece in OPENING:
            self.add(piece)
        elif piece in CLOSING:
            self.close_tag(piece)
        elif piece in ANGLE and not self.angle_quotes:
            self.add(piece)
        else:
            self.take_quote(piece, character_before(text, start), character_after(text, start + len(piece)))

    def close_tag(self, piece: str) -> None:
        """Process a closing tag, which is text unless its opening tag is open."""
        depth = next((n for n in range(len(self.frames) - 1, 0, -1) if closes(piece, self.frames[n])), 0)
        if not depth:
            self.add(piece)
            return
        while len(self.frames) - 1 > depth:
            self.abandon()
        self.close()

    def close(self) -> None:
        """Close the innermost mark, and make a span of it."""
        frame = self.frames.pop()
        if frame.mark is not None and frame.runs:
            self.frames[-1].runs.append(Span(frame.mark, tuple(joined(frame.runs)), from_item=True))

    def abandon(self) -> None:
        """Convert the innermost mark, which is not closed, back to text."""
        frame = self.frames.pop()
        self.add(apostrophe(frame.written))
        self.frames[-1].runs += joined(frame.runs)

    def take_quote(self, piece: str, before: str, after: str) -> None:
        """Process a quotation mark between two characters: it closes, opens, or is an apostrophe."""
        kind = KINDS[piece]
        if piece not in NEVER_CLOSES and may_close(before, after, piece):
            depth = len(self.frames) - 1
            while depth and self.frames[depth].mark is Mark.QUOTE and KINDS[self.frames[depth].written] != kind:
                depth -= 1
            if depth and self.frames[depth].mark is Mark.QUOTE:
                while len(self.frames) - 1 > depth:
                    self.abandon()
                self.close()
                return
        fresh = self.frames[-1].mark is Mark.QUOTE and not self.frames[-1].runs
        follows_quote = before and before in SINGLE + DOUBLE and not fresh
        if piece not in NEVER_OPENS and not follows_quote and may_open(before, after) and len(self.frames) <= DEEPEST:
            self.frames.append(Frame(piece, Mark.QUOTE))
        else:
            self.add(apostrophe(piece))


def character_before(text: str, start: int) -> str:
    """Return the character before a place, or before a tag that ends there; "" at the beginning."""
    last = text[max(start - 1, 0) : start]
    return last if last != ">" else without_tag_at_end(text[max(start - NEAR, 0) : start])[-1:]


def character_after(text: str, end: int) -> str:
    """Return the character after a place, or after a tag that begins there; "" at the end."""
    first = text[end : end + 1]
    tag = TAG.match(text, end, end + NEAR) if first == "<" else None
    return text[tag.end() : tag.end() + 1] if tag else first


def without_tag_at_end(text: str) -> str:
    """Return a text without the tag that it ends with, if it ends with one."""
    start = text.rfind("<") if text.endswith(">") else -1
    return text[:start] if start >= 0 and ">" not in text[start:-1] else text


def joined(runs: list[Run]) -> list[Run]:
    """Return runs with texts that follow each other as one."""
    found: list[Run] = []
    for is_text, group in groupby(runs, lambda run: isinstance(run, Text)):
        same = list(group)
        if is_text and len(same) > 1:
            first = same[0]
            assert isinstance(first, Text)
            same = [Text("".join(run.text for run in same if isinstance(run, Text)), first.field, first.language)]
        found += same
    return found


def closes(piece: str, frame: Frame) -> bool:
    """Return whether a closing tag belongs to an open mark."""
    return frame.written in OPENING and OPENING[frame.written][1] == piece


def apostrophe(written: str) -> str:
    """Return a straight apostrophe as a typographic one, and other characters unchanged."""
    return "’" if written == "'" else written


def may_open(before: str, after: str) -> bool:
    """Return whether a quotation mark between two characters can open: at the beginning, after a space or a bracket."""
    return bool(after) and not after.isspace() and (not before or before.isspace() or before in "([{-–—/“‘«„\"'")


def may_close(before: str, after: str, piece: str) -> bool:
    """Return whether a quotation mark between two characters can close; a single one within a word is an apostrophe."""
    if not before or (before.isspace() and before not in "\u00a0\u202f"):
        return False
    return piece not in SINGLE or not after or not after.isalnum()


@lru_cache(maxsize=4096)
def read_text(text: str, field: str = "", language: str = "", angle_quotes: bool = False) -> tuple[Run, ...]:
    """Read the text of an item, of a style's `value` attribute or of a cite's prefix into runs.

    ``angle_quotes`` is whether « and » are quotation marks in this locale.
    """
    if "«" in text or "»" in text:
        text = text.replace("« ", "«\u202f").replace(" »", "\u202f»")
    if not SPECIAL.search(text):
        return (Text(text, field, language),) if text else ()
    return Reader(field, language, angle_quotes).read(text)
