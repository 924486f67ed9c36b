"""Put the package document of an EPUB right (EPUB 3.3, section 5), as a tree."""

from __future__ import annotations

import datetime
import uuid
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

OPF = "http://www.idpf.org/2007/opf"
DC = "http://purl.org/dc/elements/1.1/"
XHTML = "http://www.w3.org/1999/xhtml"
MATHML = "{http://www.w3.org/1998/Math/MathML}math"
SVG = "{http://www.w3.org/2000/svg}svg"
IDENTIFIER_ID = "publication-id"
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "fleuron")
# The first moment that a ZIP archive can tell.
ZIP_EPOCH = datetime.datetime(1980, 1, 1)


@dataclass(frozen=True)
class Book:
    """What the package document says of an edition; ``date`` is that of its newest article.

    ``modified``, which a package must have, is the same where there is one.
    """

    identifier: str
    title: str
    language: str
    direction: str
    creators: tuple[str, ...]
    publisher: str
    rights: str
    date: datetime.date | None
    modified: datetime.date


def edition_identifier(publication: str, language: str) -> str:
    """Make an identifier that an edition keeps through all its versions (RFC 9562, version 5)."""
    return f"urn:uuid:{uuid.uuid5(NAMESPACE, f'{publication}/{language}')}"


def page_properties(page: Path) -> list[str]:
    """List what a reading system must know to show a page (EPUB 3.3, D.6)."""
    root = etree.parse(page, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    found = {"mathml": MATHML, "svg": SVG}
    return [name for name, tag in found.items() if root.find(f".//{tag}") is not None]


def repair_package(package: etree._Element, book: Book, properties: Mapping[str, list[str]]) -> None:
    """Set identifier, people, dates, direction and page properties in Sphinx's package document."""
    metadata, manifest, spine, guide = (
        package.find(f"{{{OPF}}}{name}") for name in ("metadata", "manifest", "spine", "guide")
    )
    assert metadata is not None and manifest is not None and spine is not None
    package.set("unique-identifier", IDENTIFIER_ID)
    package.attrib.pop("prefix", "")
    if guide is not None:  # a relic of EPUB 2; landmarks do its work
        package.remove(guide)
    package.replace(metadata, new_metadata(book))
    for item in manifest:
        found = {*(item.get("properties") or "").split(), *properties.get(unquote(item.get("href", "")), [])}
        if found:
            item.set("properties", " ".join(sorted(found)))
    spine.set("page-progression-direction", book.direction)
    contents = next(item.get("id", "") for item in manifest if "nav" in (item.get("properties") or "").split())
    repair_spine(spine, contents)


def repair_spine(spine: etree._Element, contents: str) -> None:
    """Let each page be read once, where it is named first (EPUB 3.3, 5.7.2), and the contents before all.

    Sphinx 9.0 names a page whose file name is not plain ASCII twice: as the contents link it, and
    as a page that it did not find among those. It calls a page outside the contents auxiliary; a
    contributor's page is read like any other.
    """
    spine.insert(0, etree.Element(f"{{{OPF}}}itemref", idref=contents))
    read: set[str] = set()
    for reference in list(spine):
        page = reference.get("idref", "")
        reference.attrib.pop("linear", "")
        if page in read:
            spine.remove(reference)
        read.add(page)


def new_metadata(book: Book) -> etree._Element:
    """Make the metadata anew; Sphinx's say “unknown” of whatever conf.py leaves out."""
    metadata = etree.Element(f"{{{OPF}}}metadata", nsmap={None: OPF, "dc": DC})  # type: ignore[dict-item]  # lxml-stubs 0.5 knows no default
    facts = [
        ("identifier", book.identifier),
        ("title", book.title),
        ("language", book.language),
        *(("creator", name) for name in book.creators),
        ("publisher", book.publisher),
        ("rights", book.rights),
        ("date", book.date.isoformat() if book.date else ""),
    ]
    for name, text in facts:
        if text:
            etree.SubElement(metadata, f"{{{DC}}}{name}").text = text
    metadata[0].set("id", IDENTIFIER_ID)
    etree.SubElement(metadata, f"{{{OPF}}}meta", property="dcterms:modified").text = f"{book.modified}T00:00:00Z"
    return metadata


def write_archive(target: Path, folder: Path, names: Iterable[str], modified: datetime.date) -> None:
    """Pack the files as an EPUB container (OCF 3.3, 4.2), the same bytes from the same files.

    ``names`` begins with ``mimetype``. The archive takes its place when it is whole.
    """
    moment = max(datetime.datetime.combine(modified, datetime.time()), ZIP_EPOCH)
    draft = target.with_name(target.name + ".part")
    with zipfile.ZipFile(draft, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, (folder / name).read_bytes(), method, 9)
    draft.replace(target)
