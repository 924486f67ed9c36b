"""Measure words with Pango, each once in the same fonts: how wide they are, and how far above and below the baseline.

The style sheets give words a spacing of their own, so that Pango shapes each word by itself (see print.css): the
width of a line is that of its words and spaces. Where a style has none, or spaces its letters, texts are measured
whole.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple, TypeAlias

from weasyprint.text.ffi import FROM_UNITS, ffi, pango, unicode_to_char_p
from weasyprint.text.line_break import Layout, _font_style_cache_key, line_size

SPACES = re.compile("([ \u00a0])")
# Letters of the typefaces of the text. Others may be set in another one, and with them the spaces that follow.
OWN = re.compile("[\u0000-\u024f\u0370-\u04ff\u1e00-\u1fff\u2000-\u206f\u20a0-\u20bf]*")

# What Pango does not know as characters between words.
EMBEDDING = re.compile("[\u202a-\u202e]")


class Extent(NamedTuple):
    """The size of a text on a line, in CSS pixels."""

    width: float
    ascent: float
    descent: float


class Face:
    """The words of one style, with their sizes."""

    def __init__(self, style: Any) -> None:
        self.style = style
        self.layout = Layout(style)
        self.extents: dict[str, Extent] = {}
        self.is_spaced = style["word_spacing"] != 0 and style["letter_spacing"] == "normal"
        letters = 2 * self.word("x").width
        self.spaces = {space: self.whole(f"x{space}x").width - letters for space in " \u00a0"}

    def text(self, text: str) -> Extent:
        """Return the size of a text."""
        if not self.is_spaced or not OWN.fullmatch(text):
            found = self.extents.get(text)
            if found is None:
                found = self.extents[text] = self.whole(text)
            return found
        width = ascent = descent = 0.0
        for part in SPACES.split(text):
            if part in self.spaces:
                width += self.spaces[part]
            elif part:
                word = self.word(part)
                width += word.width
                ascent, descent = max(ascent, word.ascent), max(descent, word.descent)
        if not ascent and not descent:
            _, ascent, descent = self.word("x")
        return Extent(width, ascent, descent)

    def word(self, word: str) -> Extent:
        """Return the size of a word, or of a part of it."""
        found = self.extents.get(word)
        if found is None:
            if self.is_spaced:
                pango.pango_layout_set_text(self.layout.layout, unicode_to_char_p(word)[0], -1)
                found = self.measured(self.layout)
            else:
                found = self.whole(word)
            self.extents[word] = found
        return found

    def whole(self, text: str) -> Extent:
        """Measure a text as WeasyPrint does, with the spacing of its style."""
        layout = Layout(self.style)
        layout.set_text(text)
        return self.measured(layout)

    def measured(self, layout: Any) -> Extent:
        """Return the size of what is in a layout of Pango's."""
        line = pango.pango_layout_get_line_readonly(layout.layout, 0)
        width, height = line_size(line, self.style)
        ascent = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
        return Extent(width, ascent, height - ascent)


Faces: TypeAlias = dict[tuple[Any, ...], Face]


class WordMeasures:
    """The faces of a sheet, by style; ``faces`` are those that are known in its fonts."""

    def __init__(self, faces: Faces) -> None:
        self.faces = faces
        # A style is kept with its face: the number that Python gives it may be another's later.
        self.known: dict[int, tuple[Any, Face]] = {}

    def face(self, style: Any) -> Face:
        """Return the face of a style; styles that set words alike have one."""
        found = self.known.get(id(style))
        if found is None:
            key = (
                _font_style_cache_key(style, include_size=True),
                style["letter_spacing"],
                style["word_spacing"],
                style["font_kerning"],
                style["direction"],
            )
            face = self.faces.get(key)
            if face is None:
                face = self.faces[key] = Face(style)
            found = self.known[id(style)] = (style, face)
        return found[1]


def break_places(text: str, language: str | None) -> list[int]:
    """Return 1 for each character of a text before which a line may begin, by the rules of Unicode; and at its end."""
    if language:
        name, _kept = unicode_to_char_p(language)
        tag = pango.pango_language_from_string(name)
    else:
        tag = pango.pango_language_get_default()
    shown, encoded = unicode_to_char_p(EMBEDDING.sub("\u200b", text))
    attributes = ffi.new("PangoLogAttr[]", len(text) + 1)
    pango.pango_get_log_attrs(shown, len(encoded), -1, tag, attributes, len(text) + 1)
    flags = memoryview(ffi.buffer(attributes)).cast("I")
    return [flag & 1 for flag in flags]
