"""The output of the processor: a tree of runs, `Text` and `Span`, independent of any markup language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum


class Mark(Enum):
    """The formatting of a span; the value is the CSL attribute and its value."""

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
    """Plain text; if it comes from an item, with its field and the BCP 47 tag of its language."""

    text: str
    field: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Runs with one kind of formatting.

    ``value`` is the address of a LINK. ``from_item`` is whether the formatting comes from the text of an item and not
    from the style: italics within italics are then set upright (CSL 1.0.2, appendix II).
    """

    mark: Mark
    runs: tuple[Run, ...]
    value: str = ""
    from_item: bool = False


Run = Text | Span


def texts(runs: Iterable[Run]) -> Iterator[Text]:
    """Yield the texts of a tree in reading order."""
    for run in runs:
        if isinstance(run, Text):
            yield run
        else:
            yield from texts(run.runs)


def plain(runs: Iterable[Run]) -> str:
    """Return the text of a tree without its formatting."""
    return "".join(text.text for text in texts(runs))


def join_pieces(pieces: list[tuple[Run, ...]], delimiter: tuple[Run, ...]) -> tuple[Run, ...]:
    """Join pieces of output with the runs of a delimiter."""
    if len(pieces) == 1:
        return pieces[0]
    runs: list[Run] = []
    for number, piece in enumerate(pieces):
        if number and delimiter:
            runs.extend(delimiter)
        runs.extend(piece)
    return tuple(runs)
