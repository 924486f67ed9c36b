"""Names, dates and languages in bibliographies."""

from __future__ import annotations

from typing import Any

import pytest

from fleuron.csl.dates.date_element import date_sort_key
from fleuron.csl.dates.date_values import DateValue, PartialDate
from fleuron.csl.sources.edtf import write_edtf
from fleuron.csl.sources.entry.dates import read_date, read_year, with_month
from fleuron.csl.sources.entry.languages import language_name, language_tag
from fleuron.csl.sources.entry.names import OTHERS, read_names
from fleuron.csl.sources.export.bibtex_names import write_names
from fleuron.csl.vocabulary import split_words


def name(family: str = "", given: str = "", von: str = "", jr: str = "", dropping: str = "") -> dict[str, str]:
    parts = {
        "family": family,
        "given": given,
        "non-dropping-particle": von,
        "suffix": jr,
        "dropping-particle": dropping,
    }
    return {part: text for part, text in parts.items() if text}


NAMES: list[tuple[str, list[dict[str, Any]]]] = [
    ("Knuth, Donald E.", [name("Knuth", "Donald E.")]),
    ("Donald E. Knuth", [name("Knuth", "Donald E.")]),
    ("Aristotle", [name("Aristotle")]),
    ("van Beethoven, Ludwig", [name("Beethoven", "Ludwig", "van")]),
    ("Ludwig van Beethoven", [name("Beethoven", "Ludwig", "van")]),
    ("de la Vallée Poussin, Charles Louis", [name("Vallée Poussin", "Charles Louis", "de la")]),
    ("Charles Louis de la Vallée Poussin", [name("Vallée Poussin", "Charles Louis", "de la")]),
    ("Drummond de Andrade, Carlos", [name("Drummond de Andrade", "Carlos")]),
    ("King, Jr., Martin Luther", [name("King", "Martin Luther", jr="Jr.")]),
    ("von Berg, III, Karl", [name("Berg", "Karl", "von", "III")]),
    ("{van der Berg}, Jan", [name("van der Berg", "Jan")]),
    ("{United Nations and Others, Inc.}", [{"literal": "United Nations and Others, Inc."}]),
    ("Doe, Jo and Roe, Ro", [name("Doe", "Jo"), name("Roe", "Ro")]),
    ("Doe, Jo AND Roe, Ro", [name("Doe", "Jo"), name("Roe", "Ro")]),
    ("Doe, Jo and others", [name("Doe", "Jo"), OTHERS]),
    (r"{\"O}zge Aks{\i}n", [name("Aksın", "Özge")]),
    (r"{\'E}mile {\uppercase{d}e la} Tour", [name("Tour", "Émile De la")]),
    ("d'Alembert, Jean", [name("d’Alembert", "Jean")]),
    ("غبار, میر غلام محمد", [name("غبار", "میر غلام محمد")]),
    ("毛泽东", [name("毛泽东")]),
    ("Коргун, В. Г.", [name("Коргун", "В. Г.")]),
    ("family=Beethoven, given=Ludwig, prefix=van", [name("Beethoven", "Ludwig", "van")]),
    ("family=Lamartine, given=Alphonse, prefix=de, useprefix=false", [name("Lamartine", "Alphonse", dropping="de")]),
    ("given={Jean, Paul}, given-i={J}, family=Doe, suffix=Jr", [name("Doe", "Jean, Paul", jr="Jr")]),
    ('"family=Doe, given=Jo"', [name("Doe", "Jo")]),
    ("family=Doe, given=Jo and Roe, Ro", [name("Doe", "Jo"), name("Roe", "Ro")]),
]


@pytest.mark.parametrize(("source", "names"), NAMES)
def test_names(source: str, names: list[dict[str, Any]]) -> None:
    faults: list[str] = []
    assert read_names(source, faults.append) == names
    assert faults == []


@pytest.mark.parametrize(("source", "names"), NAMES)
def test_names_are_written_and_read_back(source: str, names: list[dict[str, Any]]) -> None:
    if any("dropping-particle" in one for one in names):
        names = [name("Lamartine", "Alphonse", "de")]
    assert read_names(write_names(names), lambda _fault: None) == names


def test_a_name_is_written_in_its_simplest_notation() -> None:
    assert write_names([name("Beethoven", "Ludwig", "van")]) == "van Beethoven, Ludwig"
    assert write_names([name("van der Berg", "Jan")]) == "{van der Berg}, {Jan}"
    assert write_names([{"literal": "UN"}, OTHERS]) == "{UN} and others"


def test_without_useprefix_a_particle_is_a_dropping_one() -> None:
    assert read_names("van Beethoven, Ludwig", lambda _fault: None, False) == [
        name("Beethoven", "Ludwig", dropping="van")
    ]


