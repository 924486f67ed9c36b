"""Find which characters the glyphs of a face stand for, by its tables `cmap` and `GSUB` (OpenType 1.9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from typing import Any

from fontTools.ttLib import TTFont

# Lookup types of GSUB: one glyph for one, one for several, and one that only says where a large table is.
SINGLE, LIGATURE, EXTENSION = 1, 4, 7


@lru_cache(maxsize=8)
def texts_of_glyphs(content: bytes, index: int) -> Mapping[str, str]:
    """Return the text of each glyph of a font file whose text is known, by the glyph's name; once for each file.

    A glyph of the Devanagari letter ga without its vowel, which no character is, stands for ga and virama.
    """
    face = TTFont(BytesIO(content), fontNumber=index, lazy=True)
    texts = {name: chr(code) for code, name in sorted(face.getBestCmap().items(), reverse=True)}
    made = list(substitutions(face))
    while found := {
        glyph: "".join(texts[part] for part in parts)
        for parts, glyph in reversed(made)
        if glyph not in texts and all(part in texts for part in parts)
    }:
        texts |= found
    return texts


def substitutions(face: TTFont) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the glyphs that are replaced by one, and that one, in the order of the font."""
    table: Any = face["GSUB"].table if "GSUB" in face else None
    for lookup in table.LookupList.Lookup if table is not None and table.LookupList else ():
        for part in lookup.SubTable:
            extended = part.ExtSubTable if lookup.LookupType == EXTENSION else part
            if extended.LookupType == SINGLE:
                yield from (((before,), after) for before, after in extended.mapping.items())
            elif extended.LookupType == LIGATURE:
                for first, ligatures in extended.ligatures.items():
                    yield from (((first, *each.Component), each.LigGlyph) for each in ligatures)
