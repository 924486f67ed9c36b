"""What is said of the files of a version that was built again, and differ."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fleuron.archive.bag.digests import sha512_of
from fleuron.archive.release.rebuild_differences import Difference, differences_between, reasons_of, verdict_of

EPUBCHECK = {"validator": "epubcheck 5.3.0", "messages": []}
QPDF = {"validator": "qpdf version 11.3.0", "whole": True}
PDF = {"validator": "page-validation 0.11.0", "failures": {}, "syntax": QPDF}


def write(folder: Path, files: Mapping[str, Any]) -> dict[str, str]:
    """Write files, of which those that are not texts are JSON, and return their checksums."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return {path.relative_to(folder).as_posix(): sha512_of(path) for path in folder.rglob("*") if path.is_file()}


def compare(folder: Path, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Difference]:
    before, now = write(folder / "old", old), write(folder / "new", new)
    return {each.path: each for each in differences_between(folder / "old", folder / "new", before, now)}


def test_a_report_says_why_it_is_another(tmp_path: Path) -> None:
    absent = {"not run": "Ace is not installed (npm install @daisy/ace)"}
    found = compare(
        tmp_path,
        {
            "data/reports/ace.json": {"validator": "Ace 1.4.6"},
            "data/reports/epubcheck.json": EPUBCHECK,
            "data/reports/pdf.json": PDF,
            "data/reports/axe.json": absent,
            "data/reports/links.json": {"validator": "fleuron", "faults": []},
        },
        {
            "data/reports/ace.json": absent,
            "data/reports/epubcheck.json": {**EPUBCHECK, "validator": "epubcheck 5.4.0"},
            "data/reports/pdf.json": {**PDF, "syntax": {"not run": "qpdf is not installed"}},
            "data/reports/axe.json": {"validator": "axe 4.14.1"},
            "data/reports/links.json": {"validator": "fleuron", "faults": ["a link"]},
        },
    )
    assert {name.rpartition("/")[2]: (each.sentence, each.is_explained) for name, each in found.items()} == {
        "ace.json": (f"differs: the validator did not run here, because {absent['not run']}", True),
        "axe.json": ("differs: the validator has run here, and had not when the version was archived", True),
        "epubcheck.json": ("differs: it is of epubcheck 5.4.0, and was of epubcheck 5.3.0", True),
        "links.json": (
            'differs in line 1: “{"validator": "fleuron", "faults": []}” is now '
            '“{"validator": "fleuron", "faults": ["a link"]}”',
            False,
        ),
        "pdf.json": ("differs: the validator did not run here, because qpdf is not installed", True),
    }


def test_a_description_differs_with_what_it_describes(tmp_path: Path) -> None:
    old = {"manifest-sha512.txt": "1", "metadata/premis.xml": "1", "data/build.json": "1", "data/site/a.html": "a"}
    found = compare(tmp_path, old, {**old, "manifest-sha512.txt": "2", "data/build.json": "2"})
    assert found["manifest-sha512.txt"] == Difference(
        "manifest-sha512.txt", "differs, as it describes 1 other file that differs", True
    )
    assert found["data/build.json"].is_explained and "metadata/premis.xml" not in found
    found = compare(tmp_path / "alone", old, {**old, "metadata/premis.xml": "2"})
    assert not found["metadata/premis.xml"].is_explained


def test_the_place_of_a_difference_is_told(tmp_path: Path) -> None:
    line = "x" * 200
    found = compare(
        tmp_path,
        {"data/site/a.html": f"a\n{line}b{line}\n", "data/site/old.html": "", "data/pdf/a.pdf": "1"},
        {"data/site/a.html": f"a\n{line}c{line}\n", "data/site/new.html": "", "data/pdf/a.pdf": "2"},
    )
    around = "…" + "x" * 20, "x" * 39 + "…"
    told = "” is now “".join(f"{around[0]}{letter}{around[1]}" for letter in "bc")
    assert found["data/site/a.html"].sentence == f"differs in line 2: “{told}”"
    assert found["data/site/old.html"].sentence == "was not built"
    assert found["data/site/new.html"].sentence == "is new"
    assert found["data/pdf/a.pdf"].sentence == "differs"


def test_the_files_in_an_epub_that_differ_are_told(tmp_path: Path) -> None:
    for folder, text in (("old", "1"), ("new", "2")):
        (tmp_path / folder).mkdir()
        with zipfile.ZipFile(tmp_path / folder / "a.epub", "w") as book:
            book.writestr("mimetype", "application/epub+zip")
            for name in ("one", "two", "three", "four"):
                book.writestr(f"{name}.xhtml", text)
    found = compare(tmp_path, {}, {})
    assert found["a.epub"].sentence == "differs in four.xhtml, one.xhtml, three.xhtml and 1 more"


def test_a_verdict_follows_from_the_differences() -> None:
    explained, other = Difference("data/reports/a.json", "differs", True), Difference("data/pdf/a.pdf", "differs")
    assert verdict_of([], []) == "the version can be built again as it was archived"
    assert verdict_of([explained], []).startswith("what readers and libraries get can be built again")
    assert "not built again as it was archived" in verdict_of([explained, other], ["lxml was 6 and is now 7"])
    assert "no program, library or font that build.json names has changed" in verdict_of([other], [])


def test_programs_that_are_others_now_are_reasons() -> None:
    program = {"version": "1.0", "identifier": "swh:1:dir:1"}
    before = {"python": "3.11", "program": program, "packages": {"lxml": "6"}, "libraries": {"pango": "1.50"}}
    other = {**program, "identifier": "swh:1:dir:2"}
    now = {**before, "program": other, "packages": {}, "libraries": {"pango": "1.52"}}
    assert list(reasons_of(before, before)) == []
    assert list(reasons_of(before, now)) == [
        "Fleuron: its modules differ",
        "lxml was 6 and is now not installed",
        "pango was 1.50 and is now 1.52",
    ]
