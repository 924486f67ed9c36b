"""What is bound: parts of a book, and what the book says of itself."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

# A link to an id that stands in another part leads to this address, with the id as its fragment.
VOLUME = "https://volume.invalid/"

Numbering = Literal["decimal", "roman", "none"]
# How an attached file is related to the book (ISO 19005-3, 6.8).
Relationship = Literal["Source", "Data", "Alternative", "Supplement", "Unspecified"]


@dataclass(frozen=True)
class Part:
    """A run of pages of a book: a PDF that `gathering.prepare` has made ready.

    ``first_folio`` is the number of its first page, told in ``numbering`` after ``prefix``; with ``recto``
    it opens on a right-hand page, behind a blank one if need be.
    """

    name: str
    pdf: bytes
    first_folio: int = 1
    numbering: Numbering = "decimal"
    recto: bool = False
    prefix: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a book; ``media_type`` is such as ``text/markdown``."""

    name: str
    media_type: str
    content: bytes
    description: str
    relationship: Relationship
    date: datetime.datetime


@dataclass(frozen=True)
class Book:
    """What a bound file says of itself.

    ``links`` are the addresses for ids that stand in none of its parts; a link to an id that has none
    becomes plain text.
    """

    title: str
    language: str
    authors: tuple[str, ...] = ()
    subject: str = ""
    keywords: tuple[str, ...] = ()
    rights: str = ""
    identifier: str = ""
    version: str = ""
    created: datetime.datetime | None = None
    modified: datetime.datetime | None = None
    links: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
