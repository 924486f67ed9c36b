"""Where pages begin: counted in letters, found again in the text of another format."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from docutils import nodes
from docutils.utils import new_document
from lxml import etree

from fleuron.manuscript.page_marks import folio, mark_pages
from fleuron.manuscript.passages import PASSAGE, number_appended, passages
from fleuron.paged.layout.page_breaks import breaks_of
from fleuron.publication.page_breaks import PageBreak, letters_of, page_break_after, position_of

TEXT = "“A word-break (here) — and İstanbul.” 1990–2000"


@pytest.mark.parametrize(
    ("before", "rest"),
    [
        ("", TEXT),
        ("Aword", "break (here) — and İstanbul.” 1990–2000"),
        ("Awordbreak", "(here) — and İstanbul.” 1990–2000"),
        ("Awordbreakhere", "and İstanbul.” 1990–2000"),
        ("AwordbreakhereandİstanbuL", "1990–2000"),  # as small capitals are printed
        ("Awordbreakhereandİstanbul1990", "2000"),
        ("Awordbreakhereandİstanbul19902000", ""),
    ],
)
def test_a_page_begins_after_so_many_letters(before: str, rest: str) -> None:
    place = position_of(page_break_after(3, before), TEXT)
    assert place is not None
    assert TEXT[place:].lstrip("–-") == rest


@pytest.mark.parametrize(("before", "rest"), [("Awo", "(here) — and İstanbul.” 1990–2000"), ("A1", None), ("B", None)])
def test_a_parted_word_belongs_to_the_first_page_and_another_text_to_none(before: str, rest: str | None) -> None:
    place = position_of(page_break_after(3, before), TEXT)
    assert (None if place is None else TEXT[place:]) == rest


def test_a_text_that_is_shorter_than_what_stood_before_is_another() -> None:
    assert position_of(page_break_after(3, "Awordbreak"), "Aword") is None


@dataclass
class Box:
    """A box of WeasyPrint's, as far as breaks look at it."""

    element: Any
    text: str = ""
    element_tag: str = "p"


@dataclass
class Page:
    content: list[Box] = field(default_factory=list)


SHEET = """<main><h1 data-passage="0">Title</h1><p data-passage="1">One two-three
<a href="#x">four</a><span class="pagenote">A note</span> <span class="page-reference">p. 7</span> five</p>
<img data-passage="2"/><p class="formula" data-passage="3">x = 2</p><p>Unnumbered</p>
<p data-passage="4">Last</p></main>"""


@pytest.fixture
def sheet() -> etree._Element:
    return etree.fromstring(SHEET)


def found(sheet: etree._Element, *pages: list[Any]) -> list[tuple[int, int]]:
    boxes = [Page([Box(sheet.find(path), *rest) for path, *rest in page]) for page in pages]
    return [(each.passage, each.letters) for each in breaks_of(boxes, sheet)]


def test_letters_of_a_passage_are_counted_without_notes_hyphens_and_what_others_say_otherwise(
    sheet: etree._Element,
) -> None:
    first = [("h1", "Title"), ("p", "One two-"), ("p/span", "A note"), ("p/span[2]", "p. 7")]
    call = [("p", "3", "p::footnote-call")]
    assert found(sheet, [*first, *call, ("p", "thr‐")], [("p", "ee "), ("p/a", "four")]) == [(1, 9)]
    assert found(sheet, first, [("p/a", "four")], [("p", " five")]) == [(1, 6), (1, 10)]


def test_a_page_may_begin_with_a_picture_or_a_formula(sheet: etree._Element) -> None:
    assert found(sheet, [("p", "One")], [("img",)], [("p[2]", "x = 2")]) == [(2, 0), (3, 0)]


def test_a_page_of_notes_alone_begins_where_the_next_does_or_where_the_text_ends(sheet: etree._Element) -> None:
    note = [("p/span", "A note")]
    assert found(sheet, [("p", "One")], note, [("p[4]", "Last")]) == [(4, 0), (4, 0)]
    assert found(sheet, [("p", "One")], note) == [(1, 3)]


def text(passage: nodes.Element) -> str:
    """Spell a passage with its marks."""
    parts = []
    for child in passage.findall():
        if isinstance(child, nodes.Text):
            parts.append(child.astext())
        elif isinstance(child, folio):
            parts.append(f"[{child['name']}]")
    return "".join(parts)


@pytest.fixture
def document() -> Any:
    found: Any = new_document("")
    title = nodes.title("", "A title")
    call = nodes.footnote_reference("", "7")
    line = nodes.paragraph("", "", nodes.Text("One two"), call, nodes.emphasis("", " three four"), nodes.Text(" five"))
    figure = nodes.figure("", nodes.image(uri="x.png"), nodes.caption("", "A caption"))
    note = nodes.footnote("", nodes.label("", "7"), nodes.paragraph("", "A note"))
    found += nodes.section("", title, line, figure, note)
    number_appended(found[0], found)
    return found


def test_passages_are_titles_paragraphs_pictures_and_captions_and_no_notes(document: Any) -> None:
    assert [(each.tagname, each[PASSAGE]) for each in passages(document)] == [
        ("title", 0),
        ("paragraph", 1),
        ("image", 2),
        ("caption", 3),
    ]


def test_marks_stand_where_pages_begin_whatever_the_markup(document: Any) -> None:
    breaks = {
        "12": page_break_after(1, "Onetwo"),
        "13": page_break_after(1, "Onetwothree"),
        "14": PageBreak(2),
        "15": PageBreak(3),
    }
    mark_pages(document, "11", breaks)
    title, line, figure = document[0][:3]
    assert text(title) == "[11]A title"
    assert text(line) == "One two7 [12]three [13]four five"
    assert [child.tagname for child in figure] == ["folio", "image", "caption"]
    assert text(figure[2]) == "[15]A caption"
    assert [each["ids"] for each in document.findall(folio)] == [[f"folio-{number}"] for number in range(11, 16)]


def test_a_page_of_another_text_is_marked_before_its_passage(document: Any) -> None:
    mark_pages(document, "1", {"2": page_break_after(1, "Eins"), "3": page_break_after(9, "")})
    assert text(document[0][1]) == "[2]One two7 three four five"


def test_every_page_is_marked_in_order_whatever_the_document_lacks(document: Any) -> None:
    """Also where passages are missing, pages begin at one place, a picture is in a link, and there is no title."""
    figure = document[0][2]
    figure.replace(figure[0], nodes.reference("", "", figure[0].deepcopy()))
    document[0].remove(document[0][0])
    places = [PageBreak(0), PageBreak(0), PageBreak(1), page_break_after(1, "Onetwo"), PageBreak(2), PageBreak(2)]
    breaks = dict(zip("bcdefgh", [*places, PageBreak(7)], strict=True))
    mark_pages(document, "a", {**breaks, "i": PageBreak(8)})
    assert "".join(mark["name"] for mark in document.findall(folio)) == "abcdefghi"
    assert [child.tagname for child in figure] == ["folio", "folio", "reference", "caption"]
    empty: Any = new_document("")
    mark_pages(empty, "a", {"b": PageBreak(1), "c": PageBreak(2)})
    assert "".join(mark["name"] for mark in empty.findall(folio)) == "abc"


def test_letters_are_letters_and_figures_of_every_script() -> None:
    assert letters_of("‘Кафка’, ۱۲ خط – 3½") == "Кафка۱۲خط3½"
