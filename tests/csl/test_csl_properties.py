"""Items with any values: no style fails on them, and the same sources always give the same text."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fleuron.csl.processor import Processor
from fleuron.csl.rendering.compiled_style import CompiledStyle, compile_style
from fleuron.csl.rendering.context import Cite
from fleuron.csl.rendering.positions import Citation
from fleuron.csl.style.style_files import find_style
from fleuron.csl.text.run_writers import to_html, to_plain
from fleuron.csl.vocabulary import DATE_VARIABLES, NAME_VARIABLES, TEXT_VARIABLES

pytestmark = pytest.mark.slow

# Real styles of every format and of as many languages as there are in it.
WRITTEN = """
    instrumenta-patristica-et-mediaevalia chicago-notes-bibliography-subsequent-author
    chicago-notes-bibliography-fr
    technische-universitat-hamburg-institut-fur-smarte-entwicklung-und-maschinenelemente mcgill-fr
    iso690-full-note-es society-of-biblical-literature-fullnote-bibliography
    rassegna-degli-archivi-di-stato-bibliografia-generale istanbul-universitesi-sosyal-bilimler-enstitusu
    proinflow infoclio-de ugent-geschiedenis-nederlands
    donau-universitat-krems-department-fur-e-governance-in-wirthschaft-und-verwaltung
    iso690-full-note-with-ibid-ro uniwersytet-kardynala-stefana-wyszynskiego-w-warszawie-przypis oscola
    chicago-notes-bibliography escuela-nacional-de-antropologia-e-historia-full-note
    fundamental-and-applied-limnology mhra-author-date-publisher-place chicago-author-date-17th-edition
    em-normandie-business-school-harvard-francais
    technische-universitat-dresden-betriebswirtschaftslehre-rechnungswesen-controlling
    universite-du-quebec-a-montreal associacao-brasileira-de-normas-tecnicas-ufrgs
    revista-ciencias-tecnicas-agropecuarias wirtschaftsuniversitat-wien-wirtschaftspadagogik
    universitas-negeri-yogyakarta-program-pascasarjana cumhuriyet-universitesi-fen-bilimleri-enstitusu
    ucl-university-college-apa uniwersytet-kardynala-stefana-wyszynskiego-w-warszawie-autor-rok
    universitat-bern-institut-fur-sozialanthropologie escuela-nacional-de-antropologia-e-historia-author-date
    urad-rs-za-makroekonomske-analize-in-razvoj comptes-rendus-numeric new-harts-rules-numbered
    apa-numeric-superscript-brackets cultivos-tropicales iso690-numeric-fr eva-berlin-konferenz
    china-national-standard-gb-t-7714-2015-numeric vodohospodarske-technicko-ekonomicke-informace
    gost-r-7-0-5-2008-numeric polytechnique-montreal-ieee bibtex din-1505-2-alphanumeric
    american-mathematical-society-label chicago-in-text-full zeitschrift-fur-fantastikforschung
    modern-language-association
