"""Front matter is read with its lines, and leaves every other line of a text where it was."""

from __future__ import annotations

import datetime

import pytest

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.diagnostics.similar_names import MOST_NAMES, did_you_mean, suggestion
from fleuron.publication.article import SPHINX_KEYS, Article, read_article
from fleuron.publication.contributor import check_digit, read_contributor
from fleuron.publication.front_matter import escape_markup, read_front_matter, without_front_matter

WHOLE = """---
title: A Title
subtitle: Beneath it
authors: [ada, bob]
date: 2026-01-02
abstract: |
  First part,
  still first.

  Second part.
keywords: one, two words
doi: https://doi.org/10.5555/12345678
license: CC-BY-4.0
---
Text.
"""


def findings_of(yaml: str) -> list[tuple[Diagnostic, int]]:
    _, findings = read_article(read_front_matter(f"---\n{yaml}\n---\n# T\n"), {"ada", "adam"})
    return [(finding.diagnostic, finding.line) for finding in findings]


def test_a_whole_record() -> None:
    article, findings = read_article(read_front_matter(WHOLE), {"ada", "bob"})
    assert findings == []
    assert article == Article(
        title="A Title",
        subtitle="Beneath it",
        authors=("ada", "bob"),
        date=datetime.date(2026, 1, 2),
        abstract="First part,\nstill first.\n\nSecond part.",
        keywords=("one", "two words"),
        doi="10.5555/12345678",
        license="CC-BY-4.0",
        lines=article.lines,
    )
    assert article.lines == {
        "title": 2,
        "subtitle": 3,
        "authors": 4,
        "date": 5,
        "abstract": 6,
        "keywords": 11,
        "doi": 12,
        "license": 13,
    }


@pytest.mark.parametrize(
    ("yaml", "diagnostic", "line"),
    [
        ("authors: [ada]\nautors: [ada]", Diagnostic.UNKNOWN_KEY, 3),
        ("authors: [ada]\ndate: 2026-13-45", Diagnostic.BAD_VALUE, 3),
        ("authors: [ada]\ndate: yesterday", Diagnostic.BAD_VALUE, 3),
        ("authors: [ada]\ndate: 2026-01-02 10:00:00", Diagnostic.BAD_VALUE, 3),
        ("authors: [ada]\ndoi: 11.1/x", Diagnostic.BAD_VALUE, 3),
        ("authors: [ada]\nlicense: not a licence", Diagnostic.BAD_VALUE, 3),
        ("authors: [ada]\ntitle: [a]", Diagnostic.BAD_VALUE, 3),
        ("authors: [ada]\nkeywords: {a: b}", Diagnostic.BAD_VALUE, 3),
        ("authors: [ada]\nabstract: 3", Diagnostic.BAD_VALUE, 3),
        ("authors: [ada]\nauthors: [adam]", Diagnostic.REPEATED_KEY, 3),
        ("doi: 10.5555/1\nauthors: [eda]", Diagnostic.UNKNOWN_AUTHOR, 3),
    ],
)
def test_a_fault_is_found_on_its_line(yaml: str, diagnostic: Diagnostic, line: int) -> None:
    assert findings_of(yaml) == [(diagnostic, line)]


@pytest.mark.parametrize("yaml", ["authors: [ada", "- ada", "a: b: c", "just words", "a: !!python/name:os.system x"])
def test_what_is_no_front_matter_is_a_finding_and_no_exception(yaml: str) -> None:
    found = [finding.diagnostic for finding in read_front_matter(f"---\n{yaml}\n---\n").findings]
    assert found == [Diagnostic.BAD_FRONT_MATTER]


def test_an_unknown_name_is_reported_with_the_most_similar_one() -> None:
    _, findings = read_article(read_front_matter("---\nautors: [ada]\nauthors: [adda]\n---\n"), {"ada", "zoe"})
    texts = [finding.text for finding in findings]
    assert "did you mean “authors”?" in texts[0]
    assert "did you mean “ada”?" in texts[1]


@pytest.mark.parametrize("heading", ["", "A *plain* <b>title</b> & `more` #1"])
def test_every_line_of_the_text_keeps_its_number(heading: str) -> None:
    text = "---\ntitle: x\nmyst:\n  html_meta:\n    a: b\nauthors: [ada]\n---\n\n# Heading\n\nText.\n"
    rest = without_front_matter(text, read_front_matter(text), SPHINX_KEYS, heading).split("\n")
    assert rest[7:] == text.split("\n")[7:]
    assert len(rest) == len(text.split("\n"))
    assert rest[:4] == ["---", "myst:", "  html_meta:", "    a: b"]
    assert "title: x" not in rest
    assert not any("authors" in line for line in rest)


def test_a_title_in_front_matter_is_a_heading_at_its_line() -> None:
    text = "---\ndate: 2026-01-02\ntitle: x\n---\n"
    rest = without_front_matter(text, read_front_matter(text), SPHINX_KEYS, "On *c* and C #", 3)
    assert rest.split("\n") == ["", "", r"# On *c* and C \#", "", ""]


def test_a_name_has_no_markup() -> None:
    assert escape_markup("A <b> & *c* [d](e)") == r"A \<b\> \& \*c\* \[d\](e)"


def test_a_text_without_front_matter_is_left_alone() -> None:
    for text in ("# T\n\n---\n\nx\n", "", "--- \nno end\n", "text"):
        assert without_front_matter(text, read_front_matter(text), SPHINX_KEYS) == text


