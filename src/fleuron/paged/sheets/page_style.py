"""Choose the fonts and style sheets of the PDFs, with those that a publication adds (``fleuron_pdf_css``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import tinycss2

from fleuron.fonts.font_list import ListedFace
from fleuron.fonts.installed import STYLES, choose_faces
from fleuron.paged.layout.units import ARABIC_FAMILY, TEXT_FAMILY, FontSet

FAMILY_NAMES = {"text": TEXT_FAMILY, "arabic": ARABIC_FAMILY}
STYLE_SHEETS = ("print.css", "parts.css")
RIGHT_TO_LEFT = "right_to_left.css"


class StyleSheetError(Exception):
    """A mistake in a publication's style sheet, with its file and line."""


def font_set_of(families: Mapping[str, str], listed: Sequence[ListedFace]) -> FontSet:
    """Read the faces of the text and of Arabic script; raises SystemExit where a named family is not installed."""
    faces = []
    for role, family in sorted(families.items()):
        if role == "code":
            continue  # needed by sheets with code, of which each has its own subset (see sheet_faces.py)
        if role not in FAMILY_NAMES:
            if not choose_faces(listed, family, STYLES["text"]):
                raise SystemExit(f"fleuron: a PDF needs the typeface “{family}”, which is not installed")
            continue
        chosen = choose_faces(listed, family, STYLES[role])
        if not chosen:
            raise SystemExit(f"fleuron: a PDF needs the typeface “{family}”, which is not installed")
        for face in chosen:
            style = "italic" if face.style.italic else "normal"
            path = face.source.path
            faces.append((FAMILY_NAMES[role], style, face.weight, path.name, path.read_bytes()))
    return FontSet(tuple(faces))


def style_of(page_size: str, source: Path, names: Sequence[str] = (), *, direction: str = "ltr") -> str:
    """Return the CSS of all sheets; ``names`` are the publication's own style sheets, relative to ``source``.

    ``direction`` is that of the edition: a book that runs from right to left has its versos on the right.

    Raises StyleSheetError.
    """
    own = (*STYLE_SHEETS, RIGHT_TO_LEFT) if direction == "rtl" else STYLE_SHEETS
    sheets = [files(__package__).joinpath(name).read_text("utf-8") for name in own]
    return "\n".join(
        [*sheets, f"@page {{ size: {page_size}; }}\n", *(read_style_sheet(source, name) for name in names)]
    )


def read_style_sheet(source: Path, name: str) -> str:
    """Read a style sheet of the publication; raises StyleSheetError.

    What it refers to is read as all of a unit is: `UnitFetcher` refuses every other file and address.
    """
    path = Path(source, name)
    if not path.resolve().is_relative_to(source.resolve()):
        raise StyleSheetError(f"conf.py: fleuron_pdf_css: “{name}” is not in the publication's folder")
    try:
        rules = tinycss2.parse_stylesheet(path.read_text("utf-8"))
    except OSError as error:
        raise StyleSheetError(f"conf.py: fleuron_pdf_css: “{name}” cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise StyleSheetError(f"{name}:1: is not a valid UTF-8 file") from error
    for line, problem in problems_of(rules):
        raise StyleSheetError(f"{name}:{line}: {problem}")
    # Written anew, so that a block without an end does not take in the style sheet after it.
    return str(tinycss2.serialize(rules)) + "\n"


def problems_of(rules: Sequence[Any]) -> Iterator[tuple[int, str]]:
    """Yield the mistakes of a style sheet, each with its line, but no unknown properties (CSS Syntax Level 3)."""
    for rule in rules:
        if rule.type == "error":
            yield rule.source_line, f"CSS: {rule.message}"
        elif rule.type == "at-rule" and rule.lower_at_keyword == "import":
            yield rule.source_line, "@import is not supported; add the file to fleuron_pdf_css"
        elif rule.type == "qualified-rule" or (rule.type == "at-rule" and rule.lower_at_keyword == "page"):
            yield from problems_of(tinycss2.parse_blocks_contents(rule.content or ()))
