"""A rough profile of a press with four inks, made for the tests: no free one comes with any package."""

from __future__ import annotations

import struct
from itertools import product

from fleuron.paged.printing.profiles import D50, description

POINTS = 3  # of the tables of colours, in each direction
LEVELS = 255


def four_inks() -> bytes:
    """Return a profile of the class “prtr” in CMYK: red is printed in magenta and yellow, dark in black."""
    tags = {
        b"desc": description("Four inks for tests"),
        b"cprt": b"text" + bytes(4) + b"None\0",
        b"wtpt": b"XYZ " + bytes(4) + D50,
        b"A2B0": table(4, 3, [lab_of(*inks) for inks in product(range(POINTS), repeat=4)]),
        b"B2A0": table(3, 4, [inks_of(*lab) for lab in product(range(POINTS), repeat=3)]),
    }
    listed, data, start = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for signature, tag in tags.items():
        listed += signature + struct.pack(">II", start + len(data), len(tag))
        data += tag + bytes(-len(tag) % 4)
    head = bytes(4) + struct.pack(">I", 0x02400000) + b"prtrCMYKLab " + struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    head += b"acsp" + bytes(28) + D50 + bytes(48)
    return struct.pack(">I", start + len(data)) + head + listed + data


def table(inputs: int, outputs: int, colours: list[tuple[float, ...]]) -> bytes:
    """Return a tag of the type lut8Type (ICC.1:2001-04, 6.5.8), whose curves change nothing."""
    identity = struct.pack(">9i", *(65536 if place % 4 == 0 else 0 for place in range(9)))
    curve = bytes(range(LEVELS + 1))
    levels = bytes(round(min(max(value, 0), 1) * LEVELS) for colour in colours for value in colour)
    return (
        b"mft1" + bytes(4) + bytes([inputs, outputs, POINTS, 0]) + identity + curve * inputs + levels + curve * outputs
    )


def lab_of(cyan: int, magenta: int, yellow: int, black: int) -> tuple[float, ...]:
    """Return the colour of inks, each from 0 to 2: lightness, and a and b with grey at a half."""
    light = max(0.0, 1 - black / 2 - (cyan + magenta + yellow) / 12)
    return light, 0.5 + (magenta - cyan) / 8, 0.5 + (yellow - (cyan + magenta) / 2) / 8


def inks_of(light: int, a: int, b: int) -> tuple[float, ...]:
    """Return the inks of a colour, whose parts are from 0 to 2, grey with a and b of 1."""
    return max(0, 1 - a) + max(0, 1 - b) / 2, max(0, a - 1) + max(0, 1 - b) / 2, max(0, b - 1), (2 - light) / 2
