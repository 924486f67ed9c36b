"""Pages of the volume marked on the site and in the EPUB: named, renewed with the pages, and dropped with the text."""

from __future__ import annotations

import pytest

from tests.support.epub_books import find, part
from tests.support.publications import Maker, Publication

CONF = (
    'project = "Small"\nauthor = "A. Author"\nextensions = ["fleuron"]\nfleuron_languages = ["en"]\n'
    "fleuron_epub_fonts = False\n"
)
INDEX = "# Small\n\nA small publication.\n\n```{toctree}\narticles/one\narticles/two\n```\n"
LINE = "A paragraph of a dozen words that says little and takes its room. "


def article(title: str, paragraphs: int) -> str:
    text = "\n\n".join(f"{number}. {LINE * 6}" for number in range(paragraphs))
    return f"---\nauthors: [ada]\ndate: 2026-01-02\n---\n# {title}\n\n{text}\n"


ONE, TWO = article("One", 20), article("Two", 20)
FILES = {"conf.py": CONF, "index.md": INDEX, "articles/one.md": ONE, "articles/two.md": TWO}


def listed(publication: Publication) -> list[str]:
    """Return the names of the pages that the EPUB lists."""
    book = publication.build / "epub" / "small-en.epub"
    return [str(each.text) for each in find(part(book, "nav.xhtml"), "//h:nav[@e:type='page-list']//h:a")]


def marked(publication: Publication, name: str) -> list[str]:
    """Return the names of the pages that are marked in an article on the site."""
    page = publication.page("en", f"articles/{name}")
    return [str(mark.get("data-folio")) for mark in page.cssselect("[role=doc-pagebreak]")]


@pytest.mark.parametrize(
    ("folios", "names"), [("volume", "1 2 3 4 5 6 7 8"), ("article", "1.1 1.2 1.3 1.4 2.1 2.2 2.3 2.4")]
)
def test_pages_have_the_names_that_the_volume_gives_them(make: Maker, folios: str, names: str) -> None:
    one, two = names.split()[:4], names.split()[4:]
    publication = make({**FILES, "conf.py": f'{CONF}fleuron_folios = "{folios}"\n'})
    assert publication.publish("pdf", "epub", "html", options="-W").code == 0
    assert marked(publication, "one") == one
    assert marked(publication, "two") == two
    assert listed(publication)[: len(one + two)] == one + two
    package = part(publication.build / "epub" / "small-en.epub", "content.opf")
    assert [each.text for each in find(package, "//o:meta[@property='pageBreakSource']")] == ["Small (PDF, en)"]


def test_a_text_that_was_changed_has_no_marks_until_its_pages_are_laid_out_again(make: Maker) -> None:
    publication = make({**FILES, "conf.py": f'{CONF}fleuron_folios = "article"\n'})
    assert publication.publish("pdf", "epub", "html", options="-W").code == 0
    whole = listed(publication)
    publication.write("articles/two.md", article("Two", 30))
    assert publication.publish("epub", "html", options="-W").code == 0
    assert marked(publication, "one") == ["1.1", "1.2", "1.3", "1.4"] and marked(publication, "two") == []
    assert listed(publication) == [name for name in whole if not name.startswith("2.")]
    assert publication.publish("pdf", "epub", "html", options="-W").code == 0
    assert marked(publication, "two") == ["2.1", "2.2", "2.3", "2.4", "2.5", "2.6"]


def test_without_a_plan_no_page_is_marked_and_none_is_claimed(make: Maker) -> None:
    publication = make(FILES)
    assert publication.publish("epub", "html", options="-W").code == 0
    assert marked(publication, "one") == listed(publication) == []
    said = (part(publication.build / "epub" / "small-en.epub", "content.opf")).xpath("string()")
    assert "pageNavigation" not in str(said) and "printed volume" not in str(said)
