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
from fleuron.csl.sources.bibtex import read_bibliography
from fleuron.csl.style.style_files import find_style
from fleuron.csl.text.run_writers import to_html, to_plain

STYLES = ("gost-note", "opcit", "review")
LANGUAGES = ("en-US", "tr-TR", "ru-RU", "fa-IR")
# For tests that render thousands of sources: one language by day, all at night.
ONE_BY_DAY = (LANGUAGES[0], *(pytest.param(each, marks=pytest.mark.nightly) for each in LANGUAGES[1:]))
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
    # States of publication of biblatex.
    known |= {"in-preparation", "submitted", "prepublished"}
    folder = files("fleuron.csl.style") / "locale_files"
    paths = {each.name: each for each in folder.iterdir() if each.name.endswith(".xml")}
    assert sorted(paths) == [
        f"locales-{name}.xml" for name in ("ar", "de-DE", "en-US", "fa-IR", "fr-FR", "ru-RU", "tr-TR")
    ]
    for file_name, path in paths.items():
        root = etree.fromstring(path.read_bytes())
        keys = [(term.get("name"), term.get("form")) for term in root.iter(f"{CSL}term")]
        assert {name for name, _form in keys} <= known
        assert len(keys) == len(set(keys))
        assert file_name == f"locales-{root.get('{http://www.w3.org/XML/1998/namespace}lang')}.xml"


FEBVRE: Item = {
    "type": "article-journal", "author": [person("Febvre", "Lucien")], "title": "De 1892 à 1933", "volume": "7",
    "container-title": "Revue de synthèse", "page": "93-106", "issued": day(1934), "language": "fr",
}  # fmt: skip
DIGITAL: Item = {
    "type": "webpage", "title": "Digitised Manuscripts", "accessed": day(2022, 11, 18), "language": "en",
    "URL": "https://www.bl.uk/x",
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "notes"),
    [
        (
            "de-DE",
            [
                "Lucien Febvre, „De 1892 à 1933“, Revue de synthèse, Bd. 7 (1934), S. 93–106 (S. 95).",
                "Ebd., S. 96.",
                "„Digitised Manuscripts“, https://www.bl.uk/x (abgerufen am 18. November 2022).",
                "Febvre, a.\u202fa.\u202fO., S. 97.",
            ],
        ),
        (
            "fr-FR",
            [
                "Lucien Febvre, «\u00a0De 1892 à 1933\u00a0», Revue de synthèse, vol. 7 (1934), p. 93‑106 (p. 95).",
                "Ibid., p. 96.",
                "«\u00a0Digitised Manuscripts\u00a0», https://www.bl.uk/x (consulté le 18 novembre 2022).",
                "Febvre, op.\u00a0cit., p. 97.",
            ],
        ),
        (
            "ar",
            [
                "Lucien Febvre, «De 1892 à 1933», Revue de synthèse, مج 7 (1934), ص 93–106 (ص 95).",
                "المصدر نفسه, ص 96.",
                "«Digitised Manuscripts», https://www.bl.uk/x (تاريخ الاطلاع: 18 نوفمبر 2022).",
                "Febvre, مرجع سابق, ص 97.",
            ],
        ),
    ],
)
def test_notes_in_german_french_and_arabic(language: str, notes: list[str]) -> None:
    assert cited("review", language, (FEBVRE, "95"), (FEBVRE, "96"), (DIGITAL, ""), (FEBVRE, "97")) == notes


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


REVIEW = {
    "en-US": (
        "“Page: A Tale”, Org, https://example.org (accessed 18 November 2022).",
        "Ahmed Rashid, Taliban: Militant Islam, New Haven: Yale University Press, 2000, p. 5.",
        ["Ibid.", "Ibid., p. 6.", "See ibid., p. 7.", "“Page”, op. cit.", "Rashid, op. cit., p. 5.", "Ibid."],
    ),
    "tr-TR": (
        "“Page: A Tale”, Org, https://example.org (erişim tarihi: 18 Kasım 2022).",
        "Ahmed Rashid, Taliban: Militant Islam, New Haven: Yale University Press, 2000, s. 5.",
        ["A.y.", "A.g.e., s. 6.", "Bkz. a.g.e., s. 7.", "“Page”, a.g.e.", "Rashid, a.g.e., s. 5.", "A.y."],
    ),
    "ru-RU": (
        "«Page: A Tale», Org, https://example.org (дата обращения: 18.11.2022).",
        "Ahmed Rashid, Taliban: Militant Islam, New Haven: Yale University Press, 2000, с. 5.",
        ["Там же.", "Там же, с. 6.", "См. там же, с. 7.", "«Page», указ. соч.", "Rashid, указ. соч., с. 5.", "Там же."],
    ),
}


