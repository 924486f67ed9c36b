"""Correct the package document that Sphinx writes (EPUB 3.3, 5), and pack the EPUB."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from fleuron.atomic_files import replacing_file
from fleuron.epub.package_metadata import IDENTIFIER_ID, OPF, BookMetadata, metadata_element

XHTML = "http://www.w3.org/1999/xhtml"
MATHML = "{http://www.w3.org/1998/Math/MathML}math"
SVG = "{http://www.w3.org/2000/svg}svg"
# The earliest date that a ZIP archive can hold.
ZIP_EPOCH = datetime.datetime(1980, 1, 1)


def page_properties(page: Path) -> list[str]:
    """List the manifest properties of a page, “mathml” and “svg” (EPUB 3.3, D.6)."""
    root = etree.fromstring(page.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
    found = {"mathml": MATHML, "svg": SVG}
    return [name for name, tag in found.items() if root.find(f".//{tag}") is not None]


def correct_package(
    package: etree._Element, book: BookMetadata, properties: Mapping[str, list[str]], before_contents: int
) -> None:
    """Replace the metadata of Sphinx's package document, and set direction, page properties and reading order.

    ``before_contents`` is how many pages stand before the contents.
    """
    metadata, manifest, spine, guide = (
        package.find(f"{{{OPF}}}{name}") for name in ("metadata", "manifest", "spine", "guide")
    )
    assert metadata is not None and manifest is not None and spine is not None
    package.set("unique-identifier", IDENTIFIER_ID)
    package.attrib.pop("prefix", "")
    if guide is not None:  # of EPUB 2; landmarks have replaced it
        package.remove(guide)
    package.replace(metadata, metadata_element(book))
    for item in manifest:
        found = {*(item.get("properties") or "").split(), *properties.get(unquote(item.get("href", "")), [])}
        if found:
            item.set("properties", " ".join(sorted(found)))
    spine.set("page-progression-direction", book.direction)
    contents = next(item.get("id", "") for item in manifest if "nav" in (item.get("properties") or "").split())
    correct_spine(spine, contents, before_contents)


def correct_spine(spine: etree._Element, contents: str, before_contents: int) -> None:
    """Keep the first reference to each page (EPUB 3.3, 5.7.2), and put the contents after the front matter.

    Sphinx 9.0 lists a page whose file name is not ASCII twice: as the contents link it, and as a page that the
    contents do not have. It marks a page outside the contents as not linear; a contributor's page is to be read like
    any other.
    """
    spine.insert(before_contents, etree.Element(f"{{{OPF}}}itemref", idref=contents))
    listed: set[str] = set()
    for reference in list(spine):
        page = reference.get("idref", "")
        reference.attrib.pop("linear", "")
        if page in listed:
            spine.remove(reference)
        listed.add(page)


def write_tree(tree: etree._ElementTree, target: Path) -> None:
    """Write an XML file; lxml 6.1 itself takes a percent sign in a path for a part of an address."""
    target.write_bytes(etree.tostring(tree, encoding="utf-8", xml_declaration=True, pretty_print=True))


def write_archive(target: Path, folder: Path, names: Iterable[str], modified: datetime.datetime) -> None:
    """Pack files as an EPUB container (OCF 3.3, 4.2); the same files give the same bytes.

    ``names`` begins with ``mimetype``.
    """
    moment = max(modified.replace(tzinfo=None), ZIP_EPOCH)
    with replacing_file(target) as draft, zipfile.ZipFile(draft, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, (folder / name).read_bytes(), method, 9)
