"""An edition's feed in Atom (RFC 4287).

It is made by hand: the format is a dozen elements, for which lxml is enough, and the extensions for Sphinx that
write feeds (atsphinx-feed 0.1, ablog 0.11) date them by the build.
"""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from fleuron.metadata.plain_text import folded
from fleuron.metadata.web_addresses import absolute, linkable
from fleuron.metadata.work import Person, Translation
from fleuron.metadata.xml import add, written

ATOM = "http://www.w3.org/2005/Atom"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HTML = "text/html"
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "fleuron")
NAMED = re.compile(r"(?:urn|tag):[!-~]+")
# The day of a feed or an entry that has none; never that of the build.
EPOCH = datetime.date(1970, 1, 1)


@dataclass(frozen=True)
class Feed:
    """An edition's feed; ``id`` is an absolute IRI, or the publication's name, of which one is made.

    ``address`` is that of the page with the articles, ``self_address`` the feed's own.
    """

    id: str
    title: str
    subtitle: str = ""
    language: str = ""
    address: str = ""
    self_address: str = ""
    author: str = ""
    rights: str = ""


@dataclass(frozen=True)
class Entry:
    """An article in a feed; ``id`` is an absolute IRI, or the article's name, of which one is made.

    ``address`` may be relative; ``updated`` is the day of publication unless told.
    """

    id: str
    title: str
    summary: str = ""
    address: str = ""
    date: datetime.date | None = None
    authors: tuple[Person, ...] = ()
    categories: tuple[str, ...] = ()
    translations: tuple[Translation, ...] = ()
    updated: datetime.date | None = None

    @property
    def changed(self) -> datetime.date:
        return self.updated or self.date or EPOCH


def identifier(publication: str, language: str, article: str = "") -> str:
    """Make an IRI that an edition, or an article in it, keeps wherever the site stands (RFC 9562, version 5)."""
    # The name of a file may hold bytes that are no UTF-8, which Python reads as lone surrogates.
    name = f"{publication}/{language}/{article}".encode("utf-8", "backslashreplace").decode()
    return f"urn:uuid:{uuid.uuid5(NAMESPACE, name)}"


def is_iri(text: str) -> bool:
    return bool(absolute(text) or NAMED.fullmatch(text))


def feed(feed: Feed, entries: Sequence[Entry]) -> bytes:
    """Write a feed, its newest entry first; entries of one day stand by their ids, and each id once.

    An entry whose address leads nowhere is left out, since an entry must have a link (4.1.2).
    """
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]  # lxml-stubs 0.5 knows no default
    if feed.language:
        root.set(LANG, feed.language)
    linked = sorted((entry for entry in entries if linkable(entry.address)), key=age)
    chosen: dict[str, Entry] = {}
    for entry in linked:
        chosen.setdefault(entry_id(feed, entry), entry)
    add(root, "id", feed.id if is_iri(feed.id) else identifier(feed.id, feed.language))
    add(root, "title", feed.title)
    if folded(feed.subtitle):
        add(root, "subtitle", feed.subtitle)
    add(root, "updated", moment(max((entry.changed for entry in chosen.values()), default=EPOCH)))
    # A feed must name an author unless each entry does (4.1.1).
    add(add(root, "author"), "name", folded(feed.author) or feed.title)
    link(root, "alternate", feed.address, HTML, feed.language)
    link(root, "self", feed.self_address, "application/atom+xml")
    if folded(feed.rights):
        add(root, "rights", feed.rights)
    for iri, entry in chosen.items():
        add_entry(root, iri, entry, feed.language)
    return written(root)


def age(entry: Entry) -> tuple[int, str]:
    """Return what entries are ordered by: the newest first, then by id."""
    return -(entry.date or EPOCH).toordinal(), entry.id


def entry_id(feed: Feed, entry: Entry) -> str:
    return entry.id if is_iri(entry.id) else identifier(feed.id, feed.language, entry.id or entry.address)


def moment(day: datetime.date) -> str:
    """Write a day as RFC 3339 wants it (RFC 4287, 3.3)."""
    return f"{day.isoformat()}T00:00:00Z"


def link(parent: etree._Element, rel: str, address: str, media_type: str, language: str = "") -> None:
    if linkable(address):
        add(parent, "link", rel=rel, href=address, type=media_type, hreflang=language)


def add_entry(root: etree._Element, iri: str, entry: Entry, language: str) -> None:
    element = add(root, "entry")
    add(element, "id", iri)
    add(element, "title", entry.title)
    add(element, "updated", moment(entry.changed))
    if entry.date:
        add(element, "published", moment(entry.date))
    for person in entry.authors:
        if folded(person.name):
            add_person(add(element, "author"), person)
    link(element, "alternate", entry.address, HTML, language)
    # No two of one language (4.1.2).
    others = {other.language: other.address for other in reversed(entry.translations) if other.language != language}
    for other, address in sorted(others.items()):
        link(element, "alternate", address, HTML, other)
    for category in filter(None, dict.fromkeys(map(folded, entry.categories))):
        add(element, "category", term=category)
    if folded(entry.summary):
        add(element, "summary", entry.summary)


def add_person(author: etree._Element, person: Person) -> None:
    add(author, "name", person.name)
    if absolute(person.address):
        add(author, "uri", person.address)
