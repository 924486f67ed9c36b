"""Describe what is bound: the prepared parts of a PDF, its metadata and its attached files."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

# A link to an id in another part has this address, with the id as its fragment, until the parts are bound.
VOLUME = "https://volume.invalid/"

Numbering = Literal["decimal", "roman", "none"]
# How an attached file is related to the document (ISO 19005-3, 6.8).
Relationship = Literal["Source", "Data", "Alternative", "Supplement", "Unspecified"]


@dataclass(frozen=True)
class PreparedPart:
    """Pages of a PDF to be bound, as `prepared_parts.prepare` returns them.

    ``first_folio`` is the number of its first page, shown in ``numbering`` after ``prefix``; with ``recto``
    it begins on a right-hand page, after a blank page where needed.
    """

    name: str
    pdf: bytes
    first_folio: int = 1
    numbering: Numbering = "decimal"
    recto: bool = False
    prefix: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file attached to a PDF; ``media_type`` is such as ``text/markdown``."""

    name: str
    media_type: str
    content: bytes
    description: str
    relationship: Relationship
    date: datetime.datetime


@dataclass(frozen=True)
class Bookmark:
    """A bookmark above those of the parts of a PDF: that of a part with this name, or one over other bookmarks.

    The bookmark of a part gets the title, and the bookmarks that follow those it has.
    """

    title: str
    part: str = ""
    bookmarks: tuple[Bookmark, ...] = ()


@dataclass(frozen=True)
class BoundDocument:
    """The metadata and attachments of a bound PDF, be it a volume or an offprint.

    ``links`` are the web addresses of ids that are in none of its parts; a link to an id without one becomes plain
    text. One that is not ``is_accessible`` has pictures without alternative text. ``source`` says where an article
    stands in its journal. ``bookmarks`` order those of the parts; without them, one part's follow another's.
    """

    title: str
    language: str
    authors: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    subject: str = ""
    keywords: tuple[str, ...] = ()
    rights: str = ""
    identifier: str = ""
    version: str = ""
    created: datetime.datetime | None = None
    modified: datetime.datetime | None = None
    links: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    is_accessible: bool = True
    source: str = ""
    bookmarks: tuple[Bookmark, ...] = ()
