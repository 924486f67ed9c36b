"""Read how the file for a printer is made: trim, bleed, crop marks, paper and colour profile (``fleuron_print``)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fleuron.diagnostics.similar_names import did_you_mean, suggestion

SCREEN, POD = "screen", "pod"
MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}
LENGTH = re.compile(r"(\d+(?:\.\d+)?)(mm|cm|in|pt)")
PAPER = re.compile(r"(\d+(?:\.\d+)?)(mm|cm|in|pt|ppi)")
# Width and height in millimetres: ISO 216, and those of North America (CSS Paged Media Level 3, 7.1).
SIZES = {
    "A3": (297.0, 420.0),
    "A4": (210.0, 297.0),
    "A5": (148.0, 210.0),
    "B4": (250.0, 353.0),
    "B5": (176.0, 250.0),
    "letter": (215.9, 279.4),
    "legal": (215.9, 355.6),
}
# How much smaller, and how much larger, than the laid-out page the trimmed one may be, in millimetres: a page has
# margins of 20 mm and more, with the running head in the middle of the upper one.
SMALLER, LARGER = 10.0, 30.0
MOST_BLEED = 20.0
EXPECTED = '"screen", "pod" or a dictionary such as {"bleed": "3mm", "crop_marks": True}'


@dataclass(frozen=True)
class PrintSettings:
    """How a printer's file is made; lengths are in millimetres.

    ``trim`` is the size of the trimmed page, or None for that of the laid-out one. ``leaf`` is how thick a leaf is.
    ``profile`` is the file of the colour profile of the printing condition, or "" for black ink alone; ``condition`` is
    the condition's name in the ICC's registry, or "".
    """

    trim: tuple[float, float] | None = None
    bleed: float = 0.0
    crop_marks: bool = False
    leaf: float = 0.1
    profile: str = ""
    condition: str = ""

    def spine(self, pages: int) -> float:
        """Return how wide the spine of so many pages is, in millimetres, without the thickness of a cover."""
        return pages / 2 * self.leaf


def millimetres(text: str) -> float:
    """Read a length such as ``3mm``; raises ValueError."""
    if not (match := LENGTH.fullmatch(text)):
        raise ValueError(text)
    return float(match[1]) * MILLIMETRES[match[2]]


def size_in_millimetres(text: str) -> tuple[float, float]:
    """Read a width and a height, or the name of a size in letters of any case; raises ValueError."""
    for name, size in SIZES.items():
        if name.lower() == text.lower():
            return size
    width, height = text.split(" ")
    return millimetres(width), millimetres(height)


def leaf_of(text: str) -> float:
    """Read how thick a leaf is: a length, or how many pages an inch has (``440ppi``); raises ValueError."""
    match = PAPER.fullmatch(text)
    if not match or not float(match[1]):
        raise ValueError(text)
    return 25.4 * 2 / float(match[1]) if match[2] == "ppi" else millimetres(text)


def bleed_of(text: str) -> float:
    """Read a bleed; raises ValueError for one that no printer asks for."""
    if (bleed := millimetres(text)) > MOST_BLEED:
        raise ValueError(text)
    return bleed


def text_of(value: Any) -> str:
    """Return a value that must be a text; raises ValueError."""
    if not isinstance(value, str):
        raise ValueError(str(value))
    return value


def truth_of(value: Any) -> bool:
    """Return a value that must be True or False; raises ValueError."""
    if not isinstance(value, bool):
        raise ValueError(str(value))
    return value


# How the value of each key is read, and what it must be.
KEYS: Mapping[str, tuple[str, Callable[[Any], Any], str]] = {
    "trim": ("trim", size_in_millimetres, 'a size such as "156mm 234mm" or "A5"'),
    "bleed": ("bleed", bleed_of, f'a length of at most {MOST_BLEED:g} mm, such as "3mm"'),
    "crop_marks": ("crop_marks", truth_of, "True or False"),
    "paper": ("leaf", leaf_of, 'the thickness of a leaf, such as "0.1mm", or pages to the inch, such as "440ppi"'),
    "profile": ("profile", text_of, 'the path of an ICC profile, such as "_static/PSOcoated_v3.icc"'),
    "condition": ("condition", text_of, 'a name in the ICC\'s registry, such as "FOGRA51"'),
}


def check_print(value: Any) -> str | None:
    """Return what the value of ``fleuron_print`` must be, or None if it is valid."""
    if not isinstance(value, Mapping):
        return None if value in (SCREEN, POD) else EXPECTED + did_you_mean(str(value), (SCREEN, POD))
    for key, given in value.items():
        if key not in KEYS:
            return f"{EXPECTED}; there is no “{key}”{suggestion(str(key), KEYS)}"
        _field, read, expected = KEYS[key]
        try:
            read(given)
        except (ValueError, AttributeError):
            return f"{EXPECTED}; “{key}” is {expected}, not {given!r}"
    if value.get("condition") and not value.get("profile"):
        return f"{EXPECTED}; “condition” names what a “profile” describes, and there is none"
    return None


def print_settings(value: Any) -> PrintSettings | None:
    """Read a valid value of ``fleuron_print``; None if no printer's file is to be made."""
    if value == SCREEN:
        return None
    given = value if isinstance(value, Mapping) else {}
    return PrintSettings(**{KEYS[key][0]: KEYS[key][1](text) for key, text in given.items()})


def trim_problem(settings: PrintSettings, page_size: str) -> str:
    """Return why pages of a size (``fleuron_page``) cannot be trimmed as the settings say; "" if they can."""
    if settings.trim is None:
        return ""
    page = size_in_millimetres(page_size)
    if all(-SMALLER <= trim - own <= LARGER for trim, own in zip(settings.trim, page, strict=True)):
        return ""
    return (
        f"fleuron_print: a trim of {size_text(settings.trim)} needs pages laid out for it, since those of fleuron_page "
        f"are {size_text(page)}, and it may be at most {SMALLER:g} mm smaller and {LARGER:g} mm larger: "
        f'fleuron_page = "{settings.trim[0]:g}mm {settings.trim[1]:g}mm"'
    )


def size_text(size: tuple[float, float]) -> str:
    """Write a width and a height in millimetres: 165 × 240 mm."""
    return f"{round(size[0], 1):g} × {round(size[1], 1):g} mm"
