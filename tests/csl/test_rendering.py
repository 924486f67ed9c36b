"""The rendering elements of a style, by the sections of CSL 1.0.2."""

from __future__ import annotations

from typing import Any

import pytest

from fleuron.csl.processor import Processor
from fleuron.csl.rendering.compiled_style import compile_style
from fleuron.csl.rendering.context import Cite
from fleuron.csl.rendering.positions import Citation
from fleuron.csl.style.style_files import read_style
from fleuron.csl.text.run_writers import to_html, to_plain
from fleuron.csl.text.runs import Text
from fleuron.csl.text.text_case import letters_of
from fleuron.csl.text.text_case import title as title_case
from tests.support.csl_inputs import book, cited, entries, notes, person, processor, year

DAY = '<date variable="issued" form="text"/>'
PART = '<date-part name="{}"/>'
PARTS = f'<date variable="issued" delimiter=" ">{PART.format("day")}{PART.format("month")}{PART.format("year")}</date>'


def day(*parts: list[int], **more: Any) -> dict[str, Any]:
    return {"date-parts": list(parts), **more}


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (day([2004, 3, 12]), "12 March 2004"),
        (day([2004, 3]), "March 2004"),
        (day([2004, 3, 12], [2004, 3, 14]), "12–14 March 2004"),
        (day([2004, 3, 12], [2004, 5, 14]), "12 March–14 May 2004"),
        (day([2004, 3, 12], [2005, 5, 14]), "12 March 2004–14 May 2005"),
        (day([2004], [2006]), "2004–2006"),
        (day([2004], [0]), "2004–"),
        (day([2004, 21]), "Spring 2004"),
        (day([2004], season=4), "Winter 2004"),
        (day([2004], season="Trinity"), "Trinity 2004"),
        (day([-44, 3, 15]), "15 March 44 BC"),
        (day([79, 8, 24]), "24 August 79 AD"),
        ({"literal": "forthcoming"}, "forthcoming"),
        ({"raw": "2004-03-12"}, "12 March 2004"),
        ({"raw": "12 March 2004"}, "12 March 2004"),
        ({"raw": "12.3.2004"}, "12 March 2004"),
        ({"raw": "3/12/2004"}, "12 March 2004"),
        ({"raw": "March 3-5, 2004"}, "3–5 March 2004"),
        ({"raw": "2004/2006"}, "2004–2006"),
        ({"raw": "in the reign of nobody"}, "in the reign of nobody"),
        (day(["2004", "3", "12"]), "12 March 2004"),  # type: ignore[list-item]
    ],
)
def test_dates(date: dict[str, Any], expected: str) -> None:
    assert cited(PARTS, book("a", issued=date)) == expected


def test_a_year_keeps_its_affixes_around_a_range() -> None:
    layout = '<date variable="issued"><date-part name="year" prefix="(" suffix=")"/></date>'
    assert cited(layout, book("a", issued=year(2004, 2006))) == "(2004–2006)"
    assert cited(layout, book("a", issued={"literal": "undated"})) == "(undated)"


def test_dates_follow_the_edition() -> None:
    item = book("a", issued=day([2004, 3, 1]))
    assert cited(DAY, item) == "March 1, 2004"
    assert cited(DAY, item, language="fr-FR") == "1 mars 2004"
    assert cited(DAY, item, language="tr-TR") == "01 Mart 2004"


def test_a_date_may_be_uncertain() -> None:
    layout = f'<choose><if is-uncertain-date="issued"><text term="circa" suffix=" "/></if></choose>{PARTS}'
    assert cited(layout, book("a", issued=day([1298], circa=True))) == "Circa 1298"
    assert cited(layout, book("a", issued={"raw": "ca. 1298"})) == "Circa 1298"
    assert cited(layout, book("a", issued=day([1298]))) == "1298"


