"""MARC records, as pymarc reads them back from MARCXML."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from lxml import etree
from pymarc import Field, Record, parse_xml_to_array

from fleuron.metadata.library.marcxml import marcxml
from fleuron.metadata.work import Work, person
from tests.support.article_works import (
    ADA,
    ALL,
    BARE,
    BASE,
    DESK,
    IN_RUSSIAN,
    IN_TURKISH,
    PAGE,
    RUSSIAN,
    TAMED,
    TURKISH,
    WHOLE,
)
from tests.support.library_articles import FROM_PERSIAN, IN_PERSIAN, OWN_EPUB, SLY, is_clean, leads_astray

MARC = "{http://www.loc.gov/MARC21/slim}"
LOVELACE = [("a", "van der Lovelace, Ada"), ("u", "University of Somewhere")]


def read(work: Work, *editions: Work) -> Record:
    """Read a record with pymarc, and check what all files have in common."""
    written = marcxml(work, editions)
    (record,) = parse_xml_to_array(io.BytesIO(written), strict=True)  # type: ignore[no-untyped-call]  # pymarc 5.4
    assert isinstance(record, Record)
    root = etree.fromstring(written)
    assert root.tag == f"{MARC}record"
    assert [child.tag for child in root] == [f"{MARC}leader"] + [f"{MARC}controlfield"] * 2 + [
        f"{MARC}datafield"
    ] * len(root.findall(f"{MARC}datafield"))
    tags = [field.tag for field in record.fields]
    # In the order of their hundreds, since libraries read them so; 880 comes last.
    assert [tag[0] for tag in tags] == sorted(tag[0] for tag in tags)
    assert all(part and is_clean(part) for _, _, parts in map(shown, record.fields) for _, part in parts)
    assert len(record["008"].data or "") == 40
    assert len(record["007"].data or "") == 14
    return record


def shown(field: Field) -> tuple[str, str, list[tuple[str, str]]]:
    return field.tag, "".join(field.indicators or ()), [(part.code, part.value) for part in field.subfields]


def fields_of(record: Record, *tags: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the indicators and the subfields of fields, by their tags."""
    return [(indicators, parts) for _, indicators, parts in map(shown, record.get_fields(*tags))]


def test_an_article_is_described() -> None:
    record = read(WHOLE)
    assert str(record.leader) == "00000nab a22000003c 4500"
    assert record["008"].data == "261103e20261103xx || ||o||||||   ||eng d"
    assert [shown(field) for field in record.fields[2:]] == [
        ("024", "7 ", [("a", "10.5555/a<b>#1"), ("2", "doi")]),
        ("040", "  ", [("b", "eng")]),
        ("041", "0 ", [("a", "eng")]),
        ("100", "1 ", [*LOVELACE, ("1", "https://orcid.org/0000-0002-1825-0097"), ("4", "aut")]),
        (
            "245",
            "14",
            [("a", "The Delta"), ("b", "A river’s end"), ("c", "Ada van der Lovelace ; The Editors, a Desk")],
        ),
        ("264", " 1", [("b", "The Press"), ("c", "2026")]),
        ("336", "  ", [("a", "text"), ("b", "txt"), ("2", "rdacontent")]),
        ("337", "  ", [("a", "computer"), ("b", "c"), ("2", "rdamedia")]),
        ("338", "  ", [("a", "online resource"), ("b", "cr"), ("2", "rdacarrier")]),
        ("506", "0 ", [("a", "Open access")]),
        ("520", "3 ", [("a", "What the river leaves behind. And what it takes.")]),
        ("540", "  ", [("a", "CC BY 4.0"), ("u", "https://creativecommons.org/licenses/by/4.0/")]),
        ("546", "  ", [("a", "In English")]),
        *(("653", "  ", [("a", word)]) for word in ("rivers", "İstanbul", "дельта")),
        ("710", "2 ", [("a", "The Editors, a Desk"), ("4", "aut")]),
        ("767", "0 ", [("n", "Turkish"), ("o", TURKISH.address)]),
        ("767", "0 ", [("n", "Russian"), ("o", RUSSIAN.address)]),
        ("773", "0 ", [("7", "nnas"), ("t", "Marginalia"), ("d", "The Press"), ("o", f"{BASE}/en/index.html")]),
        ("856", "40", [("q", "text/html"), ("u", PAGE), ("7", "0")]),
        *(
            (
                "856",
                f"4{kind}",
                [
                    ("3", copy.title),
                    ("q", copy.media_type),
                    ("s", f"{copy.size} bytes"),
                    ("u", copy.address),
                    ("7", "0"),
                ],
            )
            for kind, copy in zip("202", WHOLE.copies, strict=True)
        ),
    ]


def test_missing_values_are_left_out() -> None:
    record = read(BARE)
    assert str(record.leader) == "00000nam a22000003c 4500"
    assert record["008"].data == "||||||nuuuuuuuuxx |||||o|||||||| ||eng d"
    assert [field.tag for field in record.fields] == ["007", "008", "040", "041", "245", "336", "337", "338", "546"]
    # Whether it is a translation is not known.
    assert fields_of(record, "041", "245") == [("  ", [("a", "eng")]), ("00", [("a", "Bare")])]


def test_a_translation_names_its_original() -> None:
    record = read(IN_TURKISH, WHOLE)
    assert fields_of(record, "041", "546") == [
        ("1 ", [("a", "tur"), ("h", "eng")]),
        ("  ", [("a", "In Turkish, translated from English")]),
    ]
    assert fields_of(record, "765", "767") == [
        ("0 ", [("t", "The Delta: A river’s end"), ("n", "English"), ("o", PAGE)]),
    ]


