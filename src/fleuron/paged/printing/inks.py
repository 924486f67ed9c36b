"""Set colours in inks: greys in black alone, other colours in four inks, or in black where there is no other.

The streams of pages are WeasyPrint's, which writes each operator on a line of its own, and text as hexadecimal digits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from PIL import Image, ImageCms

from fleuron.paged.printing.profiles import OutputProfile, transform_to

RGB_OPERATOR = re.compile(rb"^([-+.\d]+) ([-+.\d]+) ([-+.\d]+) (rg|RG)[ \t]*$", re.MULTILINE)
# Levels of a component in a picture, and so of a colour that an author writes.
LEVELS = 255
# The part of each primary in the luminance of sRGB (IEC 61966-2-1).
LUMINANCE = (0.2126, 0.7152, 0.0722)


class Inks:
    """Converts colours of sRGB to the inks of a printing condition."""

    def __init__(self, profile: OutputProfile) -> None:
        self.has_colours = profile.components == 4
        self.known: dict[tuple[float, ...], tuple[float, ...]] = {}
        self.transform = transform_to(profile) if self.has_colours else None

    def of(self, colour: Sequence[float]) -> tuple[float, ...]:
        """Return a colour as one component of grey, 0 for black, or as four of ink; components are from 0 to 1."""
        key = tuple(colour)
        if key not in self.known:
            self.known[key] = self.converted(key)
        return self.known[key]

    def converted(self, colour: tuple[float, ...]) -> tuple[float, ...]:
        if is_grey(colour):
            return (round(colour[0], 6),)
        if self.transform is None:
            return (round(grey_of(colour), 4),)
        pixel = Image.new("RGB", (1, 1), tuple(round(min(max(each, 0), 1) * LEVELS) for each in colour))
        inks = ImageCms.applyTransform(pixel, self.transform)
        assert inks is not None
        return tuple(round(int(each) / LEVELS, 4) for each in inks.tobytes())

    def set_in(self, content: bytes) -> tuple[bytes, bool]:
        """Replace the colours of sRGB in a content stream; return it, and whether one was not grey."""
        found = False

        def replace(match: re.Match[bytes]) -> bytes:
            nonlocal found
            colour = tuple(float(match[place]) for place in (1, 2, 3))
            found |= not is_grey(colour)
            inks = self.of(colour)
            operator = b"g" if len(inks) == 1 else b"k"
            written = b" ".join(f"{each:g}".encode() for each in inks)
            return written + b" " + (operator.upper() if match[4] == b"RG" else operator)

        return RGB_OPERATOR.sub(replace, content), found


def is_grey(colour: Sequence[float]) -> bool:
    """Return whether the components of a colour differ by less than a picture's would."""
    return max(colour) - min(colour) < 0.5 / LEVELS


def grey_of(colour: Sequence[float]) -> float:
    """Return the grey that is as light as a colour of sRGB."""
    light = sum(part * linear(each) for part, each in zip(LUMINANCE, colour, strict=True))
    return 12.92 * light if light <= 0.0031308 else float(1.055 * light ** (1 / 2.4) - 0.055)


def linear(value: float) -> float:
    """Return the light of a component of sRGB."""
    value = min(max(value, 0.0), 1.0)
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
