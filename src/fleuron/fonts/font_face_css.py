"""The stylesheet of an edition's typefaces (CSS Fonts Level 4, 4 The @font-face rule)."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence

from fontTools.ttLib import TTFont

from fleuron.fonts.installed import Face
from fleuron.fonts.subsets import Subset, cut

FOLDER = "typefaces"
# RFC 2397; the type is that of RFC 8081.
DATA = "data:font/woff2;base64,"

# How often each letter stands in a hundred of English text, with the spaces between words.
SPACES = 17.0
LETTERS = {
    **{"e": 12.7, "t": 9.1, "a": 8.2, "o": 7.5, "i": 7.0, "n": 6.7, "s": 6.3, "h": 6.1, "r": 6.0, "d": 4.3},
    **{"l": 4.0, "c": 2.8, "u": 2.8, "m": 2.4, "w": 2.4, "f": 2.2, "g": 2.0, "y": 2.0, "p": 1.9, "b": 1.5},
    **{"v": 1.0, "k": 0.8, "j": 0.15, "x": 0.15, "q": 0.1, "z": 0.1},
}
ALPHABET = (" ", *LETTERS)


# Typefaces that readers' systems have: for each style the full name of the face that stands in, and the
# average width of its letters in em (xWidthAvg by unitsPerEm, as @capsizecss/metrics 4.3 lists them).
STAND_INS = {
    "Georgia": {
        "regular": ("Georgia", 913 / 2048),
        "italic": ("Georgia Italic", 931 / 2048),
        "semibold": ("Georgia Bold", 1062 / 2048),
    },
    "Times New Roman": {
        "regular": ("Times New Roman", 832 / 2048),
        "italic": ("Times New Roman Italic", 836 / 2048),
        "semibold": ("Times New Roman Bold", 886 / 2048),
    },
}
# Latin, Greek, Cyrillic and signs: on some systems these faces have Arabic letters too, which the
# Arabic family is for.
STAND_IN_RANGE = "U+0-58F,U+1E00-2BFF"


def quoted(name: str) -> str:
    """Write a text as a string of CSS (CSS Syntax Level 3, 4.3.5)."""
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def ranges(codes: Sequence[int]) -> str:
    """Write code points, in order, as a ``unicode-range``: ``U+20-7E,U+A0``."""
    runs: list[list[int]] = []
    for code in codes:
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ",".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in runs)


def rule(family: str, face: Face, source: str, more: str) -> str:
    style = "italic" if face.style.italic else "normal"
    facts = f"font-family:{quoted(family)};font-style:{style};font-weight:{face.weight};src:{source};{more}"
    return f"@font-face{{{facts}}}\n"


def subset_rule(made: Subset, content: bytes | None) -> str:
    """Write the rule of a file, or of its ``content`` where the stylesheet itself is to carry it."""
    address = f"{FOLDER}/{made.name}" if content is None else DATA + base64.b64encode(content).decode("ascii")
    source = f'url({quoted(address)}) format("woff2")'
    # By “block” fleuron.js knows the face that the sheet carries, and waits for it.
    display = "swap" if content is None else "block"
    return rule(made.face.family, made.face, source, f"font-display:{display};unicode-range:{ranges(made.range)}")


def average_width(font: TTFont) -> float:
    """Return the average width of a letter of English text in a font, in em; 0 where it has not all letters."""
    glyphs, widths = font.getBestCmap(), font["hmtx"]
    if any(ord(letter) not in glyphs for letter in ALPHABET):
        return 0
    letters = sum(widths[glyphs[ord(letter)]][0] * often for letter, often in LETTERS.items()) / sum(LETTERS.values())
    space = widths[glyphs[ord(" ")]][0]
    return float(letters * (100 - SPACES) + space * SPACES) / 100 / float(font["head"].unitsPerEm)


def stand_in_rule(face: Face, stand_in: str) -> str:
    """Make a reader's own face as wide and high as ours, so that lines stay where they are when ours comes.

    Empty for a style that nothing stands in for, and for a font without Latin letters.
    """
    font = cut(face, map(ord, ALPHABET), ())
    width, em, heights = average_width(font), font["head"].unitsPerEm, font["hhea"]
    if face.style.name not in STAND_INS[stand_in] or not width:
        return ""
    local, usual = STAND_INS[stand_in][face.style.name]
    size = width / usual
    lines = {"ascent": heights.ascent, "descent": -heights.descent, "line-gap": heights.lineGap}
    overrides = "".join(f"{name}-override:{value / em / size:.1%};" for name, value in lines.items())
    more = f"size-adjust:{size:.1%};{overrides}unicode-range:{STAND_IN_RANGE}"
    return rule(stand_in_name(face.family, stand_in), face, f"local({quoted(local)})", more)


def stand_in_name(family: str, stand_in: str) -> str:
    return f"{family} by {stand_in}"


def stylesheet(families: Mapping[str, str], subsets: Sequence[Subset], carried: Mapping[Subset, bytes]) -> str:
    """Write the stylesheet: a rule for each file, and the properties ``--text-face`` and ``--arabic-face``.

    Each property is a list of quoted families, with no generic one at its end. ``carried`` are the
    contents of the files that the sheet carries in itself.
    """
    faces = dict.fromkeys(each.face for each in subsets if each.role == "text")
    standing = {name: "".join(stand_in_rule(face, name) for face in faces) for name in STAND_INS}
    names = {role: [family] for role, family in families.items()}
    names["text"] += [stand_in_name(families["text"], name) for name, rules in standing.items() if rules]
    properties = "".join(f"--{role}-face:{','.join(map(quoted, names[role]))};" for role in sorted(names))
    rules = "".join(subset_rule(each, carried.get(each)) for each in subsets)
    return f":root{{{properties}}}\n{rules}{''.join(standing.values())}"
