"""Items as BibTeX and RIS, read back; and any text as a .bib file, read without an exception."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import rispy  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from fleuron.csl.sources.bibtex import read_bibliography
from fleuron.csl.sources.entry.field_names import OWN_NAMES, TEXTS
from fleuron.csl.sources.entry.names import OTHERS
from fleuron.csl.sources.entry.types import entry_type
from fleuron.csl.sources.export import bibtex, ris
from fleuron.csl.sources.export.bibtex import to_bibtex
from fleuron.csl.sources.export.ris import to_ris
from fleuron.csl.sources.latex.reader import decode
from fleuron.csl.vocabulary import ITEM_TYPES, ROLES, split_words
from tests.support.ris_records import read_ris

REFS = Path(__file__).parents[2] / "refs.bib"
steady = settings(derandomize=True, database=None, deadline=None, max_examples=150)

# One value for each variable: the round trips take every type of item with every variable.
PERSONS = [
    {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
    {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
    {"literal": "United Nations and Others"},
    {"family": "غبار", "given": "میر غلام محمد"},
    OTHERS,
]
VALUES: dict[str, Any] = {
    "title": 'The <span class="nocase">NATO</span> & <i>Homo</i> 100% – “x”',
    "title-short": "NATO",
    "container-title": "Journal_of #1",
    "container-title-short": "J.",
    "collection-title": "Series",
    "volume-title": "Volume’s title",
    "event-title": "Congress",
    "original-title": "Оригинал",
    "part-title": "Part",
    "reviewed-title": "Reviewed",
    "issued": {"date-parts": [[2001, 5, 6]]},
    "accessed": {"date-parts": [[2022, 11, 18]]},
    "event-date": {"date-parts": [[1999, 1], [1999, 2]]},
    "original-date": {"date-parts": [[-44]], "circa": True},
    "submitted": {"date-parts": [[2000]], "season": 2},
    "available-date": {"literal": "soon"},
    "page": "12-34, 56",
    "edition": "2",
    "issue": "4",
    "number": "12a",
    "collection-number": "7",
    "publisher": "Simon and Schuster",
    "publisher-place": "Paris; München",
    "jurisdiction": "Germany",
    "genre": "Map",
    "note": "A note. With $ and {braces}",
    "status": "in press",
    "language": "fa",
    "citation-label": "KrV",
    "DOI": "10.1/a_b",
    "URL": "https://example.org/~a_b?c=%20&d#e",
    "ISBN": "978-3-16-148410-0",
    "ISSN": "2049-3630",
    "PMID": "12",
    "PMCID": "PMC12",
    **dict.fromkeys(ROLES, PERSONS),
    "keyword": "a, b",
}
VALUES |= {variable: f"{variable} 1" for variable in (*TEXTS.values(), *OWN_NAMES.values()) if variable not in VALUES}


@pytest.mark.parametrize("item_type", sorted(ITEM_TYPES))
def test_every_variable_of_every_type_survives_bibtex(item_type: str) -> None:
    item = {"id": "k:1", "type": item_type, **VALUES}
    items, findings = read_bibliography(to_bibtex([item]))
    back = items["k:1"]
    assert {
        variable: (value, back.get(variable)) for variable, value in item.items() if back.get(variable) != value
    } == {}
    assert set(back) == set(item)
    assert [(finding.field, finding.message[:6]) for finding in findings] == [("availabledate", "“soon”")]


@pytest.mark.parametrize("variable", [variable for variable in VALUES if variable not in ("container-title", "genre")])
@pytest.mark.parametrize(
    "item_type", ["article-journal", "book", "chapter", "webpage", "thesis", "manuscript", "patent"]
)
def test_each_variable_alone_survives_bibtex(item_type: str, variable: str) -> None:
    item = {"id": "k", "type": item_type, variable: VALUES[variable]}
    items, _findings = read_bibliography(to_bibtex([item]))
    assert items == {"k": item}


WRITTEN_NAMES = [
    "van Beethoven, Ludwig",
    "King, Martin Luther, Jr.",
    "United Nations and Others",
    "غبار, میر غلام محمد",
    "et al.",
]


@pytest.mark.parametrize("item_type", sorted(ITEM_TYPES))
def test_every_variable_with_a_ris_tag_is_written(item_type: str) -> None:
    item = {"id": "k:1", "type": item_type, **VALUES, "title": "Plain & “title”", "original-date": VALUES["issued"]}
    (back,) = read_ris(to_ris([item]))
    assert back == {
        "TY": [ris.TYPES.get(item_type, "GEN")],
        "ID": ["k:1"],
        **{tag: [str(item[variable])] for variable, tag in ris.TEXT_TAGS.items()},
        **dict.fromkeys(ris.NAME_TAGS.values(), WRITTEN_NAMES),
        **{"PY": ["2001"], "DA": ["2001/05/06/"], "Y2": ["2022/11/18/"], "SP": ["12-34, 56"]},
        **{"SN": ["978-3-16-148410-0", "2049-3630"], "KW": ["a", "b"]},
    }


DATES: list[tuple[dict[str, Any], str]] = [
    ({"date-parts": [[2001]]}, "2001///"),
    ({"date-parts": [[2001, 5]]}, "2001/05//"),
    ({"date-parts": [[2001], [2003]]}, "///2001/2003"),
    ({"date-parts": [[2001], [0]]}, "///2001/.."),
    ({"date-parts": [[-44]]}, "///-0043"),
    ({"date-parts": [[1900]], "circa": True}, "///1900~"),
    ({"date-parts": [[1999]], "season": 3}, "///1999-23"),
    ({"literal": "forthcoming"}, "///forthcoming"),
]


@pytest.mark.parametrize(("date", "written"), DATES)
def test_dates_are_written_and_read_back(date: dict[str, Any], written: str) -> None:
    item = {"id": "k", "type": "book", "issued": date}
    assert read_bibliography(to_bibtex([item]))[0]["k"] == item
    assert read_ris(to_ris([item]))[0]["DA"] == [written]


def test_rispy_reads_our_ris() -> None:
    items, _findings = read_bibliography(REFS.read_text("utf-8"))
    records = rispy.loads(to_ris(items.values()))
    assert [record["id"] for record in records] == list(items)
    mackinder = records[2]
    assert mackinder["type_of_reference"] == "JOUR"
    assert mackinder["authors"] == ["Mackinder, H. J."]
    assert (mackinder["start_page"], mackinder["end_page"]) == ("421", "437")
    assert (mackinder["secondary_title"], mackinder["volume"], mackinder["number"]) == (
        "The Geographical Journal",
        "23",
        "4",
    )
    assert mackinder["year"] == "1904"
    assert records[0]["access_date"] == "2022/11/18/"


def test_the_sample_bibliography_survives_bibtex() -> None:
    items, _findings = read_bibliography(REFS.read_text("utf-8"))
    assert read_bibliography(to_bibtex(items.values())) == (items, [])


@pytest.mark.parametrize("item_type", sorted(ITEM_TYPES))
def test_every_item_type_has_an_entry_type(item_type: str) -> None:
    items, findings = read_bibliography(to_bibtex([{"id": "k", "type": item_type}]))
    assert items["k"]["type"] == item_type
    assert findings == []
    assert entry_type(item_type)[0]


def test_bibtex_types_and_names_are_used_where_they_exist() -> None:
    thesis = {"id": "a b{c}", "type": "thesis", "genre": "PhD thesis", "custom": {"genre-key": "phdthesis"}}
    text = to_bibtex([thesis | {"publisher": "U", "publisher-place": "P", "issued": {"date-parts": [[2001, 5]]}}])
    assert text.splitlines() == [
        "@phdthesis{a_b_c_,",
        "  year    = {2001},",
        "  month   = may,",
        "  school  = {U},",
        "  address = {P},",
        "}",
    ]


# Fragments of .bib files, for files with any content.
PIECES = split_words(
    r"{ } {} ( ) , = # @ \ % $ & ~ ^ _ ` ' -- \emph \textbf{ \'e \v{s} \foo \url{ \href{ \enquote{ $x^2$ <i> </i> "
    r"<span and others von van Jr. family= given= xdata=k-title 2001 2001/ -0043 20XX 18.11.2022 jan c. "
    r"«x» غبار 中文 й \( \em \begin"
)
FIELDS = split_words(
    "author editor title booktitle maintitle date year month urldate crossref xdata langid language pages series "
    "number url doi eprint eprinttype howpublished type options namea nameatype edition odd"
)
texts = st.lists(st.sampled_from((*PIECES, " ", "\n", '"', "Word", "\u00a0")), max_size=12).map("".join)
entries = st.builds(
    lambda kind, key, pairs: f"@{kind}{{{key},\n" + ",\n".join(f"{name} = {{{text}}}" for name, text in pairs) + "}\n",
    st.sampled_from(split_words("article book inbook mvbook xdata set online thesis odd comment string preamble")),
    st.sampled_from(split_words("k l m")),
    st.lists(st.tuples(st.sampled_from(FIELDS), texts), max_size=5),
)


@steady
@given(st.lists(st.one_of(entries, texts), max_size=5).map("".join))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    items, _findings = read_bibliography(text)
    assert all(item["id"] == key and item["type"] in ITEM_TYPES for key, item in items.items())
    again = to_bibtex(items.values())
    assert set(read_bibliography(again)[0]) == {bibtex.entry_key(item) for item in items.values()}
    assert len(read_ris(to_ris(items.values()))) == len(items)


@steady
@given(texts, st.booleans())
def test_tags_come_only_from_commands_and_are_balanced(source: str, title: bool) -> None:
    text = decode(source, title=title)
    opened: list[str] = []
    for slash, tag in re.findall("<(/?)(i|b|sup|sub|span)(?: [^>]*)?>", text):
        if slash:
            assert opened.pop() == tag
        else:
            opened.append(tag)
    assert opened == []


plain = st.lists(
    st.sampled_from((*split_words("Word NATO й 中文 & % $ # _ { } ^ ~ \\ < > = , ; and von - – “x” a=b"),)),
    min_size=1,
    max_size=5,
)
values = plain.map(" ".join)
parts = st.fixed_dictionaries({"family": values, "given": values}, optional={"non-dropping-particle": st.just("van")})
persons = st.lists(st.one_of(parts, st.builds(lambda text: {"literal": text}, values)), min_size=1, max_size=3)


@steady
@given(
    st.fixed_dictionaries(
        {"id": st.just("k"), "type": st.sampled_from(sorted(ITEM_TYPES))},
        optional={
            **dict.fromkeys(split_words("title note abstract event-title annote original-title keyword"), values),
            **dict.fromkeys(split_words("author editor translator recipient"), persons),
        },
    )
)
def test_any_text_survives_bibtex(item: dict[str, Any]) -> None:
    items, _findings = read_bibliography(to_bibtex([item]))
    assert items == {"k": item}


@steady
@given(
    st.dictionaries(
        st.sampled_from((*VALUES, "id", "type", "custom")),
        st.one_of(
            st.none(), st.integers(), values, st.lists(values), st.just({"date-parts": [["x"], [None]], "season": "x"})
        ),
    )
)
def test_any_item_is_written_without_an_exception(item: dict[str, Any]) -> None:
    assert to_bibtex([item]).startswith("@")
    assert to_ris([item]).endswith("ER  - \r\n")
