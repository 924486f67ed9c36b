"""Write the lists by which others keep a copy of the site up to date (ResourceSync Framework, ANSI/NISO Z39.99-2017).

They have the form of sitemaps. A source description names the capability list, which names the lists of what there is
(resource list) and of what each release has changed (change list).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from fleuron.metadata.feeds.sitemap import SITEMAP
from fleuron.metadata.identifiers import absolute_address
from fleuron.metadata.xml import add_element, xml_bytes

RESOURCE_SYNC = "http://www.openarchives.org/rs/terms/"
# Where a source description is looked for (RFC 8615, and section 6.3.1 of the standard).
SOURCE_DESCRIPTION = ".well-known/resourcesync"
FOLDER = "resourcesync"
CAPABILITY_LIST = f"{FOLDER}/capabilitylist.xml"
RESOURCE_LIST = f"{FOLDER}/resourcelist.xml"
CHANGE_LIST = f"{FOLDER}/changelist.xml"
# The most entries of a sitemap (sitemaps.org).
MOST_ENTRIES = 50_000

ChangeKind = Literal["created", "updated", "deleted"]


@dataclass(frozen=True)
class Resource:
    """A file of the site; ``size`` is in bytes, ``sha256`` is in hexadecimal digits.

    ``described_by`` are the addresses of its records. Of a file that a release has changed, ``change`` says how.
    """

    address: str
    media_type: str = ""
    size: int | None = None
    sha256: str = ""
    lastmod: datetime.date | None = None
    described_by: tuple[str, ...] = ()
    change: ChangeKind | None = None


def source_description(site: str) -> bytes:
    """Describe the site, whose address ends with a slash, as a source of one set of resources."""
    root = list_of("description", [], {})
    add_entry(root, f"{site}{CAPABILITY_LIST}", {"capability": "capabilitylist"})
    return xml_bytes(root)


def capability_list(site: str, *, has_changes: bool) -> bytes:
    """List what the site offers: all its resources and, if versions have been released, what these have changed."""
    root = list_of("capabilitylist", [("up", f"{site}{SOURCE_DESCRIPTION}")], {})
    add_entry(root, f"{site}{RESOURCE_LIST}", {"capability": "resourcelist"})
    if has_changes:
        add_entry(root, f"{site}{CHANGE_LIST}", {"capability": "changelist"})
    return xml_bytes(root)


def resource_lists(
    site: str, resources: Sequence[Resource], moment: datetime.datetime, most: int = MOST_ENTRIES
) -> dict[str, bytes]:
    """List the resources as they were at a moment: the lists by their paths on the site.

    More than ``most`` stand in several lists, and `RESOURCE_LIST` is then the list of these.
    """
    told, up = {"at": w3c(moment)}, [("up", f"{site}{CAPABILITY_LIST}")]
    if len(resources) <= most:
        return {RESOURCE_LIST: resource_list(resources, up, told)}
    ordered = sorted(resources, key=lambda each: each.address)
    parts = [ordered[first : first + most] for first in range(0, len(ordered), most)]
    names = [f"{FOLDER}/resourcelist-{number}.xml" for number, _part in enumerate(parts, 1)]
    index = list_of("resourcelist", up, told, root_name="sitemapindex")
    for name in names:
        add_entry(index, f"{site}{name}", told)
    links = [*up, ("index", f"{site}{RESOURCE_LIST}")]
    lists = {name: resource_list(part, links, told) for name, part in zip(names, parts, strict=True)}
    return {RESOURCE_LIST: xml_bytes(index), **lists}


def resource_list(resources: Sequence[Resource], links: Sequence[tuple[str, str]], told: Mapping[str, str]) -> bytes:
    """Write one list of resources, in the order of their addresses."""
    root = list_of("resourcelist", links, told)
    add_resources(root, resources)
    return xml_bytes(root)


def change_list(
    site: str, resources: Sequence[Resource], since: datetime.datetime, until: datetime.datetime, index: str = ""
) -> bytes:
    """List what has changed between two moments; ``index`` is the address of the list of such lists."""
    links = [("up", f"{site}{CAPABILITY_LIST}"), *([("index", index)] if index else [])]
    root = list_of("changelist", links, {"from": w3c(since), "until": w3c(until)})
    add_resources(root, resources, until)
    return xml_bytes(root)


def change_list_index(site: str, lists: Sequence[tuple[str, datetime.datetime, datetime.datetime]]) -> bytes:
    """List the change lists, each by its address and the moments between which its changes were made."""
    first = min((since for _address, since, _until in lists), default=None)
    root = list_of(
        "changelist",
        [("up", f"{site}{CAPABILITY_LIST}")],
        {"from": w3c(first) if first else ""},
        root_name="sitemapindex",
    )
    for address, since, until in sorted(lists, key=lambda each: each[1]):
        add_entry(root, address, {"from": w3c(since), "until": w3c(until)})
    return xml_bytes(root)


def list_of(
    capability: str, links: Sequence[tuple[str, str]], values: Mapping[str, str], root_name: str = "urlset"
) -> etree._Element:
    """Return a list without entries: what it is, and what it belongs to."""
    root = etree.Element(f"{{{SITEMAP}}}{root_name}", nsmap={None: SITEMAP, "rs": RESOURCE_SYNC})  # type: ignore[dict-item]  # lxml-stubs 0.5 knows no default
    for relation, address in links:
        etree.SubElement(root, f"{{{RESOURCE_SYNC}}}ln", rel=relation, href=address)
    add_metadata(root, {"capability": capability, **values})
    return root


def add_resources(
    root: etree._Element, resources: Sequence[Resource], changed_at: datetime.datetime | None = None
) -> None:
    """Add the resources that have an address on the web, each once, in the order of addresses."""
    by_address = {each.address: each for each in resources if absolute_address(each.address)}
    for address, resource in sorted(by_address.items()):
        values = {
            "change": resource.change or "",
            "datetime": w3c(changed_at) if changed_at else "",
            "hash": f"sha-256:{resource.sha256}" if resource.sha256 else "",
            "length": str(resource.size) if resource.size is not None else "",
            "type": resource.media_type,
        }
        lastmod = resource.lastmod.isoformat() if resource.lastmod else ""
        add_entry(root, address, values, lastmod, resource.described_by)


def add_entry(
    root: etree._Element,
    address: str,
    values: Mapping[str, str],
    lastmod: str = "",
    described_by: Sequence[str] = (),
) -> None:
    """Add an entry to a list, or to an index of lists."""
    is_index = etree.QName(root).localname == "sitemapindex"
    entry = add_element(root, "sitemap" if is_index else "url")
    add_element(entry, "loc", address)
    if lastmod:
        add_element(entry, "lastmod", lastmod)
    add_metadata(entry, values)
    for record in described_by:
        etree.SubElement(entry, f"{{{RESOURCE_SYNC}}}ln", rel="describedby", href=record)


def add_metadata(parent: etree._Element, values: Mapping[str, str]) -> None:
    """Add the values that are not empty, in an `rs:md`."""
    if given := {name: value for name, value in values.items() if value}:
        etree.SubElement(parent, f"{{{RESOURCE_SYNC}}}md", given)


def w3c(moment: datetime.datetime) -> str:
    """Write a moment as a W3C Datetime in UTC, as the standard asks."""
    return f"{moment.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"


def changes_between(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[tuple[str, ChangeKind]]:
    """Yield the files that differ between two versions, given the digest of each by its path."""
    for path in sorted(before.keys() | after.keys()):
        if path not in before:
            yield path, "created"
        elif path not in after:
            yield path, "deleted"
        elif before[path] != after[path]:
            yield path, "updated"