@pytest.mark.parametrize(
    ("style", "pages", "expected"),
    [
        ("", "321-28", "321–28"),
        ("expanded", "321-28", "321–328"),
        ("minimal", "321-328", "321–8"),
        ("minimal-two", "321-328", "321–28"),
        ("chicago", "3-10", "3–10"),
        ("chicago", "100-104", "100–104"),
        ("chicago", "101-108", "101–8"),
        ("chicago", "321-328", "321–28"),
        ("chicago", "1496-1500", "1496–1500"),
        ("chicago-16", "1496-1504", "1496–504"),
        ("minimal", "321-8, 400-402 & 500", "321–8, 400–2 &#38; 500"),
        ("expanded", "iv-x", "iv–x"),
        ("expanded", "42\\-43", "42-43"),
    ],
)
def test_ranges_of_pages(style: str, pages: str, expected: str) -> None:
    assert (
        cited('<text variable="page"/>', book("a", page=pages), style=f'class="note" page-range-format="{style}"')
        == expected
    )


@pytest.mark.parametrize(
    ("locator", "label", "expected"),
    [
        ("12", "page", "p. 12"),
        ("12-14", "page", "pp. 12–14"),
        ("12, 14", "page", "pp. 12, 14"),
        ("iv", "page", "p. iv"),
        ("3", "chapter", "chap. 3"),
        ("3 and 4", "chapter", "chaps. 3 and 4"),
        ("fol. 186", "page", "fol. 186"),
        ("vol. 1, fol. 186-187", "page", "vol. 1, fols. 186–187"),
        ("12, n. 3", "page", "p. 12, n. 3"),
        ("12\\-14", "page", "p. 12-14"),
    ],
)
def test_locators_have_a_label(locator: str, label: str, expected: str) -> None:
    layout = '<label variable="locator" form="short" suffix=" "/><text variable="locator"/>'
    made = processor(layout, [book("a")], style='class="in-text"')
    assert to_html(notes(made, [Cite("a", locator, label)])[0]) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2", "second"), ("11", "11th"), ("22", "22nd"), ("2-3", "second–third"), ("2 & 3", "second &#38; third"),
        ("iv", "iv"), ("revised", "revised"), ("²", "<sup>2</sup>"), (2, "second"),
    ],
)  # fmt: skip
def test_numbers_have_forms(value: str | int, expected: str) -> None:
    assert cited('<number variable="edition" form="long-ordinal"/>', book("a", edition=value)) == expected


@pytest.mark.parametrize(
    ("value", "numeric"),
    [
        ("2", True), ("2nd", True), ("D2", True), ("2, 3", True), ("2-4", True), ("2 & 4", True), ("iv", True),
        (7, True), ("second", False), ("2nd edition", False), ("", False), (None, False),
    ],
)  # fmt: skip
def test_what_is_numeric(value: object, numeric: bool) -> None:
    layout = '<choose><if is-numeric="edition"><text value="yes"/></if><else><text value="no"/></else></choose>'
    assert cited(layout, book("a", edition=value)) == ("yes" if numeric else "no")


@pytest.mark.parametrize(
    ("case", "language", "title", "expected"),
    [
        ("title", "en", "the wind in the willows", "The Wind in the Willows"),
        ("title", "en", "after the war: the long road out of eBay", "After the War: The Long Road out of eBay"),
        ("title", "fr", "le vent dans les saules", "le vent dans les saules"),
        ("sentence", "en", "THE WIND IN THE WILLOWS", "The wind in the willows"),
        ("sentence", "en", "the Wind", "The Wind"),
        ("capitalize-first", "en", "the wind", "The wind"),
        ("capitalize-all", "en", "the wind", "The Wind"),
        ("lowercase", "tr", "IŞIK İZİ", "ışık izi"),
        ("uppercase", "de", "straße", "STRASSE"),
        ("uppercase", "ru", "россия", "РОССИЯ"),
        ("title", "en", 'the <span class="nocase">in</span> word', "The in Word"),
        ("uppercase", "en", "the <sup>th</sup>", "THE <sup>th</sup>"),
    ],
)
def test_text_case(case: str, language: str, title: str, expected: str) -> None:
    item = book("a", title=title, language=language)
    assert cited(f'<text variable="title" text-case="{case}"/>', item) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en-US", "“The ‘New’ Road,” Ankara"),
        ("en-GB", "‘The “New” Road’, Ankara"),
        ("de-DE", "„The ‚New‘ Road“, Ankara"),
        ("fr-FR", "«\u202fThe “New” Road\u202f», Ankara"),
    ],
)
def test_quotation_marks_nest_and_include_commas_by_the_locale(language: str, expected: str) -> None:
    layout = '<text variable="title" quotes="true"/><text value=", Ankara"/>'
    printed = cited(layout, book("a", title='The "New" Road'), language=language)
    assert printed.replace("\u00a0", "\u202f") == expected