@pytest.mark.parametrize(
    ("yaml", "diagnostics"),
    [
        ("name: Ada\norcid: 0000-0002-1825-0097\naffiliation: X\nlang: tr", []),
        ("name: Ada\norcid: https://orcid.org/0000-0001-5109-3700", []),
        ("name: Ada\norcid: 0000-0002-1825-0098", [Diagnostic.BAD_VALUE]),
        ("name: Ada\norcid: 1825", [Diagnostic.BAD_VALUE]),
        ("name: Ada\nlang: klingonese", [Diagnostic.BAD_VALUE]),
        ("name: The Editors\norganization: true", []),
        ("name: The Editors\norganization: maybe", [Diagnostic.BAD_VALUE]),
        ("name: The Editors\norganization: 1", [Diagnostic.BAD_VALUE]),
        ("orcid: 0000-0002-1825-0097", [Diagnostic.NO_NAME]),
        ("nam: Ada", [Diagnostic.NO_NAME]),
        ("nam: Ada\nbiography: x", [Diagnostic.UNKNOWN_KEY, Diagnostic.NO_NAME]),
        ("name: Ada\nbiography: x", [Diagnostic.UNKNOWN_KEY]),
    ],
)
def test_a_contributor_is_checked(yaml: str, diagnostics: list[Diagnostic]) -> None:
    _, findings = read_contributor(read_front_matter(f"---\n{yaml}\n---\n"))
    assert [finding.diagnostic for finding in findings] == diagnostics


def test_a_mistyped_kind_of_text_is_told_with_the_one_that_there_is() -> None:
    _, (finding,) = read_article(read_front_matter("---\nkind: pag\n---\n"), set())
    assert finding.text.endswith("the value must be “page”; did you mean “page”?")
    _, (finding,) = read_article(read_front_matter("---\nknd: page\n---\n"), set())
    assert "“kind”" in finding.text


def test_several_authors_in_one_text_are_told_to_be_a_list() -> None:
    _, (finding,) = read_article(read_front_matter("---\nauthors: ada, bob\n---\n"), {"ada", "bob"})
    assert finding.text.endswith("; for several, write a list: [ada, bob]")


def test_a_mistyped_name_is_told_once_at_its_line() -> None:
    _, (finding,) = read_contributor(read_front_matter("---\nlang: tr\nnam: Ada\n---\n"))
    assert (finding.line, finding.text) == (
        3,
        "the contributor has no name; add “name: …” to the front matter, in place of “nam: …”",
    )


@pytest.mark.parametrize("value", ["CC-BY-40", "cc-by-4.0", "CC-BY-4", "CC-BY4.0", "CCBY-4.0", "CC-BY-NC-DN-4.0"])
def test_a_mistyped_licence_is_told_with_the_nearest(value: str) -> None:
    article, (finding,) = read_article(read_front_matter(f"---\nlicense: {value}\n---\n"), set())
    near = "CC-BY-NC-ND-4.0" if "NC" in value else "CC-BY-4.0"
    assert (article.license, finding.diagnostic) == ("", Diagnostic.BAD_VALUE)
    assert finding.text.endswith(f"such as CC-BY-4.0; did you mean “{near}”?")


@pytest.mark.parametrize("value", ["CC-BY-3.0-DE", "CC0-1.0", "CC-BY-NC-SA-2.5", "CC-PDDC", "CECILL-2.1", "MIT"])
def test_licences_that_exist_are_taken(value: str) -> None:
    article, findings = read_article(read_front_matter(f"---\nlicense: {value}\n---\n"), set())
    assert (article.license, findings) == (value, [])


def test_a_contributor_is_a_person_by_default() -> None:
    for yaml, body in (("", False), ("organization: true\n", True), ("organization: false\n", False)):
        contributor, findings = read_contributor(read_front_matter(f"---\nname: Ada\n{yaml}---\n"))
        assert (contributor.organization, findings) == (body, [])


def test_a_value_that_is_neither_true_nor_false_is_reported() -> None:
    contributor, (finding,) = read_contributor(read_front_matter("---\nname: Ada\norganization: 'no'\n---\n"))
    assert contributor.organization is False
    assert finding.line == 3
    assert "must be true or false" in finding.text


def test_the_check_digit_of_an_orcid() -> None:
    assert check_digit("000000021825009") == "7"
    assert check_digit("000000021694233") == "X"


def test_every_message_can_be_filled() -> None:
    names: tuple[str, ...] = (
        "key",
        "instead",
        "suggestion",
        "value",
        "expected",
        "author",
        "problem",
        "name",
        "type",
        "markup",
        "address",
        "path",
    )
    names += (
        "advice",
        "doi",
        "other",
        "heading",
        "change",
        "field",
        "fields",
        "label",
        "words",
        "before",
        "codes",
        "format",
        "letter",
        "more",
        "picture",
        "what",
        "node",
        "program",
        "place",
        "exception",
        "reason",
        "code",
    )
    names += ("number", "stream", "message", "tag", "citation", "source", "other", "language", "path")
    names += (
        "day",
        "earlier",
        "before",
        "circle",
        "translator",
        "letters",
        "codes",
        "advice",
        "said",
        "where",
        "style",
    )
    facts = dict.fromkeys(names, "x") | {"byte": 1, "value": 2}
    for diagnostic in Diagnostic:
        assert Finding(diagnostic, values=facts).diagnostic.text(facts)
        assert "{" not in diagnostic.text(facts)


def test_a_suggestion_is_the_most_similar_name_or_the_first_of_all() -> None:
    assert suggestion("athors", ["title", "authors"]) == did_you_mean("athors", ["authors"])
    assert suggestion("x", ["b", "a"]) == "; choose from: a, b"
    assert suggestion("x", []) == did_you_mean("x", ["title"]) == ""
    many = [f"name{number:02}" for number in range(MOST_NAMES + 2)]
    assert suggestion("x", many).endswith(f"{many[MOST_NAMES - 1]} and 2 more")
