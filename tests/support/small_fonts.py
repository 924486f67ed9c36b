"""Fonts of the tests: a few boxes for letters, and a folder that holds the only fonts that fontconfig knows."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from fleuron.fonts.font_list import listed_faces


def small_font(path: Path, family: str, characters: Iterable[str]) -> None:
    """Write a font whose glyphs are boxes, all alike."""
    glyphs = {f"uni{ord(each):04X}": ord(each) for each in sorted(set(characters) | {" "})}
    names = [".notdef", *glyphs]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({code: name for name, code in glyphs.items()})
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for point in ((0, 500), (400, 500), (400, 0)):
        pen.lineTo(point)
    pen.closePath()
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(usWeightClass=400)
    builder.setupPost()
    builder.save(path)


def font_folder(folder: Path, fonts: Mapping[str, str], installed: Iterable[str] = ("Vollkorn", "Amiri")) -> Path:
    """Return a configuration of fontconfig (FONTCONFIG_FILE) with installed families and small fonts, and no others.

    ``fonts`` are the characters of the small ones, by family.
    """
    faces = folder / "faces"
    faces.mkdir(parents=True)
    for face in listed_faces():
        if set(installed) & set(face.families):
            shutil.copy(face.path, faces)
    for number, (family, characters) in enumerate(fonts.items()):
        small_font(faces / f"small-{number}.ttf", family, characters)
    configuration = folder / "fonts.conf"
    configuration.write_text(
        f"<fontconfig><dir>{faces}</dir><cachedir>{folder / 'fc-cache'}</cachedir></fontconfig>", "utf-8"
    )
    return configuration
