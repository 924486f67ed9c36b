"""Subset fonts to the characters that pages use, a file for each script (WOFF2, W3C 2022).

The subsetter of fontTools is imported where a subset is made: that takes long, and most builds have theirs in a cache.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

from fontTools.ttLib import TTFont
from fontTools.unicodedata import script, script_extension

from fleuron.fonts.installed import Face

# OpenType features that are kept: those that are always on, and those that the theme turns on.
SHAPING = ("calt", "ccmp", "clig", "curs", "kern", "liga", "locl", "mark", "mkmk", "rclt", "rlig")
FEATURES = {
    "text": (*SHAPING, "c2sc", "lnum", "onum", "pnum", "smcp", "subs", "sups", "tnum"),
    # A script of the world may need any.
    "script": ("*",),
    "arabic": (*SHAPING, "fin2", "fin3", "fina", "init", "isol", "med2", "medi", "rtlm"),
}
# OpenType's name table: copyright, family, style, licence and its address, which the OFL wants kept.
NAMES = (0, 1, 2, 13, 14)
ENGLISH = 0x409

# The names of scripts in file names, by their ISO 15924 codes; of other scripts, the code is used.
SCRIPTS = {"Arab": "arabic", "Cyrl": "cyrillic", "Grek": "greek", "Latn": "latin"}
COMMON, INHERITED = "Zyyy", "Zinh"
# Characters that stand within Arabic text and belong to no script: the Arabic face should have them.
COMMON_IN_ARABIC = frozenset("\u00a0 !\"'()*+,-./0123456789:;<=>?[]{|}«»‹›‐‑–—‘’“”…")


@dataclass(frozen=True)
class Subset:
    """The characters of a script that one file has of a face; ``wanted`` are those that pages use.

    It has the OpenType features of its role but those that are ``left_out``. ``part`` is the end of its name, where a
    script has several files of the face.
    """

    face: Face
    role: str
    script: str
    wanted: frozenset[str]
    left_out: frozenset[str] = frozenset()
    part: str = ""

    @property
    def name(self) -> str:
        """The file's name: ``vollkorn-regular-latin.woff2``."""
        family = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in self.face.family)
        stem = "-".join(family.lower().split()) or self.role
        script = SCRIPTS.get(self.script, self.script.lower())
        return "-".join(filter(None, [stem, self.face.style.name, script, self.part])) + ".woff2"

    @property
    def features(self) -> tuple[str, ...]:
        """The OpenType features that the file keeps."""
        return tuple(feature for feature in FEATURES[self.role] if feature not in self.left_out)

    @cached_property
    def coverage(self) -> Mapping[str, frozenset[str]]:
        """The wanted characters that the font can show, each with the characters that it is made of.

        That is the character itself, or its decomposition (UAX 15, NFD) if the font has only its parts:
        a browser composes them.
        """
        available = self.face.characters
        covered = {}
        for character in self.wanted:
            parts = frozenset(character if ord(character) in available else unicodedata.normalize("NFD", character))
            if all(ord(part) in available for part in parts):
                covered[character] = parts
        return covered

    @property
    def range(self) -> list[int]:
        """The code points for which a browser shall use the file (`unicode-range`), in order."""
        return sorted({ord(part) for character, parts in self.coverage.items() for part in (character, *parts)})

    @property
    def characters(self) -> list[int]:
        """The code points that the file contains, in order."""
        return sorted({ord(part) for parts in self.coverage.values() for part in parts})

    @property
    def has_letters(self) -> bool:
        """Whether it has a character of the script itself, and not only marks and common characters."""
        return any(script(character) not in (COMMON, INHERITED) for character in self.coverage)


def characters_by_script(characters: Iterable[str], role: str, main: str) -> dict[str, frozenset[str]]:
    """Group characters by script (ISO 15924), as far as the typeface of a role is for them.

    Common characters go with ``main``, the script of the edition, and those that stand within Arabic text also into
    the Arabic face. Marks and joiners inherit the script of the character before them, so each script has them.
    """
    used = frozenset(characters)
    if role == "arabic":
        own = {each for each in used if "Arab" in script_extension(each) or script(each) == INHERITED}
        return {"Arab": frozenset(own | (used & COMMON_IN_ARABIC))}
    parts: dict[str, set[str]] = {}
    for character in used:
        if "Arab" not in script_extension(character):
            parts.setdefault(script(character), set()).add(character)
    common, marks = parts.pop(COMMON, set()), parts.pop(INHERITED, set())
    parts.setdefault(main if main in parts else "Latn", set()).update(common)
    return {name: frozenset(parts[name] | marks) for name in sorted(parts)}


def subset_font(face: Face, characters: Iterable[int], features: Iterable[str]) -> TTFont:
    """Subset a font to some code points and OpenType features."""
    from fontTools import subset

    options = subset.Options(
        layout_features=list(features),
        name_IDs=list(NAMES),
        name_languages=[ENGLISH],
        hinting=False,
        notdef_outline=True,
        # The time at which FontForge saved the font, which fontTools 4.68 warns that it cannot subset.
        drop_tables=[*subset.Options._drop_tables_default, "FFTM"],
    )
    font = face.open()
    # fontTools 4.68 looks through all tables for the names that variations and features have, of which these have none.
    names = font["name"] if "fvar" not in font and "*" not in options.layout_features else None
    if names is not None:
        del font["name"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    if names is not None:
        names.names = [
            each for each in names.names if each.nameID in NAMES and each.isUnicode() and each.langID == ENGLISH
        ]
        font["name"] = names
    # Subset first: it takes long to instantiate all glyphs of a variable font.
    return face.at_instance(font)


def make_subset(wanted: Subset) -> bytes:
    """Make a subset as WOFF2, the same bytes for the same font and characters."""
    from fontTools.ttLib.tables.otBase import USE_HARFBUZZ_REPACKER
    from fontTools.ttLib.woff2 import WOFF2FlavorData

    font = subset_font(wanted.face, wanted.characters, wanted.features)
    # HarfBuzz's repacker, if it is installed, would write other bytes.
    font.cfg[USE_HARFBUZZ_REPACKER] = False
    font.flavor, font.flavorData = "woff2", WOFF2FlavorData(transformedTables={"glyf", "loca", "hmtx"})
    content = BytesIO()
    font.save(content, reorderTables=False)
    return content.getvalue()