def test_an_apostrophe_is_not_a_quotation_mark() -> None:
    assert cited('<text variable="title" quotes="true"/>', book("a", title="Dogs' tails, O'Neil's '68")) == (
        "“Dogs’ tails, O’Neil’s ’68”"
    )


def test_quotation_marks_are_outside_the_formatting_of_the_quotation() -> None:
    layout = '<text variable="title" quotes="true" font-style="italic" suffix="."/>'
    assert cited(layout, book("a", title="Road")) == "“<i>Road.</i>”"
    assert cited(layout, book("a", title="Road"), language="en-GB") == "‘<i>Road</i>’."


@pytest.mark.parametrize(
    ("title", "suffix", "expected"),
    [
        ("End.", ". ", "End. X"), ("Who?", ". ", "Who? X"), ("Who?", ", ", "Who?, X"), ("End", ". . ", "End. . X"),
        ("End.", ", ", "End., X"), ("Stop!", ": ", "Stop! X"),
    ],
)  # fmt: skip
def test_adjacent_punctuation_marks(title: str, suffix: str, expected: str) -> None:
    assert cited(f'<text variable="title" suffix="{suffix}"/><text value="X"/>', book("a", title=title)) == expected


@pytest.mark.parametrize(
    ("given", "mark", "expected"),
    [
        ("Jean-Luc", ". ", "J.-L. Doe"), ("J.-L.", ". ", "J.-L. Doe"), ("John Ronald", ".", "J.R. Doe"),
        ("John Ronald", "", "JR Doe"), ("Ph. Karl", ". ", "Ph. K. Doe"), ("Юрий", ". ", "Ю. Doe"),
        ("İsmail Hakkı", ". ", "İ. H. Doe"), ("Guo-ping", ". ", "G. Doe"),
    ],
)  # fmt: skip
def test_initials(given: str, mark: str, expected: str) -> None:
    layout = f'<names variable="author"><name initialize-with="{mark}"/></names>'
    assert cited(layout, book("a", author=[person("Doe", given)])) == expected


@pytest.mark.parametrize(
    ("name", "plain", "inverted"),
    [
        (person("van der Berg", "Jan"), "Jan van der Berg", "Berg, Jan van der"),
        (person("Humboldt", "Alexander von"), "Alexander von Humboldt", "Humboldt, Alexander von"),
        (person("d'Aubignac", "F."), "F. d’Aubignac", "Aubignac, F. d’"),
        (person("al-Hakim", "T."), "T. al-Hakim", "Hakim, T. al-"),
        (person("La Fontaine", "Jean", **{"dropping-particle": "de"}), "Jean de La Fontaine", "La Fontaine, Jean de"),
        (person("King", "Martin", suffix="Jr."), "Martin King Jr.", "King, Martin, Jr."),
        (person("King", "Martin", suffix="Jr.", **{"comma-suffix": True}), "Martin King, Jr.", "King, Martin, Jr."),
        (person("毛", "泽东"), "毛泽东", "毛泽东"),
        (person("佐藤", "John"), "佐藤 John", "佐藤 John"),
        (person("Mao", "Zedong", **{"static-ordering": True}), "Mao Zedong", "Mao Zedong"),
        ({"literal": "United Nations"}, "United Nations", "United Nations"),
        ({"family": "Plato"}, "Plato", "Plato"),
    ],
)
def test_names_and_their_particles(name: dict[str, Any], plain: str, inverted: str) -> None:
    item = book("a", author=[name])
    assert cited('<names variable="author"/>', item) == plain
    assert cited('<names variable="author"><name name-as-sort-order="all"/></names>', item) == inverted


