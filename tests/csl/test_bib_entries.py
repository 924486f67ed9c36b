"""BibTeX and biblatex to CSL-JSON: every entry type, every field, and the findings about what is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fleuron.csl import vocabulary
from fleuron.csl.rendering.item_values import read_item
from fleuron.csl.sources.bibtex import read_bibliography
from fleuron.csl.sources.entry import field_names
from fleuron.csl.sources.entry.bib_entry import BibFinding
from fleuron.csl.style.locales import Locale

REFS = Path(__file__).parents[2] / "refs.bib"

# Biblatex 3.20, 2.1.1 to 2.1.3, and the types of BibTeX.
TYPES = {
    **dict.fromkeys(["book", "mvbook", "collection", "mvcollection", "proceedings", "mvproceedings"], "book"),
    **dict.fromkeys(["reference", "mvreference", "manual", "commentary"], "book"),
    **dict.fromkeys(["inbook", "bookinbook", "suppbook", "incollection", "suppcollection"], "chapter"),
    **dict.fromkeys(["inproceedings", "conference"], "paper-conference"),
    **dict.fromkeys(["article", "suppperiodical"], "article-journal"),
    **dict.fromkeys(["online", "electronic", "www"], "webpage"),
    **dict.fromkeys(["report", "techreport"], "report"),
    **dict.fromkeys(["thesis", "phdthesis", "mastersthesis"], "thesis"),
    **dict.fromkeys(["misc", "bibnote"], "document"),
    **dict.fromkeys(["artwork", "image"], "graphic"),
    **dict.fromkeys(["audio", "music"], "song"),
    **dict.fromkeys(["movie", "video"], "motion_picture"),
    **{"booklet": "pamphlet", "dataset": "dataset", "inreference": "entry-encyclopedia", "patent": "patent"},
    **{
        "periodical": "periodical",
        "software": "software",
        "unpublished": "manuscript",
        "archival": "manuscript",
        "standard": "standard",
    },
    **{"jurisdiction": "legal_case", "legislation": "legislation", "legal": "treaty", "performance": "performance"},
    **{"letter": "personal_communication", "newspaper": "article-newspaper", "review": "review"},
}


def read(text: str) -> tuple[dict[str, Any], list[BibFinding]]:
    """Read a bibliography of one entry."""
    items, findings = read_bibliography(text)
    return next(iter(items.values()), {}), findings


@pytest.mark.parametrize(("entry_type", "item_type"), TYPES.items())
def test_every_entry_type_has_its_item_type(entry_type: str, item_type: str) -> None:
    item, findings = read(f"@{entry_type.upper()}{{k, title = {{T}}}}")
    assert (item["id"], item["type"], item["title"]) == ("k", item_type, "T")
    assert item_type in vocabulary.ITEM_TYPES
    assert findings == []


@pytest.mark.parametrize(
    ("entry", "item_type"),
    [
        ("@article{k, entrysubtype = {magazine}}", "article-magazine"),
        ("@article{k, entrysubtype = {newspaper}}", "article-newspaper"),
        ("@periodical{k, entrysubtype = {magazine}}", "article-magazine"),
        ("@misc{k, entrysubtype = {map}}", "map"),
        ("@unpublished{k, eventtitle = {Congress}}", "speech"),
        ("@unpublished{k, howpublished = {Typescript}}", "manuscript"),
    ],
)
def test_a_subtype_or_an_event_changes_the_item_type(entry: str, item_type: str) -> None:
    item, findings = read(entry)
    assert item["type"] == item_type
    assert findings == []


def test_an_xdata_entry_is_not_an_item_and_a_set_is_reported() -> None:
    items, findings = read_bibliography("@xdata{x, publisher = {P}}\n@set{s, entryset = {a, b}}")
    assert list(items) == ["s"]
    assert [(finding.key, finding.line) for finding in findings] == [("s", 2)]
    assert "sets" in findings[0].message


def test_an_unknown_type_is_a_document_and_is_reported() -> None:
    item, findings = read("@weird{k, title = {T}}")
    assert item["type"] == "document"
    assert [finding.message for finding in findings] == [
        "“weird” is not an entry type of BibTeX or biblatex; the entry is printed as a document"
    ]


PERSON = [{"family": "Doe", "given": "Jo"}]
DAY = {"date-parts": [[2001, 5, 6]]}
# A type, a field with its value, and what the item then has; with the same for the fields that count only together.
FIELDS: list[tuple[str, str, dict[str, Any]]] = [
    *[
        ("misc", f"{field} = {{Doe, Jo}}", {role: PERSON})
        for field, role in {
            **{"author": "author", "editor": "editor", "editora": "editor", "translator": "translator"},
            **{"bookauthor": "container-author", "director": "director", "recipient": "recipient"},
            **{"interviewer": "interviewer", "composer": "composer", "scriptwriter": "script-writer"},
            **{"reviewedauthor": "reviewed-author", "holder": "author"},
        }.items()
    ],
    ("patent", "author = {A, B}, holder = {Doe, Jo}", {"contributor": PERSON}),
    ("book", "editor = {Doe, Jo}, editortype = {compiler}", {"compiler": PERSON}),
    ("book", "editorb = {Doe, Jo}, editorbtype = {organizer}", {"organizer": PERSON}),
    ("book", "editorc = {Doe, Jo}, editorctype = {director}", {"director": PERSON}),
    ("movie", "namea = {Doe, Jo}, nameatype = {producer}", {"producer": PERSON}),
    ("book", "title = {T}, subtitle = {S}, titleaddon = {A}", {"title": "T: S. A", "title-short": "T"}),
    ("book", "title = {Why?}, subtitle = {S}", {"title": "Why? S"}),
    ("book", "title = {T}, shorttitle = {X}", {"title": "T", "title-short": "X"}),
    ("book", "title = {V}, maintitle = {M}, mainsubtitle = {S}", {"title": "M: S", "volume-title": "V"}),
    ("inbook", "booktitle = {B}, booksubtitle = {S}, booktitleaddon = {A}", {"container-title": "B: S. A"}),
    (
        "inbook",
        "title = {T}, booktitle = {B}, maintitle = {M}, maintitleaddon = {A}",
        {"title": "T", "container-title": "M. A", "volume-title": "B"},
    ),
    ("article", "journaltitle = {J}, journalsubtitle = {S}", {"container-title": "J: S"}),
    ("article", "journal = {J}, shortjournal = {Jl}", {"container-title": "J", "container-title-short": "Jl"}),
    ("article", "issuetitle = {I}, issuesubtitle = {S}", {"volume-title": "I: S"}),
    ("periodical", "title = {J}, issuetitle = {I}", {"title": "I", "container-title": "J"}),
    ("inproceedings", "eventtitle = {E}, eventtitleaddon = {A}", {"event-title": "E. A"}),
    ("inproceedings", "venue = {V}, eventdate = {2001-05-06}", {"event-place": "V", "event-date": DAY}),
    ("book", "origtitle = {O}, origpublisher = {P}", {"original-title": "O", "original-publisher": "P"}),
    (
        "book",
        "origlocation = {L}, origdate = {2001-05-06}",
        {"original-publisher-place": "L", "original-date": DAY},
    ),
    ("article", "number = {4}, issue = {Spring}", {"issue": "4, Spring"}),
    ("article", "eid = {e12}", {"number": "e12"}),
    ("article", "series = {3}", {"collection-number": "3"}),
    ("article", "series = {newseries}", {"collection-title": "new series"}),
    ("book", "series = {S}, number = {7}", {"collection-title": "S", "collection-number": "7"}),
    ("book", "number = {7}", {"number": "7"}),
    ("report", "number = {7}", {"number": "7"}),
    ("book", "volume = {2}, volumes = {4}, part = {1}", {"volume": "2", "number-of-volumes": "4", "part-number": "1"}),
    ("book", "pagetotal = {xii + 300}", {"number-of-pages": "xii + 300"}),
    ("article", "pages = {12--34, 56}", {"page": "12-34, 56"}),
    ("article", "pages = {12–34}", {"page": "12-34"}),
    ("inbook", "chapter = {3}", {"chapter-number": "3"}),
    ("book", "edition = {2}", {"edition": "2"}),
    ("book", "edition = {Second}", {"edition": "2"}),
    ("book", "edition = {3rd}", {"edition": "3"}),
    ("book", "edition = {Revised}", {"edition": "Revised"}),
    ("software", "version = {1.2}", {"version": "1.2"}),
    ("book", "publisher = {Simon and Schuster}", {"publisher": "Simon and Schuster"}),
    ("book", "address = {A}", {"publisher-place": "A"}),
    ("book", "location = {A and B}", {"publisher-place": "A; B"}),
    ("thesis", "school = {U}", {"publisher": "U"}),
    ("report", "institution = {I}", {"publisher": "I"}),
    ("online", "organization = {Afintl}", {"publisher": "Afintl"}),
    ("manual", "organization = {O}, publisher = {P}", {"publisher": "O; P"}),
    ("inproceedings", "organization = {O}, publisher = {P}", {"publisher": "P", "organizer": [{"literal": "O"}]}),
    ("jurisdiction", "institution = {Court}", {"authority": "Court"}),
    ("patent", "location = {countryde}", {"jurisdiction": "Germany"}),
    ("misc", "howpublished = {H}", {"publisher": "H"}),
    ("misc", "howpublished = {\\url{http://a.b/c_d}}", {"URL": "http://a.b/c_d"}),
    ("misc", "howpublished = {Tape}, organization = {O}", {"publisher": "O", "medium": "Tape"}),
    ("thesis", "type = {phdthesis}", {"genre": "PhD thesis", "custom": {"genre-key": "phdthesis"}}),
    ("phdthesis", "title = {T}", {"genre": "PhD thesis", "custom": {"genre-key": "phdthesis"}}),
    ("mastersthesis", "type = {Lizentiat}", {"genre": "Lizentiat"}),
    ("techreport", "title = {T}", {"genre": "Technical report", "custom": {"genre-key": "techreport"}}),
    ("book", "pubstate = {inpress}", {"status": "in press", "custom": {"status-key": "inpress"}}),
    ("book", "pubstate = {second proofs}", {"status": "second proofs"}),
    ("book", "date = {2001-05-06}", {"issued": DAY}),
    ("book", "year = 2001, month = may, day = 6", {"issued": DAY}),
    ("book", "year = 2001, month = may # {~6}", {"issued": DAY}),
    ("book", "year = 1999, endyear = 2001", {"issued": {"date-parts": [[1999], [2001]]}}),
    ("online", "urldate = {2001-05-06}", {"accessed": DAY}),
    ("online", "urlyear = 2001, urlmonth = 5, urlday = 6", {"accessed": DAY}),
    ("article", "doi = {https://doi.org/10.1/a_b}", {"DOI": "10.1/a_b"}),
    ("online", "url = {https://a.b/%20\\_c}", {"URL": "https://a.b/%20_c"}),
    ("book", "isbn = {1}, issn = {2}", {"ISBN": "1", "ISSN": "2"}),
    (
        "article",
        "eprint = {1234.5}, archiveprefix = {arXiv}, primaryclass = {cs.LO}",
        {"URL": "https://arxiv.org/abs/1234.5", "archive": "arXiv", "archive_location": "1234.5 [cs.LO]"},
    ),
    ("article", "eprint = {12}, eprinttype = {pubmed}", {"PMID": "12"}),
    ("article", "eprint = {12}, eprinttype = {jstor}", {"URL": "https://www.jstor.org/stable/12"}),
    ("article", "pmid = {12}, pmcid = {PMC3}", {"PMID": "12", "PMCID": "PMC3"}),
    (
        "book",
        "abstract = {A}, annotation = {B}, keywords = {c, d}",
        {"abstract": "A", "annote": "B", "keyword": "c, d"},
    ),
    ("book", "annote = {B}", {"annote": "B"}),
    ("book", "note = {N}, addendum = {A}", {"note": "N. A"}),
    ("book", "library = {L}", {"call-number": "L"}),
    ("unpublished", "library = {L}", {"archive": "L"}),
    ("unpublished", "archive = {A}, library = {L}", {"archive": "A", "call-number": "L"}),
    ("book", "shorthand = {KrV}", {"citation-label": "KrV"}),
    ("book", "label = {KrV}", {"citation-label": "KrV"}),
    ("book", "langid = {persian}", {"language": "fa"}),
    ("book", "hyphenation = {ngerman}", {"language": "de"}),
    ("book", "langid = {english}, langidopts = {variant=british}", {"language": "en-GB"}),
    ("book", "language = {russian}", {"language": "ru"}),
    ("book", "langid = {english}, language = {german}", {"language": "en", "custom": {"languages": ["de"]}}),
    ("book", "language = {german and french}", {"language": "de", "custom": {"languages": ["de", "fr"]}}),
    ("image", "dimensions = {2 by 3}, scale = {1:2}", {"dimensions": "2 by 3", "scale": "1:2"}),
]


@pytest.mark.parametrize(("entry_type", "written", "expected"), FIELDS)
def test_every_field_becomes_its_variable(entry_type: str, written: str, expected: dict[str, Any]) -> None:
    item, findings = read(f"@{entry_type}{{k, {written}}}")
    assert {variable: item.get(variable) for variable in expected} == expected
    assert findings == []


# The data model of biblatex 3.20 (biblatex.def and blx-dm.def), less the parts of dates other than the year.
DATA_MODEL = vocabulary.split_words(
    "abstract addendum afterword annotation annotator author authortype bookauthor bookpagination booksubtitle "
    "booktitle booktitleaddon chapter commentator date doi edition editor editora editoratype editorb editorbtype "
    "editorc editorctype editortype eid entryset entrysubtype eprint eprintclass eprinttype eventdate eventtitle "
    "eventtitleaddon foreword holder howpublished institution introduction isan isbn ismn isrn issn issue "
    "issuesubtitle issuetitle issuetitleaddon iswc journalsubtitle journaltitle journaltitleaddon label langid "
    "language library location mainsubtitle maintitle maintitleaddon month namea nameaddon nameatype nameb "
    "namebtype namec namectype note number organization origdate origlanguage origlocation origpublisher "
    "origtitle pages pagetotal pagination part publisher pubstate related relatedstring relatedtype reprinttitle "
    "series shortauthor shorteditor shorthand shorthandintro shortjournal shortseries shorttitle subtitle title "
    "titleaddon translator type url urldate venue version volume volumes year lista listb listc listd liste listf "
    "usera userb userc userd usere userf verba verbb verbc address annote archiveprefix journal key pdf "
    "primaryclass school"
)


@pytest.mark.parametrize("field", DATA_MODEL)
@pytest.mark.parametrize("entry_type", ["article", "book", "incollection", "online", "unpublished"])
def test_no_field_is_dropped_silently(entry_type: str, field: str) -> None:
    """Each field of the data model is read, reported, or known not to describe the source."""
    value = "2001" if field.endswith("date") or field == "year" else "english" if "lang" in field else "Zq9"
    bare, _findings = read(f"@{entry_type}{{k, title = {{T}}}}")
    item, findings = read(f"@{entry_type}{{k, {field} = {{{value}}}, title = {{T}}}}")
    silent = {"relatedstring", "relatedtype", "key", "pdf"}
    if field == "title":
        assert item["title"] == "Zq9"
    elif field in silent:
        assert (item, findings) == (bare, [])
    else:
        assert item != bare or [finding.field for finding in findings] == [field]
    assert not [finding for finding in findings if finding.message.startswith(field_names.UNKNOWN)]


def test_fields_that_programs_store_for_themselves_are_ignored() -> None:
    noted = ", ".join(f"{field} = {{x}}" for field in ("file", "owner", "timestamp", "groups", "bdsk-url-1", "OPTnote"))
    assert read(f"@book{{k, {noted}, pagination = {{page}}}}") == ({"id": "k", "type": "book"}, [])


def test_an_unknown_field_is_reported_with_its_line() -> None:
    _item, findings = read("@book{k,\n  title = {T},\n  titel = {U},\n}\n")
    assert [(finding.key, finding.field, finding.line) for finding in findings] == [("k", "titel", 3)]
    assert findings[0].message == f"{field_names.UNKNOWN}; did you mean “title”?"


@pytest.mark.parametrize(
    ("written", "field", "said"),
    [
        ("origlanguage = {german}", "origlanguage", "no variable"),
        ("related = {a}, relatedtype = {reprintof}", "related", "related entries"),
        ("foreword = {Doe, Jo}", "foreword", "contributors"),
        ("editor = {Doe, Jo}, editortype = {redactor}", "editortype", "no role"),
        ("langid = {klingonese}", "langid", "klingonese"),
        ("url = {javascript:alert(1)}", "url", "http"),
        ("urldate = {18.11.2022}", "urldate", "2022-11-18"),
        ("date = {2001}, year = {2002}", "year", "date"),
        ("month = {may}", "month", "without a year"),
        ("title = {\\foo{x}}", "title", "\\foo"),
        ("author = {a, b, c, d}", "author", "commas"),
        ("title = {A}, title = {B}", "title", "repeats"),
        ("address = {A}, location = {B}", "location", "repeats"),
        ("title = {A}, booktitle = {B}", "booktitle", "for a whole book"),
        ("note = {\\href{http://a.b}{words}}", "note", "http://a.b"),
        ("entrysubtype = {odd}", "entrysubtype", "odd"),
        ("note = undefined", "note", "macro undefined"),
        ("journaltitle = {J}", "journaltitle", "not used in this type"),
    ],
)
def test_losses_and_errors_are_reported(written: str, field: str, said: str) -> None:
    _item, findings = read(f"@book{{k,\n\n{written}}}")
    assert [(finding.key, finding.field, finding.line) for finding in findings] == [("k", field, 3)]
    assert said in findings[0].message


def test_macros_concatenation_comments_and_preambles() -> None:
    items, findings = read_bibliography(
        '@string{oup = "Oxford"}\n@STRING(press = {University Press})\n@preamble{"\\newcommand{\\x}{}"}\n'
        "@comment{@book{hidden, title = {H}} me@example.org}\n@Comment jabref\n"
        '@Book(k, PUBLISHER = OUP # " " # press, Year = 1999)'
    )
    assert items == {
        "k": {"id": "k", "type": "book", "publisher": "Oxford University Press", "issued": {"date-parts": [[1999]]}}
    }
    assert findings == []


def test_a_syntax_error_is_one_finding_and_the_next_entry_is_read() -> None:
    items, findings = read_bibliography(
        "@book{a, title = {A}}\n@book{b,\n  title = {never closed,\n  year = 1999,\n}\n\n@book{c, title = {C}}\n"
        "@book{d, title = {D}\n  year = 1999}\n@book{e, title = {E}}\n"
    )
    assert [items[key]["title"] for key in ("a", "c", "d", "e")] == ["A", "C", "D", "E"]
    assert [(finding.key, finding.line) for finding in findings] == [("b", 3), ("d", 9)]
    assert all("syntax error" in finding.message for finding in findings)


def test_a_key_counts_once_whatever_its_case() -> None:
    items, findings = read_bibliography("@book{a, title = {First}}\n@book{A, title = {Second}}")
    assert [item["title"] for item in items.values()] == ["First"]
    assert [(finding.key, finding.line) for finding in findings] == [("A", 2)]


def test_the_order_of_the_file_is_kept() -> None:
    items, _findings = read_bibliography("@book{b, crossref = {a}}\n@book{a}\n@book{c}")
    assert list(items) == ["b", "a", "c"]


def test_the_sample_is_read_without_loss() -> None:
    items, findings = read_bibliography(REFS.read_text("utf-8"), str(REFS))
    assert findings == []
    assert items["afintl2022"]["publisher"] == "Afintl"
    assert items["afintl2022"]["accessed"] == {"date-parts": [[2022, 11, 18]]}
    assert items["ghubar1967"]["author"] == [{"family": "غبار", "given": "میر غلام محمد"}]
    assert items["unsc2593"]["author"] == [{"literal": "United Nations Security Council"}]
    assert items["unsc2593"]["issued"] == {"date-parts": [[2021, 8, 30]]}
    assert [items[key]["language"] for key in ("afintl2022", "korgun2004", "simsir2002", "grafton1997")] == [
        "fa",
        "ru",
        "tr",
        "en",
    ]


@pytest.mark.parametrize(
    ("language", "genre"),
    [("en", "PhD thesis"), ("tr", "Doktora tezi"), ("ru-RU", "докторская диссертация"), ("de", "PhD thesis")],
)
def test_a_genre_with_a_key_is_in_the_language_of_the_edition(language: str, genre: str) -> None:
    data = {"id": "a", "type": "thesis", "genre": "PhD thesis", "custom": {"genre-key": "phdthesis"}}
    assert read_item(data, Locale(language)).data["genre"] == genre
    assert read_item(data | {"genre": "Habilitation", "custom": {}}, Locale(language)).data["genre"] == "Habilitation"


ARCHIVES = """@archival{rgada, title = {Книга}, date = {1623}, library = {РГАДА}, location = {Москва}, fond = {396},
  opis = {1}, delo = {12}, folios = {5--6об.}, langid = {russian}}
