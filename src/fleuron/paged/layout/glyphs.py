"""Correct which characters the glyphs of a PDF stand for (ToUnicode), and name the subsets of its fonts."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import pydyf
from fontTools.agl import toUnicode
from fontTools.ttLib import TTFont
from weasyprint.text.fonts import get_hb_object_data

CHARACTER = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")
# The text of a glyph whose neighbour has its character already; it is invisible and divides no word.
NOTHING = "\N{WORD JOINER}"
TATWEEL = "\N{ARABIC TATWEEL}"
ARABIC = re.compile("[\u0600-\u06ff]")


def complete_character_maps(pdf: Any, fonts: Mapping[str, Any]) -> None:
    """Complete the ToUnicode maps of a finished but unwritten file (ISO 32000-1, 9.10.3); ``fonts`` are WeasyPrint's.

    WeasyPrint 70 gives a glyph the text of the cluster in which it first occurs. Where letters have several marks,
    as the shadda and the vowel of a doubled consonant, one of them gets both, for the whole file, and the other none.
    """
    named = {font.name: font for font in fonts.values()}
    for entry in dictionaries(pdf, "/Font"):
        if "ToUnicode" in entry:
            lines = referred(pdf, entry["ToUnicode"]).stream
            if any(is_doubtful(line) or is_arabic(line) for line in lines):
                lines[:] = corrected_map(lines, face_of(named[entry["BaseFont"]]))


def corrected_map(lines: list[bytes], face: TTFont) -> list[bytes]:
    """Return the lines of a map that takes the text of doubtful glyphs from their names: uni064E.small is a fatha.

    A stroke that only lengthens a letter, as Amiri's uni0640.long before a kaf, has no text: its letter has it.
    """
    certain = []
    for line in lines:
        if found := is_doubtful(line):
            text = toUnicode(face.getGlyphName(int(found[1], 16))) or decoded(found[2]) or NOTHING
            certain.append(as_line(found[1], text))
        elif (found := is_arabic(line)) and is_stroke(face.getGlyphName(int(found[1], 16)), decoded(found[2])):
            certain.append(as_line(found[1], NOTHING))
        else:
            certain.append(line)
    return certain


def as_line(glyph: bytes, text: str) -> bytes:
    """Return the line of a map that gives a glyph its text."""
    return b"<%s> <%s>" % (glyph, text.encode("utf-16-be").hex().encode())


def is_stroke(name: str, text: str) -> bool:
    """Return whether the glyph of a name is a tatweel that was set in place of another letter's part."""
    return name.partition(".")[0] == "uni0640" and TATWEEL not in text


def is_doubtful(line: Any) -> re.Match[bytes] | None:
    """Match a line of a map whose glyph has no text, or one that may include another glyph's."""
    if found := CHARACTER.fullmatch(line):
        text = decoded(found[2])
        if not text or (len(text) > 1 and any(map(unicodedata.combining, text))):
            return found
    return None


def is_arabic(line: Any) -> re.Match[bytes] | None:
    """Match a line of a map whose glyph has letters of the Arabic block."""
    found = CHARACTER.fullmatch(line)
    return found if found and ARABIC.search(decoded(found[2])) else None


def decoded(text: bytes) -> str:
    """Decode the hexadecimal digits of a text in UTF-16."""
    return bytes.fromhex(text.decode()).decode("utf-16-be", "replace")


def face_of(font: Any) -> TTFont:
    """Open the whole font of a subset."""
    return TTFont(BytesIO(get_hb_object_data(font.hb_face)), fontNumber=font.index, lazy=True)


def name_subsets(pdf: Any) -> None:
    """Name each subset of a font after its content, since no two in a file may have one name (ISO 32000-1, 9.6.4).

    WeasyPrint 70 names them by the font, so that all units of a volume would have the same.
    """
    for descriptor in dictionaries(pdf, "/FontDescriptor"):
        file = next(descriptor[key] for key in ("FontFile2", "FontFile3") if key in descriptor)
        digest = hashlib.sha256(b"".join(referred(pdf, file).stream)).digest()
        tag = "".join(chr(ord("A") + number % 26) for number in digest[:6]).encode()
        descriptor["FontName"] = b"/%s+%s" % (tag, descriptor["FontName"].partition(b"+")[2])
    for font in dictionaries(pdf, "/Font"):
        if "FontDescriptor" in font:
            font["BaseFont"] = referred(pdf, font["FontDescriptor"])["FontName"]
    for composite in dictionaries(pdf, "/Font"):
        for reference in composite.get("DescendantFonts", ()):
            composite["BaseFont"] = referred(pdf, reference)["BaseFont"]


def dictionaries(pdf: Any, kind: str) -> Iterator[Any]:
    """Yield the dictionaries of a type."""
    return (entry for entry in pdf.objects if isinstance(entry, pydyf.Dictionary) and entry.get("Type") == kind)


def referred(pdf: Any, reference: bytes) -> Any:
    """Return the object that a reference leads to."""
    return pdf.objects[int(reference.split()[0])]
