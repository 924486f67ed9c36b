"""Write the web fonts of an edition: the installed typefaces, subset to the characters that its pages use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

from fontTools import unicodedata as scripts

from fleuron.fonts.font_face_css import marked_rules, stylesheet
from fleuron.fonts.font_list import ListedFace, listed_faces
from fleuron.fonts.installed import STYLES, Face, choose_faces
from fleuron.fonts.page_letters import FOLDER, STYLESHEET, letters_in_bold, letters_of, marked_languages
from fleuron.fonts.script_subsets import plan_script_subsets
from fleuron.fonts.subset_cache import SubsetCache, cached_subset
from fleuron.fonts.subsets import Subset, characters_by_script
from fleuron.publication.language_tags import script_of

# What the pages of a site do without, so that they are light. Two thirds of a subset of Amiri are forms of letters that
# stand above each other (contextual alternates); without them letters join on the line, as in Persian newspapers. The
# theme raises letters by their size, and has small capitals in the regular face alone, in no Persian edition, and in no
# Russian one for Latin words; figures of one width stand in tables, which are not in italics.
PLAIN = {"Amiri": frozenset({"calt"})}
RAISED, SMALL_CAPITALS, TABULAR = frozenset({"subs", "sups"}), frozenset({"c2sc", "smcp"}), frozenset({"tnum"})


@dataclass(frozen=True)
class WebFonts:
    """The names of the files that were written beside the style sheet, and the families that are not installed."""

    files: tuple[str, ...]
    missing: tuple[str, ...]


def plan_subsets(
    faces: Mapping[str, Sequence[Face]],
    characters: set[str],
    script: str,
    *,
    light: bool = False,
    bold: Set[str] = frozenset(),
) -> Iterator[Subset]:
    """Yield a subset for each face and each script that the pages use and the face has.

    ``light`` ones are for pages that are loaded, and lack what these do without. Of a bold face, they have the
    characters that pages have in ``bold`` in one file, which few words load, and all others in another.
    """
    # In alphabetical order, whatever the order in conf.py: where one family has both roles, the rules for the
    # text come last, and take precedence.
    for role in sorted(faces):  # arabic, text
        groups = characters_by_script(characters, role, script)
        for face in faces[role]:
            for name, wanted in groups.items():
                subset = Subset(face, role, name, wanted, left_out(face, name, script) if light else frozenset())
                if subset.has_letters:
                    yield from divided(subset, bold)


def divided(subset: Subset, bold: Set[str]) -> Iterator[Subset]:
    """Yield a subset, or, of the bold face of a text, the characters in bold and the others."""
    parts = (replace(subset, wanted=subset.wanted & bold), replace(subset, wanted=subset.wanted - bold, part="others"))
    is_bold = subset.role == "text" and subset.face.style.name == "semibold"
    yield from parts if is_bold and all(part.has_letters for part in parts) else (subset,)


def left_out(face: Face, written: str, script: str) -> frozenset[str]:
    """Return the OpenType features that pages of an edition do without in a face, for the letters of a script.

    ``script`` is that of the edition.
    """
    if face.family in PLAIN:
        return PLAIN[face.family]
    has_small_capitals = face.style.name == "regular" and script != "Arab" and (written != "Latn" or script == "Latn")
    unused = frozenset() if has_small_capitals else SMALL_CAPITALS
    return RAISED | unused | (TABULAR if face.style.italic else frozenset())


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
    planned = plan_subsets(faces, characters, script, light=True, bold=letters_in_bold(outdir, record))
    subsets = {subset: cached_subset(subset, cache) for subset in planned}
    others = plan_script_subsets(letters, families, listed, language, lambda: marked_languages(outdir))
    subsets |= {subset: cached_subset(subset, cache) for subset in others.all}
    files = {subset.name: content for subset, content in subsets.items()}
    folder = outdir / "_static" / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    remove_others(folder, {folder / name for name in files})
    (folder.parent / STYLESHEET).write_text(
        stylesheet(families, list(subsets), script, others.before, others.after) + marked_rules(others.marked),
        "utf-8",
    )
    return WebFonts(tuple(files), missing_families(families, faces, characters))


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
