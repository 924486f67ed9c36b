"""Editions in a language that the interface lacks, and languages that a publication has no longer."""

from __future__ import annotations

import pytest

from tests.mistakes.test_mistakes import told
from tests.support.publications import SMALL, Maker

pytestmark = pytest.mark.slow

ARTICLE = SMALL["articles/one.md"].replace("date:", "abstract: Kurz.\nkeywords: [Wort]\ndate:")


def test_a_language_that_the_interface_lacks(make: Maker) -> None:
    conf = SMALL["conf.py"].replace('"en", "tr"', '"de"')
    publication = make({"conf.py": conf, "articles/one.md": ARTICLE})
    result = publication.publish("html", "epub", options="-W")
    assert result.code == 0, result.output
    assert len([line for line in told(result) if line.startswith("fleuron: the interface has no texts in")]) == 1
    page = publication.page("de", "articles/one")
    labels = {label.text: label.get("lang") for label in page.cssselect(".topic-title, .keywords-label")}
    assert labels["Abstract"] == labels["Keywords"] == "en"


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
