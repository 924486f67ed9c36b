"""The output of the processor: a small tree of typed runs, and never a string of some markup language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum


class Mark(Enum):
    """What a span does to the runs in it; the value names the CSL attribute and its value."""

    ITALIC = "font-style:italic"
    OBLIQUE = "font-style:oblique"
    UPRIGHT = "font-style:normal"
    BOLD = "font-weight:bold"
    LIGHT = "font-weight:light"
    REGULAR = "font-weight:normal"
    SMALL_CAPS = "font-variant:small-caps"
    NORMAL_CAPS = "font-variant:normal"
    UNDERLINE = "text-decoration:underline"
    NO_UNDERLINE = "text-decoration:none"
    SUPERSCRIPT = "vertical-align:sup"
    SUBSCRIPT = "vertical-align:sub"
    BASELINE = "vertical-align:baseline"
    QUOTE = "quotes:true"
    BLOCK = "display:block"
    LEFT_MARGIN = "display:left-margin"
    RIGHT_INLINE = "display:right-inline"
    INDENT = "display:indent"
    LINK = "link"
    NO_CASE = "class:nocase"
    NO_DECOR = "class:nodecor"


@dataclass(frozen=True, slots=True)
class Text:
    """Plain characters; where they come from an item, its field and the BCP 47 tag of their language."""

    text: str
    field: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Runs under one mark.

    ``value`` is the address of a LINK. ``written`` tells that the mark stands in the words of an item
    and not in the style: italics within italics are then set upright (CSL 1.0.2, appendix II).
    """

    mark: Mark
    runs: tuple[Run, ...]
    value: str = ""
    written: bool = False


Run = Text | Span


def texts(runs: Iterable[Run]) -> Iterator[Text]:
    """Yield the texts of a tree in reading order."""
    for run in runs:
        if isinstance(run, Text):
            yield run
        else:
            yield from texts(run.runs)


def plain(runs: Iterable[Run]) -> str:
    """Return the characters of a tree without its marks."""
    return "".join(text.text for text in texts(runs))


def join_pieces(pieces: list[tuple[Run, ...]], delimiter: tuple[Run, ...]) -> tuple[Run, ...]:
    """Join pieces with the runs of a delimiter."""
    if len(pieces) == 1:
        return pieces[0]
    runs: list[Run] = []
    for number, piece in enumerate(pieces):
        if number and delimiter:
            runs.extend(delimiter)
        runs.extend(piece)
    return tuple(runs)
