"""Each record names the translators of an article in their role, and no record another's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import rispy  # type: ignore[import-untyped]
import yaml
from lxml import etree

from fleuron.metadata.citation_exports import citation_files, csl_item
from fleuron.metadata.deposits.crossref import crossref
from fleuron.metadata.deposits.datacite import datacite
from fleuron.metadata.deposits.inveniordm import inveniordm
from fleuron.metadata.library.citation_cff import citation_cff
from fleuron.metadata.library.marcxml import marcxml
from fleuron.metadata.library.oai_dc import oai_dc
from fleuron.metadata.library.ro_crate import ro_crate
from fleuron.metadata.page_head.head_elements import Meta, dublin_core
from fleuron.metadata.page_head.schema_org import scholarly_article
from fleuron.metadata.volume import Volume
from tests.library.test_crossref import PRESS
from tests.support.article_works import IN_RUSSIAN, IN_TURKISH, TRANSLATOR, WHOLE

ORCID = f"https://orcid.org/{TRANSLATOR.orcid}"
VOLUME = Volume("Marginalia", authors=WHOLE.authors)


def elements(record: bytes, path: str) -> list[etree._Element]:
    return list(etree.fromstring(record).iterfind(path))


def test_a_page_names_translators_as_contributors_and_translators() -> None:
    assert Meta("DC.contributor", "Kaya, Selin") in dublin_core(IN_TURKISH)
    person = scholarly_article(IN_TURKISH)["translator"][0]
    assert (person["@type"], person["name"], person["sameAs"]) == ("Person", "Selin Kaya", ORCID)
    kinds = [each["@type"] for each in scholarly_article(IN_RUSSIAN)["translator"]]
    assert kinds == ["Organization", "Person"]
    assert "translator" not in scholarly_article(WHOLE)


def test_citation_files_name_translators() -> None:
    item = csl_item(IN_RUSSIAN)
    assert item["translator"] == [{"literal": "Бюро переводов"}, {"family": "Кузнецова", "given": "Ольга"}]
    files = citation_files(item)
    assert "translator = {{Бюро переводов} and Кузнецова, Ольга}" in files["bib"].replace("  ", " ")
    assert rispy.loads(files["ris"])[0]["subsidiary_authors"] == ["Бюро переводов", "Кузнецова, Ольга"]
    assert "translator" not in csl_item(WHOLE)


def test_library_records_name_translators_in_their_role() -> None:
    found = [element.text for element in elements(oai_dc(IN_TURKISH), "{*}contributor")]
    assert found == ["Kaya, Selin"]
    fields = elements(marcxml(IN_TURKISH), ".//{*}datafield[@tag='700']")
    assert [(part.get("code"), part.text) for part in fields[-1]] == [
        ("a", "Kaya, Selin"),
        ("e", "translator"),
        ("u", "Ankara"),
        ("1", ORCID),
        ("4", "trl"),
    ]


def test_deposits_name_translators_in_their_role() -> None:
    deposited = replace(IN_TURKISH, doi="10.5555/delta.tr")
    people = elements(crossref([deposited], PRESS), ".//{*}person_name[@contributor_role='translator']")
    assert [[part.text for part in person.iterfind("{*}surname")] for person in people] == [["Kaya"]]
    assert [person.get("sequence") for person in people] == ["additional"]
    described = json.loads(datacite(IN_TURKISH))["contributors"]
    assert [(each["name"], each["contributorType"]) for each in described] == [("Kaya, Selin", "Translator")]
    deposit = json.loads(inveniordm(IN_TURKISH))["metadata"]["contributors"]
    assert [(each["person_or_org"]["family_name"], each["role"]) for each in deposit] == [("Kaya", {"id": "other"})]


def entities(crate: str) -> Mapping[str, Any]:
    return {entity["@id"]: entity for entity in json.loads(crate)["@graph"]}


def test_archives_name_translators() -> None:
    found = entities(ro_crate(VOLUME, [IN_TURKISH], []))
    assert found[IN_TURKISH.address]["translator"] == [{"@id": ORCID}]
    assert found[ORCID]["name"] == "Selin Kaya"
    reference = yaml.safe_load(citation_cff([IN_TURKISH], VOLUME))["references"][0]
    assert [(each["family-names"], each["orcid"]) for each in reference["translators"]] == [("Kaya", ORCID)]
