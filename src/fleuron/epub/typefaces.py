"""Write the typefaces of a book, subset to the characters that it uses, and the style sheet that names them.

The style sheet sets a font only for the body, so that the reader can choose another one; text in Arabic script has a
rule of its own, because a typeface that was chosen for Latin letters may lack Arabic ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from fleuron.fonts.edition_fonts import installed_faces, make_subsets
from fleuron.fonts.font_face_css import css_families, marked_rules, quoted, subset_rule
from fleuron.fonts.font_list import listed_faces
from fleuron.fonts.page_letters import FOLDER, letters_of, marked_languages
from fleuron.fonts.script_subsets import plan_script_subsets
from fleuron.fonts.subset_cache import SubsetCache, cached_subset
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
    letters, listed = letters_of(outdir) | {*more}, listed_faces()
    characters = {character for letter in letters for character in letter}
    others = plan_script_subsets(letters, families, listed, edition.language, lambda: marked_languages(outdir))
    subsets = make_subsets(characters, installed_faces(families, listed), cache, script)
    subsets |= {subset: cached_subset(subset, cache) for subset in others.all}
    folder = outdir / "_static" / FOLDER
    for subset, content in subsets.items():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / subset.name).write_bytes(content)
    rules = "".join(subset_rule(subset) for subset in subsets)
    text = [families["text"], families["arabic"]]
    more_families = css_families(others.before), css_families(others.after)
    rules += font_family_rules(text, script, *more_families)
    rules += marked_rules(others.marked, font_family([*more_families[0], *text, *more_families[1]]))
    (outdir / "_static" / STYLESHEET).write_text(rules, "utf-8")


def font_family_rules(
    families: Sequence[str], script: str, before: Sequence[str] = (), after: Sequence[str] = ()
) -> str:
    """Return the rules for the body and for languages in Arabic script.

    ``families`` are the Latin and the Arabic; those ``before`` and ``after`` them are for other scripts.
    """
    arabic = [*before, *reversed(families), *after]
    body = font_family(arabic if script == "Arab" else [*before, *families, *after])
    return f"body{{font-family:{body}}}\n:lang(ar),:lang(fa),:lang(ur){{font-family:{font_family(arabic)}}}\n"


def font_family(families: Sequence[str]) -> str:
    return ",".join([*map(quoted, dict.fromkeys(families)), "serif"])
