"""Correct which characters the glyphs of a PDF stand for (ToUnicode), draw its joiners, and name its fonts' subsets.

Pango lays out zero-width joiners and non-joiners as empty glyphs, which WeasyPrint 70 does not write
(`draw_first_line`): words which a non-joiner divides, “می‌خواهم”, would be one word to whoever copies or searches them.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from typing import Any

import pydyf
from fontTools.agl import toUnicode
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.text.ffi import ffi, pango
from weasyprint.text.fonts import get_hb_object_data
from weasyprint.text.line_break import Layout

from fleuron.fonts.glyph_texts import texts_of_glyphs

CHARACTER = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")
# The text of a glyph whose neighbour has its character already; it is invisible and divides no word.
NOTHING = "\N{WORD JOINER}"
TATWEEL = "\N{ARABIC TATWEEL}"
ARABIC = re.compile("[\u0600-\u06ff]")
JOINERS = "\u200c\u200d"
# Other characters that Pango lays out as empty glyphs: theirs stand for joiners where a typeface shows these, as Amiri.
UNUSED = "\u200b\ufeff\u2060"


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
                font = named[entry["BaseFont"]]
                lines[:] = corrected_map(lines, get_hb_object_data(font.hb_face), font.index)


def corrected_map(lines: list[bytes], content: bytes, index: int) -> list[bytes]:
    """Return the lines of a map that takes the text of doubtful glyphs from their names: uni064E.small is a fatha.

    Where the name says nothing, it is what the font file replaces by the glyph; ``index`` is the font's in its file.
    A stroke that only lengthens a letter, as Amiri's uni0640.long before a kaf, has no text: its letter has it.
    """
    face = TTFont(BytesIO(content), fontNumber=index, lazy=True)
    certain = []
    for line in lines:
        if found := is_doubtful(line):
            name = face.getGlyphName(int(found[1], 16))
            text = toUnicode(name) or texts_of_glyphs(content, index).get(name) or decoded(found[2]) or NOTHING
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
        if not text or (len(text) > 1 and any(unicodedata.category(each).startswith("M") for each in text)):
            return found
    return None


def is_arabic(line: Any) -> re.Match[bytes] | None:
    """Match a line of a map whose glyph has letters of the Arabic block."""
    found = CHARACTER.fullmatch(line)
    return found if found and ARABIC.search(decoded(found[2])) else None


def decoded(text: bytes) -> str:
    """Decode the hexadecimal digits of a text in UTF-16."""
    return bytes.fromhex(text.decode()).decode("utf-16-be", "replace")


class LayoutWithJoiners(Layout):  # type: ignore[misc]  # WeasyPrint has no types
    """The layout of a text whose joiners are drawn on ``stream`` with the glyphs of their typefaces.

    ``glyphs`` has these, by typeface and joiner.
    """

    stream: Any
    glyphs: dict[str, dict[str, int]]

    def get_first_line(self) -> Any:
        line, index = super().get_first_line()
        replace_empty_glyphs(line, self.text.encode(), self.stream, self.glyphs)
        return line, index


def draw_joiners(boxes: Iterable[Any], stream: Any) -> None:
    """Let the joiners in boxes of text be drawn on a stream with the glyphs of their typefaces."""
    glyphs: dict[str, dict[str, int]] = {}
    for box in boxes:
        if isinstance(box, TextBox) and any(joiner in box.text for joiner in JOINERS):
            layout = box.pango_layout
            layout.__class__, layout.stream, layout.glyphs = LayoutWithJoiners, stream, glyphs


def replace_empty_glyphs(line: Any, text: bytes, stream: Any, glyphs: dict[str, dict[str, int]]) -> None:
    """Replace the empty glyphs of the joiners of a line; ``text`` is what it was laid out from, in UTF-8."""
    run = line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        count, clusters = item.glyphs.num_glyphs, item.glyphs.log_clusters
        places = sorted({clusters[number] for number in range(count)} | {item.item.length})
        ends = dict(pairwise(places))
        for number in range(count):
            glyph = item.glyphs.glyphs[number]
            start = item.item.offset + clusters[number]
            cluster = text[start : item.item.offset + ends[clusters[number]]].decode()
            found = [joiner for joiner in JOINERS if joiner in cluster]
            if glyph.glyph == pango.PANGO_GLYPH_EMPTY and len(found) == 1:
                glyph.glyph = glyph_of(found[0], item.item.analysis.font, stream, glyphs) or glyph.glyph


def glyph_of(joiner: str, pango_font: Any, stream: Any, glyphs: dict[str, dict[str, int]]) -> int:
    """Return the number of a joiner's glyph in a typeface, or 0 if it has none; the file says what it stands for."""
    font, _size = stream.add_font(pango_font)
    if font.hash not in glyphs:
        glyphs[font.hash] = joiner_glyphs(get_hb_object_data(font.hb_face), font.index)
    number = glyphs[font.hash].get(joiner, 0)
    if number:
        font.to_unicode[number] = joiner
    return number


@lru_cache(maxsize=16)
def joiner_glyphs(content: bytes, index: int) -> dict[str, int]:
    """Return what `inkless_glyphs` does, of a font file: once for all units that a process lays out."""
    return inkless_glyphs(TTFont(BytesIO(content), fontNumber=index, lazy=True))


def inkless_glyphs(face: TTFont) -> dict[str, int]:
    """Return the number of a glyph without ink for each joiner, as far as a typeface has them."""
    names, shapes = face.getBestCmap(), face.getGlyphSet()

    def is_inkless(character: str) -> bool:
        pen = BoundsPen(shapes)
        if ord(character) in names:
            shapes[names[ord(character)]].draw(pen)
        return ord(character) in names and pen.bounds is None

    others = filter(is_inkless, UNUSED)
    chosen = {joiner: joiner if is_inkless(joiner) else next(others, "") for joiner in JOINERS}
    return {joiner: face.getGlyphID(names[ord(shown)]) for joiner, shown in chosen.items() if shown}


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
