"""Mistakes in refs.bib, and in what articles cite from it."""

from __future__ import annotations

import re

import pytest
from conftest import SMALL, Maker
from test_mistakes import HEAD, SOURCE, assert_refused, told

CITING = f"{HEAD}A text.{{footcite}}`basran2020`\n"


@pytest.mark.parametrize(("name", "hint"), [("refs.bib", ""), ("reffs.bib", "“refs.bib”")], ids=["missing", "misspelt"])
def test_a_bibliography_that_is_not_there(make: Maker, name: str, hint: str) -> None:
    there = {"refs.bib": SOURCE} if hint else {}
    conf = f'{SMALL["conf.py"]}bibtex_bibfiles = ["{name}"]\n'
    assert_refused(make({"conf.py": conf, **there}).publish("html", languages="en"), name, "conf.py", hint)


# Each after a sound entry of five lines, so that the entry begins on line 6.
SYNTAX = [
    pytest.param("@book{two,\n  title = {A},\n  year 2020,\n}\n", 8, id="equals-sign"),
    pytest.param("@book{two,\n  title = {A}\n  year = {2020},\n}\n", 7, id="comma"),
    pytest.param("@book{two,\n  title = {A,\n  year = {2020},\n}\n", 7, id="brace"),
    pytest.param('@book{two,\n  title = "A,\n  year = {2020},\n}\n', 7, id="quotation-mark"),
    pytest.param("@book{two,\n  title = {A},\n  month = januar,\n}\n", 8, id="word"),
]


@pytest.mark.parametrize(("entry", "line"), SYNTAX)
def test_a_syntax_error(make: Maker, entry: str, line: int) -> None:
    """The message points to the mistake, two lines off at most, whatever follows in the file."""
    rest = "".join(SOURCE.replace("basran", name) for name in ("three", "four", "five"))
    result = make({"refs.bib": SOURCE + entry + rest}).publish("html", languages="en")
    assert_refused(result, "refs.bib:")
    lines = [int(match[1]) for each in told(result) if (match := re.match(r"refs\.bib:(\d+):", each))]
    assert len(lines) == 1, result.output
    assert abs(lines[0] - line) <= 2, result.output


def test_two_entries_with_one_key(make: Maker) -> None:
    result = make({"refs.bib": SOURCE + SOURCE}).publish("html", languages="en")
    assert_refused(result, "refs.bib:6:", "basran2020")


def test_an_entry_with_one_field_twice(make: Maker) -> None:
    result = make({"refs.bib": SOURCE + SOURCE.replace("2020,", "2021,").replace("year", "title")})
    assert_refused(result.publish("html", languages="en"), "refs.bib:9:", "basran2021", "title")


def test_a_bibliography_that_is_not_utf_8(make: Maker) -> None:
    publication = make({})
    publication.write("refs.bib", SOURCE.replace("Title", "Straße").encode("latin-1"))
    assert_refused(publication.publish("html", languages="en"), "refs.bib:3:", "UTF-8", "0xdf")


def test_a_key_that_is_in_no_bibliography(make: Maker) -> None:
    publication = make({"articles/one.md": CITING, "refs.bib": SOURCE.replace("basran2020", "basran2022")})
    assert_refused(publication.publish("html", languages="en"), "articles/one.md:7:", "basran2020")


UNPRINTABLE = [
    pytest.param("@book{basran2020,\n  author = {A}, title = {T}, year = {2020},\n}\n", "publisher", id="field"),
    pytest.param("@thesis{basran2020,\n  author = {A}, title = {T}, year = {2020},\n}\n", "thesis", id="type"),
    pytest.param("@misc{basran2020,\n  author = {A}, title = {T \\},\n}\n", "\\", id="backslash"),
]


@pytest.mark.parametrize(("entry", "word"), UNPRINTABLE)
def test_a_source_that_cannot_be_set(make: Maker, entry: str, word: str) -> None:
    result = make({"articles/one.md": CITING, "refs.bib": entry}).publish("html", languages="en")
    assert_refused(result, "articles/one.md:7:", "basran2020", word)
