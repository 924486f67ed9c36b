"""Report characters that no installed typeface has, by script, with file and line, and the package that has them."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.logging import get_node_location

from fleuron.adopted import is_other_project
from fleuron.config import is_set
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.editions.catalogues import catalogues_of
from fleuron.fonts.script_faces import script_of_cluster
from fleuron.fonts.script_families import package_of
from fleuron.paged.sheets.sheet_faces import SheetFaces, code_points
from fleuron.publication.script_names import NO_SCRIPTS, script_name
from fleuron.reporting import report

logger = logging.getLogger(__name__)

# How many letters of a script are shown.
SHOWN = 12

Place = tuple[Path, int]


def prints_boxes(app: Sphinx) -> bool:
    """Return whether a character that no face has is printed in a box; a manual has many pictures among its letters."""
    if not is_set(app.config, "fleuron_missing_characters"):
        return is_other_project(app)
    return bool(app.config.fleuron_missing_characters == "box")


class MissingCharacters:
    """Reports the letters that no face has, those of a script once; ``boxes`` makes that a warning, not an error."""

    def __init__(self, env: BuildEnvironment, faces: SheetFaces, language: str, *, boxes: bool) -> None:
        self.env = env
        self.faces = faces
        self.language = language
        self.boxes = boxes
        self.places: dict[str, Place] = {}

    def find_in_document(self, document: str, doctree: nodes.document) -> None:
        """Find what no face has of a document's text."""
        for text in doctree.findall(nodes.Text):
            if not isinstance(text.parent, nodes.raw | nodes.math | nodes.math_block | nodes.comment):
                for letter in self.faces.missing_in(str(text)):
                    if letter not in self.places:
                        self.places[letter] = self.place_in(document, letter, text)

    def report(self) -> None:
        """Report what was found, and what is in no document, such as in conf.py or an index."""
        files = [*self.files_of_publication(), Path(self.env.app.confdir, "conf.py")]
        for letter in self.faces.missing:
            if letter not in self.places:
                self.places[letter] = first_place(letter, files) or (files[-1], 1)
        diagnostic = Diagnostic.BOXED_CHARACTER if self.boxes else Diagnostic.MISSING_CHARACTER
        by_script: dict[str, dict[str, Place]] = {}
        for letter, place in self.places.items():
            by_script.setdefault(advice_for(letter), {})[letter] = place
        for advice, places in by_script.items():
            path, line = next(iter(places.values()))
            values = {"letters": self.listed(places), "codes": codes_of(list(places)), "advice": advice}
            report(Finding(diagnostic, line, values), path)

    def listed(self, places: Mapping[str, Place]) -> str:
        """List letters, with a place in each other file than the first."""
        files = {next(iter(places.values()))[0]}
        shown = []
        for letter, (path, line) in list(places.items())[:SHOWN]:
            elsewhere = "" if path in files else f" ({os.path.relpath(path, self.env.srcdir)}:{line})"
            files.add(path)
            shown.append(f"“{letter}”{elsewhere}")
        more = f" and {len(places) - SHOWN} more" if len(places) > SHOWN else ""
        return ", ".join(shown) + more

    def place_in(self, document: str, letter: str, text: nodes.Text) -> tuple[Path, int]:
        """Return the file and line where a letter of a document is written."""
        path, line = Path(self.env.doc2path(document)), line_of(text)
        catalogues = [path for name, path in self.catalogues() if document == name or document.startswith(f"{name}/")]
        sources = [path, *catalogues, *self.files_of_publication()]
        return first_place(letter, [path], line) or first_place(letter, sources) or (path, line)

    def catalogues(self) -> Iterator[tuple[str, Path]]:
        """Yield the catalogues of the edition, each with the document that it translates."""
        for name, path in catalogues_of(Path(self.env.srcdir), self.env.config.locale_dirs, self.language):
            yield name.removesuffix(".po"), path

    def files_of_publication(self) -> list[Path]:
        """List the files that a text may come from: bibliography, catalogues, documents and conf.py."""
        source, config = Path(self.env.srcdir), self.env.config
        bibliographies = [source / name for name in config["bibtex_bibfiles"] or ()]
        documents = [Path(self.env.doc2path(name)) for name in sorted(self.env.found_docs)]
        configuration = Path(self.env.app.confdir, "conf.py")
        return [*bibliographies, *(path for _, path in self.catalogues()), *documents, configuration]


def line_of(text: nodes.Text) -> int:
    """Return the line of a text's block; 1 if it is not known."""
    number = (get_node_location(text.parent) or "").rpartition(":")[2]
    return int(number) if number.isdigit() else 1


def first_place(letter: str, files: Iterable[Path], first: int = 1) -> tuple[Path, int] | None:
    """Find a letter in files, in one from a line on; in any form (UAX #15)."""
    forms = {letter, *(unicodedata.normalize(form, letter) for form in ("NFC", "NFD"))}
    for path in files:
        try:
            lines = path.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            continue
        for number, line in enumerate(lines, 1):
            if number >= first and any(form in line for form in forms):
                return path, number
    return None


def script_of_letter(letter: str) -> str:
    """Return the code of a letter's script (ISO 15924), or "" if it belongs to no script."""
    code = script_of_cluster(letter)
    return "" if code in NO_SCRIPTS else code


def advice_for(letter: str) -> str:
    """Say what to do about a letter that no face has; the same for all letters of a script."""
    package = next((name for each in letter if (name := package_of(each))), "")
    named = f"name a typeface that has it in fleuron_typefaces, {script_key(script_of_letter(letter))}"
    return f"install one, in Debian's package {package}, or {named}" if package else named


def codes_of(letters: Sequence[str]) -> str:
    """Describe letters by the code and name of the only one, or by their number and script."""
    if len(letters) > 1:
        code = script_of_letter(letters[0])
        return f"{len(letters)} letters of {script_name(code)}" if code else f"{len(letters)} characters"
    names = ", ".join(unicodedata.name(each, "") for each in letters[0]).strip(", ")
    return f"{code_points(letters[0])} {names}".strip()


def script_key(code: str) -> str:
    """Return the key of a script in `fleuron_typefaces`."""
    return f"“{script_name(code).lower()}”" if code else "“text”"
