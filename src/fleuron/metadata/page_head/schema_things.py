"""Make the records of schema.org that have a type: things, people and organizations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fleuron.metadata.identifiers import absolute_address, orcid_address, ror_address
from fleuron.metadata.plain_text import one_line, without_empty
from fleuron.metadata.work import Person

Record = dict[str, Any]


def thing(kind: str, properties: Mapping[str, Any]) -> Record:
    """Make a record of a type from the properties that are not empty."""
    return {"@type": kind} | without_empty(properties)


def named_thing(kind: str, name: str) -> Record:
    return thing(kind, {"name": name}) if one_line(name) else {}


def organization(name: str, address: str = "") -> Record:
    """Describe an organization, by the address that identifies it if it has one."""
    return thing("Organization", {"@id": address, "name": name, "sameAs": address}) if one_line(name) else {}


def author_of(author: Person) -> Record:
    properties = {"name": author.name, "url": absolute_address(author.address), "sameAs": orcid_address(author.orcid)}
    affiliations = [organization(each.name, ror_address(each.ror)) for each in author.named_affiliations]
    affiliation = affiliations[0] if len(affiliations) == 1 else affiliations
    if author.is_organization:
        return thing("Organization", properties | {"parentOrganization": affiliation})
    names = {"familyName": author.family, "givenName": author.given}
    return thing("Person", properties | names | {"affiliation": affiliation})