THREE = [person("Ash", "Ann"), person("Birch", "Bo"), person("Cedar", "Cy")]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", "Ann Ash, Bo Birch, Cy Cedar"),
        ('and="text"', "Ann Ash, Bo Birch, and Cy Cedar"),
        ('and="symbol" delimiter-precedes-last="never"', "Ann Ash, Bo Birch &#38; Cy Cedar"),
        ('and="text" name-as-sort-order="first" delimiter-precedes-last="after-inverted-name"',
         "Ash, Ann, Bo Birch and Cy Cedar"),
        ('et-al-min="3" et-al-use-first="1"', "Ann Ash et al."),
        ('et-al-min="3" et-al-use-first="1" delimiter-precedes-et-al="always"', "Ann Ash, et al."),
        ('et-al-min="3" et-al-use-first="1" et-al-use-last="true"', "Ann Ash … Cy Cedar"),
        ('form="count"', "3"),
        ('font-style="italic" and="text"', "<i>Ann Ash</i>, <i>Bo Birch</i>, and <i>Cy Cedar</i>"),
    ],
)  # fmt: skip
def test_lists_of_names(options: str, expected: str) -> None:
    assert cited(f'<names variable="author"><name {options}/></names>', book("a", author=THREE)) == expected


def test_a_locale_without_a_symbol_for_and_uses_the_ampersand() -> None:
    layout = '<names variable="author"><name and="symbol"/></names>'
    assert cited(layout, book("a", author=THREE[:2]), language="tr-TR") == "Ann Ash &#38; Bo Birch"


def test_a_substitute_for_names_is_not_printed_again() -> None:
    layout = (
        '<names variable="author" suffix=": "><name/><label prefix=" (" suffix=")" form="short"/><substitute>'
        '<names variable="editor"/><text variable="title"/></substitute></names>'
        '<group delimiter=" "><text variable="title"/><names variable="editor"/></group>'
    )
    assert cited(layout, book("a", title="T", author=THREE[:1])) == "Ann Ash: T"
    assert cited(layout, book("a", title="T", editor=THREE[:1])) == "Ann Ash (ed.): T"
    assert cited(layout, book("a", title="T")) == "T"


def test_a_group_is_omitted_if_its_variables_are_empty() -> None:
    layout = '<group prefix="[" suffix="]"><text term="volume" suffix=" "/><text variable="volume"/></group>'
    assert cited(layout, book("a", volume="3")) == "[Volume 3]" or cited(layout, book("a", volume="3")) == "[volume 3]"
    assert cited(layout, book("a")) == ""


def test_several_types_in_one_test_are_one_test() -> None:
    layout = '<choose><if type="book chapter" variable="title"><text value="yes"/></if></choose>'
    assert cited(layout, book("a", title="T")) == "yes"
    assert cited(layout, book("a")) == ""


SHORT = (
    '<group delimiter=" "><names variable="author"><name form="short" initialize-with=". "/></names>'
    '<date variable="issued"><date-part name="year"/></date></group>'
)


def told_apart(items: list[dict[str, Any]], *options: str) -> list[str]:
    made = processor(SHORT, items, style='class="in-text"', citation=" ".join(f'{option}="true"' for option in options))
    return [to_html(each) for each in notes(made, *(item["id"] for item in items))]


def alike(key: str, *names: dict[str, Any]) -> dict[str, Any]:
    return book(key, author=list(names), issued=year(2001))


