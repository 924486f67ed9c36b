"""Subsets of fonts for the web: the characters that pages use, a file for each script (WOFF2, W3C 2022)."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

import brotli
import fontTools
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.otBase import USE_HARFBUZZ_REPACKER
from fontTools.ttLib.woff2 import WOFF2FlavorData
from fontTools.unicodedata import script, script_extension

from fleuron.fonts.installed import Face

# OpenType features that are kept: those that are always on, and those that the theme turns on.
SHAPING = ("calt", "ccmp", "clig", "curs", "kern", "liga", "locl", "mark", "mkmk", "rclt", "rlig")
FEATURES = {
    "text": (*SHAPING, "c2sc", "lnum", "onum", "pnum", "smcp", "subs", "sups", "tnum"),
    "arabic": (*SHAPING, "fin2", "fin3", "fina", "init", "isol", "med2", "medi", "rtlm"),
}
# OpenType's name table: copyright, family, style, licence and its address, which the OFL wants kept.
NAMES = (0, 1, 2, 13, 14)

# The scripts that have names of their own in file names; others have their ISO 15924 code.
SCRIPTS = {"Arab": "arabic", "Cyrl": "cyrillic", "Grek": "greek", "Latn": "latin"}
COMMON, INHERITED = "Zyyy", "Zinh"
# Signs that stand within Arabic script and belong to no script: they should be in its own face.
WITHIN_ARABIC = frozenset("\u00a0 !\"'()*+,-./0123456789:;<=>?[]{|}«»‹›‐‑–—‘’“”…")

# Part of a cache entry's name: what is made otherwise than before has another number.
EDITION = "1"


@dataclass(frozen=True)
class Subset:
    """What one file holds of a face: ``wanted`` are the characters it is asked for."""

    face: Face
    role: str
    script: str
    wanted: frozenset[str]

    @property
    def name(self) -> str:
        """The file's name: ``vollkorn-regular-latin.woff2``."""
        family = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in self.face.family)
        stem = "-".join(family.lower().split()) or self.role
        return f"{stem}-{self.face.style.name}-{SCRIPTS.get(self.script, self.script.lower())}.woff2"

    @cached_property
    def coverage(self) -> Mapping[str, frozenset[str]]:
        """The wanted characters that the font can set, and what it sets each with.

        That is the character itself, or its parts (UAX 15, NFD) where the font has only these:
        a browser puts the letter together.
        """
        has = self.face.open().getBestCmap()
        found = {}
        for character in self.wanted:
            parts = frozenset(character if ord(character) in has else unicodedata.normalize("NFD", character))
            if all(ord(part) in has for part in parts):
                found[character] = parts
        return found

    @property
    def range(self) -> list[int]:
        """The code points for which a browser shall use the file, in order."""
        return sorted({ord(each) for character, parts in self.coverage.items() for each in (character, *parts)})

    @property
    def characters(self) -> list[int]:
        """The code points that the file holds, in order."""
        return sorted({ord(part) for parts in self.coverage.values() for part in parts})

    @property
    def is_of_use(self) -> bool:
        """Tell whether there is a character of the script itself: marks alone set nothing."""
        return any(script(character) not in (COMMON, INHERITED) for character in self.coverage)


def divide(characters: Iterable[str], role: str, main: str) -> dict[str, frozenset[str]]:
    """Divide characters among scripts (ISO 15924), as far as a role's typeface is for them.

    Signs of no script go with ``main``, the script of the edition, and into the Arabic face those
    that stand within its texts; marks and joiners are inherited by whatever they stand on, so
    each script has them.
    """
    used = frozenset(characters)
    if role == "arabic":
        own = {each for each in used if "Arab" in script_extension(each) or script(each) == INHERITED}
        return {"Arab": frozenset(own | (used & WITHIN_ARABIC))}
    parts: dict[str, set[str]] = {}
    for character in used:
        if "Arab" not in script_extension(character):
            parts.setdefault(script(character), set()).add(character)
    common, marks = parts.pop(COMMON, set()), parts.pop(INHERITED, set())
    parts.setdefault(main if main in parts else "Latn", set()).update(common)
    return {name: frozenset(parts[name] | marks) for name in sorted(parts)}


def cut(face: Face, characters: Iterable[int], features: Iterable[str]) -> TTFont:
    """Cut a font down to some code points and features."""
    options = subset.Options(
        layout_features=list(features),
        name_IDs=list(NAMES),
        name_languages=[0x409],
        hinting=False,
        notdef_outline=True,
    )
    font = face.open()
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    # Cut first, for it takes long to set all glyphs of a variable font.
    return face.settled(font)


def make(wanted: Subset) -> bytes:
    """Make a subset as WOFF2, the same bytes for the same font and characters."""
    font = cut(wanted.face, wanted.characters, FEATURES[wanted.role])
    # Another packer, where one happens to be installed, packs other bytes.
    font.cfg[USE_HARFBUZZ_REPACKER] = False
    font.flavor, font.flavorData = "woff2", WOFF2FlavorData(transformedTables={"glyf", "loca", "hmtx"})
    made = BytesIO()
    font.save(made, reorderTables=False)
    return made.getvalue()


def key(wanted: Subset) -> str:
    """Name what a subset depends on: the font's bytes, the characters, the settings and the tools."""
    source = wanted.face.source
    font = hashlib.sha256(source.path.read_bytes()).hexdigest()
    facts = (EDITION, fontTools.version, brotli.__version__, font, source.number, source.instance, wanted.role)
    return hashlib.sha256(repr((facts, FEATURES, NAMES, wanted.characters)).encode()).hexdigest()


def make_once(wanted: Subset, cache: Path) -> tuple[Path, bytes]:
    """Take a subset from the cache, or make it and leave it there; return the entry's path and the bytes.

    An entry begins with the SHA-256 of the rest: one that is damaged is made anew.
    """
    entry = cache / key(wanted)
    if entry.is_file():
        kept = entry.read_bytes()
        if hashlib.sha256(kept[32:]).digest() == kept[:32]:
            return entry, kept[32:]
    made = make(wanted)
    cache.mkdir(parents=True, exist_ok=True)
    draft = entry.with_suffix(".part")
    draft.write_bytes(hashlib.sha256(made).digest() + made)
    draft.replace(entry)
    return entry, made
