"""Mistakes in articles: files that are not text, and what they name that is not there."""

from __future__ import annotations

import pytest

from tests.mistakes.test_mistakes import HEAD, assert_no_crash, assert_refused, assert_told, documents
from tests.support.publications import Maker

AUTHORS = "---\nauthors: [ada]\n---\n"

MISSING = [
    pytest.param("![A picture](missing.png)", ("missing.png",), id="image"),
    pytest.param("{download}`data <missing.csv>`", ("missing.csv",), id="download"),
    pytest.param("[](missing.md)", ("missing.md",), id="link"),
    pytest.param("{doc}`missing`", ("missing",), id="document"),
    pytest.param("{ref}`missing`", ("missing",), id="reference"),
    pytest.param("```{include} missing.md\n```", ("missing.md",), id="include"),
    pytest.param("```{literalinclude} missing.py\n```", ("missing.py",), id="literalinclude"),
    pytest.param("```{nocturne} x\ny\n```", ("nocturne",), id="directive"),
    pytest.param("A {nocturne}`x`.", ("nocturne",), id="role"),
    pytest.param("A formula, $\\nocturne x$.", ("formula", "nocturne"), id="formula"),
]


@pytest.mark.parametrize(("text", "words"), MISSING)
def test_what_is_not_there(make: Maker, text: str, words: tuple[str, ...]) -> None:
    publication = make({"articles/one.md": f"{HEAD}A text.\n\n{text}\n"})
    assert_refused(publication.publish("html", languages="en"), "articles/one.md:9:", *words)
    assert not publication.files()


def test_an_article_that_the_contents_name_and_that_is_not_there(make: Maker) -> None:
    publication = make({"index.md": "# Small\n\nText.\n\n```{toctree}\narticles/missing\n```\n"})
    assert_refused(publication.publish("html", languages="en"), "index.md:5:", "articles/missing")


def test_an_article_that_is_not_utf_8(make: Maker) -> None:
    publication = make({})
    publication.write("articles/one.md", f"{HEAD}A text.\n\nEine Straße.\n".encode("latin-1"))
    assert_refused(publication.publish("html", languages="en"), "articles/one.md:9:", "UTF-8", "0xdf")


@pytest.mark.parametrize("text", ["", " \n\n\t\n"], ids=["nothing", "space"])
def test_an_article_without_text(make: Maker, text: str) -> None:
    publication = make({"articles/one.md": text})
    assert_refused(publication.publish("html", languages="en"), "articles/one.md:1:", "empty")


@pytest.mark.parametrize("text", ["A text.\n", "A text.\n\n## A part\n\nIts text.\n"], ids=["text", "part"])
def test_an_article_without_a_title(make: Maker, text: str) -> None:
    publication = make({"articles/one.md": AUTHORS + text})
    assert_refused(publication.publish("html", languages="en"), "articles/one.md:", "no title")


def test_headings_that_are_titles_however_they_are_written(make: Maker) -> None:
    """The title is the article's first heading, whatever Markdown there is for one, or a comment above it."""
    heads = ["# One\n", "One\n===\n", "(label)=\n# One\n", "<!-- A comment. -->\n\n# One\n", "#\tOne\n"]
    files = {f"articles/{number}.md": f"{AUTHORS}{head}\nText.\n" for number, head in enumerate(heads)}
    files |= {
        "articles/one.md": "---\n---\n# One\n\nText.\n",
        "index.md": "# S\n\n```{toctree}\n:glob:\narticles/*\n```\n",
    }
    result = make(files).publish("html", languages="en")
    assert not [line for line in result.output.splitlines() if "no title" in line], result.output
    assert result.code == 0, result.output


@pytest.mark.parametrize("place", ["", "(label)=\n"], ids=["plain", "labelled"])
def test_a_title_in_the_front_matter_and_a_heading(make: Maker, place: str) -> None:
    text = f"---\ntitle: One\nauthors: [ada]\n---\n{place}# Another\n\nText.\n"
    publication = make({"articles/one.md": text})
    result = publication.publish("html", languages="en", options="-W")
    assert_refused(result, f"articles/one.md:{6 if place else 5}:", "title", "heading")


FOREIGN = ["A line<br>and <b>an open tag.", "<div>&nbsp;</div>", "A page break, \x0c, and \x01."]


@pytest.mark.parametrize("text", FOREIGN, ids=["tags", "entity", "control"])
def test_what_xml_does_not_know(make: Maker, text: str) -> None:
    """An EPUB of it is sound XML, or is refused at the text's line."""
    publication = make({"articles/one.md": f"{HEAD}{text}\n"})
    result = publication.publish("epub", languages="en")
    assert_no_crash(result)
    if result.code:
        assert_told(result, "articles/one.md:7:")
    else:
        assert "small-en/articles/one.xhtml" in documents(publication)
