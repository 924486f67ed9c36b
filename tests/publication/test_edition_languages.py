"""Editions in a language that the interface lacks, and languages that a publication has no longer."""

from __future__ import annotations

from typing import Any

import pytest

from fleuron.editions.interface_words import interface_catalogue
from tests.mistakes.test_mistakes import told
from tests.support.epub_books import find, part
from tests.support.publications import SMALL, Maker

pytestmark = pytest.mark.slow

ARTICLE = SMALL["articles/one.md"].replace("date:", "abstract: Kurz.\nkeywords: [Wort]\ndate:")


def test_a_language_that_the_interface_lacks(make: Maker) -> None:
    """A language of the other direction than English, in which the words of the interface are."""
    conf = SMALL["conf.py"].replace('"en", "tr"', '"he"')
    publication = make({"conf.py": conf, "articles/one.md": ARTICLE})
    result = publication.publish("html", "epub", options="-W")
    assert result.code == 0, result.output
    assert len([line for line in told(result) if line.startswith("fleuron: the interface has no texts in")]) == 1
    texts = interface_catalogue("tr")
    for name in ("articles/one", "index", "authors/ada", "search", "colophon"):
        found = {str(text).strip(): marks_of(text) for text in publication.page("he", name).xpath("//body//text()")}
        shown = {text: marks for text, marks in found.items() if text in texts}
        assert "Search" in shown and (name != "articles/one" or {"Abstract", "Keywords", "Previous"} <= shown.keys())
        assert set(shown.values()) == {("en", "ltr")}, shown
    nav = part(publication.build / "epub/small-he.epub", "nav.xhtml")
    assert {marks_of(each) for each in find(nav, "//h:h1/text()")} == {("en", "ltr")}


def test_only_the_words_that_a_publication_does_not_give_are_missing(make: Maker) -> None:
    words = {"Abstract": "תקציר", "Back to the text": "חזרה", "Next": "הבא"}
    conf = SMALL["conf.py"].replace('"en", "tr"', '"he"') + f'fleuron_words = {{"he": {words!r}}}\n'
    publication = make({"conf.py": conf, "articles/one.md": f"{ARTICLE}\nA note.[^a]\n\n[^a]: Here.\n"})
    result = publication.publish("html", options="-W")
    [line] = [line for line in told(result) if line.startswith("fleuron: the interface lacks texts in")]
    assert "“Contents”" in line and "“Keywords”" in line
    assert not [text for text in words if f"“{text}”" in line]
    page = publication.page("he", "articles/one")
    assert {marks_of(each) for each in page.xpath("//text()[.='תקציר']")} == {("he", "rtl")}
    assert {marks_of(each) for each in page.xpath("//text()[.='Keywords']")} == {("en", "ltr")}
    assert [link.get("lang") for link in page.cssselect("a.backlink, a.footnote-reference")] == ["en", None]


def marks_of(text: Any) -> tuple[str, str]:
    """Return the language and the direction of a text, as an element around it has them."""
    element = text.getparent().getparent() if text.is_tail else text.getparent()
    language, direction = (element.xpath(f"string((ancestor-or-self::*/@{name})[last()])") for name in ("lang", "dir"))
    return language, direction


def test_a_language_that_is_dropped_disappears(make: Maker) -> None:
    publication = make({})
    assert publication.publish("html", "epub").code == 0
    assert any("/tr/" in name or "-tr." in name for name in publication.files())
    publication.write("conf.py", SMALL["conf.py"].replace('"en", "tr"', '"en"'))
    result = publication.publish("html")
    assert result.code == 0, result.output
    assert "tr is not in fleuron_languages" in result.output
    assert not [name for name in publication.files() if "/tr/" in name or "-tr." in name]
    assert b'hreflang="tr"' not in publication.files()["html/en/articles/one.html"]
    assert not (publication.build / "editions/tr").exists()
    assert "tr is not in fleuron_languages" not in publication.publish("html").output
