"""Report characters that no installed typeface has, each with its file and line, and the package that has it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from docutils import nodes
from fontTools.unicodedata import script
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.logging import get_node_location

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.editions.catalogues import catalogues_of
from fleuron.fonts.script_families import package_of
from fleuron.paged.sheets.sheet_faces import SheetFaces, code_points
from fleuron.publication.script_names import NO_SCRIPTS, script_name
from fleuron.reporting import report

logger = logging.getLogger(__name__)


class MissingCharacters:
    """Reports each letter that no face has once in each document; ``boxes`` makes that a warning, not an error."""

    def __init__(self, env: BuildEnvironment, faces: SheetFaces, language: str, *, boxes: bool) -> None:
        self.env = env
        self.faces = faces
        self.language = language
        self.boxes = boxes
        self.reported: set[str] = set()

    def report_document(self, document: str, doctree: nodes.document) -> None:
        """Report what no face has of a document's text."""
        found: dict[str, nodes.Text] = {}
        for text in doctree.findall(nodes.Text):
            if not isinstance(text.parent, nodes.raw | nodes.math | nodes.math_block | nodes.comment):
                for letter in self.faces.missing_in(str(text)):
                    found.setdefault(letter, text)
        for letter, text in found.items():
            self.report(letter, *self.place_in(document, letter, text))

    def report_others(self) -> None:
        """Report what no face has of the sheets and is in no document, such as in conf.py or an index."""
        for letter in self.faces.missing:
            if letter not in self.reported:
                files = [*self.files_of_publication(), Path(self.env.app.confdir, "conf.py")]
                self.report(letter, *(first_place(letter, files) or (files[-1], 1)))

    def report(self, letter: str, path: Path, line: int) -> None:
        """Report a letter at a line of a file."""
        self.reported.add(letter)
        diagnostic = Diagnostic.BOXED_CHARACTER if self.boxes else Diagnostic.MISSING_CHARACTER
        report(Finding(diagnostic, line, description(letter)), path)

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


def description(letter: str) -> dict[str, str]:
    """Return the values of the message about a letter that no face has."""
    code = next((code for each in letter if (code := str(script(each))) not in NO_SCRIPTS), "")
    package = next((name for each in letter if (name := package_of(each))), "")
    named = f"name a typeface that has it in fleuron_typefaces, {script_key(code)}"
    advice = f"install one, in Debian's package {package}, or {named}" if package else named
    names = ", ".join(unicodedata.name(each, "") for each in letter).strip(", ")
    return {"letter": letter, "codes": f"{code_points(letter)} {names}".strip(), "advice": advice}


def script_key(code: str) -> str:
    """Return the key of a script in `fleuron_typefaces`."""
    return f"“{script_name(code).lower()}”" if code else "“text”"
