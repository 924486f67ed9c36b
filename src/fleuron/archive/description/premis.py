"""Write what has happened to a version, and what its files are, as PREMIS 3.0 (Library of Congress, January 2016).

Its data dictionary names the elements, in their order; those that say where and how a repository keeps the files are
the repository's to add.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from fleuron.archive.description.file_formats import REGISTRY
from fleuron.metadata.plain_text import one_line
from fleuron.metadata.volume import File, Program

NAMESPACE = "http://www.loc.gov/premis/v3"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
LOCATION = f"{NAMESPACE} https://www.loc.gov/standards/premis/premis.xsd"
# Terms of the Library of Congress for kinds of events, agents and roles.
VOCABULARY = "http://id.loc.gov/vocabulary/preservation/"
EVENT_TYPES = {"creation": "cre", "message digest calculation": "mes", "validation": "val"}
AGENT_TYPES = {"organization": "org", "software": "sof"}
# An element: its name, and its text or its parts.
Part = tuple[str, "str | Sequence[Part]"]


@dataclass(frozen=True)
class Agent:
    """Who or what took part in an event; ``kind`` is a key of AGENT_TYPES."""

    kind: str
    scheme: str
    identifier: str
    name: str
    version: str = ""


@dataclass(frozen=True)
class Event:
    """What was done to the files of a version, or to some of them; ``kind`` is a key of EVENT_TYPES.

    ``outcome`` and ``note`` are what came of it; ``files`` are paths in the payload, and none for the whole version.
    """

    kind: str
    detail: str
    agent: Agent
    outcome: str = ""
    note: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class PreservedVersion:
    """A version with its name in the archive, its other identifiers by their schemes, its day and its licence."""

    name: str
    title: str
    day: datetime.date
    identifiers: tuple[tuple[str, str], ...] = ()
    licence: str = ""


def premis(version: PreservedVersion, files: Sequence[File], events: Sequence[Event]) -> bytes:
    """Return a PREMIS document about a version, its files and what happened to them.

    The time of an event is not known to the minute, because the same version gives the same bytes on any day: it is
    the open interval (EDTF, ISO 8601-2) that begins with the day of the version.
    """
    root = etree.Element(f"{{{NAMESPACE}}}premis", nsmap={None: NAMESPACE, "xsi": INSTANCE})  # type: ignore[dict-item]  # lxml-stubs 0.5 know no default
    root.set(f"{{{INSTANCE}}}schemaLocation", LOCATION)
    root.set("version", "3.0")
    add_object(root, "intellectualEntity", list(entity_parts(version)))
    for file in files:
        add_object(root, "file", list(file_parts(version, file)))
    for number, event in enumerate(events, 1):
        add_event(root, version, event, number)
    for agent in dict.fromkeys(event.agent for event in events):
        add_agent(root, agent)
    if version.licence:
        identifier = (
            "rightsStatementIdentifier",
            identified("rightsStatementIdentifier", "local", f"{version.name}/rights"),
        )
        terms = ("licenseInformation", [("licenseTerms", version.licence)])
        add(root, ("rights", [("rightsStatement", [identifier, ("rightsBasis", "license"), terms])]))
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def entity_parts(version: PreservedVersion) -> Iterator[Part]:
    for scheme, value in (("local", version.name), *version.identifiers):
        yield "objectIdentifier", identified("objectIdentifier", scheme, value)
    yield "originalName", version.title


def file_parts(version: PreservedVersion, file: File) -> Iterator[Part]:
    """Yield what is said of a file: its path in the bag, its checksum, size and format, and what it is a part of."""
    yield "objectIdentifier", identified("objectIdentifier", "path in the bag", f"data/{file.path}")
    formats: list[Part] = [("formatDesignation", [("formatName", file.format_name)])]
    if file.format_address:
        key = file.format_address.removeprefix(REGISTRY)
        formats.append(("formatRegistry", [("formatRegistryName", "PRONOM"), ("formatRegistryKey", key)]))
    characteristics: list[Part] = [
        ("fixity", [("messageDigestAlgorithm", "SHA-512"), ("messageDigest", file.sha512)]),
        ("size", str(file.size or 0)),
        ("format", formats),
    ]
    yield "objectCharacteristics", characteristics
    kind: list[Part] = [("relationshipType", "structural"), ("relationshipSubType", "is included in")]
    yield (
        "relationship",
        [*kind, ("relatedObjectIdentifier", identified("relatedObjectIdentifier", "local", version.name))],
    )


def identified(name: str, scheme: str, value: str) -> list[Part]:
    return [(f"{name}Type", scheme), (f"{name}Value", value)]


def add_object(root: etree._Element, category: str, parts: Sequence[Part]) -> None:
    add(root, ("object", parts)).set(f"{{{INSTANCE}}}type", category)


def add_event(root: etree._Element, version: PreservedVersion, event: Event, number: int) -> None:
    added = add(
        root, ("event", [("eventIdentifier", identified("eventIdentifier", "local", f"{version.name}/{number}"))])
    )
    set_term(add(added, ("eventType", event.kind)), "eventType", EVENT_TYPES[event.kind])
    add(added, ("eventDateTime", f"{version.day.isoformat()}/.."))
    add(added, ("eventDetailInformation", [("eventDetail", event.detail)]))
    if event.outcome:
        note: list[Part] = [("eventOutcomeDetail", [("eventOutcomeDetailNote", event.note)])] if event.note else []
        add(added, ("eventOutcomeInformation", [("eventOutcome", event.outcome), *note]))
    agent = identified("linkingAgentIdentifier", event.agent.scheme, event.agent.identifier)
    role = "implementer" if event.agent.kind == "organization" else "executing program"
    add(added, ("linkingAgentIdentifier", [*agent, ("linkingAgentRole", role)]))
    objects = [("path in the bag", f"data/{path}") for path in event.files] or [("local", version.name)]
    for scheme, value in objects:
        add(added, ("linkingObjectIdentifier", identified("linkingObjectIdentifier", scheme, value)))


def add_agent(root: etree._Element, agent: Agent) -> None:
    identifier: Part = ("agentIdentifier", identified("agentIdentifier", agent.scheme, agent.identifier))
    added = add(root, ("agent", [identifier, ("agentName", agent.name)]))
    set_term(add(added, ("agentType", agent.kind)), "agentType", AGENT_TYPES[agent.kind])
    if agent.version:
        add(added, ("agentVersion", agent.version))


def set_term(element: etree._Element, vocabulary: str, term: str) -> None:
    """Name the term of a vocabulary of the Library of Congress that an element has as text."""
    element.set("authority", vocabulary)
    element.set("authorityURI", VOCABULARY + vocabulary)
    element.set("valueURI", f"{VOCABULARY}{vocabulary}/{term}")


def add(parent: etree._Element, part: Part) -> etree._Element:
    """Add an element with its text or its parts, and return it."""
    name, content = part
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    if isinstance(content, str):
        element.text = one_line(content)
    else:
        for each in content:
            add(element, each)
    return element


def software(program: Program) -> Agent:
    return Agent("software", "SWHID", program.identifier, program.name, program.version)
