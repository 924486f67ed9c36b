"""The records of a publication as a whole: the MARC record of a journal, and ONIX of its books."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from lxml import etree
from pymarc import parse_xml_to_array

from fleuron.metadata.library.onix import onix
from fleuron.metadata.library.serial_marc import serial_marcxml
from fleuron.publication.values.places import PageRange
from tests.support.article_works import ADA, BARE, DESK, EPUB, HOSTILE, IN_RUSSIAN, IN_TURKISH, VOLUME_PDF, WHOLE

EN = replace(WHOLE, issn="2049-3630", volume="7", issue="2", publication="The Margins", editors=(ADA, DESK))
EN = replace(EN, pages=PageRange("13", "27"))
TR = replace(IN_TURKISH, issn="2049-3630", publication="Kenar", copies=())
RU = replace(IN_RUSSIAN, issn="2049-3630", publication="Маргиналии", copies=())
IMPRINT = {"place": "Paris", "frequency": "Semiannual", "isbn": "978-3-16-148410-0", "email": "press@example.org"}
ONIX = {"o": "http://ns.editeur.org/onix/3.0/reference"}


def test_a_journal_has_a_record_of_its_own() -> None:
    [record] = parse_xml_to_array(BytesIO(serial_marcxml([EN, TR, RU, BARE], IMPRINT)))  # type: ignore[no-untyped-call]  # pymarc 5.4
    assert record.leader[6:8] == "as", "a text, a serial"
    data = record["008"].data
    assert (len(data), data[6:15], data[18:20], data[21:24], data[35:38]) == (40, "c20269999", "fr", "poo", "eng")
    assert record["022"]["a"] == "2049-3630"
    assert record["245"]["a"] == "The Margins" and record["245"].indicators[1] == "4", "filed without its article"
    assert [field["a"] for field in record.get_fields("246", "880")] == ["Kenar", "Marginalii", "Маргиналии"]
    assert record["310"]["a"] == "Semiannual"
    assert record["362"]["a"] == "Began with vol. 7, no. 2 (2026)"
    assert record["041"].get_subfields("a") == ["eng", "tur", "rus"]
    assert [field["a"] for field in record.get_fields("700", "710")] == ["van der Lovelace, Ada", "The Editors, a Desk"]
    assert record["856"]["u"] == "https://example.org/en/index.html"


def test_what_is_no_journal_has_no_record_as_one() -> None:
    assert serial_marcxml([replace(WHOLE, issn="")], IMPRINT) == serial_marcxml([], {}) == b""
    told = serial_marcxml([replace(EN, issn="")], {"frequency": "When it is ready"})
    [record] = parse_xml_to_array(BytesIO(told))  # type: ignore[no-untyped-call]  # pymarc 5.4
    assert record["008"].data[18:20] == "zu" and "022" not in record


def test_onix_has_each_format_of_each_language_and_relates_them() -> None:
    turkish = replace(TR, copies=(replace(EPUB, address="https://example.org/tr/downloads/volume.epub"),))
    root = etree.fromstring(onix([EN, turkish, HOSTILE, BARE], "margins", IMPRINT))
    products = root.findall("o:Product", ONIX)
    assert [each.findtext("o:RecordReference", namespaces=ONIX) for each in products] == [
        *("margins-en-pdf", "margins-en-epub", "margins-tr-epub")
    ]
    first = products[0]

    def texts(path: str) -> list[str]:
        return [str(each.text) for each in first.iterfind(path, ONIX)]

    assert texts(".//o:ProductFormDetail") == ["E107"] and texts(".//o:WebsiteLink") == [VOLUME_PDF.address]
    assert texts(".//o:TitleDetail/o:TitleElement/o:TitleText") == ["The Margins", "The Margins"]
    assert texts(".//o:CollectionIdentifier/o:IDValue") == ["20493630"]
    assert texts("o:RelatedMaterial//o:ProductRelationCode") == ["06", "11"], "another format, another language"
    assert not first.xpath(".//o:ProductIdentifier[o:ProductIDType='15']", namespaces=ONIX), "whose ISBN it is, is open"
    assert root.findtext(".//o:SentDateTime", namespaces=ONIX) == "20261103"


def test_the_isbn_is_that_of_the_only_book() -> None:
    root = etree.fromstring(onix([replace(EN, copies=(VOLUME_PDF,))], "margins", IMPRINT))
    isbn = root.xpath("//o:ProductIdentifier[o:ProductIDType='15']/o:IDValue/text()", namespaces=ONIX)
    assert isbn == ["9783161484100"]
    assert onix([replace(EN, copies=())], "margins", IMPRINT) == onix([BARE], "m", {}) == onix([], "m", {}) == b""