def test_ambiguous_works_are_disambiguated_in_steps() -> None:
    ann, al, same = alike("a", person("Ash", "Ann")), alike("b", person("Ash", "Bo")), alike("c", person("Ash", "Ann"))
    assert told_apart([ann, al]) == ["Ash 2001", "Ash 2001"]
    assert told_apart([ann, al], "disambiguate-add-givenname") == ["A. Ash 2001", "B. Ash 2001"]
    assert told_apart([ann, same], "disambiguate-add-year-suffix") == ["Ash 2001a", "Ash 2001b"]
    both = ("disambiguate-add-givenname", "disambiguate-add-year-suffix")
    assert told_apart([ann, al, same], *both) == ["A. Ash 2001a", "B. Ash 2001", "A. Ash 2001b"]
    anna = alike("d", person("Ash", "Anna"))
    assert told_apart([ann, anna], "disambiguate-add-givenname") == ["Ann Ash 2001", "Anna Ash 2001"]


def test_names_are_added_if_they_disambiguate() -> None:
    items = [alike("a", *THREE), alike("b", THREE[0], THREE[2], THREE[1])]
    made = processor(
        SHORT.replace("<name ", '<name et-al-min="2" et-al-use-first="1" '),
        items,
        citation='disambiguate-add-names="true"',
    )
    assert [to_html(each) for each in notes(made, "a", "b")] == ["Ash, Birch, et al. 2001", "Ash, Cedar, et al. 2001"]


def test_the_date_of_access_does_not_disambiguate() -> None:
    items = [book(key, author=THREE[:1], accessed=day([2001, 1, number])) for number, key in enumerate("ab", 1)]
    layout = (
        '<names variable="author"/><text variable="year-suffix" prefix=" "/>'
        '<date variable="accessed" prefix=" "><date-part name="day"/></date>'
    )
    made = processor(layout, items, citation='disambiguate-add-year-suffix="true"')
    assert [to_html(each) for each in notes(made, "a", "b")] == ["Ann Ash a 1", "Ann Ash b 2"]


@pytest.mark.parametrize(
    ("collapse", "expected"),
    [
        ("", "(Ash 2001a; Ash 2001b; Ash 2001c; Ash 2002)"),
        ("year", "(Ash 2001a, 2001b, 2001c, 2002)"),
        ("year-suffix", "(Ash 2001a, b, c, 2002)"),
        ("year-suffix-ranged", "(Ash 2001a–c, 2002)"),
    ],
)
def test_cites_of_one_author_collapse(collapse: str, expected: str) -> None:
    items = [alike(key, THREE[0]) for key in "abc"] + [book("d", author=THREE[:1], issued=year(2002))]
    layout = f'<layout prefix="(" suffix=")" delimiter="; ">{SHORT}</layout>'
    options = f'disambiguate-add-year-suffix="true" year-suffix-delimiter=", " collapse="{collapse}"'
    made = processor(layout, items, style='class="in-text"', citation=options)
    assert to_html(notes(made, "a b c d")[0]) == expected


def test_consecutive_numbers_collapse() -> None:
    items = [book(key) for key in "abcdef"]
    layout = '<layout prefix="[" suffix="]" delimiter=", "><text variable="citation-number"/></layout>'
    made = processor(layout, items, style='class="in-text"', citation='collapse="citation-number"')
    assert [to_html(each) for each in notes(made, "a b c", "d", "e f", "a b c e f")] == [
        "[1–3]", "[4]", "[5, 6]", "[1–3, 5, 6]",
    ]  # fmt: skip


SORTED = (
    '<bibliography {}><sort><key variable="author"/><key variable="issued"/></sort>'
    '<layout suffix=".">{}</layout></bibliography>'
)


def test_a_bibliography_is_sorted_and_repeated_authors_are_replaced() -> None:
    items = [
        book("a", author=THREE[:1], title="Later", issued=year(2002)),
        book("b", author=THREE[1:2], title="Other", issued=year(2000)),
        book("c", author=THREE[:1], title="Earlier", issued=year(2001)),
        book("d", title="Anonymous", issued=year(1999)),
    ]
    content = '<group delimiter=". "><names variable="author"/><text variable="title"/></group>'
    made = entries(SORTED.format('subsequent-author-substitute="———"', content), items)
    assert made == ["Ann Ash. Earlier.", "———. Later.", "Bo Birch. Other.", "Anonymous."]