@archival{kew, library = {National Archives}, archiveplace = {Kew}, archivecollection = {FO 371}, box = {3},
  folder = {4-5}, folios = {12}}
@archival{avpri, library = {AVPRI}, fond = {144}, delo = {40, 41}, folios = {7}, langid = {russian-latin}}
@archival{letter, library = {РГАЛИ}, fond = {5}, langid = {english}}
@archival{abroad, library = {RGALI}, fond = {5}, folios = {7}, langid = {russian}}
@archival{istanbul, library = {BOA}, archivelocation = {HR.SYS 12/3}, box = {3}, langid = {turkish}}
"""


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("rgada", ("РГАДА", "Москва", "", "ф.\u00a0396, оп.\u00a01, д.\u00a012, л.\u00a05–6об.")),
        ("kew", ("National Archives", "Kew", "FO 371", "box\u00a03, folders\u00a04–5, fol.\u00a012")),
        ("avpri", ("AVPRI", "", "", "f.\u00a0144, dd.\u00a040, 41, l.\u00a07")),
        ("letter", ("РГАЛИ", "", "", "ф.\u00a05")),
        ("abroad", ("RGALI", "", "", "f.\u00a05, l.\u00a07")),
        ("istanbul", ("BOA", "", "", "HR.SYS 12/3")),
    ],
)
def test_an_archive_is_named_with_the_abbreviations_of_its_language(key: str, expected: tuple[str, ...]) -> None:
    item = read_bibliography(ARCHIVES)[0][key]
    variables = ("archive", "archive-place", "archive_collection", "archive_location")
    assert tuple(item.get(variable, "") for variable in variables) == expected
    assert item["type"] == "manuscript" and "publisher-place" not in item
