"""Write the links of an article's page as a file (linkset, RFC 9264), the second level of the FAIR Signposting Profile.

It has the links of the page itself, with the profiles of records, for which HTML has no attribute; and from each file
and record a link back to the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from fleuron.metadata.page_head.head_elements import Link, link_elements, signposting_links
from fleuron.metadata.work import Work

SUFFIX = "linkset.json"
MEDIA_TYPE = "application/linkset+json"
# What an article's files and records are to its page, by what the page says of them.
INVERSE_RELATIONS = {"item": "collection", "describedby": "describes"}


def linkset(work: Work, page: str) -> str:
    """Write the links of an article; ``page`` is the address of its page from that of the file."""
    links = [link for link in link_elements(signposting_links(work)) if link.rel != "linkset"]
    anchor = work.address or page
    return json.dumps({"linkset": [*contexts(links, anchor)]}, ensure_ascii=False, indent=2) + "\n"


def contexts(links: list[Link], page: str) -> Iterator[dict[str, Any]]:
    """Yield the links of the page, then those of its files and records, each as a link context object (4.2.2)."""
    own: dict[str, Any] = {"anchor": page}
    for link in links:
        own.setdefault(link.rel, []).append(target(link))
    yield own
    for link in links:
        if link.rel in INVERSE_RELATIONS:
            yield {"anchor": link.href, INVERSE_RELATIONS[link.rel]: [{"href": page, "type": "text/html"}]}


def target(link: Link) -> dict[str, Any]:
    """Return the target of a link; its profile is a text, as the FAIR Signposting Profile and its readers have it."""
    made: dict[str, Any] = {"href": link.href}
    if link.media_type:
        made["type"] = link.media_type
    if link.profile:
        made["profile"] = link.profile
    return made
