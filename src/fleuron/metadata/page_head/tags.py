"""The elements of a page's head that hold metadata, as records for templates that escape what they print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from fleuron.metadata.plain_text import folded
from fleuron.metadata.web_addresses import linkable

Attribute = Literal["name", "property"]


@dataclass(frozen=True)
class Meta:
    """A ``meta`` element; ``attribute`` is the one that holds its name."""

    name: str
    content: str
    attribute: Attribute = "name"


@dataclass(frozen=True)
class Link:
    """A ``link`` element; what is empty is not printed."""

    rel: str
    href: str
    media_type: str = ""
    title: str = ""
    hreflang: str = ""


def metas(facts: Iterable[tuple[str, str]], attribute: Attribute = "name") -> list[Meta]:
    """Make the tags of a list of names and contents, without those that have nothing to say."""
    found = ((name, folded(content)) for name, content in facts)
    return [Meta(name, content, attribute) for name, content in found if content]


def links(candidates: Iterable[Link]) -> list[Link]:
    """Keep each link once, and only if it leads to the web or to another file of the site."""
    return list(dict.fromkeys(link for link in candidates if linkable(link.href)))
