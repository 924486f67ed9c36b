"""The lists by which others keep a copy of a site: in the form of sitemaps, as ResourceSync wants them."""

from __future__ import annotations

import datetime
from typing import Any

from lxml import etree

from fleuron.metadata.feeds.sitemap import SITEMAP
from fleuron.metadata.harvest.resource_lists import (
    CAPABILITY_LIST,
    CHANGE_LIST,
    RESOURCE_LIST,
    RESOURCE_SYNC,
    SOURCE_DESCRIPTION,
    Resource,
    capability_list,
    change_list,
    change_list_index,
    changes_between,
    resource_lists,
    source_description,
)

SITE = "https://press.example/"
NAMES = {"s": SITEMAP, "rs": RESOURCE_SYNC}
MOMENT = datetime.datetime(2026, 3, 4, 8, 6, 7, tzinfo=datetime.timezone(datetime.timedelta(hours=3)))
LATER = MOMENT + datetime.timedelta(days=1)
PDF = Resource(f"{SITE}en/x.pdf", "application/pdf", 3, "ab", datetime.date(2026, 3, 1), (f"{SITE}en/x.jats.xml",))
PAGE = Resource(f"{SITE}en/x.html", "text/html")
HOSTILE = Resource("javascript:alert(1)", "text/html")


def read(content: bytes, root: str = "urlset") -> Any:
    """Parse a list, and hold it to the order of the schema of sitemaps: what is of others first, then the entries."""
    tree = etree.fromstring(content)
    kinds = [etree.QName(each).namespace == SITEMAP for each in tree]
    assert etree.QName(tree).localname == root and kinds == sorted(kinds)
    for entry in tree.iterfind("s:*", NAMES):
        names = [etree.QName(each).localname for each in entry]
        assert names == [name for name in ("loc", "lastmod", "md") if name in names] + ["ln"] * names.count("ln")
    return tree


def told(tree: Any) -> tuple[dict[str, str], dict[str, str]]:
    """Return what a list says of itself: its attributes, and its links."""
    metadata = tree.find("rs:md", NAMES)
    assert metadata is not None
    links = {str(each.get("rel")): str(each.get("href")) for each in tree.iterfind("rs:ln", NAMES)}
    return {str(name): str(value) for name, value in metadata.attrib.items()}, links


def addresses(tree: Any) -> list[str]:
    return [str(each.text) for each in tree.iterfind("s:*/s:loc", NAMES)]


def test_a_source_leads_to_its_capabilities_and_these_to_the_lists() -> None:
    source = read(source_description(SITE))
    assert told(source)[0] == {"capability": "description"}
    assert addresses(source) == [f"{SITE}{CAPABILITY_LIST}"]
    for has_changes, lists in ((False, [RESOURCE_LIST]), (True, [RESOURCE_LIST, CHANGE_LIST])):
        capabilities = read(capability_list(SITE, has_changes=has_changes))
        assert addresses(capabilities) == [f"{SITE}{name}" for name in lists]
        assert told(capabilities) == ({"capability": "capabilitylist"}, {"up": f"{SITE}{SOURCE_DESCRIPTION}"})


def test_resources_stand_once_in_order_with_what_a_copy_is_checked_by() -> None:
    [(name, content)] = resource_lists(SITE, [PDF, PAGE, PDF, HOSTILE], MOMENT).items()
    tree = read(content)
    assert name == RESOURCE_LIST
    assert told(tree) == (
        {"capability": "resourcelist", "at": "2026-03-04T05:06:07Z"},
        {"up": f"{SITE}{CAPABILITY_LIST}"},
    )
    assert addresses(tree) == [PAGE.address, PDF.address]
    entry = tree[-1]
    assert entry.findtext("s:lastmod", namespaces=NAMES) == "2026-03-01"
    metadata, link = entry.find("rs:md", NAMES), entry.find("rs:ln", NAMES)
    assert metadata is not None and link is not None
    assert dict(metadata.attrib) == {"hash": "sha-256:ab", "length": "3", "type": "application/pdf"}
    assert dict(link.attrib) == {"rel": "describedby", "href": f"{SITE}en/x.jats.xml"}


def test_more_than_a_sitemap_may_have_stand_in_several_lists() -> None:
    many = [Resource(f"{SITE}{number}.html") for number in range(5)]
    lists = resource_lists(SITE, many, MOMENT, most=2)
    index = read(lists.pop(RESOURCE_LIST), "sitemapindex")
    assert addresses(index) == [f"{SITE}{name}" for name in lists]
    trees = [read(content) for content in lists.values()]
    assert [address for tree in trees for address in addresses(tree)] == [each.address for each in many]
    assert {told(tree)[1]["index"] for tree in trees} == {f"{SITE}{RESOURCE_LIST}"}


def test_changes_are_told_with_their_kind_and_time() -> None:
    before, after = {"a": "1", "b": "1", "c": "1"}, {"b": "1", "c": "2", "d": "1"}
    assert [*changes_between(before, after)] == [("a", "deleted"), ("c", "updated"), ("d", "created")]
    gone = Resource(f"{SITE}a.html", change="deleted")
    tree = read(change_list(SITE, [gone], MOMENT, LATER, f"{SITE}{CHANGE_LIST}"))
    moments = {"from": "2026-03-04T05:06:07Z", "until": "2026-03-05T05:06:07Z"}
    assert told(tree)[0] == {"capability": "changelist", **moments}
    metadata = tree[-1].find("rs:md", NAMES)
    assert metadata is not None
    assert dict(metadata.attrib) == {"change": "deleted", "datetime": "2026-03-05T05:06:07Z"}
    index = read(change_list_index(SITE, [(f"{SITE}one.xml", MOMENT, LATER)]), "sitemapindex")
    assert addresses(index) == [f"{SITE}one.xml"] and told(index)[0]["from"] == moments["from"]
