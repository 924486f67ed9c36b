"""The links of an article's page as a file: the same as in its head, and back from each file and record."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from fleuron.metadata.harvest.linkset import linkset
from fleuron.metadata.page_head.head_elements import signposting
from fleuron.metadata.work import Copy
from tests.support.article_works import ALL, HOSTILE, OWN_PDF, PAGE, RECORDS, VOLUME_PDF, WHOLE

MARC = Copy("application/marcxml+xml", PAGE.replace(".html", ".marc.xml"), "MARCXML", profile="http://www.loc.gov/M")
WITH_RECORDS = replace(WHOLE, records=(*RECORDS, MARC), linkset=PAGE.replace(".html", ".linkset.json"))


def contexts_of(written: str) -> list[dict[str, Any]]:
    record = json.loads(written)
    assert list(record) == ["linkset"]
    return list(record["linkset"])


def test_the_file_has_the_links_of_the_page() -> None:
    own, *_ = contexts_of(linkset(WITH_RECORDS, "delta.html"))
    told = {(rel, each["href"]) for rel, targets in own.items() if rel != "anchor" for each in targets}
    assert own["anchor"] == PAGE
    assert told == {(link.rel, link.href) for link in signposting(WITH_RECORDS) if link.rel != "linkset"}
    assert [link.href for link in signposting(WITH_RECORDS) if link.rel == "linkset"] == [WITH_RECORDS.linkset]
    assert own["describedby"][-1] == {"href": MARC.address, "type": MARC.media_type, "profile": MARC.profile}


def test_each_file_and_record_leads_back_and_those_of_the_volume_are_not_the_articles() -> None:
    back = {each["anchor"]: each for each in contexts_of(linkset(WITH_RECORDS, "delta.html"))[1:]}
    assert back.keys() == {OWN_PDF.address, MARC.address, *(each.address for each in RECORDS)}
    assert back[OWN_PDF.address]["collection"] == [{"href": PAGE, "type": "text/html"}]
    assert back[MARC.address]["describes"][0]["href"] == PAGE
    assert VOLUME_PDF.address not in linkset(WITH_RECORDS, "delta.html")


def test_without_an_address_on_the_web_the_page_is_named_from_the_file() -> None:
    own, *_ = contexts_of(linkset(replace(WHOLE, address="", doi=""), "delta.html"))
    assert own["anchor"] == "delta.html" and "cite-as" not in own


def test_hostile_links_are_left_out() -> None:
    assert [*ALL] and [each["anchor"] for each in contexts_of(linkset(replace(HOSTILE, address=""), "evil.html"))] == [
        "evil.html"
    ]
