"""Each rule finds what its cases say, and nothing else: the folders of `cases` are named after the rules.

A case is a file (`name.md`, or `name.tr.md` for a text in Turkish; `.bib`, `.po`), or a folder with a publication's
files, whose translations are Turkish. Beside it, `name.expected` has a line for each violation: its place, and the
message. If the rule corrects, `name.corrected.md` is what `--fix` makes of the file. To add a case, write the file and
what an editor expects of it.
"""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest

import fleuron
from fleuron.checks.corrections import correct
from fleuron.checks.reading.publication import SourceSettings, read_sources
from fleuron.checks.rules import RULES
from fleuron.checks.run import check
from fleuron.checks.violation import Violation
from fleuron.sphinx_defaults import DEFAULTS_FOR_PUBLICATIONS

CASES = Path(__file__).parent / "cases"
# Where the file of a case is put in its publication.
PLACES = {".md": "articles/case.md", ".bib": "refs.bib", ".po": "locale/{}/LC_MESSAGES/articles/case.po"}


@dataclass(frozen=True)
class Case:
    """A file or folder that is checked, the rule that it is about, and the language of its text."""

    path: Path
    rule: str
    language: str

    @property
    def expected(self) -> str:
        return (self.path.parent / f"{self.path.stem}.expected").read_text("utf-8")

    @property
    def corrected(self) -> Path:
        return self.path.parent / f"{self.path.stem}.corrected{self.path.suffix}"

    def place(self) -> str:
        """Return where the file is put in its publication."""
        return PLACES[self.path.suffix].format(self.language)


def cases() -> Iterator[Case]:
    for path in sorted(CASES.glob("*/*")):
        if path.is_dir() or (path.suffix in PLACES and ".corrected" not in path.suffixes):
            language = path.suffixes[0][1:] if len(path.suffixes) > 1 else "en"
            yield Case(path, path.parent.name, language)


ALL = list(cases())


def violations(case: Case, folder: Path) -> list[Violation]:
    """Copy a case into a publication, and check that."""
    if case.path.is_dir():
        shutil.copytree(case.path, folder, dirs_exist_ok=True)
    elif not (folder / case.place()).exists():
        (folder / case.place()).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(case.path, folder / case.place())
    is_translated = case.path.suffix == ".po" or (folder / "locale").is_dir()
    languages = ["en", "tr" if case.path.is_dir() else case.language] if is_translated else [case.language]
    bibliographies = ["refs.bib"] if (folder / "refs.bib").is_file() else []
    extensions = cast(list[str], DEFAULTS_FOR_PUBLICATIONS["myst_enable_extensions"])
    settings = SourceSettings(
        folder, languages, bibliographies=bibliographies, locale_folders=["locale"], extensions=extensions
    )
    return [violation for violation in check(read_sources(settings)) if violation.rule == case.rule]


def written(violation: Violation, case: Case) -> str:
    place = violation.place
    path = f"{place.path}:" if case.path.is_dir() else ""
    column = f":{place.column}" if place.column else ""
    return f"{path}{place.line}{column}: {violation.message}\n"


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.rule}-{case.path.name}")
def test_a_rule_finds_what_an_editor_expects(case: Case, tmp_path: Path) -> None:
    assert "".join(written(violation, case) for violation in violations(case, tmp_path)) == case.expected


@pytest.mark.parametrize(
    "case", [case for case in ALL if case.corrected.is_file()], ids=lambda case: f"{case.rule}-{case.path.name}"
)
def test_what_can_be_corrected_is_corrected(case: Case, tmp_path: Path) -> None:
    found = violations(case, tmp_path)
    corrected = correct(tmp_path, found)
    assert (tmp_path / case.place()).read_text("utf-8") == case.corrected.read_text("utf-8")
    assert [each for each in violations(case, tmp_path) if each.correction] == []
    assert {each.message for each in corrected} == {each.message for each in found if each.correction}


def test_each_rule_has_cases_and_each_that_corrects_a_corrected_one() -> None:
    names = {rule.name for rule in RULES if not rule.is_online}
    assert {case.rule for case in ALL} == names
    assert {rule.name for rule in RULES if rule.is_corrected} == {case.rule for case in ALL if case.corrected.is_file()}
    assert all(any(case.expected for case in ALL if case.rule == name) for name in names)


def test_rules_know_neither_sphinx_nor_docutils_nor_the_parser() -> None:
    folder = Path(fleuron.__file__).parent / "checks"
    for path in sorted(folder.glob("*/*.py")):
        if path.parent.name != "reading":
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
                assert not {name.split(".")[0] for name in names} & {"sphinx", "docutils", "myst_parser", "markdown_it"}
