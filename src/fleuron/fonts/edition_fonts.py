"""The typefaces of an edition's pages: what is installed, cut to what the pages use, beside them."""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from fontTools import unicodedata as scripts

from fleuron.fonts.font_face_css import FOLDER, stylesheet
from fleuron.fonts.installed import STYLES, Face, choose, listed_faces
from fleuron.fonts.subsets import Subset, divide, make_once

STYLESHEET = f"{FOLDER}.css"
# CSS Syntax Level 3, 4.3.7: a character by its number.
ESCAPE = re.compile(r"\\([0-9A-Fa-f]{1,6})")


@dataclass(frozen=True)
class Typesetting:
    """What was written beside the stylesheet, by name and in order, and the families that are not installed."""

    files: tuple[str, ...]
    missing: tuple[str, ...]


def characters_of(outdir: Path) -> set[str]:
    """Collect the characters of all pages and stylesheets in a folder, those of their markup among them.

    Pages that this run left as they were are in the folder too.
    """
    found: set[str] = set()
    for page in (*outdir.rglob("*.html"), *outdir.rglob("*.xhtml")):
        text = page.read_text("utf-8", errors="ignore")
        found.update(text, html.unescape(text))
    for sheet in outdir.rglob("*.css"):
        if sheet.name != STYLESHEET:
            text = sheet.read_text("utf-8", errors="ignore")
            numbers = (int(number, 16) for number in ESCAPE.findall(text))
            found.update(text, (chr(number) for number in numbers if number <= sys.maxunicode))
    return found


def plan(faces: Mapping[str, Sequence[Face]], characters: set[str], script: str) -> Iterator[Subset]:
    """Plan the files: for each face, each script that the pages use and the face has."""
    # In the order of the alphabet, whatever conf.py's: where one family has both roles, what the text
    # needs is declared last, and is preferred.
    for role in sorted(faces):
        parts = divide(characters, role, script)
        for face in faces[role]:
            for name, wanted in parts.items():
                planned = Subset(face, role, name, wanted)
                if planned.is_of_use:
                    yield planned


def write_typefaces(outdir: Path, families: Mapping[str, str], cache: Path, script: str = "Latn") -> Typesetting:
    """Write ``_static/typefaces.css`` and the files it names for the pages in ``outdir``.

    ``families`` names the family of each role, ``text`` and ``arabic``; ``script`` (ISO 15924) is the
    edition's own. Files of an earlier run that no page uses any more are removed, and what
    ``cache``, a folder for this alone, kept of them.
    """
    characters, faces = characters_of(outdir), chosen(families)
    made = cut_typefaces(characters, faces, cache, script)
    carried = {each: content for each, content in made.items() if is_read_first(each, script)}
    beside = {each.name: content for each, content in made.items() if each not in carried}
    folder = outdir / "_static" / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in beside.items():
        (folder / name).write_bytes(content)
    remove_others(folder, {folder / name for name in beside})
    (folder.parent / STYLESHEET).write_text(stylesheet(families, list(made), carried), "utf-8")
    return Typesetting(tuple(beside), missing(families, faces, characters))


def cut_typefaces(
    characters: set[str], faces: Mapping[str, Sequence[Face]], cache: Path, script: str
) -> dict[Subset, bytes]:
    """Cut the typefaces to some characters; what ``cache`` kept beyond that is removed from it."""
    made = {each: make_once(each, cache) for each in plan(faces, characters, script)}
    remove_others(cache, {entry for entry, _ in made.values()})
    return {each: content for each, (_, content) in made.items()}


def chosen(families: Mapping[str, str]) -> dict[str, Sequence[Face]]:
    """Find the faces of the family of each role that are installed."""
    listed = listed_faces()
    return {role: choose(listed, family, STYLES[role]) for role, family in families.items()}


def is_read_first(each: Subset, script: str) -> bool:
    """Tell whether a file has the letters that a page of the edition begins with.

    The stylesheet carries it: when a page is painted first in another face, all of it moves as
    this one arrives. A preload does as well on the web, but not on a disk, where Chromium refuses it
    (a font is fetched as if from another site) and Firefox refuses any font above the page's folder.
    """
    role = "arabic" if script == "Arab" else "text"
    return (each.role, each.script, each.face.style.name) == (role, script, "regular")


def remove_others(folder: Path, kept: Set[Path]) -> None:
    """Remove what a folder holds beside some files, and the folder if nothing is left."""
    for path in folder.glob("*"):
        if path not in kept:
            path.unlink()
    if folder.exists() and not kept:
        folder.rmdir()


def missing(families: Mapping[str, str], faces: Mapping[str, Sequence[Face]], characters: Set[str]) -> tuple[str, ...]:
    """List the families that are not installed.

    The Arabic one alone is missed only where pages need it; beside the text's always, so
    that every edition says the same.
    """
    needed = not faces["text"] or any(scripts.script(character) == "Arab" for character in characters)
    roles = ("text", "arabic") if needed else ("text",)
    return tuple(dict.fromkeys(families[role] for role in roles if not faces[role]))
