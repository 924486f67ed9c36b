"""Write the metadata of the package document (EPUB 3.3, 5.5; EPUB Accessibility 1.1, 2)."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from fleuron.content.books.indexes import filing_name
from fleuron.metadata.identifiers import UUID_NAMESPACE

OPF = "http://www.idpf.org/2007/opf"
DC = "http://purl.org/dc/elements/1.1/"
IDENTIFIER_ID = "publication-id"
# EPUB Accessibility 1.1, 6: the conformance that a certifier confirms.
CONFORMANCE = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"


@dataclass(frozen=True)
class Agent:
    """A person or organisation with a role in a book: the name, its sorting form and the MARC relator code."""

    name: str
    file_as: str
    role: str = "aut"


@dataclass(frozen=True)
class AccessibilityMetadata:
    """What the pages of a book contain that matters to its accessibility.

    ``described`` is whether every picture has an alternative text; ``pages`` is whether the pages of the printed volume
    are marked; ``recordings`` are audio and video, which an author may include as HTML. Conformance is claimed only if
    there is a ``certifier``, and every picture is described.
    """

    pictures: bool = False
    described: bool = True
    formulas: bool = False
    pages: bool = False
    recordings: bool = False
    summary: str = ""
    certifier: str = ""


@dataclass(frozen=True)
class BookMetadata:
    """The metadata of a book, which is an edition or a single article.

    ``date`` is that of the newest article, and ``modified``, which a package must have, the moment of the release or
    the day of the last change, if that is later. ``received`` and ``accepted`` are days of a single article;
    ``part_of`` names the issue of a journal in words.
    ``identifiers`` begins with the unique one; ``licence`` is an address; ``source`` names the publication whose
    pages the page list has.
    """

    identifiers: tuple[str, ...]
    title: str
    language: str
    direction: str
    creators: tuple[Agent, ...]
    publisher: str
    rights: str
    date: datetime.date | None
    modified: datetime.datetime
    contributors: tuple[Agent, ...] = ()
    editors: tuple[Agent, ...] = ()
    subjects: tuple[str, ...] = ()
    description: str = ""
    licence: str = ""
    source: str = ""
    series: str = ""
    number: str = ""
    issn: str = ""
    part_of: str = ""
    version: str = ""
    received: datetime.date | None = None
    accepted: datetime.date | None = None
    accessibility: AccessibilityMetadata = field(default_factory=AccessibilityMetadata)


def edition_identifier(publication: str, language: str, article: str = "") -> str:
    """Return the UUID of an edition, or of an article in it, the same in all its versions (RFC 9562, version 5)."""
    name = "/".join(part for part in (publication, language, article) if part)
    return f"urn:uuid:{uuid.uuid5(UUID_NAMESPACE, name)}"


def release_identifier(book: BookMetadata) -> str:
    """Return the identifier of this version: the unique one with the moment of the release (EPUB 3.2, 4.3.1)."""
    return f"{book.identifiers[0]}@{book.modified:%Y-%m-%dT%H:%M:%SZ}"


def metadata_element(book: BookMetadata) -> etree._Element:
    """Return the `metadata` element of a package document."""
    metadata = etree.Element(f"{{{OPF}}}metadata", nsmap={None: OPF, "dc": DC})  # type: ignore[dict-item]  # lxml-stubs 0.5 knows no default
    for number, identifier in enumerate(book.identifiers):
        identifier_element = add_dublin_core(metadata, "identifier", identifier)
        if not number:
            identifier_element.set("id", IDENTIFIER_ID)
    add_dublin_core(metadata, "title", book.title).set("id", "title")
    add_meta(metadata, "file-as", filing_name(book.title, book.language), "title")
    add_dublin_core(metadata, "language", book.language)
    agents = [("creator", agent) for agent in book.creators]
    agents += [("contributor", agent) for agent in (*book.editors, *book.contributors)]
    for number, (kind, agent) in enumerate(agents, 1):
        add_agent(metadata, kind, agent, number)
    for name, text in dublin_core_of(book):
        if text:
            add_dublin_core(metadata, name, text)
    for name, text in properties_of(book):
        if text:
            add_meta(metadata, name, text)
    if book.series:
        add_series(metadata, book)
    return metadata


def add_dublin_core(metadata: etree._Element, name: str, text: str) -> etree._Element:
    """Add an element of Dublin Core."""
    element = etree.SubElement(metadata, f"{{{DC}}}{name}")
    element.text = text
    return element


def add_meta(metadata: etree._Element, name: str, text: str, refines: str = "") -> etree._Element:
    """Add a `meta` element about the book, or about the element with the id ``refines``."""
    element = etree.SubElement(metadata, f"{{{OPF}}}meta", property=name)
    if refines:
        element.set("refines", f"#{refines}")
    element.text = text
    return element


def add_agent(metadata: etree._Element, kind: str, agent: Agent, number: int) -> None:
    name = f"agent-{number}"
    add_dublin_core(metadata, kind, agent.name).set("id", name)
    add_meta(metadata, "role", agent.role, name).set("scheme", "marc:relators")
    add_meta(metadata, "file-as", agent.file_as, name)
    add_meta(metadata, "display-seq", str(number), name)


def add_series(metadata: etree._Element, book: BookMetadata) -> None:
    add_meta(metadata, "belongs-to-collection", book.series).set("id", "series")
    add_meta(metadata, "collection-type", "series", "series")
    if book.number:
        add_meta(metadata, "group-position", book.number, "series")
    if book.issn:
        add_meta(metadata, "dcterms:identifier", f"urn:issn:{book.issn}", "series")


def dublin_core_of(book: BookMetadata) -> Iterator[tuple[str, str]]:
    """Yield the Dublin Core elements of a book, by name, beside identifiers, title, language and agents."""
    yield "description", book.description
    yield "publisher", book.publisher
    yield from (("subject", subject) for subject in book.subjects)
    yield "rights", book.rights
    yield "source", book.source
    yield "date", book.date.isoformat() if book.date else ""


def properties_of(book: BookMetadata) -> Iterator[tuple[str, str]]:
    """Yield the `meta` properties of a book, by name.

    The accessibility features without a condition hold for every book that Fleuron builds: no file is encrypted, and
    nothing but recordings moves or sounds.
    """
    access = book.accessibility
    yield "dcterms:modified", f"{book.modified:%Y-%m-%dT%H:%M:%SZ}"
    yield "dcterms:hasVersion", release_identifier(book)
    yield "dcterms:dateSubmitted", book.received.isoformat() if book.received else ""
    yield "dcterms:dateAccepted", book.accepted.isoformat() if book.accepted else ""
    yield "dcterms:license", book.licence
    yield "dcterms:isPartOf", book.part_of
    yield "schema:version", book.version
    yield "pageBreakSource", book.source if access.pages else ""
    yield "schema:accessMode", "textual"
    if access.pictures:
        yield "schema:accessMode", "visual"
    if access.recordings:
        yield "schema:accessMode", "auditory"
    elif access.described:
        yield "schema:accessModeSufficient", "textual"
    features = [
        "ARIA",
        "displayTransformability",
        "readingOrder",
        "structuralNavigation",
        "tableOfContents",
        "unlocked",
    ]
    features += ["alternativeText"] if access.pictures and access.described else []
    features += ["MathML"] if access.formulas else []
    features += ["pageBreakMarkers", "pageNavigation"] if access.pages else []
    yield from (("schema:accessibilityFeature", feature) for feature in sorted(features, key=str.lower))
    yield "schema:accessibilityHazard", "unknown" if access.recordings else "none"
    yield "schema:accessibilitySummary", access.summary
    yield "dcterms:conformsTo", CONFORMANCE if access.certifier and access.described else ""
    yield "a11y:certifiedBy", access.certifier if access.described else ""
