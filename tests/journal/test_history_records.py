"""Every record says when an article was received, accepted, changed or withdrawn, and what corrects or retracts it."""

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
from fleuron.metadata.library.marcxml import marcxml
from fleuron.metadata.library.oai_dc import oai_dc
from fleuron.metadata.page_head.head_elements import dublin_core
from fleuron.metadata.page_head.schema_org import scholarly_article
from fleuron.metadata.work import RelatedWork, Work
from fleuron.publication.values.history import Change, Withdrawal
from tests.library.test_datacite import faults
from tests.support.article_works import BASE, WHOLE

RECEIVED, ACCEPTED, CHANGED = datetime.date(2026, 1, 2), datetime.date(2026, 2, 3), datetime.date(2026, 12, 5)
NOTICE = RelatedWork("retracted-by", "Retraction", f"{BASE}/en/articles/r.html", "10.5555/r", CHANGED)
ERRATUM = RelatedWork("corrected-by", "Erratum", f"{BASE}/en/articles/e.html", "", CHANGED)
COMMENT = RelatedWork("commented-by", "Reply", f"{BASE}/en/articles/c.html", "10.5555/c", CHANGED)
ARTICLE = replace(
    WHOLE,
    doi="10.5555/delta",
    received=RECEIVED,
    accepted=ACCEPTED,
    updated=CHANGED,
    changes=(Change(CHANGED, "The date <is> corrected."),),
    related=(NOTICE, ERRATUM, COMMENT),
)
RETRACTION = replace(
    WHOLE,
    doi="10.5555/r",
    date=CHANGED,
    related=(RelatedWork("retracts", "Delta", WHOLE.address, "10.5555/delta", CHANGED),),
)
REPLY = replace(WHOLE, doi="10.5555/c", related=(RelatedWork("comments-on", "Delta", WHOLE.address, "10.5555/delta"),))
WITHDRAWN = replace(WHOLE, abstract="", withdrawn=Withdrawal(CHANGED, "By the <author>’s wish."))
MOMENT = datetime.datetime(2026, 12, 6)
JOURNAL = Deposit("Press", "press@example.org", "Press", MOMENT, issn="2049-3630")


def deposited(work: Work, deposit: Deposit = JOURNAL) -> Any:
    root = etree.fromstring(crossref([work], deposit))
    for element in root.iter():
        element.tag = etree.QName(element).localname
    return root


def children(element: etree._Element) -> list[str]:
    return [str(child.tag) for child in element]


def test_crossref_is_told_what_a_notice_retracts_with_the_terms_of_access_in_the_place_of_the_schema() -> None:
    article = deposited(RETRACTION, replace(JOURNAL, policy="10.5555/policy")).find(".//journal_article")
    # The sequence of `journal_article` and `crossmark` in Crossref's schema, 5.3.
    assert children(article)[-4:] == ["publication_date", "crossmark", "program", "doi_data"]
    assert children(article.find("crossmark")) == ["crossmark_policy", "updates", "custom_metadata"]
    update = article.find("crossmark/updates/update")
    assert (update.text, dict(update.attrib)) == ("10.5555/delta", {"type": "retraction", "date": "2026-12-05"})
    assert article.findtext("crossmark/crossmark_policy") == "10.5555/policy"
    assert article.find("crossmark/custom_metadata/program").get("name") == "AccessIndicators"
    assert deposited(RETRACTION).find(".//crossmark") is None, "no policy is claimed that nobody has"


def test_crossref_is_told_of_acceptance_and_comments_and_of_no_update_by_the_article_itself() -> None:
    article = deposited(ARTICLE).find(".//journal_article")
    assert children(article)[-5:] == ["publication_date", "acceptance_date", "program", "program", "doi_data"]
    assert [each.text for each in article.find("acceptance_date")] == ["02", "03", "2026"]
    (comment,) = article.findall(".//inter_work_relation")
    assert (comment.text, comment.get("relationship-type")) == ("10.5555/c", "hasComment")
    posted = deposited(REPLY, replace(JOURNAL, issn="")).find(".//posted_content")
    assert posted.find(".//inter_work_relation").get("relationship-type") == "isCommentOn"
    assert deposited(RETRACTION, replace(JOURNAL, issn="")).find(".//crossmark") is None


