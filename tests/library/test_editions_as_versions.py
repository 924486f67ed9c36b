"""Editions in records: a DOI is registered once, what is not translated is not a translation, a journal has an ISSN."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree
from pymarc import parse_xml_to_array

from fleuron.library.jats.article import article_type
from fleuron.library.record_files import write_records
from fleuron.metadata.citation_exports import citation_files, csl_item
from fleuron.metadata.deposits.datacite import datacite
from fleuron.metadata.deposits.inveniordm import inveniordm
from fleuron.metadata.journal_place import source_of
from fleuron.metadata.library.marcxml import marcxml
from fleuron.metadata.library.oai_dc import oai_dc
from fleuron.metadata.library.ro_crate import ro_crate
from fleuron.metadata.page_head.head_elements import highwire
from fleuron.metadata.page_head.schema_org import scholarly_article
from fleuron.metadata.volume import Volume
from fleuron.metadata.work import Work
from fleuron.publication.values.places import PageRange
from tests.journal.test_history_records import JOURNAL
from tests.library.test_datacite import faults
from tests.support.article_works import IN_TURKISH, WHOLE

EN = replace(WHOLE, doi="10.5555/1", issn="2049-3630", volume="7", issue="2", pages=PageRange("13", "27"))
TR = replace(IN_TURKISH, doi="10.5555/1", issn="2049-3630")
UNTRANSLATED = replace(TR, title="The Delta", untranslated=True, translators=())


def kinds(record: str) -> list[str]:
    return [each["relationType"] for each in json.loads(record).get("relatedIdentifiers", ())]


def test_a_doi_that_editions_share_is_registered_once_with_all_titles(tmp_path: Path) -> None:
    write_records([EN, TR], tmp_path, JOURNAL)
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.json")} == {
        "en/delta.datacite.json",
        "en/delta.inveniordm.json",
    }
    record = json.loads((tmp_path / "en/delta.datacite.json").read_text("utf-8"))
    assert faults(record) == []
    assert record["titles"][-1] == {"title": TR.full_title, "titleType": "TranslatedTitle", "lang": "tr"}
    own = replace(TR, doi="10.5555/1.tr")
    write_records([EN, own], tmp_path, JOURNAL)
    assert json.loads((tmp_path / "tr/delta.datacite.json").read_text("utf-8"))["doi"] == "10.5555/1.tr"
    deposit = etree.parse(str(tmp_path / "delta.crossref.xml"))
    assert [each.text for each in deposit.iterfind(".//{*}doi_data/{*}doi")] == ["10.5555/1", "10.5555/1.tr"]


def marc(work: Work, *editions: Work) -> Any:
    (record,) = parse_xml_to_array(BytesIO(marcxml(work, editions)))  # type: ignore[no-untyped-call]  # pymarc 5.4
    return record


def test_what_is_not_translated_is_catalogued_as_what_it_is() -> None:
    editions = (EN, UNTRANSLATED)
    record = marc(UNTRANSLATED, *editions)
    assert (record["041"]["a"], record["041"].get("h"), record["546"]["a"]) == ("eng", None, "In English")
    assert record.get_fields("765") == []
    assert "IsTranslationOf" not in kinds(datacite(replace(UNTRANSLATED, doi="10.5555/2"), editions))
    assert "IsTranslationOf" in kinds(datacite(replace(TR, doi="10.5555/2"), (EN, TR)))
    assert (
        kinds(datacite(EN, editions)).count("HasTranslation")
        == kinds(datacite(EN, (EN, TR))).count("HasTranslation") - 1
    )
    assert article_type(UNTRANSLATED) == "research-article" and article_type(TR) == "translation"
    assert "translationOfWork" not in scholarly_article(UNTRANSLATED)
    assert b"<dc:language>en</dc:language>" in oai_dc(UNTRANSLATED, editions)


def test_each_record_names_the_issn_of_the_review() -> None:
    assert ("citation_issn", "2049-3630") in [(meta.name, meta.content) for meta in highwire(EN)]
    volume = scholarly_article(EN)["isPartOf"]["isPartOf"]
    assert volume["isPartOf"]["issn"] == "2049-3630"
    assert csl_item(EN)["ISSN"] == "2049-3630"
    files = citation_files(csl_item(EN))
    assert "SN  - 2049-3630" in files["ris"] and "{2049-3630}" in files["bib"]
    host = marc(EN)["773"]
    assert (host["x"], host["g"]) == ("2049-3630", "Vol. 7, no. 2 (2026), p. 13-27")
    assert json.loads(datacite(EN))["relatedItems"][0]["relatedItemIdentifier"] == {
        "relatedItemIdentifier": "2049-3630",
        "relatedItemIdentifierType": "ISSN",
    }
    assert json.loads(inveniordm(EN))["custom_fields"]["journal:journal"]["issn"] == "2049-3630"
    assert b"<dc:source>ISSN 2049-3630</dc:source>" in oai_dc(EN)
    assert source_of(EN) == "Marginalia, ISSN 2049-3630, Vol. 7, no. 2 (2026), p. 13-27"
    assert source_of(replace(EN, issn="", volume="", issue="", pages=PageRange("", ""))) == ""


def test_a_title_is_filed_without_its_article_and_keeps_its_capitals() -> None:
    titles = {"The Delta": "4", "A River": "2", "An": "0", "Theory": "0", "À la carte": "0"}
    for title, skipped in titles.items():
        assert marc(replace(EN, title=title))["245"].indicator2 == skipped, title
    in_french = replace(EN, language="fr", original_language="fr", title="L’Orient")
    assert marc(in_french)["245"].indicator2 == "2"
    assert marc(replace(in_french, language="tr", original_language="tr", title="A harfi"))["245"].indicator2 == "0"
    assert "{{The Delta: A river’s end}}" in citation_files(csl_item(EN))["bib"]


def test_an_untranslated_edition_is_no_translation_in_a_crate() -> None:
    original, edition = replace(EN, translations=EN.translations[:1]), UNTRANSLATED
    for works, linked in (([original, edition], []), ([original, TR], [{"@id": TR.address}])):
        entities = {each["@id"]: each for each in json.loads(ro_crate(Volume("M"), works, []))["@graph"]}
        assert entities[EN.address].get("workTranslation", []) == linked
        assert ("translationOfWork" in entities[TR.address]) == bool(linked)