"""
STYLES = tuple(WRITTEN.split())
TYPES = (
    "article-journal",
    "article-newspaper",
    "bill",
    "book",
    "chapter",
    "legal_case",
    "legislation",
    "manuscript",
    "paper-conference",
    "personal_communication",
    "report",
    "review",
    "thesis",
    "webpage",
    "no such type",
)
ODD_TEXTS = (
    *("", " ", ".", "?!", "<i>", "</i>", "<i>a <b>b</i> c</b>", '<span class="nocase">x</span>', "<script>", "&amp;"),
    *(
        '"',
        "“a “b” c",
        "'",
        "’n",
        "« a »",
        "‘",
        "a\\-b",
        "1-",
        "iv–x",
        "pp. 3-4",
        "vol. 1, fol. 2",
        "²",
        "۱۲–۱۵",
        "9" * 30,
    ),
    *(
        "\x00\x07",
        "\u202e\u2066x",
        "میر غلام",
        "İstanbul ıi",
        "東京",
        "e\u0301\u0301",
        "😀",
        "a\nb\tc",
        "genre: x\nissued: y",
    ),
    *("2001-02-30", "0", "-5", "1/2", "van der", "d’", "Jr.", "et al.", "http://x.y", "javascript:alert(1)"),
)
texts = st.one_of(st.sampled_from(ODD_TEXTS), st.text(max_size=12), st.text("aZ .,:;!?-–“”'&<>/", max_size=15))
odd = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3000, 3000),
    st.floats(),
    st.lists(st.one_of(texts, st.none(), st.lists(texts, max_size=2)), max_size=2),
    st.dictionaries(texts, texts, max_size=2),
)
PARTS = (
    *("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle"),
    *("static-ordering", "comma-suffix", "isInstitution"),
)
persons = st.one_of(st.dictionaries(st.sampled_from(PARTS), st.one_of(texts, texts, odd), max_size=4), odd, texts)
figures = st.one_of(st.integers(-2000, 2100), st.integers(0, 33), texts, odd)
dates = st.one_of(
    st.fixed_dictionaries(
        {"date-parts": st.lists(st.lists(figures, max_size=4), max_size=3)},
        optional={"circa": st.one_of(texts, odd), "season": st.one_of(texts, odd), "literal": texts},
    ),
    st.fixed_dictionaries({"raw": st.one_of(texts, st.sampled_from(["3 May 2001", "1999/2000", "ca. 1750", "44 BC"]))}),
    texts,
    odd,
)
KINDS = {
    **dict.fromkeys(sorted(DATE_VARIABLES), dates),
    **dict.fromkeys(sorted(NAME_VARIABLES), st.one_of(st.lists(persons, max_size=4), odd, texts)),
    **dict.fromkeys(sorted(TEXT_VARIABLES | {"note", "language", "shortTitle"}), st.one_of(texts, texts, odd)),
}
COMMON = ("author", "editor", "title", "container-title", "issued", "page", "volume", "language", "note", "URL")


@st.composite
def items(draw: st.DrawFn) -> dict[str, Mapping[str, Any]]:
    """Draw up to four items, each with some common variables and any others."""
    found: dict[str, Mapping[str, Any]] = {}
    for number in range(draw(st.integers(1, 4))):
        chosen = draw(
            st.lists(st.one_of(st.sampled_from(COMMON), st.sampled_from(list(KINDS))), max_size=9, unique=True)
        )
        item = {variable: draw(KINDS[variable]) for variable in chosen}
        found[f"item{number}"] = {"id": f"item{number}", "type": draw(st.sampled_from(TYPES)), **item}
    return found


cites = st.builds(
    Cite,
    st.sampled_from(["item0", "item1", "item2", "item3"]),
    texts,
    st.sampled_from(["page", "", "chapter", "sub verbo", "no such label"]),
    texts,
    texts,
    st.booleans(),
    st.booleans(),
)
notes = st.lists(
    st.builds(lambda found, note: Citation(tuple(found), note), st.lists(cites, max_size=3), st.integers(0, 9)),
    max_size=5,
)


@cache
def compiled(name: str) -> CompiledStyle:
    return compile_style(find_style(name))


def printed(style: CompiledStyle, found: Mapping[str, Mapping[str, Any]], citations: list[Citation]) -> list[str]:
    """Render notes and bibliography; ids without an item are cited as well."""
    processor = Processor(style, found)
    runs = [
        *processor.render_citations(citations),
        *(entry.runs for entry in processor.render_bibliography(sorted(found))),
    ]
    return [to_html(each, links=True) + to_plain(each) for each in runs]


@pytest.mark.parametrize("name", STYLES)
@settings(
    max_examples=200 if "FLEURON_NIGHTLY" in os.environ else 5,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(found=items(), citations=notes)
def test_any_items_are_rendered_deterministically(
    name: str, found: dict[str, Mapping[str, Any]], citations: list[Citation]
) -> None:
    style = compiled(name)
    once = printed(style, found, citations)
    assert len(once) == len(citations) + (len(found) if style.bibliography is not None else 0)
    assert printed(style, found, citations) == once
    turned = dict(reversed(found.items()))
    assert printed(style, turned, citations) == once


def test_fifty_styles_of_every_citation_format_are_used() -> None:
    assert len(set(STYLES)) == 50
    formats = {
        str(category.get("citation-format"))
        for name in STYLES
        for category in compiled(name).style.root.iterfind("{*}info/{*}category[@citation-format]")
    }
    assert formats == {"note", "author-date", "numeric", "label", "author"}
    assert len({compiled(name).locale.language for name in STYLES}) > 15


@pytest.mark.parametrize(
    ("style", "item"),
    [
        # A sign that looks like part of a tag, in a given name that the style shortens.
        ("instrumenta-patristica-et-mediaevalia", {"author": [{"given": "0<"}]}),
        # A block that consists of nothing but the blank title.
        ("din-1505-2-alphanumeric", {"author": [], "title": " "}),
    ],
)
def test_values_that_once_ended_in_an_exception(style: str, item: dict[str, Any]) -> None:
    processor = Processor(compiled(style), {"a": {"id": "a", "type": "article-journal", **item}})
    processor.render_bibliography(["a"])
    processor.render_citations([Citation((Cite("a"),), 1)])
