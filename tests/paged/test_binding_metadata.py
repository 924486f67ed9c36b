"""The metadata and attached files of a bound document."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from lxml import etree
from pikepdf import Name, Pdf

from fleuron.archive.validation.pdf_validators import STREAM_LENGTH_RULE, proof_against
from fleuron.paged.binding.bind import bind
from fleuron.paged.binding.bound_document import BoundDocument
from fleuron.paged.binding.xmp_metadata import NAMESPACES, packet
from tests.support.bound_book import DAY, book, parts

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def said(content: bytes, way: str) -> list[str]:
    """Read the texts of a packet's elements."""
    return [str(each.text) for each in etree.fromstring(content).iterfind(way, NAMESPACES)]


def test_a_document_has_xmp_metadata(pdf: Pdf) -> None:
    content = pdf.Root.Metadata.read_raw_bytes()
    assert content.startswith('<?xpacket begin="\ufeff"'.encode())
    assert said(content, ".//dc:title/rdf:Alt/rdf:li") == ['Ink & <Paper> "I"'] * 2
    titles = etree.fromstring(content).iterfind(".//dc:title/rdf:Alt/rdf:li", NAMESPACES)
    assert [each.get(LANGUAGE) for each in titles] == ["x-default", "en"]
    assert said(content, ".//dc:creator/rdf:Seq/rdf:li") == ["Ada Author", "Bülent Yazar"]
    assert said(content, ".//dc:contributor/rdf:Bag/rdf:li") == ["Selin Kaya", "Bo <b>"]
    assert said(content, ".//dc:description//rdf:li")[0] == "Two texts & a third"
    assert said(content, ".//dc:subject/rdf:Bag/rdf:li") == ["ink", "<paper>"]
    assert said(content, ".//dc:language/rdf:Bag/rdf:li") == ["en"]
    assert said(content, ".//dc:rights//rdf:li")[0] == "CC BY 4.0"
    assert said(content, ".//dc:identifier") == ["doi:10.1000/182"]
    assert said(content, ".//xmpMM:VersionID") == ["1.2"]
    assert said(content, ".//xmp:CreateDate") == ["2026-01-02T03:04:05+00:00"]
    assert said(content, ".//xmp:ModifyDate") == ["2026-01-03T03:04:05+00:00"]


def test_a_document_claims_both_standards_and_declares_the_schema_of_pdf_ua(pdf: Pdf) -> None:
    content = pdf.Root.Metadata.read_raw_bytes()
    assert said(content, ".//pdfaid:part") == ["3"] and said(content, ".//pdfaid:conformance") == ["A"]
    assert said(content, ".//pdfuaid:part") == ["1"]
    schema = ".//pdfaExtension:schemas/rdf:Bag/rdf:li/"
    assert said(content, schema + "pdfaSchema:namespaceURI") == [NAMESPACES["pdfuaid"]]
    assert said(content, schema + "pdfaSchema:property/rdf:Seq/rdf:li/pdfaProperty:name") == ["part"]


def test_the_document_information_dictionary_agrees_with_the_xmp(pdf: Pdf) -> None:
    assert {key: str(value) for key, value in pdf.docinfo.items()} == {
        "/Title": 'Ink & <Paper> "I"',
        "/Author": "Ada Author, Bülent Yazar",
        "/Subject": "Two texts & a third",
        "/Keywords": "ink, <paper>",
        "/CreationDate": "D:20260102030405+00'00'",
        "/ModDate": "D:20260103030405+00'00'",
    }


