"""The files about all articles: a static repository for OAI-PMH, the XML of DOAJ, and the list of KBART."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import BytesIO, StringIO

from lxml import etree
from pymarc import parse_xml_to_array

from fleuron.metadata.harvest.doaj import doaj
from fleuron.metadata.harvest.kbart import FIELDS, kbart
from fleuron.metadata.harvest.oai_repository import static_repository
from fleuron.publication.values.history import Withdrawal
from tests.support.article_works import BARE, BASE, HOSTILE, IN_TURKISH, WHOLE

EN = replace(WHOLE, doi="10.5555/1", issn="2049-3630", volume="7", issue="2")
TR = replace(IN_TURKISH, doi="10.5555/1", issn="2049-3630")
assert WHOLE.date
GONE = replace(EN, name="gone", withdrawn=Withdrawal(WHOLE.date, "Why."))
WORKS = [EN, TR, GONE, BARE, HOSTILE]
OAI = "{http://www.openarchives.org/OAI/2.0/}"
# The elements of a record in the order of DOAJ's schema.
ORDER = [
    "language",
    "publisher",
    "journalTitle",
    "issn",
    "eissn",
    "publicationDate",
    "volume",
    "issue",
    "startPage",
    "endPage",
    "doi",
    "publisherRecordId",
    "documentType",
    "title",
    "authors",
    "affiliationsList",
    "abstract",
    "fullTextUrl",
    "keywords",
]


def test_a_static_repository_has_each_record_in_each_format() -> None:
    root = etree.fromstring(static_repository(WORKS, "The <Press>", BASE, "press@example.org"))
    assert [etree.QName(each).localname for each in root] == [
        *("Identify", "ListMetadataFormats", "ListRecords", "ListRecords")
    ]
    assert [(etree.QName(each).localname, each.text) for each in root[0]] == [
        ("repositoryName", "The <Press>"),
        ("baseURL", f"{BASE}/oai.xml"),
        ("protocolVersion", "2.0"),
        ("adminEmail", "press@example.org"),
        ("earliestDatestamp", "2026-11-03"),
        ("deletedRecord", "no"),
        ("granularity", "YYYY-MM-DD"),
    ]
    for records in list(root)[2:]:
        identifiers = [each.text for each in records.iter(f"{OAI}identifier")]
        assert identifiers == ["oai:example.org:en/delta", "oai:example.org:tr/delta"]
    assert [records.get("metadataPrefix") for records in list(root)[2:]] == ["oai_dc", "marc21"]
    (record,) = parse_xml_to_array(BytesIO(etree.tostring(root[3][0].find(f"{OAI}metadata")[0])))  # type: ignore[no-untyped-call, index]  # pymarc 5.4
    assert record["245"]["a"] == "The Delta"
    assert static_repository(WORKS, "Press", "", "press@example.org") == b""
    assert static_repository(WORKS, "Press", BASE, "") == static_repository([BARE], "P", BASE, "a@b.org") == b""


def test_doaj_is_given_each_article_once_with_its_translations() -> None:
    (record,) = etree.fromstring(doaj(WORKS))
    names = [str(each.tag) for each in record]
    assert names == sorted(names, key=ORDER.index)
    assert record.findtext("language") == "eng" and record.findtext("eissn") == "2049-3630"
    titles = [(each.get("language"), each.text) for each in record.iterfind("title")]
    assert titles == [("eng", EN.full_title), ("tur", TR.full_title)]
    assert [each.text for each in record.iterfind("authors/author/name")] == [
        "Ada van der Lovelace",
        "The Editors, a Desk",
    ]
    number, listed = record.findtext("authors/author/affiliationId"), record.find("affiliationsList/affiliationName")
    assert listed is not None and listed.get("affiliationId") == number == "1"
    assert record.findtext("fullTextUrl") == EN.address
    assert doaj([replace(EN, issn=""), replace(EN, address="http://localhost/x.html")]) == b""


def test_a_knowledge_base_is_told_where_the_review_begins() -> None:
    later = replace(EN, name="later", date=EN.date and EN.date.replace(year=2030), volume="11")
    (row,) = csv.DictReader(StringIO(kbart([later, *WORKS], "marginalia")), delimiter="\t")
    assert tuple(row) == FIELDS and len(FIELDS) == 25
    assert {name: text for name, text in row.items() if text} == {
        "publication_title": "Marginalia",
        "online_identifier": "2049-3630",
        "date_first_issue_online": "2026-11-03",
        "num_first_vol_online": "7",
        "num_first_issue_online": "2",
        "title_url": f"{BASE}/en/index.html",
        "title_id": "marginalia",
        "coverage_depth": "fulltext",
        "publisher_name": "The Press",
        "publication_type": "serial",
        "access_type": "F",
    }
    assert kbart([BARE], "bare") == ""
