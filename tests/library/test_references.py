"""The sources that an article cites, as each registry takes them: in order, once, with their DOIs."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from typing import Any

from lxml import etree

from fleuron.library.record_files import works_from_json, works_to_json
from fleuron.metadata.deposits.crossref import Deposit, crossref
from fleuron.metadata.deposits.datacite import datacite
from fleuron.metadata.deposits.inveniordm import inveniordm
from fleuron.metadata.page_head.head_elements import highwire
from fleuron.metadata.references import Reference, reference_of
from fleuron.metadata.work import RelatedWork, Work
from tests.library.test_datacite import faults
from tests.support.article_works import EVIL, WHOLE
from tests.support.library_articles import is_clean, leaves, read_json

ARTICLE = {
    "type": "article-journal",
    "title": "On <i>Notes</i>; and Marks",
    "container-title": "Journal of Notes",
    "author": [{"family": "Berg", "given": "Ada", "non-dropping-particle": "van der"}, {"literal": "The Desk"}],
    "issued": {"date-parts": [[1997, 3]]},
    "volume": "7",
    "issue": "2",
    "page": "13–27",
    "DOI": "10.5555/notes",
    "ISSN": "2049-3630",
}
CHAPTER = {
    "type": "chapter",
    "title": "Margins",
    "container-title": "The Book of Pages",
    "editor": [{"family": "Editor", "given": "E."}],
    "issued": {"date-parts": [[1980]]},
    "page": "1, 5",
    "publisher": "Press",
    "ISBN": "978-3-16-148410-0",
    "DOI": "no doi",
    "URL": "javascript:alert(1)",
}
BOOK = {"type": "book", "title": "Pages", "edition": "2", "ISBN": "123", "issued": {"date-parts": [[1901]]}}
REFERENCES = (
    reference_of("notes", ARTICLE, "van der Berg, “On Notes.”"),
    reference_of("margins", CHAPTER),
    reference_of("pages", BOOK, "Pages. 1901."),
)
CITING = replace(WHOLE, doi="10.5555/delta", references=REFERENCES)
JOURNAL = Deposit("Press", "press@example.org", "Press", datetime.datetime(2026, 12, 6), issn="2049-3630")
# The order of the elements of a citation in Crossref's schema 5.3.1.
ORDER = (
    *("issn", "journal_title", "author", "volume", "issue", "first_page", "elocation_id", "cYear", "doi", "isbn"),
    *("series_title", "volume_title", "edition_number", "component_number", "article_title", "unstructured_citation"),
)


def deposited(work: Work, deposit: Deposit = JOURNAL) -> list[dict[str, str]]:
    """Return the citations of a deposit, each as its key and its elements."""
    root = etree.fromstring(crossref([work], deposit))
    (listed,) = root.iterfind(".//{*}citation_list")
    article = listed.getparent()
    assert article is not None and [etree.QName(each).localname for each in article][-2:] == [
        "doi_data",
        "citation_list",
    ]
    found = []
    for citation in listed:
        names = [etree.QName(each).localname for each in citation]
        assert names == sorted(names, key=ORDER.index)
        found.append(
            {"key": str(citation.get("key"))} | dict(zip(names, (each.text or "" for each in citation), strict=True))
        )
    return found


def test_a_source_is_read_from_its_item() -> None:
    article, chapter, book = REFERENCES
    assert article.authors == ("van der Berg, Ada", "The Desk")
    assert (article.title, article.year, article.first_page, article.last_page) == (
        "On Notes; and Marks",
        "1997",
        "13",
        "27",
    )
    assert (chapter.authors, chapter.doi, chapter.address, chapter.first_page) == (("Editor, E.",), "", "", "")
    assert (book.authors, book.text) == ((), "Pages. 1901.")
    assert chapter.wording == "Editor, E.. Margins. The Book of Pages. Press. 1980"


def test_crossref_is_given_the_sources_in_order() -> None:
    for deposit in (JOURNAL, replace(JOURNAL, issn="")):
        assert deposited(CITING, deposit) == [
            {
                "key": "ref1",
                "issn": "2049-3630",
                "journal_title": "Journal of Notes",
                "author": "van der Berg, Ada",
                "volume": "7",
                "issue": "2",
                "first_page": "13",
                "cYear": "1997",
                "doi": "10.5555/notes",
                "article_title": "On Notes; and Marks",
                "unstructured_citation": "van der Berg, “On Notes.”",
            },
            {
                "key": "ref2",
                "author": "Editor, E.",
                "cYear": "1980",
                "isbn": "978-3-16-148410-0",
                "volume_title": "The Book of Pages",
                "article_title": "Margins",
                "unstructured_citation": REFERENCES[1].wording,
            },
            {
                "key": "ref3",
                "cYear": "1901",
                "volume_title": "Pages",
                "edition_number": "2",
                "unstructured_citation": "Pages. 1901.",
            },
        ]
    assert b"citation_list" not in crossref([replace(CITING, references=())], JOURNAL)


def test_datacite_links_what_has_a_doi_and_describes_the_rest() -> None:
    record = read_json(datacite(CITING))
    assert faults(record) == []
    cited = [each for each in record["relatedIdentifiers"] if each["relationType"] == "References"]
    assert cited == [
        {
            "relatedIdentifier": "10.5555/notes",
            "relatedIdentifierType": "DOI",
            "relationType": "References",
            "resourceTypeGeneral": "JournalArticle",
        }
    ]
    items = [each for each in record["relatedItems"] if each["relationType"] == "References"]
    assert [(each["relatedItemType"], each["titles"][0]["title"], each["publicationYear"]) for each in items] == [
        ("BookChapter", "Margins", "1980"),
        ("Book", "Pages", "1901"),
    ]
    comment = RelatedWork("comments-on", "Notes", "", "10.5555/notes")
    again = json.loads(datacite(replace(CITING, related=(comment,))))["relatedIdentifiers"]
    assert [each["relatedIdentifier"] for each in again].count("10.5555/notes") == 1


def test_a_page_and_a_repository_name_the_sources() -> None:
    tags = [meta.content for meta in highwire(CITING) if meta.name == "citation_reference"]
    assert tags[0] == (
        "citation_title=On Notes, and Marks; citation_author=van der Berg, Ada; citation_author=The Desk; "
        "citation_journal_title=Journal of Notes; citation_volume=7; citation_issue=2; citation_firstpage=13; "
        "citation_lastpage=27; citation_publication_date=1997; citation_doi=10.5555/notes"
    )
    assert tags[1].startswith("citation_title=Margins; citation_author=Editor, E.; citation_inbook_title=The Book")
    assert len(tags) == 3
    metadata = read_json(inveniordm(CITING))["metadata"]
    assert [each["reference"] for each in metadata["references"]] == [each.wording for each in REFERENCES]
    related: list[dict[str, Any]] = metadata["related_identifiers"]
    assert [each["identifier"] for each in related if each["relation_type"]["id"] == "references"] == ["10.5555/notes"]


def test_sources_are_kept_between_the_builds_of_editions() -> None:
    assert works_from_json(works_to_json([CITING])) == [CITING]


def test_hostile_sources_stay_text() -> None:
    hostile = reference_of("x", dict.fromkeys(("type", "title", "DOI", "URL", "ISSN", "volume", "page"), EVIL), EVIL)
    work = replace(CITING, references=(hostile, Reference("empty")))
    (first, second) = deposited(work)
    assert set(first) == {"key", "volume", "volume_title", "unstructured_citation"} and second == {"key": "ref2"}
    assert all(map(is_clean, leaves(read_json(datacite(work)))))
    assert faults(json.loads(datacite(work))) == []
