"""The words of an item: the rich text that CSL-JSON allows in them, and their quotation marks.

CSL-JSON takes a few tags of HTML (`<i>`, `<b>`, `<sc>`, `<sup>`, `<sub>`, spans for small capitals,
`nocase` and `nodecor`); everything else that looks like a tag is text. Quotation marks that pair
become spans, so that the edition's own are printed, the inner ones within the outer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

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
NEVER_OPENS, NEVER_CLOSES = "”’»", "„‚«"
PIECES = re.compile("|".join(map(re.escape, (*OPENING, *sorted(CLOSING)))) + f"|[{DOUBLE}{SINGLE}{ANGLE}]")
SPECIAL = re.compile(f"[<{DOUBLE}{SINGLE}{ANGLE}]")


@dataclass(slots=True)
class Frame:
    """An open tag or quotation mark, as it was written, and what stands in it so far."""

    written: str
    mark: Mark | None
    runs: list[Run] = field(default_factory=list)


class Reader:
    """Read one text into runs, marking each with the field and language it comes from."""

    def __init__(self, field: str, language: str, angle_quotes: bool) -> None:
        self.field, self.language, self.angle_quotes = field, language, angle_quotes
        self.frames = [Frame("", None)]

    def read(self, text: str) -> tuple[Run, ...]:
        """Read a whole text; marks that are opened and not closed are characters."""
        start = 0
        for match in PIECES.finditer(text):
            self.add(text[start : match.start()])
            start = match.end()
            self.take(match[0], text[: match.start()], text[start:])
        self.add(text[start:])
        while len(self.frames) > 1:
            self.abandon()
        return tuple(self.frames[0].runs)

    def add(self, text: str) -> None:
        """Add characters to the innermost mark."""
        if not text:
            return
        runs = self.frames[-1].runs
        if runs and isinstance(runs[-1], Text):
            text = runs.pop().text + text  # type: ignore[union-attr]
        runs.append(Text(text, self.field, self.language))

    def take(self, piece: str, before: str, after: str) -> None:
        """Take a sign that may be a mark: a tag, a quotation mark or an apostrophe."""
        if piece in OPENING:
            self.frames.append(Frame(piece, OPENING[piece][0]))
        elif piece in CLOSING:
            self.close_tag(piece)
        elif piece in ANGLE and not self.angle_quotes:
            self.add(piece)
        else:
            self.take_quote(piece, before, after)

    def close_tag(self, piece: str) -> None:
        depth = next((n for n in range(len(self.frames) - 1, 0, -1) if closes(piece, self.frames[n])), 0)
        if not depth:
            self.add(piece)
            return
        while len(self.frames) - 1 > depth:
            self.abandon()
        self.close()

    def close(self) -> None:
        frame = self.frames.pop()
        if frame.mark is not None and frame.runs:
            self.frames[-1].runs.append(Span(frame.mark, tuple(frame.runs), written=True))

    def abandon(self) -> None:
        """Set an opening that nothing closes as the text it was."""
        frame = self.frames.pop()
        self.add(apostrophe(frame.written))
        for run in frame.runs:
            if isinstance(run, Text):
                self.add(run.text)
            else:
                self.frames[-1].runs.append(run)

    def take_quote(self, piece: str, before: str, after: str) -> None:
        kind = kind_of(piece)
        bare_before = re.sub(r"<[^<>]*>$", "", before)
        bare_after = re.sub(r"^<[^<>]*>", "", after)
        if piece not in NEVER_CLOSES and may_close(bare_before, bare_after, piece):
            depth = len(self.frames) - 1
            while depth and self.frames[depth].mark is Mark.QUOTE and kind_of(self.frames[depth].written) != kind:
                depth -= 1
            if depth and self.frames[depth].mark is Mark.QUOTE:
                while len(self.frames) - 1 > depth:
                    self.abandon()
                self.close()
                return
        fresh = self.frames[-1].mark is Mark.QUOTE and not self.frames[-1].runs
        if bare_before.endswith(tuple(SINGLE + DOUBLE)) and not fresh:
            bare_before += "."
        if piece not in NEVER_OPENS and may_open(bare_before, bare_after):
            self.frames.append(Frame(piece, Mark.QUOTE))
        else:
            self.add(apostrophe(piece))


def closes(piece: str, frame: Frame) -> bool:
    return frame.written in OPENING and OPENING[frame.written][1] == piece


def kind_of(quote: str) -> str:
    return next(kind for kind in (DOUBLE, SINGLE, ANGLE) if quote in kind)


def apostrophe(written: str) -> str:
    return "’" if written == "'" else written


def may_open(before: str, after: str) -> bool:
    """Tell whether a quotation mark between two texts may open: after nothing, a space or a bracket."""
    return (
        bool(after)
        and not after[0].isspace()
        and (not before or before[-1].isspace() or before[-1] in "([{-–—/“‘«„\"'")
    )


def may_close(before: str, after: str, piece: str) -> bool:
    """Tell whether a quotation mark between two texts may close; a single one within a word is an apostrophe."""
    if not before or (before[-1].isspace() and before[-1] not in "\u00a0\u202f"):
        return False
    return piece in DOUBLE + ANGLE or not after or not after[0].isalnum()


@lru_cache(maxsize=4096)
def read_text(text: str, field: str = "", language: str = "", angle_quotes: bool = False) -> tuple[Run, ...]:
    """Read a text of an item, a style's value or an author's prefix into runs.

    ``angle_quotes`` tells that « and » are quotation marks of the edition, and no plain signs.
    """
    if "«" in text or "»" in text:
        text = text.replace("« ", "«\u202f").replace(" »", "\u202f»")
    if not SPECIAL.search(text):
        return (Text(text, field, language),) if text else ()
    return Reader(field, language, angle_quotes).read(text)
