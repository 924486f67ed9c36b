"""Draw the zero-width joiners and non-joiners of a text, which are then in the text of a PDF: “می‌خواهم”.

Pango lays them out as empty glyphs, which WeasyPrint 70 does not write (`draw_first_line`), so that words which a
non-joiner divides would be one word to whoever copies or searches them. A typeface has glyphs without ink for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.text.ffi import ffi, pango
from weasyprint.text.line_break import Layout

from fleuron.paged.layout.glyphs import face_of

JOINERS = "\u200c\u200d"
# Other characters that Pango lays out as empty glyphs: theirs stand for joiners where a typeface shows these, as Amiri.
UNUSED = "\u200b\ufeff\u2060"


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
        glyphs[font.hash] = inkless_glyphs(face_of(font))
    number = glyphs[font.hash].get(joiner, 0)
    if number:
        font.to_unicode[number] = joiner
    return number


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
