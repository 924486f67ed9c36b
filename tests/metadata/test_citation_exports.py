"""An article as BibTeX, RIS and CSL-JSON, read back by our own readers and by those of other programs."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
import rispy  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string

from fleuron.csl.sources.bibtex import read_bibliography
from fleuron.csl.sources.export.ris import TEXT_TAGS
from fleuron.csl.sources.latex.writer import plain_text
from fleuron.metadata.citation_exports import MEDIA_TYPES, citation_files, csl_item, exported_item
from fleuron.metadata.plain_text import one_line
from fleuron.metadata.work import Work, person
from fleuron.publication.values.places import PageRange
from tests.support.article_works import ALL, BARE, HOSTILE, IN_RUSSIAN, IN_TURKISH, PAGE, TAMED, WHOLE
from tests.support.ris_records import read_ris

steady = settings(derandomize=True, database=None, deadline=None, max_examples=150)
# A straight apostrophe comes back as TeX prints it.
NO_CASE = '<span class="nocase">'
CURLY = str.maketrans("'", "’")


def as_tex_prints(value: Any) -> Any:
    if isinstance(value, str):
        return value.translate(CURLY)
    if isinstance(value, list):
        return [as_tex_prints(one) for one in value]
    if isinstance(value, dict):
        return {name: as_tex_prints(one) for name, one in value.items()}
    return value


def test_an_article_is_an_item() -> None:
    assert csl_item(WHOLE) == {
        "id": "delta-en",
        "type": "article-journal",
        "title": "The Delta: A river’s end",
        "author": [
            {"family": "Lovelace", "given": "Ada", "non-dropping-particle": "van der"},
            {"literal": "The Editors, a Desk"},
        ],
        "container-title": "Marginalia",
        "publisher": "The Press",
        "issued": {"date-parts": [[2026, 11, 3]]},
        "abstract": "What the river leaves behind. And what it takes.",
        "keyword": "rivers, İstanbul, дельта",
        "language": "en",
        "DOI": "10.5555/a<b>#1",
        "URL": PAGE,
    }


def test_missing_values_are_left_out() -> None:
    assert csl_item(BARE) == {"id": "bare-en", "type": "article-journal", "title": "Bare", "language": "en"}


def test_editions_of_one_article_have_different_keys() -> None:
    assert len({csl_item(work)["id"] for work in (WHOLE, IN_TURKISH, IN_RUSSIAN)}) == 3


@pytest.mark.parametrize("work", ALL.values(), ids=ALL)
def test_the_item_can_be_read_back_from_each_file(work: Work) -> None:
    item = csl_item(work)
    records = citation_files(item)
    assert set(records) == set(MEDIA_TYPES)
    assert json.loads(records["json"]) == [item]
    items, findings = read_bibliography(records["bib"])
    assert findings == []
    assert without_short_titles(items) == {item["id"]: as_tex_prints(item)}
    (back,) = read_ris(records["ris"])
    assert (back["ID"], back["TY"]) == ([item["id"]], ["JOUR"])
    for variable in ("title", "container-title", "publisher", "abstract", "language", "URL"):
        expected = [plain_text(item[variable])] if variable in item else None
        assert back.get(TEXT_TAGS[variable]) == expected
    assert back.get("DA") == ([f"{work.date:%Y/%m/%d}/"] if work.date else None)
    assert len(back.get("AU", ())) == len(item.get("author", ()))


@pytest.mark.parametrize("work", ALL.values(), ids=ALL)
def test_each_record_is_one_record_of_text_that_a_file_can_hold(work: Work) -> None:
    records = citation_files(csl_item(work))
    assert all(records[ending].encode().decode() == records[ending] for ending in MEDIA_TYPES)
    assert len(rispy.loads(records["ris"])) == 1
    assert list(parse_string(records["bib"], "bibtex").entries) == [csl_item(work)["id"]]
    assert records["ris"].count("TY  - ") == 1 + records["ris"].count(" TY  - ")


def test_rispy_reads_the_ris_file() -> None:
    (record,) = rispy.loads(citation_files(csl_item(IN_RUSSIAN))["ris"])
    assert record["type_of_reference"] == "JOUR"
    assert record["title"] == "Ёлка в дельте: «начало»"
    assert record["authors"] == ["Толстой, Лев Николаевич"]
    assert record["secondary_title"] == "Marginalia"
    assert (record["year"], record["language"]) == ("2026", "ru")
    assert record["keywords"] == ["rivers", "İstanbul", "дельта"]
    assert record["urls"] == [IN_RUSSIAN.address]


def test_pybtex_reads_the_bibtex_file() -> None:
    entry = parse_string(citation_files(csl_item(IN_TURKISH))["bib"], "bibtex").entries["delta-tr"]
    assert entry.type == "article"
    assert entry.fields["title"] == "{Iğdır’da ılık bir şölen: İstanbul’dan bakış}"
    assert entry.fields["langid"] == "turkish"
    assert [str(one) for one in entry.persons["author"]] == ["Çağlayan, Ömer Seyfettin"]


def test_an_organisations_name_is_not_split_by_a_reader_of_bibtex() -> None:
    entry = parse_string(citation_files(csl_item(WHOLE))["bib"], "bibtex").entries["delta-en"]
    assert [one.last_names for one in entry.persons["author"]] == [["Lovelace"], ["{The Editors, a Desk}"]]


def without_short_titles(items: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return items without the short titles that the reader makes, and without the braces that keep capitals."""
    kept = {key: {name: value for name, value in item.items() if name != "title-short"} for key, item in items.items()}
    for item in kept.values():
        if title := item.get("title"):
            item["title"] = unprotected(title)
    return kept


