"""Write the web fonts of an edition: the installed typefaces, subset to the characters that its pages use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from fontTools import unicodedata as scripts

from fleuron.fonts.font_face_css import marked_rules, stylesheet
from fleuron.fonts.font_list import ListedFace, listed_faces
from fleuron.fonts.installed import STYLES, Face, choose_faces
from fleuron.fonts.page_letters import FOLDER, STYLESHEET, letters_of, marked_languages
from fleuron.fonts.script_subsets import plan_script_subsets
from fleuron.fonts.subset_cache import SubsetCache, cached_subset
from fleuron.fonts.subsets import Subset, characters_by_script
from fleuron.publication.language_tags import script_of


@dataclass(frozen=True)
class WebFonts:
    """The names of the files that were written beside the style sheet, and the families that are not installed."""

    files: tuple[str, ...]
    missing: tuple[str, ...]


def plan_subsets(faces: Mapping[str, Sequence[Face]], characters: set[str], script: str) -> Iterator[Subset]:
    """Yield a subset for each face and each script that the pages use and the face has."""
    # In alphabetical order, whatever the order in conf.py: where one family has both roles, the rules for the
    # text come last, and take precedence.
    for role in sorted(faces):  # arabic, text
        groups = characters_by_script(characters, role, script)
        for face in faces[role]:
            for name, wanted in groups.items():
                subset = Subset(face, role, name, wanted)
                if subset.has_letters:
                    yield subset


def write_web_fonts(
    outdir: Path,
    families: Mapping[str, str],
    cache: SubsetCache | None,
    language: str = "en",
    record: Path | None = None,
) -> WebFonts:
    """Write ``_static/typefaces.css`` and the files that it names for the pages in ``outdir``.

    ``families`` names the family of each role, ``text`` and ``arabic``, and of scripts by their ISO 15924 codes;
    ``language`` is that of the edition, ``record`` a file that keeps the letters of each page.
    Files of an earlier build that no page uses any more are removed.
    """
    letters, listed, script = letters_of(outdir, record), listed_faces(), script_of(language)
    characters = {character for letter in letters for character in letter}
    faces = installed_faces(families, listed)
    subsets = make_subsets(characters, faces, cache, script)
    others = plan_script_subsets(letters, families, listed, language, lambda: marked_languages(outdir))
    subsets |= {subset: cached_subset(subset, cache) for subset in others.all}
    embedded = {subset: content for subset, content in subsets.items() if is_embedded(subset, script)}
    beside = {subset.name: content for subset, content in subsets.items() if subset not in embedded}
    folder = outdir / "_static" / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in beside.items():
        (folder / name).write_bytes(content)
    remove_others(folder, {folder / name for name in beside})
    (folder.parent / STYLESHEET).write_text(
        stylesheet(families, list(subsets), embedded, others.before, others.after) + marked_rules(others.marked),
        "utf-8",
    )
    return WebFonts(tuple(beside), missing_families(families, faces, characters))


def used_families(
    outdir: Path, families: Mapping[str, str], language: str, record: Path | None = None
) -> tuple[str, ...]:
    """List the families that the pages in ``outdir`` are set in: of the text, of Arabic script, then the others."""
    letters, listed, script = letters_of(outdir, record), listed_faces(), script_of(language)
    characters = {character for letter in letters for character in letter}
    own = {subset.face.family for subset in plan_subsets(installed_faces(families, listed), characters, script)}
    others = plan_script_subsets(letters, families, listed, language, lambda: marked_languages(outdir))
    named = [families[role] for role in ("text", "arabic") if families[role] in own]
    return tuple(dict.fromkeys([*named, *sorted(subset.face.family for subset in others.all)]))


def make_subsets(
    characters: set[str], faces: Mapping[str, Sequence[Face]], cache: SubsetCache | None, script: str
) -> dict[Subset, bytes]:
    """Subset faces to some characters, or take the subsets from the cache."""
    return {subset: cached_subset(subset, cache) for subset in plan_subsets(faces, characters, script)}


def installed_faces(families: Mapping[str, str], listed: Sequence[ListedFace]) -> dict[str, Sequence[Face]]:
    """Find the installed faces of the text and of Arabic script."""
    return {role: choose_faces(listed, families[role], STYLES[role]) for role in ("text", "arabic")}


def is_embedded(subset: Subset, script: str) -> bool:
    """Return whether a file has the letters that a page of the edition begins with.

    The style sheet contains it: if a page is first painted in another face, all of it moves when this one
    arrives. A preload has the same effect on the web, but not on a disk, where Chromium refuses it (a font is
    fetched as if from another site) and Firefox refuses any font above the page's folder.
    """
    role = "arabic" if script == "Arab" else "text"
    return (subset.role, subset.script, subset.face.style.name) == (role, script, "regular")


def remove_others(folder: Path, kept: Set[Path]) -> None:
    """Remove all files of a folder but those that are kept, and the folder if it is then empty."""
    for path in folder.glob("*"):
        if path not in kept:
            path.unlink()
    if folder.exists() and not kept:
        folder.rmdir()


def missing_families(
    families: Mapping[str, str], faces: Mapping[str, Sequence[Face]], characters: Set[str]
) -> tuple[str, ...]:
    """List the families that are not installed.

    If the Arabic one alone is missing, it is listed only where pages need it; together with the text's always, so
    that every edition reports the same.
    """
    needed = not faces["text"] or any(scripts.script(character) == "Arab" for character in characters)
    roles = ("text", "arabic") if needed else ("text",)
    return tuple(dict.fromkeys(families[role] for role in roles if not faces[role]))