@pytest.mark.parametrize("language", REVIEW)
def test_review_prints_what_a_copy_editor_expects(language: str) -> None:
    page_note, book_note, repeated = REVIEW[language]
    entry = (
        "@online{p, title = {Page: A Tale}, organization = {Org}, url = {https://example.org}, urldate = {2022-11-18}}"
    )
    items = {"p": read_bibliography(entry)[0]["p"], "t": TALIBAN}
    prefix = {"en-US": "see", "tr-TR": "bkz.", "ru-RU": "см."}[language]
    cites = [Cite("p"), Cite("t", "5"), Cite("t", "5"), Cite("t", "6"), Cite("t", "7", prefix=prefix)]
    cites += [Cite("p"), Cite("t", "5"), Cite("t", "5")]
    assert render("review", language, items, [[cite] for cite in cites]) == [page_note, book_note, *repeated]


def test_review_repeats_a_work_without_a_place_as_the_same_work() -> None:
    notes = [[Cite("t")], [Cite("t")]]
    assert render("review", "tr-TR", {"t": TALIBAN}, notes)[1] == "A.g.e."


def test_a_prefix_begins_with_a_capital_only_at_the_head_of_a_note_and_only_in_review() -> None:
    items = {"m": MACKINDER, "t": TALIBAN}
    notes = [[Cite("m"), Cite("t", prefix="also")], [Cite("m", "2", prefix="ilgili")], [Cite("m", prefix="iPhone’da")]]
    turkish = render("review", "tr-TR", items, notes)
    assert "; also Ahmed" in turkish[0]
    assert turkish[1].startswith("İlgili Mackinder")
    assert turkish[2].startswith("iPhone’da")
    assert render("opcit", "tr-TR", items, notes)[1].startswith("ilgili Mackinder")


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


def test_the_series_of_a_book_is_printed_with_its_number() -> None:
    """A number without its series would read as that of the work."""
    book = TALIBAN | {"collection-title": "Yale Studies", "collection-number": "7"}
    for printed in (cited("opcit", "en-US", (book, ""))[0], listed("opcit", "en-US", book)[0]):
        assert "Taliban: Militant Islam, Yale Studies 7, Yale University Press" in printed
    for printed in (cited("gost-note", "ru-RU", (book, ""))[0], listed("gost-note", "ru-RU", book)[0]):
        assert "New Haven : Yale University Press, 2000 (Yale Studies ; 7)." in printed


