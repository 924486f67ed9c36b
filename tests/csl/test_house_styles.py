"""The house styles: exact notes, and no stray comma, bracket or space when a field is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Any

import pytest
from lxml import etree

from fleuron.csl.processor import Processor
from fleuron.csl.rendering.compiled_style import CompiledStyle, compile_style
from fleuron.csl.rendering.context import Cite, Position
from fleuron.csl.rendering.positions import Citation
from fleuron.csl.style.style_files import find_style
from fleuron.csl.text.run_writers import to_html, to_plain

STYLES = ("gost-note", "opcit")
LANGUAGES = ("en-US", "tr-TR", "ru-RU", "fa-IR")
CSL = "{http://purl.org/net/xbiblio/csl}"
PERSIAN = "پایان نشست مسکو؛ نمایندگان کشورها خواهان آشتی ملی و تشکیل حکومت فراگیر در افغانستان شدند"
Item = dict[str, Any]


def day(*parts: int) -> Item:
    return {"date-parts": [list(parts)]}


def person(family: str, given: str) -> Item:
    return {"family": family, "given": given}


AFINTL: Item = {
    "type": "webpage", "title": PERSIAN, "publisher": "Afintl", "accessed": day(2022, 11, 18), "language": "fa",
}  # fmt: skip
BASARAN: Item = {
    "type": "webpage", "author": [person("Başaran", "Doğacan")], "accessed": day(2022, 11, 18), "language": "en",
    "title": "Taliban Divergence in Russia-Iran Relations?", "publisher": "ANKASAM",
}  # fmt: skip
MACKINDER: Item = {
    "type": "article-journal", "author": [person("Mackinder", "Halford John")], "language": "en",
    "title": "The Geographical Pivot of History", "container-title": "The Geographical Journal",
    "volume": "23", "issue": "4", "page": "421-437", "issued": day(1904),
}  # fmt: skip
KORGUN: Item = {
    "type": "book", "author": [person("Коргун", "В. Г.")], "title": "История Афганистана. XX век",
    "publisher": "Крафт+", "publisher-place": "Москва", "issued": day(2004), "language": "ru",
}  # fmt: skip
TALIBAN: Item = {
    "type": "book", "author": [person("Rashid", "Ahmed")], "title": "Taliban: Militant Islam", "language": "en",
    "title-short": "Taliban", "publisher": "Yale University Press", "publisher-place": "New Haven",
    "issued": day(2000),
}  # fmt: skip
DESCENT: Item = TALIBAN | {"title": "Descent into Chaos", "title-short": "Descent", "issued": day(2008)}


@cache
def compiled(style: str, language: str) -> CompiledStyle:
    return compile_style(find_style(style), language)


def render(style: str, language: str, items: Mapping[str, Item], notes: Sequence[Sequence[Cite]]) -> list[str]:
    citations = [Citation(tuple(cites), number) for number, cites in enumerate(notes, 1)]
    return [to_plain(runs) for runs in Processor(compiled(style, language), items).render_citations(citations)]


def cited(style: str, language: str, *cites: tuple[Item, str]) -> list[str]:
    """Render notes of one cite each, from the item and its page."""
    items = {str(id(item)): item for item, _page in cites}
    return render(style, language, items, [[Cite(str(id(item)), page)] for item, page in cites])


def listed(style: str, language: str, *sources: Item) -> list[str]:
    items = {str(number): item for number, item in enumerate(sources)}
    return [to_plain(entry.runs) for entry in Processor(compiled(style, language), items).render_bibliography(items)]


@pytest.mark.parametrize("style", STYLES)
def test_a_house_style_is_valid_csl_for_notes(style: str) -> None:
    schema = etree.RelaxNG(etree.parse(str(files("citeproc") / "data/schema/schemas/styles/csl.rng")))
    found = find_style(style)
    assert schema.validate(etree.ElementTree(found.root)), schema.error_log.filter_from_errors()
    assert found.is_note and found.area("bibliography") is not None


def test_additions_to_locales_are_terms_that_csl_knows() -> None:
    english = etree.parse(str(files("citeproc") / "data/locales/locales-en-US.xml"))
    known = {term.get("name") for term in english.iter(f"{CSL}term")} | {"editor-translator"}
    # Places in a source for which CSL has no term.
    known |= {"fonds", "inventory", "archive-file", "leaf", "following-pages"}
    folder = files("fleuron.csl.style") / "locale_files"
    paths = {each.name: each for each in folder.iterdir() if each.name.endswith(".xml")}
    assert sorted(paths) == [f"locales-{name}.xml" for name in ("en-US", "fa-IR", "ru-RU", "tr-TR")]
    for file_name, path in paths.items():
        root = etree.fromstring(path.read_bytes())
        keys = [(term.get("name"), term.get("form")) for term in root.iter(f"{CSL}term")]
        assert {name for name, _form in keys} <= known
        assert len(keys) == len(set(keys))
        assert file_name == f"locales-{root.get('{http://www.w3.org/XML/1998/namespace}lang')}.xml"


@pytest.mark.parametrize(
    ("language", "opening", "closing", "accession", "repeated"),
    [
        ("en-US", "“", "”", "Date of Accession", "op.cit."),
        ("tr-TR", "“", "”", "Erişim Tarihi", "a.g.e."),
        ("ru-RU", "«", "»", "Дата обращения", "указ. соч."),
    ],
)
def test_opcit_prints_the_notes_of_the_house_style(
    language: str, opening: str, closing: str, accession: str, repeated: str
) -> None:
    title, other = f"{opening}{PERSIAN}{closing}", f"{opening}{BASARAN['title']}{closing}"
    assert cited("opcit", language, (AFINTL, ""), (BASARAN, ""), (AFINTL, "")) == [
        f"{title}, Afintl, ({accession}: 18.11.2022).",
        f"Doğacan Başaran, {other}, ANKASAM, ({accession}: 18.11.2022).",
        f"{title}, {repeated}",
    ]
    (at_an_address,) = cited("opcit", language, (AFINTL | {"URL": "https://example.org/fa"}, ""))
    assert at_an_address == f"{title}, Afintl, https://example.org/fa, ({accession}: 18.11.2022)."


@pytest.mark.parametrize(
    ("language", "repeated", "ibid", "page"),
    [
        ("en-US", "op.cit.", "Ibid.", "p."),
        ("tr-TR", "a.g.e.", "Aynı yer", "s."),
        ("ru-RU", "указ. соч.", "Там же", "с."),
    ],
)
def test_opcit_shortens_sources_cited_before(language: str, repeated: str, ibid: str, page: str) -> None:
    notes = cited("opcit", language, (BASARAN, ""), (AFINTL, ""), (BASARAN, "4"), (BASARAN, "5"), (BASARAN, "5"))
    assert notes[2:] == [f"Başaran, {repeated}, {page} 4.", f"{ibid}, {page} 5.", f"{ibid.removesuffix('.')}."]


def test_ibid_begins_with_a_capital_only_at_the_beginning_of_a_note() -> None:
    notes = [[Cite("m")], [Cite("m", "2", prefix="see ")], [Cite("r"), Cite("r", "3")]]
    assert render("opcit", "en-US", {"m": MACKINDER, "r": TALIBAN}, notes)[1:] == [
        "see ibid., p. 2.",
        "Ahmed Rashid, Taliban: Militant Islam, Yale University Press, New Haven, 2000; ibid., p. 3.",
    ]


def test_works_of_one_author_are_disambiguated_by_title() -> None:
    sources = ((TALIBAN, ""), (DESCENT, ""), (TALIBAN, "3"))
    assert cited("opcit", "en-US", *sources)[2] == "Rashid, Taliban, op.cit., p. 3."
    assert cited("gost-note", "ru-RU", *sources)[2] == "Rashid A. Taliban… С. 3."


def test_authors_of_one_family_name_are_disambiguated_by_given_name() -> None:
    other = DESCENT | {"author": [person("Rashid", "Leila")]}
    assert cited("opcit", "en-US", (TALIBAN, ""), (other, ""), (TALIBAN, "3"))[2] == "Ahmed Rashid, op.cit., p. 3."


def test_works_without_an_author_are_disambiguated_by_container() -> None:
    one = {"type": "article-newspaper", "title": "Same Title", "container-title": "The Courier", "language": "en"}
    sources = ((one, ""), (one | {"container-title": "The Herald"}, ""), (one, "3"))
    assert cited("opcit", "en-US", *sources)[2] == "“Same Title”, The Courier, op.cit., p. 3."


def test_opcit_prints_books_articles_and_pages() -> None:
    names = [person("Chen", "Wei"), person("Ito", "Haruka"), person("Park", "Ji-woo"), person("Silva", "João")]
    assert cited("opcit", "en-US", (MACKINDER, "422"), (TALIBAN | {"author": names, "edition": "2"}, "5-7")) == [
        "Halford John Mackinder, “The Geographical Pivot of History”, The Geographical Journal, vol. 23, no. 4 (1904), "
        "pp. 421–437 (p. 422).",
        "Wei Chen et al., Taliban: Militant Islam, 2nd ed., Yale University Press, New Haven, 2000, pp. 5–7.",
    ]
    assert cited("opcit", "tr-TR", (TALIBAN | {"author": names[:3]}, "5-7")) == [
        "Wei Chen, Haruka Ito ve Ji-woo Park, Taliban: Militant Islam, Yale University Press, New Haven, 2000, s. 5-7."
    ]


def test_gost_separates_areas_by_full_stops() -> None:
    notes = cited("gost-note", "ru-RU", (KORGUN, "12"), (MACKINDER, ""), (KORGUN, "15"), (KORGUN, "5"), (KORGUN, "5"))
    assert notes == [
        "Коргун В. Г. История Афганистана. XX век. Москва : Крафт+, 2004. С. 12.",
        "Mackinder H. J. The Geographical Pivot of History // The Geographical Journal. 1904. Т. 23, № 4. С. 421–437.",
        "Коргун В. Г. Указ. соч. С. 15.",
        "Там же. С. 5.",
        "Там же.",
    ]
    assert cited("gost-note", "ru-RU", (BASARAN | {"URL": "https://example.org/d"}, "")) == [
        "Başaran D. Taliban Divergence in Russia-Iran Relations? [Электронный ресурс] // ANKASAM. "
        "URL: https://example.org/d (дата обращения: 18.11.2022)."
    ]


def test_the_series_of_a_book_is_printed_in_the_bibliography_only() -> None:
    book = TALIBAN | {"collection-title": "Yale Studies", "collection-number": "7"}
    assert "Yale Studies" not in cited("opcit", "en-US", (book, ""))[0]
    assert "Taliban: Militant Islam, Yale Studies 7, Yale University Press" in listed("opcit", "en-US", book)[0]
    assert "New Haven : Yale University Press, 2000 (Yale Studies ; 7)." in listed("gost-note", "ru-RU", book)[0]


def test_bibliographies_are_sorted_by_author_then_title_then_year() -> None:
    later = TALIBAN | {"issued": day(2010)}
    assert listed("opcit", "en-US", BASARAN, later, TALIBAN, DESCENT, MACKINDER)[1:] == [
        "Mackinder, Halford John, “The Geographical Pivot of History”, The Geographical Journal, vol. 23, no. 4 "
        "(1904), pp. 421–437.",
        "Rashid, Ahmed, Descent into Chaos, Yale University Press, New Haven, 2008.",
        "Rashid, Ahmed, Taliban: Militant Islam, Yale University Press, New Haven, 2000.",
        "Rashid, Ahmed, Taliban: Militant Islam, Yale University Press, New Haven, 2010.",
    ]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_keep_their_case_and_books_are_in_italics(style: str, language: str) -> None:
    for title in ("the iPhone and NATO in russia", "россия и НАТО", "ışık ve İstanbul"):
        for kind in ("book", "article-journal", "report", "legislation"):
            item = {"type": kind, "title": title, "container-title": title.upper(), "language": "en"}
            (note,) = cited(style, language, (item, ""))
            assert title in note
            assert kind not in ("article-journal",) or title.upper() in note
    citations = Processor(compiled("opcit", language), {"r": TALIBAN}).render_citations([Citation((Cite("r"),), 1)])
    assert "<i>Taliban: Militant Islam</i>" in to_html(citations[0])


VALUES: Item = {
    "author": [person("Keller", "Marta"), person("Okafor", "Chidi")],
    "editor": [person("Lindqvist", "Åsa")], "translator": [person("Novak", "Petra")],
    "director": [person("Silva", "João")], "interviewer": [person("Demir", "Elif")],
    "recipient": [person("Curzon", "George")], "container-author": [person("Wood", "John")],
    "reviewed-author": [person("Grafton", "Anthony")],
    "title": "Borders and Bridges: A History", "title-short": "Borders", "container-title": "Steppe Papers",
    "collection-title": "Frontier Studies", "reviewed-title": "Rivers as Walls", "event-title": "Oxus Days",
    "event-place": "Tashkent", "volume": "23", "issue": "65", "number": "57", "edition": "39", "version": "6.1",
    "page": "421-437", "publisher": "Meridian House", "publisher-place": "Leiden", "genre": "survey",
    "authority": "High Court", "medium": "celluloid", "archive": "Royal Archive", "archive_location": "Box 88",
    "issued": day(1964, 5, 17), "original-date": day(1841), "accessed": day(2022, 11, 18),
    "URL": "https://example.org/borders", "DOI": "10.5555/99",
}  # fmt: skip
ADDRESS = "URL accessed"
IMPRINT = f"publisher publisher-place issued {ADDRESS}"
BOOK = f"author editor translator title title-short edition volume original-date {IMPRINT}"
KINDS = {
    "article": f"author title container-title genre number publisher issued archive page {ADDRESS}",
    "article-journal": f"author title title-short container-title volume issue page issued DOI {ADDRESS}",
    "article-magazine": f"author title container-title volume issue page issued {ADDRESS}",
    "article-newspaper": f"author title title-short container-title page issued {ADDRESS}",
    "book": f"{BOOK} collection-title",
    "chapter": f"{BOOK} container-author container-title page",
    "dataset": f"author title genre version publisher issued DOI {ADDRESS}",
    "document": f"author title genre number publisher publisher-place issued archive archive_location {ADDRESS}",
    "entry-encyclopedia": f"author title container-title editor edition volume page {IMPRINT}",
    "interview": f"author title title-short interviewer genre container-title issued {ADDRESS}",
    "legal_case": "title authority number container-title volume page issued",
    "legislation": f"title authority genre number container-title volume page issued {ADDRESS}",
    "manuscript": "author title title-short genre recipient issued archive archive_location publisher",
    "motion_picture": f"author title director genre number medium publisher publisher-place issued {ADDRESS}",
    "paper-conference": f"author title container-title editor event-title event-place page {IMPRINT}",
    "periodical": "editor title volume issue publisher publisher-place issued",
    "personal_communication": "author title genre recipient issued archive archive_location",
    "report": f"author editor title genre number collection-title publisher publisher-place issued page {ADDRESS}",
    "review-book": "author title reviewed-author reviewed-title container-title volume issue page issued DOI",
    "speech": f"author title genre event-title event-place publisher issued {ADDRESS}",
    "thesis": f"author title title-short genre publisher publisher-place issued page {ADDRESS}",
    "treaty": "title authority number container-title volume issued page",
    "webpage": f"author title title-short container-title publisher genre issued {ADDRESS}",
}
# How a value is printed, where it is no text; and what a style leaves to other fields in a kind of source.
PRINTED = {
    "issued": "1964", "original-date": "1841", "accessed": "18.11.2022", "page": "421–437",
    **{field: VALUES[field][0]["family"] for field in VALUES if isinstance(VALUES[field], list)},
}  # fmt: skip
UNPRINTED = {"book": ("collection-title",), "paper-conference": ("event-title", "event-place")}
STRAY_PUNCTUATION = re.compile(
    r"""[,:;/⫽(\[«“]\s*[,.:;/⫽)\]»”]      # a delimiter with nothing before the next one
    | ^[\s,.:;/⫽)\]»”] | [\s,:;/⫽(\[«“]$  # a delimiter at an end
    | [.…]\s*\. | \s[,.)\]»”…] | [(\[«“]\s | \s\s
    # A label with nothing behind it; a label of its own in brackets is that of a person.
    | (?<!\()(?:\b(?:vol|no|pp?|chap|c|sy|s|т|с|л|ред|пер|çev)\.|№|\b(?:by|in)|\b(?:ص|ج|ش))(?:[,)]|\.?$)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def notes_of(style: str, language: str, item: Item, page: str) -> list[str]:
    """Render a source in full, repeated, and listed."""
    processor = Processor(compiled(style, language), {"it": item})
    places = (Position("first", note=1), Position("subsequent", first_note=1, note=3))
    citations = [Citation((Cite("it", page),), place.note) for place in places]
    notes = processor.render_citations(citations, [(place,) for place in places])
    return [to_plain(runs) for runs in (*notes, *(entry.runs for entry in processor.render_bibliography()))]


def parts(fields: Sequence[str], missing: int) -> Iterator[tuple[str, ...]]:
    """Yield the combinations of fields that lack ``missing`` of them, and those that have only so many."""
    for number in (missing, len(fields) - missing):
        yield from combinations(fields, number)


def check(style: str, language: str, kind: str, fields: Sequence[str], page: str) -> None:
    item = {"type": kind, "language": "en", **{field: VALUES[field] for field in fields}}
    for text in filter(None, notes_of(style, language, item, page)):
        fault = STRAY_PUNCTUATION.search(text.removesuffix(".").replace("https://", "").replace("//", "⫽"))
        assert fault is None, (fields, text, fault and fault[0])
        assert text.endswith("."), (fields, text)
        for left, right in ("()", "[]", "«»", "“”"):
            assert text.count(left) == text.count(right), (fields, text)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("style", STYLES)
def test_a_missing_field_leaves_no_punctuation(style: str, language: str, kind: str) -> None:
    fields = KINDS[kind].split()
    for page in ("", "7"):
        check(style, language, kind, fields, page)
        for some in parts(fields, 1):
            check(style, language, kind, some, page)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES[:3])
@pytest.mark.parametrize("style", STYLES)
def test_two_missing_fields_leave_no_punctuation(style: str, language: str, kind: str) -> None:
    for some in parts(KINDS[kind].split(), 2):
        check(style, language, kind, some, "7")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("style", STYLES)
def test_each_field_is_printed_once(style: str, kind: str) -> None:
    fields = [each for each in KINDS[kind].split() if each not in ("title-short", "DOI", *UNPRINTED.get(kind, ()))]
    item = {"type": kind, "language": "en", **{field: VALUES[field] for field in fields}}
    note = notes_of(style, "en-US", item, "")[0]
    assert {field: note.count(PRINTED.get(field) or str(VALUES[field])) for field in fields} == dict.fromkeys(fields, 1)


def test_works_with_one_title_and_no_author_are_disambiguated_by_container() -> None:
    """The title is printed once even if the short title is the same."""
    items = {
        each: {"id": each, "type": "article-journal", "title": "Same", "title-short": "Same", "container-title": each}
        for each in ("X", "Y")
    }
    processor = Processor(compile_style(find_style("opcit"), "en-US"), items)
    cited = [Citation((Cite(each),), number) for number, each in enumerate(("X", "Y", "X", "Y"), 1)]
    assert [to_plain(runs) for runs in processor.render_citations(cited)][2:] == [
        "“Same”, X, op.cit.",
        "“Same”, Y, op.cit.",
    ]
