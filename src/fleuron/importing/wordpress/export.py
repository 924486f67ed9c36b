"""Read an export of WordPress (WXR): its published posts, with their authors, tags, notes and attachments."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from anyascii import anyascii
from lxml import etree

from fleuron.importing.conversion.pandoc import ConversionError
from fleuron.publication.document_names import slug

# The namespaces of WXR 1.0 to 1.2, whose addresses differ in the number of the version only.
EXPORT, EXCERPT = "http://wordpress.org/export/", "/excerpt/"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
# What a post has if its author has chosen none.
NO_CATEGORY = frozenset({"uncategorized", "allgemein", "genel", "без рубрики"})


@dataclass(frozen=True)
class Attachment:
    """A file that posts show: its address, and the post that it was added to."""

    address: str
    title: str = ""
    caption: str = ""
    parent: str = ""


@dataclass(frozen=True)
class Post:
    """A published post; ``notes`` are the HTML of its notes by their identifiers, ``name`` is that of its address."""

    identifier: str
    title: str
    name: str
    author: str
    date: str
    tags: tuple[str, ...]
    excerpt: str
    content: str
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Export:
    """What an export has; ``others`` counts what is not imported, by kind and state."""

    posts: tuple[Post, ...]
    attachments: Mapping[str, Attachment]
    others: Mapping[str, int]


def is_export(file: Path) -> bool:
    """Return whether an XML file names WordPress's namespace at its head."""
    with file.open("rb") as content:
        return EXPORT.encode() in content.read(4096)


def read_export(file: Path) -> Export:
    """Read an export, without entities and without the network; raise ConversionError if it is not one."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        # lxml 6 raises OSError for a file that is not UTF-8, and for its bytes what it raises for other faults.
        root: Any = etree.fromstring(file.read_bytes(), parser)
    except etree.XMLSyntaxError as error:
        raise ConversionError(f"it is not XML: {error.msg}") from None
    if root.getroottree().docinfo.doctype:
        raise ConversionError("it has a document type, which no export of WordPress has; delete it")
    authors = {
        value_of(author, "author_login"): value_of(author, "author_display_name") for author in own(root, "author")
    }
    posts: list[Post] = []
    attachments: dict[str, Attachment] = {}
    others: Counter[str] = Counter()
    for item in root.iter("item"):
        kind, state = value_of(item, "post_type"), value_of(item, "status")
        if kind == "attachment":
            attachments[value_of(item, "post_id")] = attachment_of(item)
        elif kind == "post" and state == "publish":
            posts.append(post_of(item, authors))
        elif kind in ("post", "page"):
            others[kind if state == "publish" else f"{state} {kind}"] += 1
    return Export(tuple(posts), attachments, dict(sorted(others.items())))


def own(element: Any, name: str) -> Iterator[Any]:
    """Yield the descendants of an element that have a name in WordPress's namespace."""
    for found in element.iter(etree.Element):
        tag = etree.QName(found)
        if tag.localname == name and str(tag.namespace or "").startswith(EXPORT):
            yield found


def value_of(element: Any, name: str) -> str:
    return next((text_of(found) for found in own(element, name)), "")


def text_of(element: Any) -> str:
    return (element.text or "").strip() if element is not None else ""


def excerpt_of(item: Any) -> str:
    found = (child for child in own(item, "encoded") if EXCERPT in str(etree.QName(child).namespace))
    return next(map(text_of, found), "")


def attachment_of(item: Any) -> Attachment:
    return Attachment(
        address=value_of(item, "attachment_url"),
        title=text_of(item.find("title")),
        caption=excerpt_of(item),
        parent=value_of(item, "post_parent"),
    )


def post_of(item: Any, authors: Mapping[str, str]) -> Post:
    login, title = text_of(item.find(CREATOR)), text_of(item.find("title"))
    identifier = value_of(item, "post_id")
    named = unquote(value_of(item, "post_name")) or title or f"post {identifier}"
    tags = [
        text_of(category)
        for category in item.findall("category")
        if category.get("domain") in ("post_tag", "category") and text_of(category).casefold() not in NO_CATEGORY
    ]
    return Post(
        identifier=identifier,
        title=title,
        name=slug(anyascii(named)),
        author=authors.get(login) or login,
        date=value_of(item, "post_date")[:10],
        tags=tuple(dict.fromkeys(tags)),
        excerpt=excerpt_of(item),
        content=item.findtext(CONTENT) or "",
        notes=dict(notes_of(item)),
    )


def notes_of(item: Any) -> Iterator[tuple[str, str]]:
    """Yield the notes of WordPress's own block, which the post has as JSON beside its content."""
    for meta in own(item, "postmeta"):
        if value_of(meta, "meta_key") == "footnotes":
            try:
                found = json.loads(value_of(meta, "meta_value"))
            except ValueError:
                continue
            for note in found if isinstance(found, list) else ():
                if isinstance(note, dict):
                    yield str(note.get("id", "")), str(note.get("content", ""))
