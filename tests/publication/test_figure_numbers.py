"""Figures and tables are numbered in each article anew, and an article's list of sources is its own."""

from __future__ import annotations

import zipfile

import pytest
from lxml import html

from tests.support.publications import Maker, Publication, pdf_pages, text_of

pytestmark = pytest.mark.slow

BIB = "".join(
    f"@book{{{key}, title={{{key.title()} Title}}, author={{Name, {key.title()}}}, date={{2001}}, "
    "location={City}, publisher={House}}\n"
    for key in ("alpha", "beta")
)
TABLE = "```{{list-table}} {caption}\n:name: {name}\n\n* - A\n```\n\nSee {{numref}}`{name}`."
FILES: dict[str, str | None] = {
    "conf.py": 'project = "Small"\nextensions = ["fleuron"]\nfleuron_epub_fonts = False\n',
    "refs.bib": BIB,
    "index.md": "# Small\n\nText.\n\n```{toctree}\narticles/one\narticles/two\n```\n\n```{bibliography}\n```\n",
    "articles/one.md": "---\nauthors: [ada]\n---\n# One\n\nA source.{footcite}`alpha`\n\n"
    f"{TABLE.format(caption='First', name='t1')}\n\n{TABLE.format(caption='Second', name='t2')}\n\n"
    "```{bibliography}\n```\n",
    "articles/two.md": "---\nauthors: [ada]\n---\n# Two\n\nAnother.{footcite}`beta`\n\n"
    f"{TABLE.format(caption='Third', name='t3')} And {{numref}}`t1` of the other.\n\n"
    "```{bibliography}\n```\n",
}


def captions(page: html.HtmlElement) -> list[str]:
    return [text_of(caption).rstrip("#¶ ") for caption in page.cssselect("caption")]


def sources(page: html.HtmlElement) -> list[str]:
    """Return each source of the page's own list."""
    return [text_of(source) for source in page.cssselect(".bibliography .source")]


def test_numbers_begin_anew_and_lists_are_of_the_article(make: Maker) -> None:
    publication = make(FILES)
    result = publication.publish("pdf", "epub", "html", options="-W --keep-going")
    assert result.code == 0, result.output
    one, two = (publication.page("en", f"articles/{name}") for name in ("one", "two"))
    assert captions(one) == ["Table 1 First", "Table 2 Second"]
    assert captions(two) == ["Table 1 Third"]
    assert [text_of(link) for link in two.cssselect("a.internal .std-numref")] == ["Table 1", "Table 1"]
    assert [len(sources(page)) for page in (one, two, publication.page("en", "index"))] == [1, 1, 2]
    assert "Alpha" in sources(one)[0]
    assert "Beta" in sources(two)[0]
    with zipfile.ZipFile(publication.build / "epub" / "small-en.epub") as book:
        assert captions(html.fromstring(book.read("articles/two.xhtml"))) == ["Table 1 Third"]
    text = " ".join(" ".join(pdf_pages(publication.build / "pdf/en/two.pdf")).split())
    assert "Table 1 Third" in text
    assert "See Table 1." in text
    assert "Alpha Title" not in text


def written(publication: Publication, page: str) -> int:
    return (publication.build / "editions/en/html" / f"{page}.html").stat().st_mtime_ns


@pytest.mark.parametrize(("option", "number"), [("article", 1), ("volume", 3)])
def test_a_monograph_counts_on_and_what_is_unchanged_is_not_written_again(
    make: Maker, option: str, number: int
) -> None:
    files = {name: text.replace("```{bibliography}\n```\n", "") for name, text in FILES.items() if text}
    publication = make({**files, "conf.py": f'{files["conf.py"]}fleuron_numbering = "{option}"\n'})
    publication.publish("html")
    assert captions(publication.page("en", "articles/two")) == [f"Table {number} Third"]
    before = written(publication, "articles/two")
    publication.publish("html")
    assert written(publication, "articles/two") == before