def unprotected(title: str) -> str:
    """Return a title without the span that its braces are read as, which must be around all of it."""
    assert title.startswith(NO_CASE) and title.endswith("</span>"), title
    return title.removeprefix(NO_CASE).removesuffix("</span>")


def test_what_looks_like_markup_stays_text() -> None:
    item = csl_item(replace(BARE, title="<i>z</i> and <span x> but 1 < 2"))
    assert plain_text(item["title"]) == "<i>z</i> and <span x> but 1 < 2"
    assert unprotected(read_bibliography(citation_files(item)["bib"])[0]["bare-en"]["title"]) == item["title"]
    assert read_ris(citation_files(item)["ris"])[0]["TI"] == ["<i>z</i> and <span x> but 1 < 2"]


def test_a_hostile_article_is_one_item_without_an_address() -> None:
    item = csl_item(HOSTILE)
    assert "URL" not in item
    assert [plain_text(name["literal"]) for name in item["author"][1:]] == [TAMED]
    assert len(item["author"]) == 2
    assert plain_text(item["title"]) == f"{TAMED}: {'T' * 400}"


# As a foreign editor of titles, names and keywords might write them.
WORDS = 'Word й İ غبار { } \\ % $ & # _ ^ ~ " < > </i> <i> <b>x</b> @ = , ; : - -- --- `` . ? and von ER'
words = st.sampled_from((*WORDS.split(), "\n", "\r\n", "\t", "\x00", ""))
texts = st.lists(words, max_size=8).map(" ".join)


@steady
@given(
    st.builds(
        Work,
        name=st.just("k"),
        language=st.sampled_from(("en", "tr", "ru", "fa")),
        title=texts,
        abstract=texts,
        publication=texts,
        publisher=texts,
        authors=st.lists(st.builds(person, texts, is_organization=st.booleans()), max_size=3).map(tuple),
    )
)
def test_any_text_can_be_read_back_from_each_file(work: Work) -> None:
    item = csl_item(work)
    records = citation_files(item)
    assert json.loads(records["json"]) == [item]
    assert without_short_titles(read_bibliography(records["bib"])[0]) == {item["id"]: item}
    (back,) = read_ris(records["ris"])
    assert back.get("TI", [""]) == [plain_text(item.get("title", ""))] == [one_line(work.full_title)]


def test_what_readers_take_with_them_has_the_licence_and_the_version() -> None:
    released = replace(WHOLE, issn="2049-3630", volume="7", issue="2", pages=PageRange("13", "27"))
    released = replace(released, version="v1.0", version_doi="10.5555/1.v1.0", version_address=f"{PAGE}?v1.0")
    files = citation_files(exported_item(released))
    [entry] = parse_string(files["bib"], "bibtex").entries.values()
    licence = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"
    assert plain_text(entry.fields["copyright"]) == licence
    expected = {"issn": "2049-3630", "volume": "7", "number": "2", "pages": "13--27", "publisher": "The Press"}
    expected |= {"version": "v1.0", "doi": "10.5555/1.v1.0", "url": f"{PAGE}?v1.0"}
    assert {name: entry.fields[name] for name in expected} == expected
    [record] = rispy.loads(files["ris"])
    assert record["notes"] == [f"License: {licence}"]
    told = [record[name] for name in ("issn", "volume", "number", "start_page", "end_page", "publisher", "doi")]
    assert told == ["2049-3630", "7", "2", "13", "27", "The Press", "10.5555/1.v1.0"]
    [item] = json.loads(files["json"])
    assert item["custom"] == {"copyright": licence} and item["version"] == "v1.0"
    assert {"ISSN", "volume", "issue", "page", "publisher"} <= item.keys()
    assert exported_item(replace(released, licence=None, version="", version_doi="", version_address="")) == csl_item(
        replace(released, licence=None)
    )


def test_the_files_read_back_as_the_item_with_its_licence_hostile_or_not() -> None:
    for work in ALL.values():
        files = citation_files(exported_item(work))
        assert len(rispy.loads(files["ris"])) == 1 and len(parse_string(files["bib"], "bibtex").entries) == 1
