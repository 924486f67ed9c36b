"""What an abbreviation stands for can be read on paper, by touch and by keyboard: in brackets at its first use."""

from __future__ import annotations

from zipfile import ZipFile

import pytest
from docutils import nodes
from lxml import html

from fleuron.manuscript.literary.abbreviations import expand_abbreviations
from tests.support.publications import Maker, Publication, pdf_pages, text_of

ARTICLE = """---
authors: [ada]
date: 2026-01-02
---
# On {abbr}`HTR (handwritten text recognition)`

The {abbr}`BL (British Library)` keeps it (see {abbr}`MS (manuscript)` 5). The {abbr}`BL (British Library)` is open.

Handwritten text recognition is new.[^a] The Public Record Office, {abbr}`PRO (Public Record Office)`.

[^a]: By {abbr}`TEI (Text
    Encoding Initiative)`.
"""
TEXT = "The BL (British Library) keeps it (see MS [manuscript] 5). The BL is open. Handwritten text recognition is new."
CATALOGUE = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid ""
"The {abbr}`BL (British Library)` keeps it (see {abbr}`MS (manuscript)` 5). "
"The {abbr}`BL (British Library)` is open."
msgstr ""
"{abbr}`BK (Britanya Kütüphanesi)` onu saklar (bkz. {abbr}`MS (yazma)` 5). "
"{abbr}`BK (Britanya Kütüphanesi)` açık."
"""


def abbreviation(text: str, words: str) -> nodes.abbreviation:
    return nodes.abbreviation("", text, explanation=words)


def document_of(*blocks: nodes.Element) -> nodes.Element:
    return nodes.section("", *blocks)


def test_an_abbreviation_in_html_has_its_words_behind_its_first_use() -> None:
    opening, end = (nodes.raw("", tag, format="html") for tag in ('<abbr title="R&amp;D">', "</abbr>"))
    other = [nodes.raw("", tag, format="html") for tag in ("<abbr>", "</abbr>")]
    children = [
        nodes.Text("An "),
        opening,
        nodes.Text("RD"),
        end,
        nodes.Text(", "),
        other[0],
        nodes.Text("X"),
        other[1],
    ]
    text = document_of(nodes.paragraph("", "", *children))
    expand_abbreviations(text)
    assert text.astext() == "An RD (R&D), <abbr>X</abbr>"


@pytest.mark.parametrize("format", ["html", "epub", "pdf"])
def test_the_words_stand_after_the_first_use(make: Maker, format: str) -> None:
    publication = make({"articles/one.md": ARTICLE, "locale/tr/LC_MESSAGES/articles/one.po": CATALOGUE})
    result = publication.publish(format, options="-W")
    assert result.code == 0, result.output
    texts = {language: " ".join(text_in(publication, format, language).split()) for language in ("en", "tr")}
    assert TEXT in texts["en"]
    assert "On HTR (handwritten text recognition)" in texts["en"]
    assert "The Public Record Office, PRO." in texts["en"]
    assert "By TEI (Text Encoding Initiative)." in texts["en"]
    assert "BK (Britanya Kütüphanesi) onu saklar (bkz. MS [yazma] 5). BK açık." in texts["tr"]


def text_in(publication: Publication, format: str, language: str) -> str:
    """Return the text of the article in a format."""
    if format == "html":
        return text_of(publication.page(language, "articles/one"))
    if format == "pdf":
        return " ".join(pdf_pages(publication.build / "pdf" / language / "one.pdf"))
    with ZipFile(publication.build / "epub" / f"small-{language}.epub") as book:
        name = next(name for name in book.namelist() if name.endswith("articles/one.xhtml"))
        return text_of(html.fromstring(book.read(name)))


def test_running_text_comes_before_titles_and_notes() -> None:
    title = nodes.title("", "", abbreviation("A", "one"))
    note = nodes.footnote("", nodes.paragraph("", "", abbreviation("A", "one")))
    document = document_of(title, note, nodes.paragraph("", "In ", abbreviation("A", "one"), nodes.Text(".")))
    expand_abbreviations(document)
    assert [block.astext() for block in document] == ["A", "A", "In A (one)."]


def test_one_abbreviation_of_two_meanings_has_both() -> None:
    document = document_of(nodes.paragraph("", "", abbreviation("A", "one"), nodes.Text(" "), abbreviation("A", "two")))
    expand_abbreviations(document)
    assert document.astext() == "A (one) A (two)"


@pytest.mark.parametrize(
    "other",
    [
        nodes.paragraph("", "One  Word, then:"),
        nodes.container("", nodes.paragraph("", "A: one word"), classes=["abbreviations"]),
    ],
)
def test_what_the_text_says_is_not_repeated(other: nodes.Element) -> None:
    parts = [other, nodes.paragraph("", "", abbreviation("A", "one word"))]
    document = document_of(*(reversed(parts) if isinstance(other, nodes.container) else parts))
    expand_abbreviations(document)
    assert "(one word)" not in document.astext()


def test_words_that_are_those_of_the_abbreviation_or_missing_are_not_repeated() -> None:
    document = document_of(
        nodes.paragraph("", "", abbreviation("One", "one"), nodes.Text(" "), nodes.abbreviation("", "B"))
    )
    expand_abbreviations(document)
    expand_abbreviations(document)
    assert document.astext() == "One B"


def test_a_second_run_adds_nothing() -> None:
    document = document_of(nodes.paragraph("", "", abbreviation("A", "one"), nodes.Text(" and")))
    expand_abbreviations(document)
    expand_abbreviations(document)
    assert document.astext() == "A (one) and"