def test_the_first_field_may_be_aligned() -> None:
    content = '<text variable="citation-number" suffix="."/><text variable="title"/>'
    made = entries(SORTED.format('second-field-align="flush"', content), [book("a", title="T")])
    assert [" ".join(each.split()) for each in made] == [
        '<div class="csl-left-margin">1.</div><div class="csl-right-inline">T.</div>'
    ]


@pytest.mark.parametrize("options", ["", 'second-field-align="flush"'])
def test_an_empty_entry_has_no_full_stop(options: str) -> None:
    content = '<text variable="publisher"/><text variable="title"/>'
    assert entries(SORTED.format(options, content), [book("a", note="N")]) == [""]


def test_a_sort_key_has_as_many_names_as_the_style_shows() -> None:
    items = [book("two", title="two", author=THREE[:2]), book("three", title="three", author=THREE)]
    content = '<text variable="title"/>'
    assert entries(SORTED.format("", content), items) == ["two.", "three."]
    assert entries(SORTED.format('et-al-min="3" et-al-use-first="1"', content), items) == ["three.", "two."]


def test_entries_are_sorted_by_the_rules_of_the_language() -> None:
    titles = ["Zonguldak", "Çankırı", "Cizre", "Şile", "Sivas", "Iğdır", "İzmir", "10 Nisan", "2 Mart", "Ankara"]
    items = [book(each, title=each) for each in titles]
    by_title = (
        '<bibliography><sort><key variable="title"/></sort><layout><text variable="title"/></layout></bibliography>'
    )
    assert entries(by_title, items, language="tr-TR") == [
        "2 Mart", "10 Nisan", "Ankara", "Cizre", "Çankırı", "Iğdır", "İzmir", "Sivas", "Şile", "Zonguldak",
    ]  # fmt: skip
    mixed = [book(each, title=each) for each in ("غبار", "پایان", "Abel", "Иванов")]
    assert entries(by_title, mixed, language="ru-RU") == ["Иванов", "Abel", "پایان", "غبار"]


def test_an_empty_value_comes_last_in_either_direction() -> None:
    items = [
        book("none", title="none"),
        book("old", title="old", issued=year(1900)),
        book("new", title="new", issued=year(2000)),
    ]
    for direction, expected in (("ascending", ["old", "new", "none"]), ("descending", ["new", "old", "none"])):
        key = f'<sort><key variable="issued" sort="{direction}"/></sort>'
        assert (
            entries(f'<bibliography>{key}<layout><text variable="title"/></layout></bibliography>', items) == expected
        )


def test_an_author_is_suppressed_or_alone() -> None:
    made = processor(f"<layout>{SHORT}</layout>", [alike("a", THREE[0])])
    year_only, author_only = notes(made, [Cite("a", suppress_author=True)], [Cite("a", author_only=True)])
    assert (to_html(year_only), to_html(author_only)) == ("2001", "Ash")


def test_affixes_are_separated_from_the_cite() -> None:
    made = processor('<text variable="title"/>', [book("a", title="T")])
    printed = notes(made, [Cite("a", prefix="see", suffix="passim")], [Cite("a", prefix="see ", suffix=", passim")])
    assert [to_html(each) for each in printed] == ["see T passim", "see T, passim"]


@pytest.mark.parametrize("prefix", ["cf. (", "[", "l’", "«", "“", "Kitab/", "pseudo-", "1923–", "but see—"])
def test_no_space_follows_a_prefix_that_ends_in_an_opening_bracket_or_dash(prefix: str) -> None:
    made = processor('<text variable="title"/>', [book("a", title="T")])
    assert to_plain(notes(made, [Cite("a", prefix=prefix)])[0]) == f"{prefix}T"


def test_a_term_at_the_beginning_of_a_note_is_capitalised_after_a_bracket() -> None:
    layout = '<text term="no date" prefix="["/>'
    assert cited(layout, book("a")) == "[No date"
    assert cited(layout, book("a"), style='class="in-text"') == "[no date"
    assert cited('<text variable="title" prefix="["/>', book("a", title="iPhone")) == "[iPhone"


