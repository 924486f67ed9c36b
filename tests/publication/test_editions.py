"""Languages: their names and dates, the words of the interface, and isolates of direction."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from docutils import nodes

import fleuron
from fleuron.config import ConfigurationError
from fleuron.editions.bidirectional import isolate, isolated_text, join_texts
from fleuron.editions.dashes import with_no_break_spaces
from fleuron.editions.interface_words import interface_catalogue, interface_words, language_of_words, use_own_words
from fleuron.option_checks import check_words
from fleuron.publication.document_names import slug
from fleuron.publication.edition import Edition
from fleuron.publication.reading_order import reading_order

PRESS = Path(fleuron.__file__).parent
DAY = datetime.date(2022, 11, 18)


@pytest.mark.parametrize(
    ("language", "name", "direction", "date"),
    [
        ("en", "English", "ltr", "18 November 2022"),
        ("tr", "Türkçe", "ltr", "18 Kasım 2022"),
        ("ru", "Русский", "ltr", "18 ноября 2022\u202fг."),
        ("fa", "فارسی", "rtl", "۱۸ نوامبر ۲۰۲۲"),
        ("pt-BR", "Português (Brasil)", "ltr", "18 de novembro de 2022"),
        ("sr-Latn", "Srpski (latinica)", "ltr", "18. novembar 2022."),
        ("zh-Hant", "中文 (繁體)", "ltr", "2022年11月18日"),
        ("ka", "ქართული", "ltr", "18 ნოემბერი, 2022"),
    ],
)
def test_an_edition(language: str, name: str, direction: str, date: str) -> None:
    edition = Edition(language)
    assert (edition.name, edition.direction, edition.date(DAY)) == (name, direction, date)


def test_lists_have_the_commas_of_the_script() -> None:
    commas = {tag: Edition(tag).comma for tag in ("en", "he", "fa", "ckb", "uz-Arab", "zh", "zh-Hant", "ja")}
    assert commas == {
        **dict.fromkeys(("en", "he"), ", "), **dict.fromkeys(("fa", "ckb", "uz-Arab"), "، "),
        **dict.fromkeys(("zh", "zh-Hant", "ja"), "、"),
    }  # fmt: skip


@pytest.mark.parametrize("tag", ["xx-klingon", "zz", "", "e n"])
def test_a_tag_of_no_language(tag: str) -> None:
    with pytest.raises(ValueError):
        _ = Edition(tag).locale


def words_in_use() -> set[str]:
    """Collect the msgids that templates and modules word."""
    found: set[str] = set()
    for path in PRESS.rglob("*"):
        if path.suffix in (".html", ".py"):
            found |= set(re.findall(r"word\(\s*[\"']([^\"']{2,})[\"']\s*\)", path.read_text("utf-8")))
            found |= set(re.findall(r"words\([\w.]+\)\(\"([^\"]+)\"\)", path.read_text("utf-8")))
    from fleuron.content.work_records import DOWNLOAD_TITLES
    from fleuron.publication.values.contributions import ROLES
    from fleuron.publication.values.genres import GENRES

    return found | {*DOWNLOAD_TITLES.values(), *ROLES.values(), *(genre.word for genre in GENRES.values())}


# Texts that are the same in English.
COGNATES = {
    "de": {"Essay", "International", "Interview", "Software"},
    "es": {"Editorial", "p.", "p. {number}", "pp. {number}", "{number} pp.", "art. {number}"},
    "fr": {
        *("Articles", "Attribution", "Colophon", "International", "Licence", "Menu", "Note"),
        *("Page", "Pages", "Publication", "Version", "p.", "p. {number}"),
        *("Article", "Correction", "Discussion", "Document", "Introduction", "Supervision", "Validation"),
    },
}


@pytest.mark.parametrize("language", ["ar", "de", "es", "fa", "fr", "ru", "tr", "zh", "zh-Hant"])
def test_every_word_of_the_interface_is_translated(language: str) -> None:
    assert words_in_use() == set(interface_catalogue(language))
    same = {msgid for msgid, text in interface_catalogue(language).items() if text == msgid}
    assert same == COGNATES.get(language, set())
    with (PRESS / "editions" / "interface" / f"{language}.po").open("rb") as stream:
        assert not any(message.fuzzy for message in read_po(stream) if message.id)


def test_a_language_without_a_catalogue_is_worded_in_english() -> None:
    assert interface_words("it")("Abstract") == "Abstract"
    # Words in another script are not words of the language.
    assert interface_words("zh-TW")("Abstract") == interface_words("zh-Hant-HK")("Abstract") == "摘要"
    assert interface_words("zh-Hans-SG")("Search") == "搜索" and interface_words("zh-HK")("Search") == "搜尋"
    assert interface_words("fa-Latn")("Abstract") == "Abstract"
    assert interface_words("tr-CY")("Abstract") == "Özet"


def test_a_publication_may_have_words_of_its_own() -> None:
    use_own_words({"de": {"Sources": "Literatur"}, "it": {"Abstract": "Sommario"}})
    try:
        assert interface_words("de-AT")("Sources") == "Literatur" and interface_words("de")("Page") == "Seite"
        assert interface_words("it")("Abstract") == "Sommario" and language_of_words("it") == "en"
        with pytest.raises(ConfigurationError, match=r"de: .*no text “Sorces”; did you mean “Sources”\?"):
            use_own_words({"de": {"Sorces": "Literatur"}})
    finally:
        use_own_words({})
    assert interface_words("de")("Sources") == "Quellen und Literatur"
    assert check_words({"de": {"Sources": "Literatur"}}) is None
    wrong: list[object] = [[], {"german": {}}, {"de": "x"}, {"de": {"Sources": 1}}]
    assert all(check_words(value) for value in wrong)


def test_right_to_left_runs_are_isolated_whole() -> None:
    parts = isolated_text("Ghubar, «افغانستان در مسیر تاریخ», 1967; و بعد.")
    runs = [part.astext() for part in parts if isinstance(part, isolate)]
    assert runs == ["افغانستان در مسیر تاریخ", "و بعد"]
    assert "".join(part.astext() for part in parts) == "Ghubar, «افغانستان در مسیر تاریخ», 1967; و بعد."
    assert [type(part) for part in isolated_text("plain")] == [nodes.Text]


def test_no_line_begins_with_a_dash() -> None:
    assert with_no_break_spaces("Сноска — это, — что") == "Сноска\u00a0— это,\u00a0— что"
    assert with_no_break_spaces("see – ") == "see\u00a0– "
    assert with_no_break_spaces(" —") == "\u00a0—"
    assert with_no_break_spaces("1904–1905, a -b, — c") == "1904–1905, a -b,\u00a0— c"


def test_the_words_of_a_name_are_one_run() -> None:
    paragraph = nodes.paragraph("", "", *(nodes.Text(word) for word in ("میر", "\xa0", "غلام", " غبار", ". ", "کابل")))
    join_texts(paragraph)
    runs = [part.astext() for part in isolated_text(paragraph.astext()) if isinstance(part, isolate)]
    assert len(paragraph.children) == 1
    assert runs == ["میر\xa0غلام غبار", "کابل"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Marginalia Eurasiatica", "marginalia-eurasiatica"),
        ("  Işık & Gölge: İstanbul!", "isik-golge-istanbul"),
        ("Обзор", "publication"),
        ("Łódź/Đà Nẵng", "lodz-da-nang"),
    ],
)
def test_a_slug(title: str, name: str) -> None:
    assert slug(title) == name


def test_reading_order_is_that_of_the_contents_each_document_once() -> None:
    includes = {"index": ["b", "a"], "b": ["c", "index"], "a": ["c", "d"]}
    assert reading_order("index", includes) == ["index", "b", "c", "a", "d"]
