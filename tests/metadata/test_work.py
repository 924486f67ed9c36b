"""Splitting of names, cleaning of texts, and checks of addresses and identifiers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from fleuron.metadata.identifiers import absolute_address, doi_address, linkable_address, orcid_address
from fleuron.metadata.plain_text import one_line, shortened
from fleuron.metadata.work import Work, person, split_name
from tests.support.article_works import BARE, EVIL, IN_TURKISH, OWN_PDF, TAMED, WHOLE

steady = settings(derandomize=True, database=None, deadline=None, max_examples=200)
lines = st.text(st.characters(exclude_categories=[]))


@pytest.mark.parametrize(
    ("name", "family", "given_name"),
    [
        ("Ada Lovelace", "Lovelace", "Ada"),
        ("  Ada \n King  Lovelace ", "Lovelace", "Ada King"),
        ("Ludwig van Beethoven", "van Beethoven", "Ludwig"),
        ("Juana de la Cruz", "de la Cruz", "Juana"),
        ("Лев Николаевич Толстой", "Толстой", "Лев Николаевич"),
        ("Ömer Seyfettin Çağlayan", "Çağlayan", "Ömer Seyfettin"),
        ("İsmail ıldır Işık", "ıldır Işık", "İsmail"),
        ("میر غلام محمد غبار", "غبار", "میر غلام محمد"),
        ("Conor O'Neill", "O'Neill", "Conor"),
        ("H. J. Mackinder", "Mackinder", "H. J."),
        ("Ada {King Lovelace}", "Lovelace}", "Ada {King"),
        ("A & B_C {D} 100%", "100%", "A & B_C {D}"),
    ],
)
def test_a_persons_name_is_split(name: str, family: str, given_name: str) -> None:
    author = person(name)
    assert (author.family, author.given) == (family, given_name)
    assert author.name == " ".join(name.split())
    assert author.inverted == f"{family}, {given_name}"


@pytest.mark.parametrize(
    "name", ["Plato", "", "bell hooks", "van Gogh", "King, Martin Luther", "Martin Luther King, Jr.", "family=x"]
)
def test_what_would_be_a_guess_is_left_whole(name: str) -> None:
    author = person(name)
    assert (author.family, author.given, author.inverted) == ("", "", name)


def test_the_name_of_an_organisation_is_left_whole() -> None:
    author = person("The Editors of Marginalia Eurasiatica", is_organization=True)
    assert (author.family, author.given) == ("", "")
    assert author.inverted == "The Editors of Marginalia Eurasiatica"


@steady
@given(lines)
def test_any_name_is_split_without_loss(name: str) -> None:
    family, given_name = split_name(name)
    assert bool(family) is bool(given_name)
    if family:
        assert f"{given_name} {family}" == one_line(name)


@steady
@given(lines)
def test_any_text_becomes_one_line_that_xml_can_carry(text: str) -> None:
    line = one_line(text)
    assert line == one_line(line) == " ".join(line.split())
    element = etree.Element("x")
    element.text = line
    assert (etree.fromstring(etree.tostring(element, encoding="UTF-8")).text or "") == line
    assert not any("\ud800" <= sign <= "\udfff" for sign in line)


def test_unsafe_characters_are_removed_from_a_text() -> None:
    assert one_line(EVIL) == TAMED


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one two, three", 12, "one two…"),
        ("x" * 20, 10, "x" * 9 + "…"),
        ("a " + "x" * 20, 10, "a " + "x" * 7 + "…"),
        ("", 5, ""),
    ],
)
def test_a_text_is_cut_at_a_word(text: str, limit: int, cut: str) -> None:
    assert shortened(text, limit) == cut


@steady
@given(lines, st.integers(2, 120))
def test_no_cut_is_longer_than_its_limit(text: str, limit: int) -> None:
    cut = shortened(text, limit)
    assert len(cut) <= limit
    assert (cut == one_line(text)) is (len(one_line(text)) <= limit) or cut.endswith("…")


ON_THE_WEB = ["https://example.org", "http://example.org/a?b=c&d#e", "HTTPS://example.org/%20"]
BESIDE_THE_PAGE = ["delta.pdf", "../en/a%20b.html", "?q=a:b", "#a:b", "a/b:c", "./a:b", "/a"]
NO_ADDRESS = [
    *("javascript:alert(1)", "JavaScript:x", "java\nscript:x", " javascript:x", "\x01javascript:x", "java\tscript:x"),
    *(
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://a.b",
        "//evil.example",
        "\\\\evil.example",
        "/\\evil.example",
    ),
    *("http://[", "https://", "http:evil", "https://a b", 'https://a"b', "https://a\x85", "a:b"),
]


@pytest.mark.parametrize("address", ON_THE_WEB)
def test_an_absolute_address_is_kept(address: str) -> None:
    assert absolute_address(address) == linkable_address(address) == address


@pytest.mark.parametrize("address", BESIDE_THE_PAGE)
def test_a_relative_address_may_be_linked_but_is_not_absolute(address: str) -> None:
    assert (absolute_address(address), linkable_address(address)) == ("", address)


@pytest.mark.parametrize("address", NO_ADDRESS)
def test_anything_else_is_not_an_address(address: str) -> None:
    assert (absolute_address(address), linkable_address(address)) == ("", "")


def test_identifiers_become_addresses() -> None:
    assert doi_address("10.1000/456#789 <x>%") == "https://doi.org/10.1000/456%23789%20%3Cx%3E%25"
    assert doi_address("10.5555/12345678") == "https://doi.org/10.5555/12345678"
    assert doi_address("") == ""
    assert orcid_address("0000-0002-1825-0097") == "https://orcid.org/0000-0002-1825-0097"
    assert orcid_address("javascript:x") == orcid_address("") == ""


def test_the_pdf_of_a_work_is_its_own_and_not_that_of_the_volume() -> None:
    assert WHOLE.pdf == OWN_PDF
    assert WHOLE.own_copies == (OWN_PDF,)
    assert BARE.pdf is None
    assert replace(WHOLE, copies=(replace(OWN_PDF, media_type="application/epub+zip"), OWN_PDF)).pdf == OWN_PDF


def test_a_work_knows_its_whole_title_and_its_original() -> None:
    assert WHOLE.full_title == "The Delta: A river’s end"
    assert Work("x", "en", "Why?", "Because").full_title == "Why? Because"
    assert BARE.full_title == "Bare"
    assert [work.is_original for work in (WHOLE, BARE, IN_TURKISH)] == [True, True, False]