def test_inner_quotation_marks_differ_from_the_outer_ones() -> None:
    outer = "".join(f'<term name="{side}-quote">{mark}</term>' for side, mark in (("open", "‘"), ("close", "’")))
    item = book("a", title='The "New" Road')
    before = f"<locale><terms>{outer}</terms></locale>"
    assert cited('<text variable="title" quotes="true"/>', item, before=before) == "‘The “New” Road’"


def test_a_character_reference_that_is_escaped_twice_is_resolved() -> None:
    assert cited('<text value="a" suffix="&amp;#160;b &amp;amp;"/>', book("a")) == "a\u00a0b &#38;amp;"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("all-names", ["Ann Ash, Bo Birch 2001", "Bo Ash 2002", "Bob Birch 2003"]),
        ("all-names-with-initials", ["A Ash, Birch 2001", "B Ash 2002", "Birch 2003"]),
        ("primary-name", ["Ann Ash, Birch 2001", "Bo Ash 2002", "Birch 2003"]),
        ("primary-name-with-initials", ["A Ash, Birch 2001", "B Ash 2002", "Birch 2003"]),
        ("by-cite", ["Ash, Birch 2001", "Ash 2002", "Birch 2003"]),
    ],
)
def test_given_names_disambiguate_by_the_rule_of_the_style(rule: str, expected: list[str]) -> None:
    items = [
        book("a", author=[person("Ash", "Ann"), person("Birch", "Bo")], issued=year(2001)),
        book("b", author=[person("Ash", "Bo")], issued=year(2002)),
        book("c", author=[person("Birch", "Bob")], issued=year(2003)),
    ]
    options = f'disambiguate-add-givenname="true" givenname-disambiguation-rule="{rule}"'
    made = processor(SHORT.replace(' initialize-with=". "', ""), items, citation=options)
    assert [to_html(each) for each in notes(made, "a", "b", "c")] == expected


@pytest.mark.parametrize(
    "title",
    [
        "The Life of Mahmud According to al Biruni",
        "Peace above All Things",
        "A World without War: Or Not to Be above the Law",
        "Is It Past or Save for One",
        "Beyond Opposite Minus Pace Round",
        "The v. of It",
        "King vs. the People",
        "The d’artagnan Story",
        "The State (and (Its) End)",
        "The State [the End (of a World)] Now",
        "Life (x) of y",
        "Life In-Between",
        "The In-between Life",
        "A Note? And Life",
    ],
)
def test_title_case_has_the_small_words_and_brackets_of_citeproc_js(title: str) -> None:
    """As citeproc-js 1.4.61 prints them in the Chicago style, from titles in lower case."""
    letters = list(letters_of([Text(title.lower())], "en-US"))
    title_case(letters)
    assert "".join(letter.character for letter in letters) == title


def test_a_substitute_prints_only_the_first_names_of_a_choice() -> None:
    """And the others in their own place: “ed.Team, trans.” was printed before the title."""
    people = {"editor": [{"family": "Doe", "given": "Jo"}], "translator": [{"literal": "Team"}]}
    item = {
        "id": "k",
        "type": "report",
        "title": "Life",
        "issued": {"date-parts": [[2001]]},
        "language": "en",
        **people,
    }
    names = """<names variable="author"><name/><label form="short" prefix=", "/><substitute><choose><if type="report">
        <names variable="editor"/><names variable="translator"/></if></choose></substitute></names>"""
    rest = (
        """<text variable="title"/><names variable="translator"><label form="verb-short" suffix=" "/><name/></names>"""
    )
    style = f"""<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
        <info><title>T</title><id>t</id><updated>2026-01-01T00:00:00Z</updated></info>
        <citation><layout suffix="."><group delimiter=", ">{names}{rest}</group></layout></citation></style>"""
    compiled = compile_style(read_style(style.encode(), "t.csl"), "en-US")
    (note,) = Processor(compiled, {"k": item}).render_citations([Citation((Cite("k"),), 1)])
    assert to_plain(note) == "Jo Doe, ed., Life, trans. by Team."
