"""Shape a text with HarfBuzz, and write the outlines of its glyphs as one path.

HarfBuzz is there wherever WeasyPrint is, which needs it; Python's own bindings of it (uharfbuzz) would be a copy of it.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from fleuron.fonts.installed import Face

# The names under which systems have the library: Linux, macOS, Windows.
NAMES = ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll", "harfbuzz")
# hb_memory_mode_t and hb_direction_t, in hb-blob.h and hb-common.h.
READONLY, LEFT_TO_RIGHT, RIGHT_TO_LEFT = 1, 4, 5


class GlyphInfo(ctypes.Structure):
    """hb_glyph_info_t: a glyph, by its number in the font."""

    _fields_ = (
        ("codepoint", ctypes.c_uint32),
        ("mask", ctypes.c_uint32),
        ("cluster", ctypes.c_uint32),
        ("private", ctypes.c_uint32 * 2),
    )


class GlyphPosition(ctypes.Structure):
    """hb_glyph_position_t: where a glyph stands, in units of the font."""

    _fields_ = (
        ("x_advance", ctypes.c_int32),
        ("y_advance", ctypes.c_int32),
        ("x_offset", ctypes.c_int32),
        ("y_offset", ctypes.c_int32),
        ("private", ctypes.c_uint32),
    )


class Variation(ctypes.Structure):
    """hb_variation_t: a coordinate of a variable font."""

    _fields_ = (("tag", ctypes.c_uint32), ("value", ctypes.c_float))


@dataclass(frozen=True)
class Outlines:
    """The outlines of a text as an SVG path whose baseline is at 0, and its advance and extents; all in em.

    ``top`` is the height above the baseline, and ``bottom`` that of the lowest point, negative below the baseline.
    """

    path: str
    advance: float
    top: float
    bottom: float


@cache
def library() -> Any:
    """Load HarfBuzz; raise OSError where it is not installed."""
    for name in NAMES:
        try:
            loaded: Any = ctypes.CDLL(name)
        except OSError:
            continue
        for function in ("blob_create", "face_create", "font_create", "buffer_create"):
            getattr(loaded, f"hb_{function}").restype = ctypes.c_void_p
        loaded.hb_buffer_get_glyph_infos.restype = ctypes.POINTER(GlyphInfo)
        loaded.hb_buffer_get_glyph_positions.restype = ctypes.POINTER(GlyphPosition)
        return loaded
    raise OSError("HarfBuzz is not installed")


class ShapedFace:
    """A face as HarfBuzz and fontTools have it."""

    def __init__(self, face: Face) -> None:
        self.content = face.source.path.read_bytes()
        self.font = TTFont(BytesIO(self.content), fontNumber=face.source.number, lazy=True)
        location = face.location(self.font)
        self.glyphs = self.font.getGlyphSet(location=location or None)
        self.names = self.font.getGlyphOrder()
        self.units = int(self.font["head"].unitsPerEm)
        hb = library()
        blob = ctypes.c_void_p(hb.hb_blob_create(self.content, len(self.content), READONLY, None, None))
        opened = ctypes.c_void_p(hb.hb_face_create(blob, face.source.number))
        self.shaper = ctypes.c_void_p(hb.hb_font_create(opened))
        if location:
            axes = (Variation * len(location))(
                *(Variation(int.from_bytes(tag.encode(), "big"), value) for tag, value in location.items())
            )
            hb.hb_font_set_variations(self.shaper, axes, len(location))

    def glyphs_of(self, text: str, *, right_to_left: bool) -> list[tuple[str, GlyphPosition]]:
        """Return the names of the glyphs of a text, from left to right, each with its position."""
        hb = library()
        buffer = ctypes.c_void_p(hb.hb_buffer_create())
        content = text.encode()
        hb.hb_buffer_add_utf8(buffer, content, len(content), 0, len(content))
        hb.hb_buffer_set_direction(buffer, RIGHT_TO_LEFT if right_to_left else LEFT_TO_RIGHT)
        hb.hb_buffer_guess_segment_properties(buffer)
        hb.hb_shape(self.shaper, buffer, None, 0)
        count = ctypes.c_uint()
        infos = hb.hb_buffer_get_glyph_infos(buffer, ctypes.byref(count))
        positions = hb.hb_buffer_get_glyph_positions(buffer, ctypes.byref(count))
        found = [
            (self.names[infos[number].codepoint], GlyphPosition.from_buffer_copy(positions[number]))
            for number in range(count.value)
        ]
        hb.hb_buffer_destroy(buffer)
        return found


@cache
def shaped_face(face: Face, _digest: str) -> ShapedFace:
    """Open a face, once for each version of its file."""
    return ShapedFace(face)


def outlines_of(text: str, face: Face, *, right_to_left: bool, start: float = 0) -> Outlines:
    """Return the outlines of a text in one direction and one face; ``start`` is where it begins, in em."""
    shaped = shaped_face(face, face.file_digest)
    scale = 1 / shaped.units
    pen = SVGPathPen(shaped.glyphs, ntos=lambda number: f"{number:.4f}".rstrip("0").rstrip("."))
    bounds = BoundsPen(shaped.glyphs)
    x = 0
    for name, position in shaped.glyphs_of(text, right_to_left=right_to_left):
        left, rise = x + position.x_offset, position.y_offset
        # In SVG, y goes downwards.
        shaped.glyphs[name].draw(TransformPen(pen, (scale, 0, 0, -scale, start + left * scale, -rise * scale)))
        shaped.glyphs[name].draw(TransformPen(bounds, (1, 0, 0, 1, left, rise)))
        x += position.x_advance
    _left, bottom, _right, top = bounds.bounds or (0, 0, 0, 0)
    return Outlines(pen.getCommands(), x * scale, top * scale, bottom * scale)
