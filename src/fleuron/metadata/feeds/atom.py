"""Write the Atom feed of an edition (RFC 4287).

It is written with lxml alone: the format is a dozen elements. feedgen 1.0 was tried: it dates a feed and its entries
by the clock unless each date is given, names itself in every feed, turns the order of entries round, leaves out the
language of an entry's link (`hreflang`, by which translations are linked), and ends with a ValueError at a control
character. The Sphinx extensions that write feeds (atsphinx-feed 0.1, ablog 0.11) date them by the build.
"""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from fleuron.metadata.identifiers import UUID_NAMESPACE, absolute_address, linkable_address
from fleuron.metadata.plain_text import one_line
from fleuron.metadata.work import Person, Translation
from fleuron.metadata.xml import add_element, xml_bytes

ATOM = "http://www.w3.org/2005/Atom"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HTML = "text/html"
NAMED = re.compile(r"(?:urn|tag):[!-~]+")
# The day of a feed or an entry that has none; never that of the build.
EPOCH = datetime.date(1970, 1, 1)


@dataclass(frozen=True)
class Feed:
    """An edition's feed; ``id`` is an absolute IRI, or the publication's name, from which one is made.

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
class FeedEntry:
    """An article in a feed; ``id`` is an absolute IRI, or the article's name, from which one is made.

    ``address`` may be relative; ``updated`` is the day of publication unless it is given.
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
    contributors: tuple[Person, ...] = ()

    @property
    def changed(self) -> datetime.date:
        return self.updated or self.date or EPOCH


def atom_id(publication: str, language: str, article: str = "") -> str:
    """Return an IRI for an edition or an article that does not depend on the site's address (RFC 9562, version 5)."""
    # The name of a file may hold bytes that are not UTF-8, which Python reads as lone surrogates.
    name = f"{publication}/{language}/{article}".encode("utf-8", "backslashreplace").decode()
    return f"urn:uuid:{uuid.uuid5(UUID_NAMESPACE, name)}"


def is_iri(text: str) -> bool:
    return bool(absolute_address(text) or NAMED.fullmatch(text))


def atom_feed(feed: Feed, entries: Sequence[FeedEntry]) -> bytes:
    """Write a feed, its newest entry first; those of one day are ordered by id, and each id occurs once.

    An entry without a valid address is left out, since an entry must have a link (4.1.2).
    """
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]  # lxml-stubs 0.5 knows no default
    if feed.language:
        root.set(LANG, feed.language)
    linked = sorted((entry for entry in entries if linkable_address(entry.address)), key=newest_first)
    chosen: dict[str, FeedEntry] = {}
    for entry in linked:
        chosen.setdefault(entry_id(feed, entry), entry)
    add_element(root, "id", feed.id if is_iri(feed.id) else atom_id(feed.id, feed.language))
    add_element(root, "title", feed.title)
    if one_line(feed.subtitle):
        add_element(root, "subtitle", feed.subtitle)
    add_element(root, "updated", rfc_3339(max((entry.changed for entry in chosen.values()), default=EPOCH)))
    # A feed must name an author unless each entry does (4.1.1).
    add_element(add_element(root, "author"), "name", one_line(feed.author) or feed.title)
    add_link(root, "alternate", feed.address, HTML, feed.language)
    add_link(root, "self", feed.self_address, "application/atom+xml")
    if one_line(feed.rights):
        add_element(root, "rights", feed.rights)
    for iri, entry in chosen.items():
        add_entry(root, iri, entry, feed.language)
    return xml_bytes(root)


def newest_first(entry: FeedEntry) -> tuple[int, str]:
    """Return the key by which entries are sorted: the newest first, then by id."""
    return -(entry.date or EPOCH).toordinal(), entry.id


def entry_id(feed: Feed, entry: FeedEntry) -> str:
    return entry.id if is_iri(entry.id) else atom_id(feed.id, feed.language, entry.id or entry.address)


def rfc_3339(day: datetime.date) -> str:
    """Return a day in the form of RFC 3339, which Atom requires (RFC 4287, 3.3)."""
    return f"{day.isoformat()}T00:00:00Z"


def add_link(parent: etree._Element, rel: str, address: str, media_type: str, language: str = "") -> None:
    if linkable_address(address):
        add_element(parent, "link", rel=rel, href=address, type=media_type, hreflang=language)


def add_entry(root: etree._Element, iri: str, entry: FeedEntry, language: str) -> None:
    element = add_element(root, "entry")
    add_element(element, "id", iri)
    add_element(element, "title", entry.title)
    add_element(element, "updated", rfc_3339(entry.changed))
    if entry.date:
        add_element(element, "published", rfc_3339(entry.date))
    for person in entry.authors:
        if one_line(person.name):
            add_person(add_element(element, "author"), person)
    for person in entry.contributors:
        if one_line(person.name):
            add_person(add_element(element, "contributor"), person)
    add_link(element, "alternate", entry.address, HTML, language)
    # No two of one language (4.1.2).
    others = {other.language: other.address for other in reversed(entry.translations) if other.language != language}
    for other, address in sorted(others.items()):
        add_link(element, "alternate", address, HTML, other)
    for category in filter(None, dict.fromkeys(map(one_line, entry.categories))):
        add_element(element, "category", term=category)
    if one_line(entry.summary):
        add_element(element, "summary", entry.summary)


def add_person(author: etree._Element, person: Person) -> None:
    add_element(author, "name", person.name)
    if absolute_address(person.address):
        add_element(author, "uri", person.address)
