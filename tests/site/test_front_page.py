"""The first page shows cover, leading articles, sections, authors and notices around what its author wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from fleuron.publication.edition import Edition
from fleuron.publish.landing_page import SUMMARY_LENGTH, PublishedEdition
from fleuron.site.front.front_page import Cover
from tests.support.publications import SMALL, Publication, text_of

INDEX = """# A Review

What it is about.

```{toctree}
:caption: Essays

articles/one
articles/two
articles/erratum
```

Set after the essays.
"""
TWO = """---
authors: [ada, bob]
date: 2026-03-01
abstract: The second abstract & *more* of it.
---
# Two

Text.
"""
ERRATUM = "---\nauthors: [bob]\ndate: 2026-04-01\ncorrects: one\n---\n# An *erratum*\n\nText.\n"
FILES = {
    **SMALL,
    "index.md": INDEX,
    "articles/one.md": SMALL["articles/one.md"].replace("date:", "abstract: The first abstract.\ndate:"),
    "articles/two.md": TWO,
    "articles/erratum.md": ERRATUM,
    "authors/bob.md": "---\nname: Bob Writer\naffiliation: University of Somewhere\n---\nBob writes.\n",
}


def published(folder: Path, files: dict[str, str]) -> Publication:
    publication = Publication(folder / "source")
    for name, text in files.items():
        publication.write(name, text)
    result = publication.publish("html", languages="en", options="-W")
    assert result.code == 0, result.output
    return publication


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    return published(tmp_path_factory.mktemp("front"), FILES)


def front(publication: Publication) -> html.HtmlElement:
    return publication.page("en", "index")


def texts(page: html.HtmlElement, selector: str) -> list[str]:
    """Return the text of each element, with a bar between those of its children."""
    found = page.cssselect(selector)
    return [" | ".join(map(text_of, element)) if len(element) else text_of(element) for element in found]


def test_the_latest_article_that_is_no_notice_stands_above_the_sections(publication: Publication) -> None:
    page = front(publication)
    assert texts(page, ".lead .kicker, .leads > div") == [
        "Latest article",
        "Two | Ada Author, Bob Writer · 1 March 2026 | The second abstract & more of it.",
    ]
    (section,) = page.cssselect("article > section")
    order = ["front-cover", "What it is about.", "lead", "toctree-wrapper compound", "Set after the essays."]
    assert [child.get("class") or text_of(child) for child in section][1:] == order


def test_sections_have_the_abstracts_of_articles_that_do_not_stand_above_them(publication: Publication) -> None:
    assert texts(front(publication), ".toctree-l1") == [
        "One | Ada Author · 2 January 2026 | The first abstract.",
        "Two | Ada Author, Bob Writer · 1 March 2026",
        "An erratum | Bob Writer · 1 April 2026",
    ]


def test_authors_and_notices_end_the_page(publication: Publication) -> None:
    page = front(publication)
    assert texts(page, ".front-authors li") == ["Ada Author", "Bob Writer | University of Somewhere"]
    assert texts(page, ".front-notices li") == ["Correction · 1 April 2026 | An erratum | One"]
    assert [link.get("href") for link in page.cssselect(".front-notices a")] == [
        "articles/erratum.html",
        "articles/one.html",
    ]


def test_only_the_first_page_is_one(publication: Publication) -> None:
    assert publication.page("en", "articles/two").cssselect(".lead, .front, .front-cover, .teaser") == []


def test_the_landing_page_says_what_each_language_has(publication: Publication) -> None:
    landing = html.parse(str(publication.build / "html/index.html")).getroot()
    (entry,) = landing.cssselect("li[lang=en]")
    assert [text_of(paragraph) for paragraph in entry.cssselect("p")] == [
        "A Review",
        "What it is about.",
        "Latest article: Two",
        "Articles: 3",
    ]
    assert [link.get("href") for link in entry.cssselect("a")] == ["en/index.html", "en/articles/two.html"]
    turkish = PublishedEdition(Edition("tr"), "Bir", "Özet. " * 100, articles=1234, translated="%97")
    assert (turkish.number_of_articles, turkish.word("Translated")) == ("1.234", "Çevrilen bölüm")
    assert len(turkish.beginning) <= SUMMARY_LENGTH and turkish.beginning.endswith("…")


def test_a_build_after_a_change_of_what_the_editors_choose_writes_the_first_page(publication: Publication) -> None:
    publication.write("articles/one.md", FILES["articles/one.md"].replace("date:", "featured: true\ndate:"))
    assert publication.publish("html", languages="en", options="-W").code == 0
    assert texts(front(publication), ".lead .kicker, .lead .title") == ["Editors’ choice", "One"]


def test_one_article_makes_no_magazine(tmp_path: Path) -> None:
    page = front(published(tmp_path, SMALL))
    assert page.cssselect(".lead, .front-cover, .front-authors, .front-notices") == []
    assert texts(page, ".toctree-l1") == ["One | Ada Author · 2 January 2026"]


def test_a_long_title_is_set_smaller_on_a_cover() -> None:
    lengths = [Cover("", "a" * number, (), "").length for number in (24, 25, 61)]
    assert lengths == ["", "long", "very-long"]
