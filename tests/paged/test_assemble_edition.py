"""Lay out until no folio changes, bind what belongs together, and bind nothing that lacks something."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import pytest
from lxml import html

from fleuron.conservation.comparison import LostWord
from fleuron.content.books.imprint import Imprint
from fleuron.content.books.indexes import IndexEntry
from fleuron.diagnostics import Diagnostic
from fleuron.paged.binding.bound_document import VOLUME, Attachment, BoundDocument, PreparedPart
from fleuron.paged.binding.folios import FIGURES
from fleuron.paged.layout.units import FontSet, LaidOut, Unit
from fleuron.paged.run.assemble_edition import AssembledEdition, EditionAssembler, LayOut
from fleuron.paged.sheets.fragments import Fragment, page_number_placeholder
from fleuron.paged.sheets.pdf_input import BackSection, Chapter, OffprintDetails, PdfInput
from fleuron.paged.sheets.sheet_templates import SheetTemplates
from fleuron.publication.edition import Edition
from fleuron.publication.page_plan import Mode, PagePlan
from tests.support.bound_book import DAY
from tests.support.publications import text_of

SOURCE = Attachment("one.md", "text/markdown", b"# One\n", "Source: One", "Source", DAY)


@dataclass
class Compositor:
    """Lays out without WeasyPrint: each ``<hr>`` ends a page, and an id is on the page where it is written."""

    losses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    set: list[Unit] = field(default_factory=list)
    lost_words: Mapping[str, tuple[LostWord, ...]] = field(default_factory=dict)

    def lay_out(self, units: Iterable[Unit]) -> Mapping[str, LaidOut]:
        return {unit.name: self.pages(unit) for unit in units}

    def pages(self, unit: Unit) -> LaidOut:
        self.set.append(unit)
        page, places = 0, {}
        for element in html.document_fromstring(unit.sheet).iter():
            page += element.tag == "hr"
            if name := element.get("id"):
                places[name] = page
        return LaidOut(
            unit.digest.encode(),
            page + 1,
            places,
            self.losses.get(unit.name, ()),
            (),
            self.lost_words.get(unit.name, ()),
        )

    def times(self, name: str) -> int:
        return sum(unit.name == name for unit in self.set)

    def last(self, name: str) -> html.HtmlElement:
        """Parse the sheet of a unit as it was last laid out."""
        sheets = [unit.sheet for unit in self.set if unit.name == name]
        return html.document_fromstring(sheets[-1])


@dataclass
class Bindery:
    """Binds nothing, and keeps what it was given."""

    given: dict[bytes, tuple[tuple[PreparedPart, ...], BoundDocument]] = field(default_factory=dict)

    def bind(self, parts: Iterable[PreparedPart], book: BoundDocument) -> bytes:
        bound = f"book {len(self.given)}".encode()
        self.given[bound] = (tuple(parts), book)
        return bound

    def parts(self, bound: bytes) -> list[tuple[str, int, str, bool]]:
        return [(part.name, part.first_folio, part.numbering, part.recto) for part in self.given[bound][0]]


@pytest.fixture(autouse=True)
def bindery(monkeypatch: pytest.MonkeyPatch) -> Bindery:
    found = Bindery()
    monkeypatch.setattr(sys.modules[__name__], "bind", found.bind)
    return found


def bind(parts: Iterable[PreparedPart], book: BoundDocument) -> bytes:
    """Stand for the binding of the test that runs, which is its `bindery`."""
    raise AssertionError


def cited_with(pages: str) -> str:
    return f"<i>Cited</i>, {pages}"


def chapter(name: str, body: str, named: tuple[str, ...] = (), **more: object) -> Chapter:
    fragment = Fragment(f"d-{name}", name.title(), "Ada Author", f"<h1>{name.title()}</h1>{body}", pages_named=named)
    offprint = OffprintDetails(cited_with, f"https://press.example/en/{name}.html", "", "CC BY 4.0")
    return replace(Chapter(fragment, offprint=offprint, subject=f"Of {name}"), **more)  # type: ignore[arg-type]


ONE = chapter(
    "one",
    f'<hr><p id="d-one--a">See p. {page_number_placeholder("d-two--b")}</p><hr>',
    ("d-two--b",),
    attachments=(SOURCE,),
)
TWO = chapter("two", '<hr><p id="d-two--b">Ink</p>')
ESSAY = replace(chapter("essay", "<hr>"), offprint=None)
BACKS = (
    BackSection("Contributors", "b-contributors", "<hr><p>Ada writes.</p>"),
    BackSection("Sources", "b-sources", "<p>S.</p>"),
)
NAMES = (
    IndexEntry("Gibbon, Edward", "d-one--a"),
    IndexEntry("Bayle, Pierre", "d-two--b"),
    IndexEntry("Nobody", "d-nowhere"),
)
KEYWORDS = (IndexEntry("paper", "d-two"),)


def manuscript(*chapters: Chapter, mode: Mode = "volume") -> PdfInput:
    return PdfInput(
        imprint=Imprint("Small & Co", "Ada Author", "CC BY 4.0", None, ""),
        edition=Edition("en"),
        chapters=chapters,
        back_sections=BACKS,
        names=NAMES,
        keywords=KEYWORDS,
        style="",
        font_set=FontSet(()),
        programs="none",
        mode=mode,
        version="1.2",
        addresses={"d-two": "https://press.example/en/two.html"},
    )


def assembler(pdf_input: PdfInput, lay_out: LayOut) -> EditionAssembler:
    return EditionAssembler(pdf_input, SheetTemplates(), lay_out, bind)


def printed(
    *chapters: Chapter, by: Compositor, last: PagePlan | None = None, only: str = "", mode: Mode = "volume"
) -> AssembledEdition:
    return assembler(manuscript(*chapters, mode=mode), by.lay_out).assemble(last or PagePlan(), only)


def contents(by: Compositor) -> list[tuple[str, str]]:
    """List the lines of the contents: the id that each links to, and its folio."""
    lines = by.last("front").cssselect(".contents a")
    return [(str(line.get("href")).removeprefix(f"{VOLUME}#"), str(line.get("data-folio"))) for line in lines]


def entries(by: Compositor, name: str) -> list[str]:
    return [text_of(entry) for entry in by.last(name).cssselect(".entry")]


def test_a_volume_is_front_matter_articles_and_back_sections(bindery: Bindery) -> None:
    by = Compositor()
    done = printed(ONE, ESSAY, TWO, by=by)
    assert bindery.parts(done.volume) == [
        ("front", 1, "roman", False),
        ("d-one", 1, "decimal", True),
        ("d-essay", 5, "decimal", True),
        ("d-two", 7, "decimal", True),
        ("back", 9, "decimal", True),
    ]
    parts, book = bindery.given[done.volume]
    assert [part.pdf for part in parts[1:4]] == [
        unit.digest.encode() for unit in ordered(by, "d-one", "d-essay", "d-two")
    ]
    assert (book.title, book.version, book.attachments) == ("Small & Co", "1.2", (SOURCE,))
    articles = [(name, str(folio)) for name, folio, *_ in bindery.parts(done.volume)[1:4]]
    # The sections after the articles run on: the first takes two pages, and the others stand on the second of them.
    backs = [("b-contributors", "9"), ("b-sources", "10"), ("b-names", "10"), ("b-keywords", "10")]
    assert contents(by) == articles + backs
    assert (done.losses, done.unsettled) == ({}, ())


def ordered(by: Compositor, *names: str) -> list[Unit]:
    """Return units as they were last laid out."""
    found = {unit.name: unit for unit in by.set}
    return [found[name] for name in names]


def test_a_text_is_laid_out_for_any_folio_and_gets_its_own_in_binding(bindery: Bindery) -> None:
    by = Compositor()
    done = printed(ONE, ESSAY, TWO, by=by)
    assert {unit.first_folio for unit in by.set} == {1}
    bound = {name: folio for name, folio, *_ in bindery.parts(done.volume)}
    assert bound["d-essay"] == 5
    assert all(FIGURES in unit.style for unit in by.set if unit.name in bound and unit.name != "front")


def test_an_offprint_is_a_title_sheet_and_the_same_pages_as_in_the_volume(bindery: Bindery) -> None:
    by = Compositor()
    done = printed(ONE, ESSAY, TWO, by=by)
    assert list(done.offprints) == ["d-one", "d-two"], "a text that is not an article has none"
    assert bindery.parts(done.offprints["d-two"]) == [("t-d-two", 1, "none", False), ("d-two", 7, "decimal", True)]
    parts, book = bindery.given[done.offprints["d-two"]]
    assert parts[1] == bindery.given[done.volume][0][3]
    assert (book.title, book.subject, book.identifier) == ("Two", "Of two", "https://press.example/en/two.html")
    assert book.links == {"d-two": "https://press.example/en/two.html"}
    assert bindery.given[done.offprints["d-one"]][1].attachments == (SOURCE,)
    assert "Pages 7–8" in text_of(by.last("t-d-two"))


def test_an_article_of_one_page_has_one_folio_on_its_title_sheet() -> None:
    by = Compositor()
    printed(chapter("one", ""), by=by)
    assert "Pages 1 " in text_of(by.last("t-d-one"))


def test_indexes_list_the_folios_of_their_terms_and_nothing_else() -> None:
    by = Compositor()
    printed(ONE, TWO, by=by)
    assert entries(by, "back") == ["Bayle, Pierre, 6", "Gibbon, Edward, 2", "paper, 5"]
    assert [link.get("href") for link in by.last("back").cssselect("#b-names .entry a")] == [
        f"{VOLUME}#d-two--b",
        f"{VOLUME}#d-one--a",
    ]


def test_an_index_without_entries_is_left_out(bindery: Bindery) -> None:
    by = Compositor()
    done = printed(chapter("three", ""), by=by)
    assert [name for name, *_ in bindery.parts(done.volume)] == ["front", "d-three", "back"]
    assert not by.last("back").cssselect("#b-names, #b-keywords")


def test_a_first_build_repeats_layout_until_page_references_are_right_and_the_next_does_not() -> None:
    first = Compositor()
    done = printed(ONE, TWO, by=first)
    assert "See p. 6" in text_of(first.last("d-one"))
    # Both in the first round; then the first, for it tells the folio of the second, which has only moved.
    assert (first.times("d-one"), first.times("d-two")) == (2, 1)
    again = Compositor()
    assert printed(ONE, TWO, by=again, last=done.plan).plan == done.plan
    assert (again.times("d-one"), again.times("d-two")) == (1, 1)
    assert {unit.digest for unit in again.set} <= {unit.digest for unit in first.set}


def test_articles_before_a_change_are_not_laid_out_again() -> None:
    before = printed(ONE, TWO, by=Compositor())
    by = Compositor()
    grown = replace(TWO, fragment=replace(TWO.fragment, body=TWO.fragment.body + "<hr><hr>"))
    done = printed(ONE, grown, by=by, last=before.plan)
    assert (by.times("d-one"), by.times("d-two")) == (1, 1)
    assert done.plan.runs["d-two"].pages == 4


def test_with_folios_from_1_in_each_article_a_change_moves_no_other_article(bindery: Bindery) -> None:
    before = printed(ONE, TWO, by=Compositor(), mode="article")
    by = Compositor()
    grown = replace(ONE, fragment=replace(ONE.fragment, body=ONE.fragment.body + "<hr><hr>"))
    done = printed(grown, TWO, by=by, last=before.plan, mode="article")
    assert [unit.first_folio for unit in ordered(by, "d-one", "d-two")] == [1, 1]
    assert by.times("d-two") == 1
    assert bindery.parts(done.offprints["d-two"])[1] == ("d-two", 1, "decimal", True)


def contrary(told: Mapping[str, int], unit: Unit, by: Compositor) -> LaidOut:
    """Make the first article longer when it refers to a low folio of the second, and shorter when to a high one."""
    laid = by.pages(unit)
    return replace(laid, pages=told.get(text_of(html.document_fromstring(unit.sheet)), laid.pages))


def test_pages_that_never_settle_are_bound_and_reported() -> None:
    by = Compositor()
    one = chapter("one", f"<p>{page_number_placeholder('d-two')}</p>", ("d-two",))
    sheet = partial(SheetTemplates().chapter, manuscript().imprint, one.fragment, Edition("en"))
    words = {folio: text_of(html.document_fromstring(sheet({"d-two": folio}))) for folio in (3, 5)}
    told = {words[3]: 3, words[5]: 1}

    def lay_out(units: Iterable[Unit]) -> Mapping[str, LaidOut]:
        return {unit.name: contrary(told, unit, by) for unit in units}

    done = assembler(manuscript(one, TWO), lay_out).assemble(PagePlan())
    assert "d-one" in done.unsettled
    assert done.volume and list(done.offprints) == ["d-one", "d-two"]


@pytest.mark.parametrize("name", ["d-one", "back", "front", "t-d-two"])
def test_a_loss_anywhere_stops_the_build(name: str, bindery: Bindery) -> None:
    done = printed(ONE, TWO, by=Compositor({name: ("a picture cannot be read",)}))
    assert (done.volume, done.offprints, bindery.given) == (b"", {}, {})
    assert done.losses == {name: ("a picture cannot be read",)}


@pytest.mark.parametrize("name", ["d-one", "front", "t-d-two"])
@pytest.mark.parametrize("only", ["", "d-two"])
def test_a_lost_word_anywhere_stops_the_build(name: str, only: str, bindery: Bindery) -> None:
    lost = (LostWord(Diagnostic.WORD_MISSING, "word", "before a"),)
    done = printed(ONE, TWO, by=Compositor(lost_words={name: lost}), only=only)
    if only and name != "t-d-two":
        assert done.is_complete, "it is on none of the article's pages"
    else:
        assert (done.volume, done.offprints, bindery.given) == (b"", {}, {})
        assert done.lost_words == {name: lost}


def test_one_article_alone_has_the_folios_of_the_last_build(bindery: Bindery) -> None:
    before = printed(ONE, ESSAY, TWO, by=Compositor())
    by = Compositor()
    done = printed(ONE, ESSAY, TWO, by=by, last=before.plan, only="d-one")
    assert sorted({unit.name for unit in by.set}) == ["d-one", "t-d-one"]
    assert "See p. 8" in text_of(by.last("d-one")), "from the last build"
    assert (done.volume, list(done.offprints), done.plan) == (b"", ["d-one"], before.plan)
    second = printed(ONE, ESSAY, TWO, by=Compositor(), last=before.plan, only="d-two")
    assert bindery.given[second.offprints["d-two"]] == bindery.given[before.offprints["d-two"]]


def test_one_article_alone_begins_at_1_where_nothing_was_built_before(bindery: Bindery) -> None:
    by = Compositor()
    done = printed(ONE, TWO, by=by, only="d-two")
    assert bindery.parts(done.offprints["d-two"])[1][:2] == ("d-two", 1)
    assert done.plan == PagePlan(), "what one article tells of the volume is not kept"


def test_one_article_alone_ignores_folios_of_a_build_with_other_numbering(bindery: Bindery) -> None:
    before = printed(ONE, ESSAY, TWO, by=Compositor())
    done = printed(ONE, ESSAY, TWO, by=Compositor(), last=before.plan, only="d-two", mode="article")
    assert before.plan.runs["d-two"].first > 1
    assert bindery.parts(done.offprints["d-two"])[1][:2] == ("d-two", 1)


@pytest.mark.parametrize("name", ["d-two", "t-d-two"])
def test_a_loss_in_one_article_alone_or_its_title_sheet_stops_the_build(name: str, bindery: Bindery) -> None:
    done = printed(ONE, TWO, by=Compositor({name: ("no",)}), only="d-two")
    assert (done.offprints, done.losses, bindery.given) == ({}, {name: ("no",)}, {})


def test_text_by_authors_is_escaped_on_every_sheet() -> None:
    hostile = '<script>"&'
    by = Compositor()
    evil = replace(TWO, fragment=replace(TWO.fragment, title=hostile, authors=hostile))
    words = replace(manuscript(evil), names=(IndexEntry(hostile, "d-two"),))
    assembler(words, by.lay_out).assemble(PagePlan())
    for name in ("d-two", "t-d-two", "front", "back"):
        assert by.last(name).cssselect("script") == []
        assert hostile in text_of(by.last(name)), name


def test_the_title_sheet_of_an_offprint_has_its_licence_in_words_and_its_parts_in_the_order_of_the_edition() -> None:
    """In an edition from right to left, the day of a date would stand with a title in Latin letters before it."""
    fragment = replace(ONE.fragment, date=datetime.date(2026, 3, 4))
    assert ONE.offprint
    for language, licence, date, pages in (
        ("en", "Creative Commons Attribution 4.0 International (CC BY 4.0)", "4 March 2026", "1–7"),
        ("fa", "Creative Commons ارجاع 4.0 بین‌المللی (CC BY 4.0)", "۴ مارس ۲۰۲۶", "۱–۷"),
    ):
        imprint = manuscript(ONE).imprint
        sheet = SheetTemplates().offprint_title(imprint, fragment, ONE.offprint, "1–7", Edition(language))
        printed: Any = html.document_fromstring(sheet)
        (origin,) = printed.xpath("//*[@class='from']")
        assert [each.text for each in origin.iter("bdi")] == ["Small & Co", date]
        details = [" ".join(each.text_content().split()) for each in printed.xpath("//*[@class='detail']")]
        assert details[0].endswith(pages) and f"{licence}, creativecommons.org/licenses/by/4.0" in details[-1]
