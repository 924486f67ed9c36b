"""Measure by how much the signs at the beginning and end of a justified line stand in the margin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fleuron.paged.layout.lines.word_measures import WordMeasures
from fleuron.paged.line_breaking.protrusion import AT_BEGINNING, AT_END

# Marks of direction.
MARKS = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

ALEF = "\u0627"


def hung_width(measures: WordMeasures, style: Any, sign: str, parts: Mapping[str, float], direction: str) -> float:
    """Return how much of a sign of a style stands in the margin of a line of a direction.

    Nothing if the sign's own text has the other direction: it may stand within the line then.
    """
    part = parts.get(sign)
    if part is None or style["direction"] != direction:
        return 0.0
    face = measures.face(style)
    if direction == "ltr":
        return part * face.word(sign).width
    # Typefaces may have another stop beside Arabic letters; alef does not join the sign.
    return part * (face.word(ALEF + sign).width - face.word(ALEF).width)


def hung_widths(measures: WordMeasures, texts: Sequence[Any], direction: str, *, is_first: bool) -> tuple[float, float]:
    """Return how much of the text boxes of a line, in their order, stands in the margin where it begins and ends.

    A paragraph's first line begins at its indent, whatever its sign.
    """
    if not texts:
        return 0.0, 0.0
    first, last = texts[0], texts[-1]
    start = first.text.lstrip(MARKS)[:1]
    end = last.text.rstrip(MARKS)[-1:]
    return (
        0.0 if is_first else hung_width(measures, first.style, start, AT_BEGINNING, direction),
        hung_width(measures, last.style, end, AT_END, direction),
    )
