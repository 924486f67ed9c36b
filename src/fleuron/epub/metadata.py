"""What an EPUB says of itself (EPUB 3.3, 5.5; EPUB Accessibility 1.1, 2)."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

OPF = "http://www.idpf.org/2007/opf"
DC = "http://purl.org/dc/elements/1.1/"
IDENTIFIER_ID = "publication-id"
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "fleuron")
# EPUB Accessibility 1.1, 6: the name of a conformance that someone vouches for.
CONFORMANCE = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"


@dataclass(frozen=True)
class Agent:
    """Who had a part in a book: a name, as it is sorted, and the part by its MARC relator code."""

    name: str
    filed: str
    role: str = "aut"


@dataclass(frozen=True)
class Access:
    """What a book has that readers must know before they read it; all of it was looked up in its pages.

    ``recordings`` are sounds and films, which an author may bring in as HTML.

    ``certifier`` vouches for the conformance; without one, none is claimed.
    """

    pictures: bool = False
    formulas: bool = False
    pages: bool = False
    recordings: bool = False
    summary: str = ""
    certifier: str = ""


@dataclass(frozen=True)
class Book:
    """What the package document says of a book; ``date`` is that of its newest article.

    ``modified``, which a package must have, is the same where there is one. ``identifiers`` begins with the one
    that no other book has; ``licence`` is an address; ``source`` names what its page list is of.
    """

    identifiers: tuple[str, ...]
    title: str
    language: str
    direction: str
    creators: tuple[Agent, ...]
    publisher: str
    rights: str
    date: datetime.date | None
    modified: datetime.date
    contributors: tuple[Agent, ...] = ()
    subjects: tuple[str, ...] = ()
    description: str = ""
    licence: str = ""
    source: str = ""
    series: str = ""
    number: str = ""
    issn: str = ""
    version: str = ""
    access: Access = field(default_factory=Access)


def edition_identifier(publication: str, language: str, article: str = "") -> str:
    """Make an identifier that an edition, or an article of it, keeps through all its versions (RFC 9562, version 5)."""
    name = "/".join(part for part in (publication, language, article) if part)
    return f"urn:uuid:{uuid.uuid5(NAMESPACE, name)}"


def metadata_of(book: Book) -> etree._Element:
    """Make the metadata of a package document."""
    metadata = etree.Element(f"{{{OPF}}}metadata", nsmap={None: OPF, "dc": DC})  # type: ignore[dict-item]  # lxml-stubs 0.5 knows no default
    for number, identifier in enumerate(book.identifiers):
        said = told(metadata, "identifier", identifier)
        if not number:
            said.set("id", IDENTIFIER_ID)
    told(metadata, "title", book.title)
    told(metadata, "language", book.language)
    agents = [("creator", agent) for agent in book.creators] + [("contributor", agent) for agent in book.contributors]
    for number, (kind, agent) in enumerate(agents, 1):
        tell_agent(metadata, kind, agent, number)
    for name, text in facts_of(book):
        if text:
            told(metadata, name, text)
    for name, text in properties_of(book):
        if text:
            meta(metadata, name, text)
    if book.series:
        tell_series(metadata, book)
    return metadata


def told(metadata: etree._Element, name: str, text: str) -> etree._Element:
    """Say something in Dublin Core."""
    element = etree.SubElement(metadata, f"{{{DC}}}{name}")
    element.text = text
    return element


def meta(metadata: etree._Element, name: str, text: str, refines: str = "") -> etree._Element:
    """Say something in another vocabulary, of the book or of one of its facts."""
    element = etree.SubElement(metadata, f"{{{OPF}}}meta", property=name)
    if refines:
        element.set("refines", f"#{refines}")
    element.text = text
    return element


def tell_agent(metadata: etree._Element, kind: str, agent: Agent, number: int) -> None:
    name = f"agent-{number}"
    told(metadata, kind, agent.name).set("id", name)
    meta(metadata, "role", agent.role, name).set("scheme", "marc:relators")
    meta(metadata, "file-as", agent.filed, name)
    meta(metadata, "display-seq", str(number), name)


def tell_series(metadata: etree._Element, book: Book) -> None:
    meta(metadata, "belongs-to-collection", book.series).set("id", "series")
    meta(metadata, "collection-type", "series", "series")
    if book.number:
        meta(metadata, "group-position", book.number, "series")
    if book.issn:
        meta(metadata, "dcterms:identifier", f"urn:issn:{book.issn}", "series")


def facts_of(book: Book) -> Iterator[tuple[str, str]]:
    """List what Dublin Core has a name for."""
    yield "description", book.description
    yield "publisher", book.publisher
    yield from (("subject", subject) for subject in book.subjects)
    yield "rights", book.rights
    yield "source", book.source
    yield "date", book.date.isoformat() if book.date else ""


def properties_of(book: Book) -> Iterator[tuple[str, str]]:
    """List the book's properties of other vocabularies; what is said of access is true of every book of the press.

    A picture without a text ends the build, no file is locked, and nothing moves or sounds but recordings.
    """
    access = book.access
    yield "dcterms:modified", f"{book.modified}T00:00:00Z"
    yield "dcterms:license", book.licence
    yield "schema:version", book.version
    yield "pageBreakSource", book.source if access.pages else ""
    yield "schema:accessMode", "textual"
    if access.pictures:
        yield "schema:accessMode", "visual"
    if access.recordings:
        yield "schema:accessMode", "auditory"
    else:
        yield "schema:accessModeSufficient", "textual"
    features = [
        "ARIA",
        "displayTransformability",
        "readingOrder",
        "structuralNavigation",
        "tableOfContents",
        "unlocked",
    ]
    features += ["alternativeText"] if access.pictures else []
    features += ["MathML"] if access.formulas else []
    features += ["pageBreakMarkers", "pageNavigation"] if access.pages else []
    yield from (("schema:accessibilityFeature", feature) for feature in sorted(features, key=str.lower))
    yield "schema:accessibilityHazard", "unknown" if access.recordings else "none"
    yield "schema:accessibilitySummary", access.summary
    yield "dcterms:conformsTo", CONFORMANCE if access.certifier else ""
    yield "a11y:certifiedBy", access.certifier
