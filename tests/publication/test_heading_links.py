"""Links to a heading, of the same article or another, lead to it in every format, from translations too."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from fleuron.publication.document_names import volume_anchor
from tests.mistakes.test_mistakes import CATALOGUE, HEAD, TURKISH, assert_refused
from tests.support.epub_books import COUNTED, find, messages, part
from tests.support.publications import SMALL, Maker, Publication, text_of

pytestmark = pytest.mark.slow

SITE = "https://press.example/review/"
MESSAGE = (
    "See [the other](two.md#second-head), [](two.md#second-head), [here](#own-head) "
    "and [the last](two.md#ba%C5%9Fl%C4%B1k)."
)
ONE = f"{HEAD}{MESSAGE}\n\n## Own head\n\nBack.\n"
TWO = f"{HEAD.replace('# One', '# Two')}Text.\n\n## Second head\n\nSee [one](one.md#own-head).\n\n### Başlık\n\nLast.\n"
FILES = {
    **SMALL,
    "conf.py": SMALL["conf.py"] + f'html_baseurl = "{SITE}"\n',
    "index.md": SMALL["index.md"].replace("articles/one", "articles/one\narticles/two"),
    "articles/one.md": ONE,
    "articles/two.md": TWO,
    TURKISH: f'{CATALOGUE}msgid "{MESSAGE}"\nmsgstr "Bakınız: [](two.md#second-head), [öbürü](two.md#second-head), '
    '[burası](#own-head), [sonuncu](two.md#başlık)."\n\nmsgid "Own head"\nmsgstr "Kendi başlığı"\n',
    TURKISH.replace("one", "two"): f'{CATALOGUE}msgid "Second head"\nmsgstr "İkinci başlık"\n',
}
# The links of the first article, by edition: their words, and the heading that each leads to.
LINKS = {
    "en": [("the other", "second-head"), ("Second head", "second-head"), ("here", "own-head"), ("the last", "baslik")],
    "tr": [("İkinci başlık", "second-head"), ("öbürü", "second-head"), ("burası", "own-head"), ("sonuncu", "baslik")],
}


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    made = Publication(tmp_path_factory.mktemp("headings") / "source")
    for name, text in FILES.items():
        made.write(name, text)
    result = made.publish("html", "epub", "pdf", options="-W")
    assert result.code == 0, result.output
    return made


def links(paragraph: etree._Element) -> list[tuple[str, str]]:
    return [(text_of(link), (link.get("href") or "").partition("#")[2]) for link in paragraph.iter("{*}a")]


@pytest.mark.parametrize("language", LINKS)
def test_on_the_site_and_in_the_epub(publication: Publication, language: str) -> None:
    page = publication.page(language, "articles/one")
    assert links(find(page, "//p[count(a) = 4]")[0]) == LINKS[language]
    book = publication.build / "epub" / f"small-{language}.epub"
    (paragraph,) = find(part(book, "articles/one.xhtml"), "//h:p[count(h:a) = 4]")
    assert links(paragraph) == LINKS[language]
    for identifier in ("second-head", "baslik"):
        assert publication.page(language, "articles/two").cssselect(f"#{identifier}")


@pytest.mark.java
@pytest.mark.nightly
def test_the_epub_is_valid(publication: Publication) -> None:
    book = publication.build / "epub" / "small-tr.epub"
    assert [found for found in messages(book) if found[0] != COUNTED] == []


def destinations(path: Path) -> list[str]:
    """Return where each link of a PDF leads: an address, or the page (from 0) on which its destination is."""
    with pikepdf.open(path) as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        found = []
        for page in pdf.pages:
            for link in page.obj.get("/Annots", pikepdf.Array()):
                if "/A" in link and "/URI" in link.A:
                    found.append(str(link.A.URI))
                else:
                    target = names[str(link.Dest)]
                    found.append(f"page {pages[target[0].objgen]}")
    return found


@pytest.mark.parametrize("language", LINKS)
def test_in_the_volume_and_in_offprints(publication: Publication, language: str) -> None:
    folder = publication.build / "pdf"
    second = f"{SITE}{language}/articles/two.html#second-head"
    last = f"{SITE}{language}/articles/two.html#baslik"
    offprint = destinations(folder / language / "one.pdf")
    assert [each for each in offprint if "#" in each] == [second, second, last]
    assert "page 2" in offprint
    volume = destinations(folder / f"small-{language}.pdf")
    assert not [each for each in volume if "articles/two.html" in each]
    with pikepdf.open(folder / f"small-{language}.pdf") as pdf:
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        places = {str(name) for name in names}
    two = volume_anchor("articles/two")
    assert {f"{two}--second-head", f"{two}--baslik"} <= places


def test_a_heading_that_does_not_exist_is_told(make: Maker) -> None:
    files = {"articles/one.md": f"{HEAD}See [x](two.md#no-head).\n", "articles/two.md": TWO}
    files["index.md"] = FILES["index.md"]
    assert_refused(make(files).publish("html", languages="en", options="-W"), "articles/one.md:7:", "no-head")
