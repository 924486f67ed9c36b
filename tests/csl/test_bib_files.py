"""Whole .bib files: what is passed over, macros of several files, and the index from which single entries are read."""

from __future__ import annotations

import re

import pytest

from fleuron.csl.sources.bibtex import Bibliography, BibSource, read_bibliography
from fleuron.csl.sources.entry import bib_file
from fleuron.csl.sources.entry.bib_file import BibText


def bibliography(*texts: str) -> Bibliography:
    sources = [(BibText(text), f"{number}.bib") for number, text in enumerate(texts)]
    return Bibliography([BibSource(name, text, text.index()) for text, name in sources])


@pytest.mark.parametrize(
    "passed_over",
    [
        "% written by me@home.org\n",
        "% @book{hidden, title = {H}}\n",
        "100 % of them: me@home.org\n",
        "@Comment jabref-meta: databaseType\n",
        "@Comment{@book{hidden, title = {H}}}\n",
        "@comment @book\n",
        '@preamble{"\\newcommand{\\noopsort}[1]{}"}\n',
    ],
)
def test_what_is_not_an_entry_is_passed_over(passed_over: str) -> None:
    items, findings = read_bibliography(
        f"{passed_over}@book{{a, title = {{A}}}}\n{passed_over}@book{{b, title = {{B}}}}"
    )
    assert {key: item["title"] for key, item in items.items()} == {"a": "A", "b": "B"}
    assert findings == []


def test_comments_within_an_entry_are_passed_over_and_a_percent_sign_in_a_value_is_kept() -> None:
    items, findings = read_bibliography(
        "@book{a, % me@home.org\n  title = {5 % or {more}}, % the title\n  year = 2001 %\n}"
    )
    assert (items["a"]["title"], items["a"]["issued"]) == (
        '5 % or <span class="nocase">more</span>',
        {"date-parts": [[2001]]},
    )
    assert findings == []


def test_an_entry_without_its_brace_is_reported() -> None:
    _items, findings = read_bibliography("@book{a, title = {A}}\n@book b, title = {B}}\n")
    assert [(finding.line, finding.kind) for finding in findings] == [(2, "syntax")]


def test_a_macro_may_be_defined_in_any_file() -> None:
    read = bibliography(
        '@string{rmp = "Rev. Mod. Phys."}\n@article{a, journal = one}',
        '@string{one = {First}}\n@article{b, journal = rmp # ", " # one}',
    )
    assert {key: item["container-title"] for key, item in read.items()} == {"a": "First", "b": "Rev. Mod. Phys., First"}
    assert read.findings_of("a") == read.findings_of("b") == []


@pytest.mark.parametrize("month", ["sept", "Sept.", "september", "sep", "{Sept}"])
def test_a_month_that_can_be_understood_is_read_whether_it_is_a_macro_or_not(month: str) -> None:
    items, findings = read_bibliography(f"@article{{a, year = 2011, month = {month}}}")
    assert items["a"]["issued"] == {"date-parts": [[2011, 9]]}
    assert findings == []


def test_an_undefined_macro_is_printed_and_reported_with_the_nearest_one() -> None:
    items, findings = read_bibliography('@string{annals = "Annals"}\n@article{a,\n  title = {T},\n  journal = anals}')
    assert items["a"]["container-title"] == "anals"
    assert [(found.field, found.line) for found in findings] == [("journal", 4)]
    assert "“annals”" in findings[0].message


@pytest.mark.parametrize(
    ("entry", "line", "near"),
    [
        ("@article{a,\n  jornal = {J}}", 2, "“journal”"),
        ("@book{a,\n  auhtor = {A, B}}", 2, "“author”"),
        ("@unpublished{a,\n  shelfmark = {Add. 1}}", 2, "“library”"),
        ("@boook{a,\n  title = {T}}", 1, "“book”"),
    ],
)
def test_what_is_misspelt_is_reported_with_the_nearest_name(entry: str, line: int, near: str) -> None:
    _items, findings = read_bibliography(entry)
    assert [found.line for found in findings] == [line]
    assert near in findings[0].message


def test_only_entries_that_are_asked_for_and_their_parents_are_read() -> None:
    text = "@proceedings{p, title = {P}}\n@inproceedings{a, title = {A}, crossref = {p}}\n@book{b, title = {\\foo B}}\n"
    read = bibliography(text * 1)
    assert read["a"]["container-title"] == "P"
    assert set(read.entries_read) == {"a", "p"}
    assert (list(read), len(read), "b" in read, "x" in read) == (["p", "a", "b"], 3, True, False)


def test_an_entry_has_the_lines_of_its_fields_whatever_the_ends_of_lines() -> None:
    for end in ("\n", "\r\n", "\r"):
        text = end.join(["", "@book{a,", "  title = {T", "  more},", "  titel = {U},", "}", "@book{b, jornal = {J}}"])
        _items, findings = read_bibliography(text)
        assert [(found.key, found.line) for found in findings] == [("a", 5), ("b", 7)]


def test_the_first_of_two_entries_in_two_files_is_used() -> None:
    read = bibliography("@book{a, title = {A}}", "\n@book{A, title = {B}}")
    assert [item["title"] for item in read.values()] == ["A"]
    assert [(source.name, found.line) for source, found in read.repeated] == [("1.bib", 2)]


WRITTEN = (
    '@book{a, title = {A {B {C} D} E}, year = 2001, publisher = "P",\n}\n@Article{ b ,author={X, Y},}\n',
    "@book{a, title = {A}, title = {B}}\n@book{A, title = {C}}\n@misc(c, title = {D})\n@misc{d}\n@misc{}\n",
    '@string{p = {P}}\n@book{a, publisher = p # { and } # "Q", year = 2001}\n@book{b, title = {A {B {C {D}}}}}\n',
    "@book{a, % one\n  title = {A}, % two\n  % three\n}\r\n@book{b title = {B}}\n@book{c, title = {C}}\n@book{d, x = {",
    '@book{a,, title = {A},, year = 1}\n@book{b, title = "A {"}B{"}", note = {}}\n@book {ключ, заглавие = {А}}\n',
)


@pytest.mark.parametrize("text", WRITTEN)
def test_an_entry_of_simple_fields_is_found_as_any_other(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = BibText(text).index()
    monkeypatch.setattr(bib_file, "SIMPLE_ENTRY", re.compile("(?!)"))
    assert found == BibText(text).index()
    assert len(found.entries) > 1


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_line_of_each_entry_is_known(end: str) -> None:
    text = end.join(("% one", "@book{a, title = {A}}", "", "@book{b,", "  title = {B}}", "@book{c, title = {C}}"))
    assert [place.line for place in BibText(text).index().entries] == [2, 4, 6]
