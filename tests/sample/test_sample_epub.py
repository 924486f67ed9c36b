"""The sample's EPUBs, as they are built."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from tests.support.epub_books import COUNTED, NAMES, find, messages, part, violations
from tests.support.publications import Publication, text_of

LANGUAGES = {"en": "Contents", "tr": "İçindekiler", "ru": "Содержание", "fa": "فهرست"}
# For validators, of which each run takes seconds; archiving a version runs them on all of its EPUBs.
VALIDATED = (*(pytest.param(each, marks=pytest.mark.nightly) for each in ("en", "tr", "ru")), "fa")


def book(sample: Publication, language: str) -> Path:
    return sample.build / "epub" / f"marginalia-{language}.epub"


def parse(sample: Publication, language: str, name: str) -> etree._Element:
    return part(book(sample, language), name)


def pages(sample: Publication, language: str) -> dict[str, etree._Element]:
    with zipfile.ZipFile(book(sample, language)) as archive:
        names = [name for name in archive.namelist() if name.endswith(".xhtml")]
    return {name: parse(sample, language, name) for name in names}


@pytest.mark.java
@pytest.mark.parametrize("language", VALIDATED)
def test_epubcheck_has_nothing_to_say(sample: Publication, language: str) -> None:
    """Usages included, but for the fonts, of which it counts each line."""
    assert [said for said in messages(book(sample, language)) if said[0] != COUNTED] == []


@pytest.mark.node
@pytest.mark.parametrize("language", VALIDATED)
def test_ace_finds_no_violation(sample: Publication, language: str) -> None:
    assert violations(book(sample, language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_and_the_package_are_in_the_language(sample: Publication, language: str) -> None:
    found = pages(sample, language)
    assert {f"articles/{name}.xhtml" for name in ("moscow-format", "wakhan-corridor", "footnote")} <= set(found)
    for name, page in found.items():
        assert page.get("lang") == language, name
    package = parse(sample, language, "content.opf")
    assert [text_of(each) for each in find(package, "//d:language")] == [language]
    assert [text_of(each) for each in find(package, "//d:title")] == ["Marginalia Eurasiatica"]
    assert text_of(find(found["nav.xhtml"], "//h:h1")[0]) == LANGUAGES[language]


def test_each_edition_has_an_identifier_of_its_own(sample: Publication) -> None:
    found = {text_of(find(parse(sample, each, "content.opf"), "//d:identifier")[0]) for each in LANGUAGES}
    assert len(found) == len(LANGUAGES)
    assert all(each.startswith("urn:uuid:") for each in found)


def test_the_creators_are_the_authors_as_the_edition_names_them(sample: Publication) -> None:
    for language in LANGUAGES:
        name = text_of(sample.page(language, "articles/footnote").cssselect(".byline")[0])
        package = parse(sample, language, "content.opf")
        assert [text_of(each) for each in find(package, "//d:creator")] == [name]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_note_can_be_opened_and_left_again(sample: Publication, language: str) -> None:
    count = 0
    for page in pages(sample, language).values():
        ids = set(find(page, "//@id"))
        for call in find(page, "//h:a[@role='doc-noteref']"):
            assert call.get(f"{{{NAMES['e']}}}type") == "noteref"
            assert str(call.get("href")).removeprefix("#") in ids
            count += 1
        for note in find(page, "//h:aside[@role='doc-footnote']"):
            assert note.get(f"{{{NAMES['e']}}}type") == "footnote"
            back = find(note, ".//h:a[@role='doc-backlink']/@href")
            assert back
            assert {str(address).removeprefix("#") for address in back} <= ids
    assert count > 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_has_a_text(sample: Publication, language: str) -> None:
    pictures = [image for page in pages(sample, language).values() for image in page.iter(f"{{{NAMES['h']}}}img")]
    assert pictures
    assert all(len(str(image.get("alt"))) > 40 for image in pictures)


def test_the_archive_is_in_the_order_of_the_container_format(sample: Publication) -> None:
    with zipfile.ZipFile(book(sample, "en")) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read(first) == b"application/epub+zip"
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 30, 0, 0, 0)}