def test_unknown_metadata_is_left_out() -> None:
    content = packet(BoundDocument("Title", "tr"))
    empty = [each.tag for each in etree.fromstring(content).iter() if not len(each) and not each.text]
    assert empty == []
    assert said(content, ".//dc:creator") == said(content, ".//xmp:CreateDate") == said(content, ".//dc:rights") == []
    plain = packet(BoundDocument("Title", "tr", created=datetime.datetime(2026, 1, 2)))
    assert said(plain, ".//xmp:CreateDate") == ["2026-01-02T00:00:00+00:00"]
    zone = datetime.timezone(datetime.timedelta(hours=3))
    with pikepdf.open(BytesIO(bind(parts(), BoundDocument("T", "tr", created=DAY.astimezone(zone))))) as pdf:
        assert dict(pdf.docinfo.items()) == {"/Title": "T", "/CreationDate": "D:20260102060405+03'00'"}
        assert said(pdf.Root.Metadata.read_raw_bytes(), ".//xmp:CreateDate") == ["2026-01-02T06:04:05+03:00"]
        assert "/AF" not in pdf.Root and "/EmbeddedFiles" not in pdf.Root.Names


def test_characters_that_xml_does_not_allow_are_left_out() -> None:
    hostile = BoundDocument("A\x0b\ud800\n title</dc:title>", "en", authors=("B\x00",), keywords=("\ufffek",))
    with pikepdf.open(BytesIO(bind(parts(), hostile))) as pdf:
        content = pdf.Root.Metadata.read_raw_bytes()
        assert said(content, ".//dc:title//rdf:li")[0] == str(pdf.docinfo.Title) == "A title</dc:title>"
        assert said(content, ".//dc:creator//rdf:li") == [str(pdf.docinfo.Author)] == ["B"]
        assert said(content, ".//pdf:Keywords") == [str(pdf.docinfo.Keywords)] == ["k"]


def test_the_document_catalog_has_language_title_direction_and_bookmarks(pdf: Pdf) -> None:
    assert pdf.Root.Lang == "en" and bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert pdf.Root.ViewerPreferences.Direction == Name.L2R
    assert pdf.Root.PageMode == Name.UseOutlines
    assert "/BindingData" not in pdf.Root and not any("/BindingData" in str(each.keys()) for each in dictionaries(pdf))
    with pikepdf.open(BytesIO(bind(parts(), replace(book(), language="fa")))) as persian:
        assert persian.Root.ViewerPreferences.Direction == Name.R2L


def dictionaries(pdf: Pdf) -> Iterator[pikepdf.Object]:
    return (each for each in pdf.objects if isinstance(each, pikepdf.Dictionary))


def test_files_are_attached(pdf: Pdf) -> None:
    found = {str(each.UF): each for each in pdf.Root.AF}
    assert list(pdf.attachments) == list(found) == ["künye.json", "two.md"]
    source, record = found["two.md"], found["künye.json"]
    assert source.AFRelationship == Name.Source and record.AFRelationship == Name.Data
    assert str(source.Desc) == "The source of Two" and str(source.F) == "two.md"
    stream = source.EF.F
    assert stream.read_bytes() == b"# Two\n" and stream.Subtype == Name("/text/markdown")
    assert stream.Params.Size == 6 and bytes(stream.Params.CheckSum) == hashlib.md5(b"# Two\n").digest()
    assert stream.Params.ModDate == stream.Params.CreationDate == "D:20260102030405+00'00'"


def test_two_attached_files_with_one_name_are_an_error() -> None:
    (first, _) = book().attachments
    with pytest.raises(ValueError, match=r"two attached files are named 'two\.md'"):
        bind(parts(), replace(book(), attachments=(first, first)))


def test_a_finding_of_a_validator_counts_unless_the_file_refutes_it() -> None:
    written = b"<< /Length %d /N [<ab>] >>\nstream\n%s\nendstream\n"
    right = written % (3, b"ab\r") + written % (2, b"ab")
    assert "false positive" in proof_against(STREAM_LENGTH_RULE, right)
    assert proof_against("PDFA3A-OUTPUTINTENT-001", right) == ""
    for wrong in ((4, b"ab\r"), (2, b"ab\r"), (3, b"abc")):
        assert proof_against(STREAM_LENGTH_RULE, written % wrong) == ""
