"""What the glyphs of a file say to a program that reads it, and the names of its fonts' subsets."""

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
# Says nothing and parts no word: the text of a glyph whose neighbour says it already.
SAID = "\N{WORD JOINER}"


def name_glyphs(pdf: Any, fonts: Mapping[str, Any]) -> None:
    """Complete the ToUnicode maps of a finished but unwritten file (ISO 32000-1, 9.10.3); ``fonts`` are WeasyPrint's.

    WeasyPrint 70 gives a glyph the text of the cluster in which it first stands. Where letters have several marks,
    as the shadda and the vowel of a doubled consonant, one of them gets both, for the whole file, and the other none.
    """
    named = {font.name: font for font in fonts.values()}
    for each in dictionaries(pdf, "/Font"):
        if "ToUnicode" in each:
            lines = referred(pdf, each["ToUnicode"]).stream
            if any(map(said_together, lines)):
                lines[:] = told(lines, face_of(named[each["BaseFont"]]))


def told(lines: list[bytes], face: TTFont) -> list[bytes]:
    """Return the lines of a map that says of each doubtful glyph what its name says: uni064E.small is a fatha."""
    certain = []
    for line in lines:
        if found := said_together(line):
            text = toUnicode(face.getGlyphName(int(found[1], 16))) or decoded(found[2]) or SAID
            certain.append(b"<%s> <%s>" % (found[1], text.encode("utf-16-be").hex().encode()))
        else:
            certain.append(line)
    return certain


def said_together(line: Any) -> re.Match[bytes] | None:
    """Match the line of a map that may say what another glyph says too, or nothing at all."""
    if found := CHARACTER.fullmatch(line):
        text = decoded(found[2])
        if not text or (len(text) > 1 and any(map(unicodedata.combining, text))):
            return found
    return None


def decoded(text: bytes) -> str:
    return bytes.fromhex(text.decode()).decode("utf-16-be", "replace")


def face_of(font: Any) -> TTFont:
    """Open the whole font of which a file has a subset."""
    return TTFont(BytesIO(get_hb_object_data(font.hb_face)), fontNumber=font.index, lazy=True)


def name_subsets(pdf: Any) -> None:
    """Name each subset of a font by what is in it: no two of a file may have one name (ISO 32000-1, 9.6.4).

    WeasyPrint 70 names them by the font, so that all units of a volume would have the same.
    """
    for descriptor in dictionaries(pdf, "/FontDescriptor"):
        file = next(descriptor[key] for key in ("FontFile2", "FontFile3") if key in descriptor)
        digest = hashlib.sha256(b"".join(referred(pdf, file).stream)).digest()
        tag = "".join(chr(ord("A") + number % 26) for number in digest[:6]).encode()
        descriptor["FontName"] = b"/%s+%s" % (tag, descriptor["FontName"].partition(b"+")[2])
    for part in dictionaries(pdf, "/Font"):
        if "FontDescriptor" in part:
            part["BaseFont"] = referred(pdf, part["FontDescriptor"])["FontName"]
    for whole in dictionaries(pdf, "/Font"):
        for reference in whole.get("DescendantFonts", ()):
            whole["BaseFont"] = referred(pdf, reference)["BaseFont"]


def dictionaries(pdf: Any, kind: str) -> Iterator[Any]:
    return (each for each in pdf.objects if isinstance(each, pydyf.Dictionary) and each.get("Type") == kind)


def referred(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
