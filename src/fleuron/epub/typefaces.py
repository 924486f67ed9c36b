"""Write the typefaces of a book, subset to the characters that it uses, and the style sheet that names them.

The style sheet sets a font only for the body, so that the reader can choose another one; text in Arabic script has a
rule of its own, because a typeface that was chosen for Latin letters may lack Arabic ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from fleuron.fonts.edition_fonts import characters_of, installed_faces, make_subsets
from fleuron.fonts.font_face_css import FOLDER, quoted, subset_rule
from fleuron.fonts.subset_cache import SubsetCache
from fleuron.publication.edition import Edition
from fleuron.publication.language_tags import script_of

STYLESHEET = "typefaces.css"


def write_typefaces(
    outdir: Path, families: Mapping[str, str], cache: SubsetCache | None, edition: Edition, more: str
) -> None:
    """Write ``_static/typefaces.css`` and its font files for the pages in ``outdir``, and for ``more`` characters.

    A family that is not installed gets no font file and no warning: it may be on the reader's device.
    """
    script = script_of(edition.language)
    subsets = make_subsets(characters_of(outdir) | {*more}, installed_faces(families), cache, script)
    folder = outdir / "_static" / FOLDER
    for subset, content in subsets.items():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / subset.name).write_bytes(content)
    rules = "".join(subset_rule(subset, None) for subset in subsets)
    text = [families["text"], families["arabic"]]
    (outdir / "_static" / STYLESHEET).write_text(rules + font_family_rules(text, script), "utf-8")


def font_family_rules(families: Sequence[str], script: str) -> str:
    """Return the rules for the body and for languages in Arabic script; ``families`` are the Latin and the Arabic."""
    arabic = [*reversed(families)]
    body = font_family(arabic if script == "Arab" else families)
    return f"body{{font-family:{body}}}\n:lang(ar),:lang(fa),:lang(ur){{font-family:{font_family(arabic)}}}\n"


def font_family(families: Sequence[str]) -> str:
    return ",".join([*map(quoted, dict.fromkeys(families)), "serif"])