def test_datacite_has_all_dates_and_relations_and_is_valid() -> None:
    record = json.loads(datacite(ARTICLE))
    assert faults(record) == []
    assert [(each["dateType"], each["date"]) for each in record["dates"]] == [
        ("Submitted", "2026-01-02"),
        ("Accepted", "2026-02-03"),
        ("Issued", "2026-11-03"),
        ("Updated", "2026-12-05"),
    ]
    related = [(each["relationType"], each["relatedIdentifier"]) for each in record["relatedIdentifiers"]]
    assert related[-3:] == [
        ("IsObsoletedBy", "10.5555/r"),
        ("IsSupplementedBy", f"{BASE}/en/articles/e.html"),
        ("IsReferencedBy", "10.5555/c"),
    ]
    assert record["descriptions"][-1]["description"] == "2026-12-05: The date <is> corrected."
    withdrawn = json.loads(datacite(WITHDRAWN))
    assert faults(withdrawn) == [] and withdrawn["dates"][-1] == {"date": "2026-12-05", "dateType": "Withdrawn"}
    assert [each["description"] for each in withdrawn["descriptions"]] == ["By the <author>’s wish."]


def test_inveniordm_has_the_dates_beside_that_of_publication() -> None:
    metadata = json.loads(inveniordm(ARTICLE))["metadata"]
    assert [(each["type"]["id"], each["date"]) for each in metadata["dates"]] == [
        ("submitted", "2026-01-02"),
        ("accepted", "2026-02-03"),
        ("updated", "2026-12-05"),
    ]
    assert {"identifier": "10.5555/r", "scheme": "doi"}.items() <= metadata["related_identifiers"][2].items()
    assert metadata["additional_descriptions"][-1]["description"] == "2026-12-05: The date &lt;is&gt; corrected."


def test_schema_org_has_the_correction_and_the_status() -> None:
    record = scholarly_article(ARTICLE)
    assert (record["dateModified"], record["creativeWorkStatus"]) == ("2026-12-05", "Retracted")
    assert [each["@type"] for each in record["correction"]] == [
        "CorrectionComment",
        "ScholarlyArticle",
        "ScholarlyArticle",
    ]
    assert record["correction"][1]["sameAs"] == "https://doi.org/10.5555/r"
    assert record["comment"][0]["@type"] == "Comment" and "about" not in record
    assert scholarly_article(RETRACTION)["about"][0]["@id"] == WHOLE.address
    assert scholarly_article(WITHDRAWN)["creativeWorkStatus"] == "Withdrawn"
    assert not {"dateModified", "creativeWorkStatus", "correction"} & scholarly_article(WHOLE).keys()


def test_library_records_note_the_dates_and_link_the_notices() -> None:
    record = etree.fromstring(marcxml(ARTICLE))
    spaces = {"m": "http://www.loc.gov/MARC21/slim"}
    assert record.xpath("string(//m:datafield[@tag='500']/*)", namespaces=spaces) == (
        "Received 2026-01-02; accepted 2026-02-03; updated 2026-12-05"
    )
    links = record.xpath("//m:datafield[@tag='787']/m:subfield[@code='i']/text()", namespaces=spaces)
    assert links == ["Retracted by:", "Corrected by:", "Comment:"]
    relations = [each.text for each in etree.fromstring(oai_dc(ARTICLE)).iter("{*}relation")]
    assert "https://doi.org/10.5555/r" in relations
    metas = {(each.name, each.content) for each in dublin_core(ARTICLE)}
    assert ("DCTERMS.dateAccepted", "2026-02-03") in metas and ("DCTERMS.modified", "2026-12-05") in metas
    assert ("DCTERMS.isReplacedBy", "https://doi.org/10.5555/r") in metas


def test_works_are_read_as_they_were_written() -> None:
    works = [ARTICLE, RETRACTION, WITHDRAWN]
    assert works_from_json(works_to_json(works)) == works
