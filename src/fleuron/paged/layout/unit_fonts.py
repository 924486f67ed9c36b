"""The fonts of a unit, and no others: whatever is installed on a machine, its pages are the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.text.ffi import ffi, fontconfig, gobject, pangoft2
from weasyprint.text.fonts import FontConfiguration

from fleuron.fonts.font_face_css import quoted
from fleuron.paged.layout.assets import FACES
from fleuron.paged.layout.units import Fount

# fontconfig's empty configuration; WeasyPrint 70 declares only the machine's own.
ffi.cdef("FcConfig * FcConfigCreate (void);")


class OwnFonts(FontConfiguration):  # type: ignore[misc]  # WeasyPrint has no types
    """A font configuration that knows only what style sheets bring.

    WeasyPrint 70 begins with all that is installed, and with the machine's settings for it.
    """

    def __init__(self) -> None:
        self._config = fontconfig.FcConfigCreate()
        self.font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
        pangoft2.pango_fc_font_map_set_config(ffi.cast("PangoFcFontMap *", self.font_map), self._config)
        fontconfig.FcConfigDestroy(self._config)  # the map keeps it
        self._folder = None
        self.strut_layouts: dict[Any, Any] = {}
        self.font_features: dict[Any, Any] = {}


def face_rules(fount: Fount) -> str:
    """Write the rules (CSS Fonts Level 4, 4) by which a style sheet brings the faces of a fount."""
    return "".join(
        f"@font-face{{font-family:{quoted(family)};font-style:{style};font-weight:{weight};"
        f"src:url({quoted(FACES + name)})}}\n"
        for (family, style, weight, _, _), (name, _) in zip(fount.faces, face_files(fount), strict=True)
    )


def face_files(fount: Fount) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a fount by names of our own, for two files may have one name."""
    for number, (*_, content) in enumerate(fount.faces):
        yield str(number), content