# Entries of which a part identifies the source, and what the styles print of them in English and Russian.
IDENTIFYING = {
    "archive": (
        "@unpublished{k, author = {Canning, Stratford}, title = {Letter to Palmerston}, number = {FO 78/332}, "
        "library = {The National Archives}, location = {Kew}, date = {1838-06-07}}",
        "Stratford Canning, “Letter to Palmerston”, 07.06.1838, The National Archives, Kew, FO 78/332.",
        "Canning S. Letter to Palmerston. Kew. 07.06.1838 // The National Archives. FO 78/332.",
    ),
    "shelfmark": (
        "@book{k, author = {Doe, J.}, title = {Old}, year = 1601, library = {British Library, C.1}, location = {L}}",
        "J. Doe, Old, L, 1601, British Library, C.1.",
        "Doe J. Old. L, 1601. British Library, C.1.",
    ),
    "eid": (
        "@article{k, author = {Roe, Jane}, title = {Online}, journal = {J}, volume = 12, number = 3, year = 2019, "
        "eid = {e1003123}}",
        "Jane Roe, “Online”, J, vol. 12, no. 3 (2019), e1003123.",
        "Roe J. Online // J. 2019. Т. 12, № 3. e1003123.",
    ),
    "volume title": (
        "@incollection{k, author = {Kiefer, F.}, title = {Képzések}, booktitle = {Morfológia}, volume = 3, "
        "maintitle = {Magyar nyelvtan}, "
        "publisher = {Akadémiai}, address = {Budapest}, year = 2000, pages = {165--214}}",
        "F. Kiefer, “Képzések”, in Magyar nyelvtan, vol. 3, Morfológia, Akadémiai, Budapest, 2000, pp. 165–214.",
        "Kiefer F. Képzések // Magyar nyelvtan. Budapest : Akadémiai, 2000. Т. 3 : Morfológia. С. 165–214.",
    ),
    "volume of a series": (
        "@book{k, author = {Prinz, Hugo}, title = {Funde}, series = {Klio Beihefte}, volume = 7, address = {Leipzig}, "
        "year = 1908}",
        "Hugo Prinz, Funde, Klio Beihefte, vol. 7, Leipzig, 1908.",
        "Prinz H. Funde. Leipzig, 1908 (Klio Beihefte ; Т. 7).",
    ),
    "volume of a work in a series": (
        "@book{k, author = {Prinz, Hugo}, title = {Funde}, series = {Klio}, volume = 7, volumes = 9, number = 2, "
        "address = {Leipzig}, year = 1908}",
        "Hugo Prinz, Funde, vol. 7, Klio 2, Leipzig, 1908.",
        "Prinz H. Funde. Leipzig, 1908 (Klio ; 2). Т. 7.",
    ),
    "series of a chapter": (
        "@incollection{k, author = {Doe, J.}, title = {Part}, booktitle = {Whole}, series = {Studies}, number = 4, "
        "publisher = {P}, address = {L}, year = 2001}",
        "J. Doe, “Part”, in Whole, Studies 4, P, L, 2001.",
        "Doe J. Part // Whole. L : P, 2001 (Studies ; 4).",
    ),
    "number of a book": (
        "@book{k, author = {Doe, J.}, title = {Old}, year = 1601, number = 7, address = {L}}",
        "J. Doe, Old, no. 7, L, 1601.",
        "Doe J. Old : № 7. L, 1601.",
    ),
    "note": (
        "@book{k, author = {Doe, J.}, title = {Old}, year = 1601, address = {L}, note = {reprint 2010}}",
        "J. Doe, Old, L, 1601, reprint 2010.",
        "Doe J. Old. L, 1601. Reprint 2010.",
    ),
    "edition": (
        "@book{k, author = {Коргун, В. Г.}, title = {История}, "
        "edition = {2-е изд., испр.}, address = {М.}, year = 2004}",
        "В. Г. Коргун, История, 2-е изд., испр., М., 2004.",
        "Коргун В. Г. История. 2-е изд., испр. М., 2004.",
    ),
    "part of a volume": (
        "@book{k, author = {Doe, J.}, title = {Old}, volume = 2, part = 3, series = {S}, address = {L}, year = 1601}",
        "J. Doe, Old, vol. 2, pt. 3, S, L, 1601.",
        "Doe J. Old. L, 1601 (S). Т. 2, ч. 3.",
    ),
    "folios": (
        "@article{k, author = {Zhao, Xun}, title = {Codex}, journal = {J}, volume = 12, "
        "year = 1999, pages = {12r--15v}}",
        "Xun Zhao, “Codex”, J, vol. 12 (1999), pp. 12r–15v.",
        "Zhao X. Codex // J. 1999. Т. 12. С. 12r–15v.",
    ),
    "issue of a periodical": (
        "@periodical{k, title = {The Review}, issuetitle = {Of Notes}, editor = {Roe, Jane}, volume = 5, number = 1, "
        "date = {1990}}",
        "Jane Roe (ed.), Of Notes, The Review, vol. 5, no. 1 (1990).",
        "Of Notes / ред. J. Roe // The Review. 1990. Т. 5, № 1.",
    ),
    "supplied year": (
        "@book{k, author = {Doe, J.}, title = {Old}, year = {[1850]}, address = {L}}",
        "J. Doe, Old, L, [1850].",
        "Doe J. Old. L, [1850].",
    ),
}


@pytest.mark.parametrize(("entry", "english", "russian"), IDENTIFYING.values(), ids=list(IDENTIFYING))
def test_what_identifies_a_source_is_printed(entry: str, english: str, russian: str) -> None:
    item = read_bibliography(entry)[0]["k"]
    assert cited("opcit", "en-US", (item, "")) == [english]
    assert cited("gost-note", "ru-RU", (item, "")) == [russian]


STATES = {
    "inpreparation": ("in preparation", "hazırlanıyor", "в подготовке", "در دست تهیه"),
    "submitted": ("submitted", "yayına sunuldu", "подано в печать", "ارسال‌شده برای انتشار"),
    "forthcoming": ("forthcoming", "yayımlanacak", "готовится к печати", "در دست انتشار"),
    "inpress": ("in press", "basımda", "в печати", "زیر چاپ"),
    "prepublished": ("pre-published", "ön yayın", "препринт", "پیش‌انتشار"),
    "second proofs": ("second proofs",) * 4,
}


