"""The editors of a volume in the records of its articles: they are people of what the article is in."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace

from lxml import etree

from fleuron.library.record_files import works_from_json, works_to_json
from fleuron.metadata.citation_exports import citation_files, csl_item
from fleuron.metadata.deposits.crossref import Deposit, crossref
from fleuron.metadata.deposits.datacite import datacite
from fleuron.metadata.library.marcxml import marcxml
from fleuron.metadata.page_head.schema_org import scholarly_article
from tests.support.article_works import ADA, DESK, WHOLE

EDITED = replace(WHOLE, doi="10.5555/delta", editors=(ADA, DESK))
CROSSREF = "{http://www.crossref.org/schema/5.3.1}"


def test_citations_have_them() -> None:
    item = csl_item(EDITED)
    assert item["editor"] == item["author"]
    files = citation_files(item)
    assert json.loads(files["json"])[0]["editor"] == item["editor"]
    assert "  editor    = {" in files["bib"]
    assert "\nA2  - " in files["ris"]
    assert "editor" not in csl_item(WHOLE)


def test_pages_say_who_edits_the_periodical() -> None:
    article = scholarly_article(EDITED)
    assert article["isPartOf"]["editor"] == article["author"]
    assert "editor" not in scholarly_article(WHOLE)["isPartOf"]


def test_deposits_have_them() -> None:
    (item,) = json.loads(datacite(EDITED, [EDITED]))["relatedItems"]
    assert [(each["name"], each["contributorType"]) for each in item["contributors"]] == [
        (ADA.inverted, "Editor"),
        (DESK.name, "Editor"),
    ]
    deposit = Deposit("Press", "press@example.org", "Press", datetime.datetime(2026, 1, 2), issn="2049-3630")
    root = etree.fromstring(crossref([EDITED], deposit))
    (issue,) = root.iter(f"{CROSSREF}journal_issue")
    assert [etree.QName(child).localname for child in issue] == ["contributors", "publication_date"]
    assert [child.get("contributor_role") for child in issue[0]] == ["editor", "editor"]
    assert not list(etree.fromstring(crossref([replace(EDITED, editors=())], deposit)).iter(f"{CROSSREF}journal_issue"))


def test_the_library_record_notes_them_with_the_host() -> None:
    record = etree.fromstring(marcxml(EDITED, [EDITED]))
    (host,) = (field for field in record if field.get("tag") == "773")
    assert [part.text for part in host if part.get("code") == "n"] == [f"Edited by {ADA.name} ; {DESK.name}"]


def test_they_survive_between_the_builds_of_records() -> None:
    assert works_from_json(works_to_json([EDITED])) == [EDITED]
