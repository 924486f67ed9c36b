"""The typefaces of a book: cut to the letters that it uses, for reading systems that leave them to it.

The sheet names them for the body alone, so that a reader's own choice has its way; only what is in Arabic script
asks for a face of its own, which a reader's choice for Latin letters would not have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from fleuron.fonts.edition_fonts import characters_of, chosen, cut_typefaces
from fleuron.fonts.font_face_css import FOLDER, quoted, subset_rule
from fleuron.publication.edition import Edition
from fleuron.publication.language_tags import script_of

STYLESHEET = "typefaces.css"


def write_typefaces(outdir: Path, families: Mapping[str, str], cache: Path, edition: Edition, more: str) -> None:
    """Write ``_static/typefaces.css`` and the files it names for the pages in ``outdir``, and for ``more`` characters.

    Without files it says nothing: a family that is not installed here may be on a reader's device.
    """
    script = script_of(edition.language)
    made = cut_typefaces(characters_of(outdir) | {*more}, chosen(families), cache, script)
    folder = outdir / "_static" / FOLDER
    for each, content in made.items():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / each.name).write_bytes(content)
    rules = "".join(subset_rule(each, None) for each in made)
    text = [families["text"], families["arabic"]]
    (outdir / "_static" / STYLESHEET).write_text(rules + assigned(text, script), "utf-8")


def assigned(text: Sequence[str], script: str) -> str:
    """Write the rules that say which families the text is set in."""
    arabic = [*reversed(text)]
    body = arabic if script == "Arab" else text
    return f"body{{font-family:{listed(body)}}}\n:lang(ar),:lang(fa),:lang(ur){{font-family:{listed(arabic)}}}\n"


def listed(families: Sequence[str]) -> str:
    return ",".join([*map(quoted, dict.fromkeys(families)), "serif"])