def test_a_translation_and_its_original_link_each_other_by_their_dois() -> None:
    both = (IN_PERSIAN, FROM_PERSIAN)
    assert ("o", "doi:10.5555/fa") in fields_of(read(FROM_PERSIAN, *both), "765")[0][1]
    assert ("o", "doi:10.5555/ru") in fields_of(read(IN_PERSIAN, *both), "767")[0][1]


def test_cyrillic_is_paired_with_latin_letters() -> None:
    record = read(IN_RUSSIAN)
    assert fields_of(record, "100", "245") == [
        ("1 ", [("6", "880-01"), ("a", "Tolstoy, Lev Nikolaevich"), ("4", "aut")]),
        ("10", [("6", "880-02"), ("a", "Elka v del'te: «nachalo»"), ("c", "Lev Nikolaevich Tolstoy")]),
    ]
    assert fields_of(record, "880") == [
        ("1 ", [("6", "100-01/(N"), ("a", "Толстой, Лев Николаевич"), ("4", "aut")]),
        ("10", [("6", "245-02/(N"), ("a", "Ёлка в дельте: «начало»"), ("c", "Лев Николаевич Толстой")]),
        ("2 ", [("6", "710-03/(N"), ("a", "Бюро переводов"), ("e", "translator"), ("4", "trl")]),
        ("1 ", [("6", "700-04/(N"), ("a", "Кузнецова, Ольга"), ("e", "translator"), ("4", "trl")]),
    ]


def test_persian_is_paired_with_latin_letters_and_marked_as_right_to_left() -> None:
    record = read(IN_PERSIAN)
    latin = {field["6"][4:]: field for field in record.fields[2:] if "6" in field and field.tag != "880"}
    others = {field["6"][4:6]: field for field in record.get_fields("880")}
    assert list(latin) == list(others) == ["01", "02", "03", "04", "05"]
    assert [field.tag for field in latin.values()] == ["100", "245", "264", "710", "773"]
    for number, field in latin.items():
        pair = others[number]
        assert pair["6"] == f"{field.tag}-{number}/(3/r"
        assert pair.indicators == field.indicators
        assert [part.code for part in pair] == [part.code for part in field]
        assert all(part.value.isascii() for part in field)
    assert (others["02"]["a"], latin["02"]["a"]) == ("دلتای رود", "dlty rwd")
    # U+200C parts Arabic letters, and would be a hole among Latin ones.
    assert (others["05"]["t"], latin["05"]["t"]) == ("حاشیه‌ها", "hshyhh")
    # What is not filed stands in its own script alone.
    assert fields_of(record, "520")[0][1] == [("a", "آنچه رود به جا می‌گذارد.")]
    assert fields_of(record, "041") == [("0 ", [("a", "per")])]


def test_latin_letters_have_no_pair() -> None:
    for work in (WHOLE, IN_TURKISH):
        assert not fields_of(read(work), "880")


def test_a_file_of_the_article_alone_is_the_work_itself() -> None:
    record = read(replace(BARE, copies=(OWN_EPUB,)))
    assert fields_of(record, "856") == [
        (
            "40",
            [
                ("3", "This article as EPUB"),
                ("q", "application/epub+zip"),
                ("s", "9000 bytes"),
                ("u", OWN_EPUB.address),
                ("7", "0"),
            ],
        )
    ]


def test_an_organisation_or_a_single_name_is_entered_as_written() -> None:
    record = read(replace(BARE, authors=(DESK, person("Colette"), ADA)))
    assert fields_of(record, "110", "100") == [("2 ", [("a", "The Editors, a Desk"), ("4", "aut")])]
    assert [indicators for indicators, _ in fields_of(record, "700")] == ["0 ", "1 "]


@pytest.mark.parametrize(
    ("language", "source", "field"),
    [
        ("ota", "ota", [("07", [("a", "ota"), ("2", "iso639-3")])]),
        ("de", "ota", [("17", [("a", "deu"), ("h", "ota"), ("2", "iso639-3")])]),
        ("pt-BR", "de", [("1 ", [("a", "por"), ("h", "ger")])]),
        ("de", "qq", []),
        ("qq", "", []),
    ],
)
def test_languages_have_codes_of_one_list(language: str, source: str, field: object) -> None:
    work = replace(BARE, language=language, original_language=source)
    assert fields_of(read(work), "041") == field


@pytest.mark.parametrize("work", [*ALL.values(), SLY], ids=[*ALL, "sly"])
def test_every_article_can_be_read_back(work: Work) -> None:
    record = read(work, *ALL.values())
    assert not any(leads_astray(part.value) for field in record.fields[2:] for part in field)


def test_a_hostile_article_has_no_unsafe_links() -> None:
    record = read(SLY)
    assert not fields_of(record, "024", "506", "765", "767", "856")
    assert record["245"]["a"] == record["100"]["a"] == record["710"]["a"] == record["773"]["t"] == TAMED
    assert fields_of(record, "540") == [("  ", [("a", "https://[broken")])]
    assert "1" not in record["100"]


def test_blank_values_are_left_out() -> None:
    record = read(replace(WHOLE, publication=" \x00", publisher=" ", subtitle=" ", keywords=(" ",), date=None))
    assert not fields_of(record, "264", "653", "773")
    assert [code for code, _ in fields_of(record, "245")[0][1]] == ["a", "c"]
    # An article that is in no review stands alone.
    assert str(record.leader)[7] == "m"


def test_more_pairs_than_can_be_numbered_are_not_made() -> None:
    record = read(replace(BARE, authors=tuple(person(f"Лев {'Т' * n}") for n in range(1, 130))))
    assert len(fields_of(record, "880")) == 99
    assert len(fields_of(record, "100", "700")) == 129
