"""Write a static repository, which a gateway offers by OAI-PMH (“Specification for an OAI Static Repository”, 2.0)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote, urlsplit

from lxml import etree

from fleuron.metadata.identifiers import absolute_address
from fleuron.metadata.library.marcxml import marcxml
from fleuron.metadata.library.oai_dc import OAI_DC, oai_dc
from fleuron.metadata.plain_text import one_line
from fleuron.metadata.work import Work
from fleuron.metadata.xml import xml_bytes

STATIC = "http://www.openarchives.org/OAI/2.0/static-repository"
OAI = "http://www.openarchives.org/OAI/2.0/"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMA = "http://www.openarchives.org/OAI/2.0/static-repository.xsd"
FILE_NAME = "oai.xml"
# The formats: prefix, schema, namespace, and what writes a record.
FORMATS: tuple[tuple[str, str, str, Callable[[Work, Sequence[Work]], bytes]], ...] = (
    ("oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", OAI_DC, oai_dc),
    (
        "marc21",
        "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd",
        "http://www.loc.gov/MARC21/slim",
        marcxml,
    ),
)


def static_repository(works: Sequence[Work], name: str, address: str, email: str) -> bytes:
    """Write the repository of the articles with a date; empty without any, without an address or an e-mail address.

    ``address`` is that of the site, without a slash at its end, where the file is called `FILE_NAME`. A static
    repository cannot say that a record was deleted, so articles that were withdrawn are left out.
    """
    listed = [work for work in works if datestamp(work) and not work.withdrawn]
    host = urlsplit(address).hostname if absolute_address(address) else ""
    if not listed or not host or not one_line(email):
        return b""
    root = etree.Element(f"{{{STATIC}}}Repository", nsmap={None: STATIC, "oai": OAI, "xsi": INSTANCE})  # type: ignore[dict-item]  # lxml-stubs 0.5 knows no default
    root.set(f"{{{INSTANCE}}}schemaLocation", f"{STATIC} {SCHEMA}")
    identify(etree.SubElement(root, f"{{{STATIC}}}Identify"), listed, name, f"{address}/{FILE_NAME}", email)
    formats = etree.SubElement(root, f"{{{STATIC}}}ListMetadataFormats")
    for prefix, schema, namespace, _writer in FORMATS:
        values = {"metadataPrefix": prefix, "schema": schema, "metadataNamespace": namespace}
        add_all(etree.SubElement(formats, f"{{{OAI}}}metadataFormat"), values)
    for prefix, _schema, _namespace, writer in FORMATS:
        records = etree.SubElement(root, f"{{{STATIC}}}ListRecords", metadataPrefix=prefix)
        for work in listed:
            add_record(records, work, works, host, writer)
    return xml_bytes(root)


def datestamp(work: Work) -> str:
    """Return the day on which the record of an article was last made or changed."""
    day = work.updated or work.date
    return day.isoformat() if day else ""


def identify(parent: etree._Element, works: Sequence[Work], name: str, address: str, email: str) -> None:
    values = {
        "repositoryName": name,
        "baseURL": address,
        "protocolVersion": "2.0",
        "adminEmail": email,
        "earliestDatestamp": min(map(datestamp, works)),
        "deletedRecord": "no",
        "granularity": "YYYY-MM-DD",
    }
    add_all(parent, values)


def add_all(parent: etree._Element, values: Mapping[str, str]) -> None:
    for name, text in values.items():
        etree.SubElement(parent, f"{{{OAI}}}{name}").text = one_line(text)


def add_record(
    parent: etree._Element,
    work: Work,
    works: Sequence[Work],
    host: str,
    writer: Callable[[Work, Sequence[Work]], bytes],
) -> None:
    record = etree.SubElement(parent, f"{{{OAI}}}record")
    # “Implementation Guidelines: OAI Identifier Format”: the name of the host, and what is unique there.
    identifier = f"oai:{host}:{work.language}/{quote(one_line(work.name), safe='/')}"
    add_all(etree.SubElement(record, f"{{{OAI}}}header"), {"identifier": identifier, "datestamp": datestamp(work)})
    etree.SubElement(record, f"{{{OAI}}}metadata").append(etree.fromstring(writer(work, works)))
