"""Say in a PDF that it is PDF/X-4 (ISO 15930-7), and for which printing condition."""

from __future__ import annotations

import datetime
import uuid

from lxml import etree
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from fleuron.paged.binding.bind import pdf_date
from fleuron.paged.binding.xmp_metadata import PACKET_END, PACKET_START, moment
from fleuron.paged.printing.profiles import OutputProfile
from fleuron.publication.source_date import source_moment

VERSION = "PDF/X-4"
REGISTRY = "http://www.color.org"
NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
}
# What the volume claims to be, and its printer's file is not: PDF/A and PDF/UA.
OTHER_CLAIMS = (
    "http://www.aiim.org/pdfa/ns/id/",
    "http://www.aiim.org/pdfua/ns/id/",
    "http://www.aiim.org/pdfa/ns/extension/",
)
# Where no article has a date: the first that a PDF for print can well have.
NO_DATE = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)


def set_output_intent(document: Pdf, profile: OutputProfile, condition: str) -> None:
    """Name the printing condition, and embed its profile."""
    stream = Stream(document, profile.content, N=profile.components)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(condition or "Custom"),
        OutputCondition=String(profile.name),
        Info=String(profile.name),
        DestOutputProfile=document.make_indirect(stream),
    )
    if condition:
        intent.RegistryName = String(REGISTRY)
    document.Root.OutputIntents = Array([intent])


def write_metadata(document: Pdf, digest: str) -> None:
    """Turn the metadata of a volume into those of its printer's file; ``digest`` identifies what it is made of."""
    packet = etree.fromstring(document.Root.Metadata.read_bytes())
    listed, described = packet.find("rdf:RDF", NAMESPACES), packet.find("rdf:RDF/rdf:Description", NAMESPACES)
    assert listed is not None and described is not None
    own = etree.SubElement(listed, described.tag, {qualified("rdf:about"): ""}, nsmap=NAMESPACES)
    own.extend(each for each in described if etree.QName(each).namespace not in OTHER_CLAIMS)
    listed.remove(described)
    created = text_of(own, "xmp:CreateDate") or moment(source_moment() or NO_DATE)
    modified = text_of(own, "xmp:ModifyDate") or created
    values = {
        "xmp:CreateDate": created,
        "xmp:ModifyDate": modified,
        "xmp:MetadataDate": modified,
        "xmpMM:DocumentID": f"uuid:{uuid.UUID(digest[:32])}",
        "xmpMM:RenditionClass": "default",
        "xmpMM:VersionID": text_of(own, "xmpMM:VersionID") or "1",
        "pdf:Trapped": "False",
        "pdfxid:GTS_PDFXVersion": VERSION,
    }
    for name, value in values.items():
        set_text(own, name, value)
    etree.cleanup_namespaces(packet)
    written = PACKET_START + etree.tostring(packet, encoding="unicode") + PACKET_END
    document.Root.Metadata = Stream(document, written.encode(), Type=Name.Metadata, Subtype=Name.XML)
    write_information(document, created, modified)


def write_information(document: Pdf, created: str, modified: str) -> None:
    """Write the same into the document information dictionary."""
    information: Object = document.trailer.get("/Info", Dictionary())
    kept = dict(information.items())
    document.trailer.Info = document.make_indirect(
        Dictionary(
            {
                **kept,
                "/CreationDate": String(pdf_date(datetime.datetime.fromisoformat(created))),
                "/ModDate": String(pdf_date(datetime.datetime.fromisoformat(modified))),
                "/GTS_PDFXVersion": String(VERSION),
                "/Trapped": Name("/False"),
            }
        )
    )


def qualified(name: str) -> str:
    prefix, local = name.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def text_of(described: etree._Element, name: str) -> str:
    """Return the text of a property, or ""."""
    return described.findtext(qualified(name)) or ""


def set_text(described: etree._Element, name: str, value: str) -> None:
    """Set a property to a text."""
    element = described.find(qualified(name))
    if element is None:
        element = etree.SubElement(described, qualified(name))
    element.text = value
