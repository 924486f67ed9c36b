"""Records for OAI-PMH, parsed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from fleuron.metadata.library.oai_dc import oai_dc
from fleuron.metadata.work import Work
from tests.support.article_works import ALL, BARE, IN_TURKISH, OWN_PDF, PAGE, RUSSIAN, TAMED, TURKISH, WHOLE
from tests.support.library_articles import FROM_PERSIAN, IN_PERSIAN, OWN_EPUB, PERSIAN, SLY, is_clean, leads_astray

DC = "http://purl.org/dc/elements/1.1/"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Dublin Core Metadata Element Set, Version 1.1.
ELEMENTS = (
    "contributor coverage creator date description format identifier language publisher relation rights source "
    "subject title type"
)
INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"


def read(work: Work, *editions: Work) -> list[tuple[str, str, str | None]]:
    """Parse a record, and check what all have in common."""
    written = oai_dc(work, editions)
    assert written.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<oai_dc:dc ")
    root = etree.fromstring(written)
    assert root.tag == "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc"
    assert root.get(f"{INSTANCE}schemaLocation") == (
        "http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
    )
    found = []
    for element in root:
        name = etree.QName(element)
        assert name.namespace == DC
        assert name.localname in ELEMENTS.split(" ")
        assert not len(element)
        assert element.text
        assert is_clean(element.text)
        assert not leads_astray(element.text)
        found.append((name.localname, element.text, element.get(LANG)))
    assert len(set(found)) == len(found)
    return found


def all_of(work: Work, element: str, *editions: Work) -> list[str]:
    return [text for name, text, _ in read(work, *editions) if name == element]


def test_an_article_is_described() -> None:
    assert read(replace(WHOLE, copies=(*WHOLE.copies, OWN_EPUB))) == [
        ("title", "The Delta: A river’s end", "en"),
        ("creator", "van der Lovelace, Ada", None),
        ("creator", "The Editors, a Desk", None),
        ("subject", "rivers", "en"),
        ("subject", "İstanbul", "en"),
        ("subject", "дельта", "en"),
        ("description", "What the river leaves behind. And what it takes.", "en"),
        ("publisher", "The Press", None),
        ("date", "2026-11-03", None),
        ("type", "Text", None),
        ("type", "info:eu-repo/semantics/article", None),
        ("format", "text/html", None),
        ("format", "application/pdf", None),
        ("format", "application/epub+zip", None),
        ("identifier", "https://doi.org/10.5555/a%3Cb%3E%231", None),
        ("identifier", PAGE, None),
        ("identifier", OWN_PDF.address, None),
        ("identifier", OWN_EPUB.address, None),
        ("source", "Marginalia", None),
        ("language", "en", None),
        ("relation", TURKISH.address, None),
        ("relation", RUSSIAN.address, None),
        ("rights", "CC BY 4.0", None),
        ("rights", "https://creativecommons.org/licenses/by/4.0/", None),
    ]


def test_missing_values_are_left_out() -> None:
    assert read(BARE) == [
        ("title", "Bare", "en"),
        ("type", "Text", None),
        ("type", "info:eu-repo/semantics/article", None),
        ("language", "en", None),
    ]


def test_the_editions_are_related_to_each_other() -> None:
    assert all_of(IN_TURKISH, "relation", WHOLE) == [PAGE, RUSSIAN.address]
    assert all_of(FROM_PERSIAN, "relation") == [PERSIAN.address]
    assert all_of(FROM_PERSIAN, "relation", IN_PERSIAN) == ["https://doi.org/10.5555/fa"]
    assert all_of(IN_PERSIAN, "relation", FROM_PERSIAN) == ["https://doi.org/10.5555/ru"]


def test_texts_are_in_the_language_of_the_edition_and_keep_their_script() -> None:
    found = read(IN_PERSIAN)
    assert found[0] == ("title", "دلتای رود: پایان یک رود", "fa")
    assert {language for name, _, language in found if name in ("title", "subject", "description")} == {"fa"}
    assert all_of(FROM_PERSIAN, "creator") == ["Толстой, Лев Николаевич"]


def test_each_value_is_given_once() -> None:
    assert all_of(replace(BARE, keywords=("a", "a ", "b"), copies=(OWN_PDF, OWN_PDF)), "subject") == ["a", "b"]


@pytest.mark.parametrize("work", [*ALL.values(), SLY], ids=[*ALL, "sly"])
def test_every_article_can_be_read(work: Work) -> None:
    assert all_of(work, "language", *ALL.values()) == [work.language]


def test_a_hostile_article_has_no_unsafe_links() -> None:
    found = read(SLY)
    assert {name for name, _, _ in found} == {
        "title",
        "creator",
        "contributor",
        "subject",
        "description",
        "publisher",
        "type",
        "source",
        "language",
        "rights",
    }
    assert all_of(SLY, "creator") == [TAMED]
    assert all_of(SLY, "description") == all_of(SLY, "source") == [TAMED]
    assert all_of(SLY, "rights") == ["https://[broken"]
