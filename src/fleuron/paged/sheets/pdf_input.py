"""Define what an edition's PDFs are made from: imprint, chapters, back sections, index entries, fonts and style."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from fleuron.content.books.imprint import Imprint
from fleuron.content.books.indexes import IndexEntry
from fleuron.paged.binding.bound_document import Attachment
from fleuron.paged.layout.units import FontSet
from fleuron.paged.sheets.fragments import Fragment
from fleuron.paged.sheets.sheet_faces import SheetFaces
from fleuron.publication.contents import ContentsEntry
from fleuron.publication.edition import Edition
from fleuron.publication.page_plan import Counted, Mode, Openings
from fleuron.publication.values.places import PageRange


@dataclass(frozen=True)
class ContentsLine:
    """A line of the table of contents, with the lines below it.

    ``anchor`` is the id that it leads to, and ``folio`` the page on which that begins, 0 if it is not printed;
    ``address`` is that of a page on the web. The line of a part has neither. ``number`` stands before the title, whose
    language (BCP 47) is ``language``, or "" if it is the volume's. ``article_number`` is that of an article whose pages
    count from 1; it is printed in place of the page.
    """

    title: str
    anchor: str = ""
    authors: str = ""
    folio: int = 0
    address: str = ""
    number: str = ""
    language: str = ""
    lines: tuple[ContentsLine, ...] = ()
    article_number: str = ""


@dataclass(frozen=True)
class OffprintDetails:
    """What the title sheet of an offprint shows besides the article's title and authors.

    ``cite`` is given the article's pages and returns its citation as HTML; ``place`` is where it stands in its journal,
    after the journal's title, or "".
    """

    cite: Callable[[str], str]
    address: str
    doi: str
    licence: str
    subtitle: str = ""
    translators: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True)
class Chapter:
    """An article, or another text of the volume, with its pictures and attachments.

    ``offprint`` is None for a text that has no offprint; ``modified`` is when it was changed last; ``source`` is
    where it stands in its journal; ``attachments`` are
    added to the volume and to the offprint. ``on_pages`` returns the chapter as it is when its pages are known.
    ``article_number`` is that of an article that is numbered in place of pages.
    """

    fragment: Fragment
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    offprint: OffprintDetails | None = None
    subject: str = ""
    date: datetime.datetime | None = None
    modified: datetime.datetime | None = None
    source: str = ""
    attachments: tuple[Attachment, ...] = ()
    on_pages: Callable[[PageRange], Chapter] | None = None
    article_number: str = ""


@dataclass(frozen=True)
class BackSection:
    """A section after the articles: its title, its id, its text as HTML, and its pictures.

    ``has_own_title`` is whether the author wrote the title; else it is a text of the interface.
    """

    title: str
    anchor: str
    body: str
    has_own_title: bool = False
    pictures: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class PdfInput:
    """All that an edition's PDFs are made from.

    ``back_sections`` come before the indexes of ``names`` and ``keywords``; ``addresses`` are those on the site, by
    the id in the volume, for links of offprints to other articles. ``mark`` is Fleuron's own, as a picture;
    ``contents`` are the parts and texts of the volume, without sections, and ``root`` is the anchor of the document
    that has them. ``counted`` is through which chapters folios count, if the mode alone does not say it. ``issues`` are
    the books of a journal's issues, by name; their chapters, which the volume may lack, have the same pages there.
    ``numbers_back`` is whether the pages after the chapters have folios.
    """

    imprint: Imprint
    edition: Edition
    chapters: tuple[Chapter, ...]
    back_sections: tuple[BackSection, ...]
    names: tuple[IndexEntry, ...]
    keywords: tuple[IndexEntry, ...]
    style: str
    font_set: FontSet
    programs: str
    mode: Mode
    openings: Openings = "recto"
    faces: SheetFaces | None = None
    version: str = ""
    identifier: str = ""
    date: datetime.datetime | None = None
    modified: datetime.datetime | None = None
    mark: Mapping[str, bytes] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)
    contents: tuple[ContentsEntry, ...] = ()
    root: str = ""
    counted: Counted | None = None
    numbers_back: bool = True
    issues: Mapping[str, PdfInput] = field(default_factory=dict)
