"""Makes a file PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) at once.

WeasyPrint 70 knows one variant for each file (its issue 2783), so it is asked for none, and what
both want is written here.
"""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO
from typing import Any

import pydyf
from lxml import etree
from weasyprint.css import ColorProfile

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DC = "http://purl.org/dc/elements/1.1/"
XMP = "http://ns.adobe.com/xap/1.0/"
PDF = "http://ns.adobe.com/pdf/1.3/"
PDF_A = "http://www.aiim.org/pdfa/ns/id/"
PDF_UA = "http://www.aiim.org/pdfua/ns/id/"
EXTENSION = "http://www.aiim.org/pdfa/ns/extension/"
SCHEMA = "http://www.aiim.org/pdfa/ns/schema#"
PROPERTY = "http://www.aiim.org/pdfa/ns/property#"
PREFIXES = {
    **{"rdf": RDF, "dc": DC, "xmp": XMP, "pdf": PDF, "pdfaid": PDF_A, "pdfuaid": PDF_UA},
    **{"pdfaExtension": EXTENSION, "pdfaSchema": SCHEMA, "pdfaProperty": PROPERTY},
}
XML = "http://www.w3.org/XML/1998/namespace"
OPENING = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
CLOSING = '\n</x:xmpmeta>\n<?xpacket end="r"?>'
PRINTED = 1 << 2  # the annotation flag that a link has to carry in PDF/A-3 (6.3.2)


def colours() -> dict[str, ColorProfile]:
    """Return the profile of the output intent, by the name that WeasyPrint has for it.

    WeasyPrint 70 reads the same file, which it brings, but leaves it open.
    """
    content = files("weasyprint.pdf").joinpath("sRGB2014.icc").read_bytes()
    components = (["r"], ["g"], ["b"])
    return {"srgb": ColorProfile(BytesIO(content), "sRGB2014.icc", "relative-colorimetric", components)}


def conform(pdf: Any, metadata: Any) -> None:
    """Make a finished but unwritten file conform; ``metadata`` is what WeasyPrint read in the sheet's head."""
    for each in pdf.objects:
        if isinstance(each, pydyf.Dictionary) and each.get("Type") == "/Annot":
            each["F"] = PRINTED
        elif isinstance(each, pydyf.Stream) and "Interpolate" in each.extra:
            each.extra["Interpolate"] = "false"  # 6.2.8
    for intent in pdf.catalog["OutputIntents"]:
        intent["S"] = "/GTS_PDFA1"
    # Not compressed: a reader that knows no PDF is to find it (6.6.2.1).
    stream = pydyf.Stream([packet(metadata, pdf.info)], {"Type": "/Metadata", "Subtype": "/XML"})
    pdf.add_object(stream)
    pdf.catalog["Metadata"] = stream.reference


def packet(metadata: Any, info: Any) -> bytes:
    """Write the packet of metadata (XMP, ISO 16684-1)."""
    rdf = etree.Element(f"{{{RDF}}}RDF", nsmap=PREFIXES)
    about = etree.SubElement(rdf, f"{{{RDF}}}Description", {f"{{{RDF}}}about": ""})
    texts = {(PDF_A, "part"): "3", (PDF_A, "conformance"): "A", (PDF_UA, "part"): "1"}
    texts |= {(PDF, "Producer"): info["Producer"].string, (PDF, "Keywords"): ", ".join(metadata.keywords)}
    texts |= {(XMP, "CreatorTool"): metadata.generator, (XMP, "CreateDate"): metadata.created}
    texts |= {(XMP, "ModifyDate"): metadata.modified}
    for (space, name), text in texts.items():
        if text:
            etree.SubElement(about, f"{{{space}}}{name}").text = text
    container(about, "format", "", ["application/pdf"])
    container(about, "title", "Alt", [metadata.title])
    container(about, "creator", "Seq", metadata.authors)
    container(about, "description", "Alt", [metadata.description])
    container(about, "language", "Bag", [metadata.lang])
    container(about, "subject", "Bag", metadata.keywords)
    declare_accessibility(about)
    return (OPENING + etree.tostring(rdf, encoding="unicode") + CLOSING).encode()


def container(about: Any, name: str, kind: str, values: list[str | None]) -> None:
    """Write a property of Dublin Core; ``Alt`` has one text, by language, and no ``kind`` is a text by itself."""
    texts = [text for text in values if text]
    if not texts:
        return
    made = etree.SubElement(about, f"{{{DC}}}{name}")
    if not kind:
        made.text = texts[0]
        return
    listing = etree.SubElement(made, f"{{{RDF}}}{kind}")
    for text in texts:
        item = etree.SubElement(listing, f"{{{RDF}}}li", {f"{{{XML}}}lang": "x-default"} if kind == "Alt" else {})
        item.text = text


def declare_accessibility(about: Any) -> None:
    """Describe the schema of ``pdfuaid``, which PDF/A-3 (6.6.2.3) does not know."""
    schemas = etree.SubElement(about, f"{{{EXTENSION}}}schemas")
    schema = resource(etree.SubElement(schemas, f"{{{RDF}}}Bag"))
    say(schema, SCHEMA, schema="PDF/UA Universal Accessibility Schema", namespaceURI=PDF_UA, prefix="pdfuaid")
    properties = etree.SubElement(schema, f"{{{SCHEMA}}}property")
    part = resource(etree.SubElement(properties, f"{{{RDF}}}Seq"))
    described = "Indicates, which part of ISO 14289 standard is followed"
    say(part, PROPERTY, name="part", valueType="Integer", category="internal", description=described)


def resource(listing: Any) -> Any:
    return etree.SubElement(listing, f"{{{RDF}}}li", {f"{{{RDF}}}parseType": "Resource"})


def say(node: Any, space: str, **texts: str) -> None:
    for name, text in texts.items():
        etree.SubElement(node, f"{{{space}}}{name}").text = text
