"""Give WeasyPrint a unit's own fonts and pictures, and refuse every other file and address."""

from __future__ import annotations

import shutil
import weakref
from collections.abc import Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from urllib.parse import unquote

from fontTools.ttLib import TTFont
from fontTools.unicodedata import script
from tinycss2.serializer import serialize_string_value
from weasyprint import CSS
from weasyprint.text.ffi import ffi, fontconfig, gobject, pangoft2
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from fleuron.fonts.font_face_css import ranges
from fleuron.paged.layout.lines.planned_lines import KnownWords
from fleuron.paged.layout.picture_checks import checked_picture, decode_data_address
from fleuron.paged.layout.units import ARABIC_FAMILY, UNKNOWN_PICTURE, FontSet

# Addresses that exist nowhere (RFC 2606), and do not reveal the folder that anything is in: WeasyPrint 70
# names a picture by the hash of its address.
ASSETS = "https://assets.invalid/"
FACES = "https://faces.invalid/"
EUROPEAN = frozenset({"Latn", "Grek", "Cyrl"})

# fontconfig's empty configuration; WeasyPrint 70 declares only the machine's own.
ffi.cdef("FcConfig * FcConfigCreate (void);")


class RefusedAddress(ValueError):
    """An address that is not among the unit's."""


class UnitFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves a unit's pictures and fonts from memory: it opens neither a file nor a connection."""

    def __init__(self, assets: Mapping[str, bytes], faces: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=[])
        self.assets = assets
        self.faces = faces

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        """Serve a picture or a font; raises ValueError for any other address, and for a picture that is refused."""
        address = unquote(url.partition("#")[0])
        if address.removeprefix(FACES) in self.faces:
            return URLFetcherResponse(url, self.faces[address.removeprefix(FACES)])
        if url.startswith("data:"):
            media_type, content = checked_picture(decode_data_address(url))
            return URLFetcherResponse("data:", content, {"Content-Type": media_type})
        name = address.removeprefix(ASSETS)
        if not address.startswith(ASSETS) or name not in self.assets:
            raise RefusedAddress(f"{url} {UNKNOWN_PICTURE}")
        media_type, content = checked_picture(self.assets[name])
        return URLFetcherResponse(url, content, {"Content-Type": media_type})


class UnitFontConfiguration(FontConfiguration):  # type: ignore[misc]
    """A font configuration that knows only the fonts that style sheets bring; ``words`` are measured in these.

    WeasyPrint 70 begins with all that is installed, and with the machine's settings for it.
    """

    def __init__(self) -> None:
        self._config = fontconfig.FcConfigCreate()
        self.font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
        pangoft2.pango_fc_font_map_set_config(ffi.cast("PangoFcFontMap *", self.font_map), self._config)
        fontconfig.FcConfigDestroy(self._config)  # the map keeps it
        # WeasyPrint makes a folder with the first face, and deletes it with the configuration, but not at the end of a
        # process that keeps one.
        self._folder = Path(mkdtemp(prefix="fleuron-fonts-"))
        weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self.strut_layouts: dict[Any, Any] = {}
        self.font_features: dict[Any, Any] = {}
        self.words = KnownWords()


@lru_cache(maxsize=4)
def kept_fonts(font_set: FontSet, thread: int) -> tuple[UnitFontConfiguration, CSS]:
    """Return a configuration with a font set, and the style sheet that brings it.

    To load the faces, and to measure the words of a language in them, takes as long as to lay out a page, and nearly
    all units of a publication have the same. Each thread has its own, since Pango is not to be used by two at once.
    """
    fonts = UnitFontConfiguration()
    fetcher = UnitFetcher({}, dict(face_files(font_set)))
    return fonts, CSS(string=face_rules(font_set), base_url=ASSETS, font_config=fonts, url_fetcher=fetcher)


def face_rules(font_set: FontSet) -> str:
    """Write the @font-face rules (CSS Fonts Level 4, 4) of all faces of a font set.

    A face of Arabic script is not used for the Latin, Greek and Cyrillic letters that it has: in a Persian text they
    are in the face of the text, which has italics.
    """
    return "".join(
        f"@font-face{{font-family:{css_string(family)};font-style:{style};font-weight:{weight};"
        f"src:url({css_string(FACES + name)})"
        f"{without_european(content) if family == ARABIC_FAMILY else ''}{clear_one(content)}}}\n"
        for (family, style, weight, _, content), (name, _) in zip(font_set.faces, face_files(font_set), strict=True)
    )


@lru_cache(maxsize=8)
def without_european(font: bytes) -> str:
    """Return the range of all characters of a font but Latin, Greek and Cyrillic letters."""
    characters = TTFont(BytesIO(font), lazy=True, fontNumber=0).getBestCmap()
    return f";unicode-range:{ranges([code for code in sorted(characters) if script(chr(code)) not in EUROPEAN])}"


@lru_cache(maxsize=16)
def clear_one(font: bytes) -> str:
    """Return the setting for a font whose old-style 1 is a small I; it has another form of it: Vollkorn's ``ss11``."""
    names = TTFont(BytesIO(font), lazy=True, fontNumber=0)["name"]
    return ';font-feature-settings:"ss11"' if names.getBestFamilyName() == "Vollkorn" else ""


def css_string(text: str) -> str:
    """Write a text as a string of CSS (CSS Syntax Level 3, 4.3.5)."""
    return f'"{serialize_string_value(text)}"'


def face_files(font_set: FontSet) -> Iterator[tuple[str, bytes]]:
    """Yield the font files of a set, named by their number, since two files may have one name."""
    for number, (*_, content) in enumerate(font_set.faces):
        yield str(number), content
