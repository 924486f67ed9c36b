"""Write the XMP metadata of a bound PDF (ISO 16684-1), which claims conformance to PDF/A-3a, and to PDF/UA-1."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from lxml import etree

from fleuron.metadata.plain_text import one_line
from fleuron.paged.binding.bound_document import BoundDocument

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML = "http://www.w3.org/XML/1998/namespace"
NAMESPACES = {
    "x": "adobe:ns:meta/",
    "rdf": RDF,
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
# The marks by which a program finds a packet (ISO 16684-1, 7.3.2).
PACKET_START = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
PACKET_END = '\n<?xpacket end="r"?>'


def name(prefixed: str) -> str:
    """Return the qualified name of a prefixed one, as lxml spells it."""
    prefix, local = prefixed.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def packet(document: BoundDocument) -> bytes:
    """Write a document's XMP packet, in UTF-8."""
    root = etree.Element(name("x:xmpmeta"), nsmap={"x": NAMESPACES["x"]})
    rdf = etree.SubElement(root, name("rdf:RDF"), nsmap={"rdf": RDF})
    namespaces = {prefix: uri for prefix, uri in NAMESPACES.items() if prefix not in ("x", "rdf")}
    description = etree.SubElement(rdf, name("rdf:Description"), {name("rdf:about"): ""}, nsmap=namespaces)
    add_text(description, "pdfaid:part", "3")
    add_text(description, "pdfaid:conformance", "A")
    add_text(description, "pdfuaid:part", "1" if document.is_accessible else "")
    add_text(description, "dc:format", "application/pdf")
    add_text_in_language(description, "dc:title", document.title, document.language)
    add_list(description, "dc:creator", "rdf:Seq", document.authors)
    add_list(description, "dc:contributor", "rdf:Bag", document.translators)
    add_text_in_language(description, "dc:description", document.subject, document.language)
    add_list(description, "dc:subject", "rdf:Bag", document.keywords)
    add_list(description, "dc:language", "rdf:Bag", [document.language])
    add_text_in_language(description, "dc:rights", document.rights, document.language)
    add_text(description, "xmpRights:Marked", "True" if document.rights else "")
    add_text(description, "dc:identifier", document.identifier)
    add_text(description, "dc:source", document.source)
    add_text(description, "xmpMM:VersionID", document.version)
    add_text(description, "pdf:Keywords", ", ".join(document.keywords))
    add_text(description, "xmp:CreateDate", moment(document.created))
    add_text(description, "xmp:ModifyDate", moment(document.modified))
    if document.is_accessible:
        declare_pdfua_schema(description)
    return (PACKET_START + etree.tostring(root, encoding="unicode") + PACKET_END).encode()


def moment(date: datetime.datetime | None) -> str:
    """Write a date as XMP does; one without a zone is taken as UTC."""
    if date is None:
        return ""
    return (date if date.tzinfo else date.replace(tzinfo=datetime.UTC)).isoformat(timespec="seconds")


def add_text(description: etree._Element, property: str, value: str) -> None:
    """Add a property, unless its value is empty."""
    if value:
        etree.SubElement(description, name(property)).text = one_line(value)


def add_list(description: etree._Element, property: str, kind: str, values: Sequence[str]) -> None:
    """Add a property with several values, as an rdf:Seq or rdf:Bag."""
    if values:
        listed = etree.SubElement(etree.SubElement(description, name(property)), name(kind))
        for value in values:
            etree.SubElement(listed, name("rdf:li")).text = one_line(value)


def add_text_in_language(description: etree._Element, property: str, value: str, language: str) -> None:
    """Add a text in its language, which is also the default."""
    if value:
        alternatives = etree.SubElement(etree.SubElement(description, name(property)), name("rdf:Alt"))
        for tag in ("x-default", language):
            etree.SubElement(alternatives, name("rdf:li"), {f"{{{XML}}}lang": tag}).text = one_line(value)


def declare_pdfua_schema(description: etree._Element) -> None:
    """Declare the schema of pdfuaid:part, which is not one of those predefined in PDF/A (ISO 19005-3, 6.6.2.3)."""
    bag = etree.SubElement(etree.SubElement(description, name("pdfaExtension:schemas")), name("rdf:Bag"))
    schema = etree.SubElement(bag, name("rdf:li"), {name("rdf:parseType"): "Resource"})
    add_text(schema, "pdfaSchema:schema", "PDF/UA Universal Accessibility Schema")
    add_text(schema, "pdfaSchema:namespaceURI", NAMESPACES["pdfuaid"])
    add_text(schema, "pdfaSchema:prefix", "pdfuaid")
    properties = etree.SubElement(etree.SubElement(schema, name("pdfaSchema:property")), name("rdf:Seq"))
    part = etree.SubElement(properties, name("rdf:li"), {name("rdf:parseType"): "Resource"})
    add_text(part, "pdfaProperty:name", "part")
    add_text(part, "pdfaProperty:valueType", "Integer")
    add_text(part, "pdfaProperty:category", "internal")
    add_text(part, "pdfaProperty:description", "Indicates, which part of ISO 14289 standard is followed")
