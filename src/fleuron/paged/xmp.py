"""What a bound PDF says of itself as XMP (ISO 16684-1), with the claims of PDF/A-3a and PDF/UA-1."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from lxml import etree

from fleuron.metadata.plain_text import folded
from fleuron.paged.book_parts import Book

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML = "http://www.w3.org/XML/1998/namespace"
SPACES = {
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
# The marks that a program finds a packet by (ISO 16684-1, 7.3.2).
OPENING = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
CLOSING = '\n<?xpacket end="r"?>'


def name(prefixed: str) -> str:
    prefix, local = prefixed.split(":")
    return f"{{{SPACES[prefix]}}}{local}"


def packet(book: Book) -> bytes:
    """Write a book's XMP packet, in UTF-8."""
    root = etree.Element(name("x:xmpmeta"), nsmap={"x": SPACES["x"]})
    rdf = etree.SubElement(root, name("rdf:RDF"), nsmap={"rdf": RDF})
    spaces = {prefix: space for prefix, space in SPACES.items() if prefix not in ("x", "rdf")}
    facts = etree.SubElement(rdf, name("rdf:Description"), {name("rdf:about"): ""}, nsmap=spaces)
    say(facts, "pdfaid:part", "3")
    say(facts, "pdfaid:conformance", "A")
    say(facts, "pdfuaid:part", "1")
    say(facts, "dc:format", "application/pdf")
    say_in_language(facts, "dc:title", book.title, book.language)
    say_list(facts, "dc:creator", "rdf:Seq", book.authors)
    say_in_language(facts, "dc:description", book.subject, book.language)
    say_list(facts, "dc:subject", "rdf:Bag", book.keywords)
    say_list(facts, "dc:language", "rdf:Bag", [book.language])
    say_in_language(facts, "dc:rights", book.rights, book.language)
    say(facts, "xmpRights:Marked", "True" if book.rights else "")
    say(facts, "dc:identifier", book.identifier)
    say(facts, "xmpMM:VersionID", book.version)
    say(facts, "pdf:Keywords", ", ".join(book.keywords))
    say(facts, "xmp:CreateDate", moment(book.created))
    say(facts, "xmp:ModifyDate", moment(book.modified))
    declare_ua(facts)
    return (OPENING + etree.tostring(root, encoding="unicode") + CLOSING).encode()


def moment(date: datetime.datetime | None) -> str:
    """Write a date as XMP does; without a zone it is taken for UTC."""
    if date is None:
        return ""
    return (date if date.tzinfo else date.replace(tzinfo=datetime.UTC)).isoformat(timespec="seconds")


def say(facts: etree._Element, property: str, value: str) -> None:
    if value:
        etree.SubElement(facts, name(property)).text = folded(value)


def say_list(facts: etree._Element, property: str, kind: str, values: Sequence[str]) -> None:
    if values:
        listed = etree.SubElement(etree.SubElement(facts, name(property)), name(kind))
        for value in values:
            etree.SubElement(listed, name("rdf:li")).text = folded(value)


def say_in_language(facts: etree._Element, property: str, value: str, language: str) -> None:
    """Say a text with its language, which is that of who asks for no other."""
    if value:
        alternatives = etree.SubElement(etree.SubElement(facts, name(property)), name("rdf:Alt"))
        for tag in ("x-default", language):
            etree.SubElement(alternatives, name("rdf:li"), {f"{{{XML}}}lang": tag}).text = folded(value)


def declare_ua(facts: etree._Element) -> None:
    """Declare the schema of pdfuaid:part, which PDF/A does not know (ISO 19005-3, 6.6.2.3)."""
    bag = etree.SubElement(etree.SubElement(facts, name("pdfaExtension:schemas")), name("rdf:Bag"))
    schema = etree.SubElement(bag, name("rdf:li"), {name("rdf:parseType"): "Resource"})
    say(schema, "pdfaSchema:schema", "PDF/UA Universal Accessibility Schema")
    say(schema, "pdfaSchema:namespaceURI", SPACES["pdfuaid"])
    say(schema, "pdfaSchema:prefix", "pdfuaid")
    properties = etree.SubElement(etree.SubElement(schema, name("pdfaSchema:property")), name("rdf:Seq"))
    part = etree.SubElement(properties, name("rdf:li"), {name("rdf:parseType"): "Resource"})
    say(part, "pdfaProperty:name", "part")
    say(part, "pdfaProperty:valueType", "Integer")
    say(part, "pdfaProperty:category", "internal")
    say(part, "pdfaProperty:description", "Indicates, which part of ISO 14289 standard is followed")
