"""An article says where it stands in its journal: at its head, and in the records of every kind."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from lxml import etree

from fleuron.library.record_files import works_from_json, works_to_json
from fleuron.metadata.citation_exports import citation_files, csl_item
from fleuron.metadata.deposits.crossref import Deposit, crossref
from fleuron.metadata.deposits.datacite import datacite
from fleuron.metadata.deposits.inveniordm import inveniordm
from fleuron.metadata.journal_place import enumeration, place_note
from fleuron.metadata.page_head.head_elements import highwire
from fleuron.metadata.page_head.schema_org import scholarly_article
from fleuron.metadata.work import Work
from fleuron.publication.article import read_article
from fleuron.publication.front_matter import read_front_matter
from fleuron.publication.values.places import PageRange, as_number, as_pages
from fleuron.publication.values.plain_values import BadValueError
from tests.journal.test_history_records import JOURNAL
from tests.library.test_datacite import faults
from tests.support.article_works import WHOLE
from tests.support.publications import SMALL, Maker, text_of

PLACED = replace(WHOLE, doi="10.5555/delta", volume="7", issue="2", pages=PageRange("13", "27"))
NUMBERED = replace(WHOLE, doi="10.5555/delta", volume="7", elocation_id="e12")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("13-27", ("13", "27")),
        ("13 – 27", ("13", "27")),
        (13, ("13", "")),
        ("xii-xv", ("xii", "xv")),
        ("5-5", ("5", "")),
    ],
)
def test_pages_are_read(written: object, read: tuple[str, str]) -> None:
    assert as_pages(written) == PageRange(*read)


@pytest.mark.parametrize("wrong", ["27-13", "many", "", "1-2-3", True, 1.5])
def test_what_are_no_pages_is_refused(wrong: object) -> None:
    with pytest.raises(BadValueError):
        as_pages(wrong)


def test_numbers_may_have_letters() -> None:
    assert [as_number(value) for value in (7, "2-3", "e12", "Special 1")] == ["7", "2-3", "e12", "Special 1"]
    for wrong in ("<b>", "", True, [7]):
        with pytest.raises(BadValueError):
            as_number(wrong)
    front_matter = read_front_matter("---\nvolume: 7\nissue: 2\nelocation-id: e12\n---\n")
    article, findings = read_article(front_matter, [])
    assert (article.volume, article.issue, article.elocation_id, findings) == ("7", "2", "e12", [])


def in_crossref(work: Work, deposit: Deposit = JOURNAL) -> dict[str, str]:
    names = ("volume", "issue", "first_page", "last_page", "item_number")
    root = etree.fromstring(crossref([work], deposit))
    return {name: str(found) for name in names if (found := root.findtext(f".//{{*}}{name}"))}


def test_registries_are_told_volume_issue_and_pages() -> None:
    assert in_crossref(PLACED) == {"volume": "7", "issue": "2", "first_page": "13", "last_page": "27"}
    assert in_crossref(NUMBERED) == {"volume": "7", "item_number": "e12"}
    record = json.loads(datacite(PLACED))
    assert faults(record) == [] and faults(json.loads(datacite(NUMBERED))) == []
    (review,) = record["relatedItems"]
    assert (review["volume"], review["issue"], review["firstPage"], review["lastPage"]) == ("7", "2", "13", "27")
    journal = json.loads(inveniordm(PLACED))["custom_fields"]["journal:journal"]
    assert journal == {"title": "Marginalia", "volume": "7", "issue": "2", "pages": "13-27"}


def test_readers_and_libraries_are_told_too() -> None:
    item = csl_item(PLACED)
    assert (item["volume"], item["issue"], item["page"]) == ("7", "2", "13-27")
    assert csl_item(PLACED, "1–2")["page"] == "13-27" and csl_item(WHOLE, "1–2")["page"] == "1–2"
    files = citation_files(item)
    fields = {
        name.strip(): value for name, _sign, value in (line.partition(" = ") for line in files["bib"].split("\n"))
    }
    assert (fields["volume"], fields["number"], fields["pages"]) == ("{7},", "{2},", "{13--27},")
    assert "SP  - 13" in files["ris"] and "EP  - 27" in files["ris"]
    metas = {each.name: each.content for each in highwire(PLACED)}
    assert [metas[f"citation_{name}"] for name in ("volume", "issue", "firstpage", "lastpage")] == [
        "7",
        "2",
        "13",
        "27",
    ]
    article = scholarly_article(PLACED)
    assert (article["pageStart"], article["pageEnd"]) == ("13", "27")
    issue = article["isPartOf"]
    assert (issue["issueNumber"], issue["isPartOf"]["volumeNumber"]) == ("2", "7")
    assert issue["isPartOf"]["isPartOf"]["name"] == "Marginalia"
    assert scholarly_article(WHOLE)["isPartOf"]["@type"] == "Periodical"
    assert place_note(PLACED) == "Vol. 7, no. 2 (2026), p. 13-27" and enumeration(PLACED) == "7:2<13"
    assert place_note(NUMBERED) == "Vol. 7 (2026), e12" and place_note(WHOLE) == ""
    assert works_from_json(works_to_json([PLACED, NUMBERED])) == [PLACED, NUMBERED]


def test_the_head_of_an_article_has_the_line_in_the_language_of_the_edition(make: Maker) -> None:
    publication = make(
        {
            "conf.py": SMALL["conf.py"] + "fleuron_edition_threshold = 0\n",
            "articles/one.md": "---\ndate: 2026-01-02\nvolume: 7\nissue: 2\npages: 13-27\n---\n# One\n\nText.\n",
            "articles/two.md": "---\ndate: 2026-01-02\n---\n# Two\n\nText.\n",
            "index.md": "# Small\n\n```{toctree}\narticles/one\narticles/two\n```\n",
        }
    )
    result = publication.publish("html", options="-W")
    assert result.code == 0, result.output
    said = {"en": "Small 7, no. 2 (2026), pp. 13–27", "tr": "Small 7, sayı 2 (2026), s. 13–27"}
    for language, line in said.items():
        assert text_of(publication.page(language, "articles/one").xpath("//*[@class='journal-line']")[0]) == line
        assert not publication.page(language, "articles/two").xpath("//*[@class='journal-line']")
    assert "vol. 7, no. 2" in text_of(publication.page("en", "articles/one").xpath("//*[@class='citation']")[0])
