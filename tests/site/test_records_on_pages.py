"""What pages show of the records in front matter, beyond what the sample has."""

from __future__ import annotations

import pytest

from tests.support.publications import SMALL, Maker, Publication, text_of

pytestmark = pytest.mark.slow

CONF = 'project = "Small"\nextensions = ["fleuron"]\nfleuron_languages = ["en", "fa", "fr"]\n'
CONF += "fleuron_edition_threshold = 0\n"
BIOGRAPHY = "---\nname: Ada\nlang: fr\n---\nElle écrit.\n"


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """A site in three languages, none of them translated, with a biography in one of them."""
    made = Publication(tmp_path_factory.mktemp("records") / "source")
    for name, text in {**SMALL, "conf.py": CONF, "authors/ada.md": BIOGRAPHY}.items():
        made.write(name, text)
    assert made.publish("html", options="-W").code == 0
    return made


def test_a_biography_is_in_the_language_that_it_says(publication: Publication) -> None:
    """In every edition, for as long as none translates it."""
    found = {}
    for language in ("en", "fa", "fr"):
        text = publication.page(language, "articles/one").cssselect(".biography > p:last-of-type")[0]
        assert text_of(text) == "Elle écrit."
        found[language] = (text.get("lang"), text.get("dir"))
    assert found == {"en": ("fr", None), "fa": ("fr", "ltr"), "fr": (None, None)}


def test_what_is_left_untranslated_keeps_its_direction(publication: Publication) -> None:
    page = publication.page("fa", "articles/one")
    assert page.get("dir") == "rtl"
    blocks = page.cssselect("h1, section > p[lang]")
    assert {(block.get("lang"), block.get("dir")) for block in blocks} == {("en", "ltr")}
    assert not publication.page("fr", "articles/one").cssselect("[dir=ltr]:not(html)")


def test_a_doi_is_shown_as_a_link(make: Maker) -> None:
    article = "---\nauthors: [ada]\ndate: 2026-01-02\ndoi: 10.5555/a<b>#1\n---\n# One\n\nText.\n"
    publication = make({"articles/one.md": article})
    assert publication.publish("html", languages="en", options="-W").code == 0
    dateline = publication.page("en", "articles/one").cssselect(".dateline")[0]
    assert text_of(dateline) == "2 January 2026 · https://doi.org/10.5555/a<b>#1"
    assert [link.get("href") for link in dateline.cssselect("a")] == ["https://doi.org/10.5555/a%3Cb%3E%231"]