@pytest.mark.parametrize(
    ("source", "said", "count"),
    [("Doe, Jo, Roe, Ro", "commas", 1), ("Doe and and Roe", "empty", 2), ("family=Doe, foo=1", "foo", 1)],
)
def test_names_that_cannot_be_read_are_reported(source: str, said: str, count: int) -> None:
    faults: list[str] = []
    assert len(read_names(source, faults.append)) == count
    assert len(faults) == 1
    assert said in faults[0]


def date(*parts: list[int], **more: Any) -> dict[str, Any]:
    return {"date-parts": list(parts), **more}


# Written, read, and written again.
EDTF: list[tuple[str, dict[str, Any], str]] = [
    ("2001", date([2001]), "2001"),
    ("2001-05", date([2001, 5]), "2001-05"),
    ("2001-05-31", date([2001, 5, 31]), "2001-05-31"),
    ("2000-02-29", date([2000, 2, 29]), "2000-02-29"),
    ("2001/2003", date([2001], [2003]), "2001/2003"),
    ("1850-08-02/1850-08-09", date([1850, 8, 2], [1850, 8, 9]), "1850-08-02/1850-08-09"),
    ("2001/", date([2001], [0]), "2001/.."),
    ("2001/..", date([2001], [0]), "2001/.."),
    ("../2003", date([0], [2003]), "../2003"),
    ("1723~", date([1723], circa=True), "1723~"),
    ("1723?", date([1723], circa=True), "1723~"),
    ("1723%", date([1723], circa=True), "1723~"),
    ("1723~/1725", date([1723], [1725], circa=True), "1723~/1725~"),
    ("201X", date([2010], [2019]), "2010/2019"),
    ("20XX", date([2000], [2099]), "2000/2099"),
    ("1999-XX", date([1999]), "1999"),
    ("1999-01-XX", date([1999, 1]), "1999-01"),
    ("2001-21", date([2001], season=1), "2001-21"),
    ("2001-24", date([2001], season=4), "2001-24"),
    ("2001-21/2001-22", date([2001, 21], [2001, 22]), "2001-21/2001-22"),
    ("0044", date([44]), "0044"),
    ("-0043", date([-44]), "-0043"),
    ("0000", date([-1]), "0000"),
    ("Y170002", date([170002]), "Y170002"),
]


@pytest.mark.parametrize(("source", "read", "written"), EDTF)
def test_dates_of_iso_8601_2(source: str, read: dict[str, Any], written: str) -> None:
    faults: list[str] = []
    assert read_date(source, faults.append) == read
    assert write_edtf(read) == written
    assert faults == []


def test_a_date_in_two_calendars_is_not_a_range() -> None:
    faults: list[str] = []
    assert read_date("1346/1967", faults.append) == {"literal": "1346/1967"}
    assert read_date("[1850]", faults.append) == {"literal": "[1850]"}
    assert date_sort_key(DateValue(literal="1346/1967"), {"year"}) < date_sort_key(
        DateValue(PartialDate(1968)), {"year"}
    )
    assert date_sort_key(DateValue(PartialDate(1966)), {"year"}) < date_sort_key(DateValue(literal="[1967]"), {"year"})
    assert faults == []


@pytest.mark.parametrize(
    "source",
    ["18.11.2022", "2001-13", "2001-02-30", "2001-02-29", "..", "/", "1/2/3", "foo", "۱۳۴۶", "2001-00", "0001-01-00"],
)
def test_an_invalid_date_is_kept_and_reported(source: str) -> None:
    faults: list[str] = []
    assert read_date(source, faults.append) == {"literal": source}
    assert len(faults) == 1


def test_a_time_of_day_is_reported() -> None:
    faults: list[str] = []
    assert read_date("2004-04-30T14:34:00+05:00", faults.append) == date([2004, 4, 30])
    assert len(faults) == 1


@pytest.mark.parametrize(
    ("year", "read"),
    [
        ("1904", date([1904])),
        ("c. 1904", date([1904], circa=True)),
        ("1904?", date([1904], circa=True)),
        # Supplied by a cataloguer.
        ("[1850]", {"literal": "[1850]"}),
        ("{[1904]}", {"literal": "[1904]"}),
        ("[c. 1850]", {"literal": "[c. 1850]"}),
        # In two calendars: Persian, Islamic, Ottoman, Hebrew.
        ("1346/1967", {"literal": "1346/1967"}),
        ("1967/1346", {"literal": "1967/1346"}),
        ("1279/1862", {"literal": "1279/1862"}),
        ("1339/1923", {"literal": "1339/1923"}),
        ("5784/2024", {"literal": "5784/2024"}),
        ("1299/1914", date([1299], [1914])),
        ("1904--1906", date([1904], [1906])),
        ("1904/05", date([1904], [1905])),
        ("18 November 2022", date([2022, 11, 18])),
        ("November 18th, 2022", date([2022, 11, 18])),
        ("forthcoming", {"literal": "forthcoming"}),
        ("1998a", {"literal": "1998a"}),
        ("۱۳۴۶", {"literal": "۱۳۴۶"}),
        ("", None),
    ],
)
def test_years_of_bibtex(year: str, read: dict[str, Any] | None) -> None:
    assert read_year(year) == read