@pytest.mark.parametrize("state", STATES)
def test_the_state_of_publication_is_printed_in_the_language_of_the_edition(state: str) -> None:
    entry = f"@book{{k, author = {{Doe, J.}}, title = {{Old}}, location = {{L}}, pubstate = {{{state}}}"
    undated, dated = (read_bibliography(f"{entry}{rest}}}")[0]["k"] for rest in ("", ", year = 2026"))
    english, turkish, russian, persian = STATES[state]
    assert cited("opcit", "en-US", (undated, "")) == [f"J. Doe, Old, L, {english}."]
    assert cited("review", "tr-TR", (dated, "")) == [f"J. Doe, Old, L, 2026, {turkish}."]
    assert cited("opcit", "fa-IR", (dated, "")) == [f"J. Doe, Old, L, 2026, {persian}."]
    assert cited("gost-note", "ru-RU", (dated, "")) == [f"Doe J. Old. L, 2026. {russian[0].upper()}{russian[1:]}."]
    online = f"@online{{k, title = {{Page}}, pubstate = {{{state}}}, url = {{https://example.org}}}}"
    assert cited("opcit", "ru-RU", (read_bibliography(online)[0]["k"], "")) == [
        f"«Page», {russian}, https://example.org."
    ]


def test_a_short_title_ends_at_the_colon_if_none_is_given() -> None:
    written = "@book{%s, author = {Doe, J.}, title = {%s}, year = 2000}\n"
    titles = {"a": "Borders: A History", "b": "The {UN: Reform}", "c": "Frontiers"}
    items = read_bibliography("".join(written % pair for pair in titles.items()))[0]
    cites = [(items[key], page) for page in ("", "3") for key in titles]
    assert cited("opcit", "en-US", *cites)[3:] == [
        "Doe, Borders, op.cit., p. 3.",
        "Doe, The UN: Reform, op.cit., p. 3.",
        "Doe, Frontiers, op.cit., p. 3.",
    ]


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
    "note": "Signed copy", "call-number": "Shelf K", "collection-number": "88", "volume-title": "Walls",
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
    "article-journal": f"author title title-short container-title volume issue page issued DOI note {ADDRESS}",
    "article-magazine": f"author title container-title volume issue page issued {ADDRESS}",
    "article-newspaper": f"author title title-short container-title page issued {ADDRESS}",
    "book": f"{BOOK} collection-title collection-number note call-number",
    "chapter": f"{BOOK} container-author container-title volume-title page collection-title",
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
# How a value is printed, where it is not text; and what a style leaves to other fields in a kind of source.
PRINTED = {
    "issued": "1964", "original-date": "1841", "accessed": "18.11.2022", "page": "421–437",
    **{field: VALUES[field][0]["family"] for field in VALUES if isinstance(VALUES[field], list)},
}  # fmt: skip
UNPRINTED = {"paper-conference": ("event-title", "event-place")}
STRAY_PUNCTUATION = re.compile(
    r"""[,:;/⫽(\[«“]\s*[,.:;/⫽)\]»”]      # a delimiter with nothing before the next one
    | ^[\s,.:;/⫽)\]»”] | [\s,:;/⫽(\[«“]$  # a delimiter at an end
    | [.…]\s*\. | \s[,.)\]»”…] | [(\[«“]\s | \s\s
    # A label with nothing after it; a label of its own in brackets is that of a person.
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
        check(style, language, kind, some, "7")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ONE_BY_DAY)
@pytest.mark.parametrize("style", STYLES)
def test_missing_fields_without_a_page_leave_no_punctuation(style: str, language: str, kind: str) -> None:
    for some in parts(KINDS[kind].split(), 1):
        check(style, language, kind, some, "")


@pytest.mark.nightly
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
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
    printed = PRINTED | ({"accessed": "18 November 2022"} if style == "review" else {})
    assert {field: note.count(printed.get(field) or str(VALUES[field])) for field in fields} == dict.fromkeys(fields, 1)


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


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_review_has_no_comma_before_a_bracket(language: str, kind: str) -> None:
    values = {field: value for field, value in VALUES.items() if field != "DOI"}
    for text in notes_of("review", language, {"type": kind, "language": "en", **values}, "7"):
        assert ", (" not in text
        assert "، (" not in text