@pytest.mark.parametrize(
    ("month", "day", "read"),
    [
        ("January", "", date([2001, 1])),
        ("Sept.", "", date([2001, 9])),
        ("1", "3", date([2001, 1, 3])),
        ("January~15", "", date([2001, 1, 15])),
        ("15~January", "", date([2001, 1, 15])),
        ("jan--feb", "", date([2001, 1], [2001, 2])),
        ("November 15--17", "", date([2001, 11, 15], [2001, 11, 17])),
        ("Fall", "", date([2001], season=3)),
    ],
)
def test_months_of_bibtex(month: str, day: str, read: dict[str, Any]) -> None:
    faults: list[str] = []
    assert with_month(date([2001]), month, day, faults.append) == read
    assert faults == []


@pytest.mark.parametrize("month", ["foo", "13", "mars"])
def test_an_invalid_month_is_reported(month: str) -> None:
    faults: list[str] = []
    assert with_month(date([2001]), month, "", faults.append) == date([2001])
    assert len(faults) == 1


LANGUAGES = {
    **{"english": "en", "american": "en-US", "usenglish": "en-US", "british": "en-GB", "ukenglish": "en-GB"},
    **{"canadian": "en-CA", "australian": "en-AU", "newzealand": "en-NZ", "german": "de", "ngerman": "de"},
    **{"naustrian": "de-AT", "nswissgerman": "de-CH", "french": "fr", "acadian": "fr-CA", "canadien": "fr-CA"},
    **{
        "persian": "fa",
        "farsi": "fa",
        "russian": "ru",
        "turkish": "tr",
        "ukrainian": "uk",
        "uzbek": "uz",
        "tajik": "tg",
    },
    **{
        "kazakh": "kk",
        "kyrgyz": "ky",
        "turkmen": "tk",
        "azerbaijani": "az",
        "uyghur": "ug",
        "pashto": "ps",
        "dari": "prs",
    },
    **{"greek": "el", "polutonikogreek": "el-polyton", "ancientgreek": "grc", "latin": "la", "arabic-morocco": "ar-MA"},
    **{"serbian": "sr-Latn", "serbianc": "sr-Cyrl", "serbian-cyrillic-kosovo": "sr-Cyrl-XK", "portuguese": "pt"},
    **{"brazilian": "pt-BR", "portuges": "pt-PT", "chinese-traditional-hongkongsarchina": "zh-Hant-HK"},
    **{"chinese-hans": "zh-Hans", "centralkurdish": "ckb", "kurmanji": "kmr", "magyar": "hu", "norsk": "nb"},
    **{"nynorsk": "nn", "slovene": "sl", "uppersorbian": "hsb", "punjabi-gurmukhi": "pa-Guru", "meta": "mgo"},
    **{"langgerman": "de", "Russian": "ru", "en-us": "en-US", "zh_hans_cn": "zh-Hans-CN", "rus": "ru", "ger": "de"},
}
# Languages of babel (manual 3.4x, 1.13) that are not in the table above, one for each kind of name.
BABEL = split_words(
    "afrikaans aghem akan albanian amharic arabic armenian assamese asturian azerbaijani-cyrillic basque belarusian "
    "bengali bosnian-latin breton bulgarian burmese cantonese catalan centralatlastamazight cherokee cornish croatian "
    "czech danish dutch dzongkha english-newzealand esperanto estonian faroese filipino finnish french-switzerland "
    "friulian fulah galician georgian german-austria gujarati hausa-ghana hebrew hindi hungarian icelandic inarisami "
    "indonesian interlingua irish italian japanese jolafonyi kannada khmer korean lao latvian lithuanian lowersorbian "
    "macedonian malay-brunei malayalam maltese marathi mexican mongolian nepali northernsami norwegianbokmal occitan "
    "oriya ossetic piedmontese polish romanian romansh sakha samin sanskrit-devanagari scottishgaelic sinhala slovak "
    "spanish-mexico swahili swedish swissgerman tachelhit-tifinagh tamil telugu thai tibetan tigrinya urdu vai-vai "
    "vietnamese welsh westernfrisian yiddish zulu"
)


@pytest.mark.parametrize(("known", "tag"), LANGUAGES.items())
def test_language_names_become_tags(known: str, tag: str) -> None:
    assert language_tag(known) == tag
    assert language_tag(language_name(tag)) == tag


@pytest.mark.parametrize("known", BABEL)
def test_every_language_of_babel_is_known(known: str) -> None:
    tag = language_tag(known)
    assert tag is not None
    assert language_tag(language_name(tag)) == tag


@pytest.mark.parametrize("unknown", ["klingonese", "xx", "english-nowhere", "", "latin1"])
def test_an_unknown_language_has_no_tag(unknown: str) -> None:
    assert language_tag(unknown) is None
