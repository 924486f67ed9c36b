"""Bind parts into a book: one PDF/A-3a and PDF/UA-1 with one structure tree, whose links lead from part to part.

The parts were laid out, and made ready by `gathering.prepare`, each by itself. Binding visits only what
these list, for a volume of 2,000 pages has some hundred thousand objects.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from io import BytesIO

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Object, Pdf, Stream, String

from fleuron.metadata.plain_text import folded
from fleuron.paged.binding.bookmarks import bind_outlines
from fleuron.paged.binding.destinations import gather_names, lead, name_tree
from fleuron.paged.binding.folios import stamp
from fleuron.paged.binding.shared_objects import share
from fleuron.paged.binding.tag_tree import bind_trees
from fleuron.paged.book_parts import Attachment, Book, Part
from fleuron.paged.xmp import moment, packet
from fleuron.publication.edition import Edition

STYLES = {"decimal": "/D", "roman": "/r"}


def bind(parts: Sequence[Part], book: Book) -> bytes:
    """Bind parts into a PDF; the same parts and book make the same bytes.

    Raises ValueError if there is no part, if one is not prepared, and if an id is in two parts.
    """
    if not parts:
        raise ValueError("a book has at least one part")
    with pikepdf.new() as volume:
        volume.Root.Lang = String(book.language)
        gatherings, starts = sew_all(volume, parts)
        bind_trees(volume, gatherings)
        link_parts(volume, gatherings, [part.name for part in parts], book)
        bind_outlines(volume, [gathering.Outline for gathering in gatherings])
        volume.Root.PageLabels = page_labels(parts, starts)
        volume.Root.OutputIntents = gatherings[0].Intents
        describe(volume, book)
        attach(volume, book.attachments)
        bound = BytesIO()
        volume.save(
            bound,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            force_version="1.7",
        )
    return bound.getvalue()


def sew_all(volume: Pdf, parts: Sequence[Part]) -> tuple[list[Object], list[int]]:
    """Add the pages of all parts; return what binding must touch of each, and the place of its first page, from 0."""
    gatherings: list[Object] = []
    starts: list[int] = []
    wares: dict[str, Object] = {}
    place = 0  # qpdf counts its pages anew whenever it is asked
    for part in parts:
        if part.recto and place % 2:
            add_blank(volume)
            place += 1
        starts.append(place)
        pages, gathering = sew(volume, part)
        share(gathering.Wares, wares)
        stamp(gathering, part.first_folio)
        gatherings.append(gathering)
        place += pages
    return gatherings, starts


def sew(volume: Pdf, part: Part) -> tuple[int, Object]:
    """Add a part's pages; return how many they are, and what binding must touch of it."""
    # Closed at once: the copies keep what they need, and 200 open parts would double the memory.
    with pikepdf.open(BytesIO(part.pdf)) as sheets:
        if "/Gathering" not in sheets.Root:
            raise ValueError(f"{part.name} is not prepared for binding")
        # Not extend(), which warns of named destinations (pikepdf 10.17): they are in what is copied next.
        for page in sheets.pages:
            volume.pages.append(page)
        return len(sheets.pages), volume.copy_foreign(sheets.Root.Gathering)


def add_blank(volume: Pdf) -> None:
    """Add a page without content, as large as the last one; there is nothing on it to be tagged."""
    last = volume.pages[-1].obj
    boxes = {key: Array(list(last[key])) for key in ("/MediaBox", "/TrimBox", "/BleedBox") if key in last}
    volume.pages.append(pikepdf.Page(Dictionary({"/Type": Name.Page, "/Resources": Dictionary(), **boxes})))


def link_parts(volume: Pdf, gatherings: Sequence[Object], names: Sequence[str], book: Book) -> None:
    """Name the book's places and elements, and lead the links between its parts there."""
    places = gather_names(gatherings, "/Dests", names)
    volume.Root.Names = Dictionary()
    if places:
        volume.Root.Names.Dests = name_tree(volume, places)
    ids = gather_names(gatherings, "/Ids", names)
    if ids:
        volume.Root.StructTreeRoot.IDTree = name_tree(volume, ids)
    by_text = {str(name): name for name, _ in places.values()}
    for gathering in gatherings:
        lead(gathering, by_text, book.links)


def page_labels(parts: Sequence[Part], starts: Sequence[int]) -> Dictionary:
    """Label pages by their folios (ISO 32000-1, 12.4.2); a blank page counts on from the one before it."""
    numbers: list[int | Dictionary] = []
    for part, start in zip(parts, starts, strict=True):
        label = Dictionary()
        if part.numbering != "none":
            label.S = Name(STYLES[part.numbering])
            label.St = part.first_folio
        if part.prefix:
            label.P = String(part.prefix)
        numbers += (start, label)
    return Dictionary(Nums=Array(numbers))


def describe(volume: Pdf, book: Book) -> None:
    """Say of a book what it is, as XMP and, the same, in the old way (ISO 19005-3, 6.6.2.2)."""
    volume.Root.Metadata = Stream(volume, packet(book), Type=Name.Metadata, Subtype=Name.XML)
    direction = Name.R2L if Edition(book.language).direction == "rtl" else Name.L2R
    volume.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True, Direction=direction)
    told = {
        "/Title": book.title,
        "/Author": ", ".join(book.authors),
        "/Subject": book.subject,
        "/Keywords": ", ".join(book.keywords),
        "/CreationDate": pdf_date(book.created),
        "/ModDate": pdf_date(book.modified),
    }
    volume.trailer.Info = volume.make_indirect(
        Dictionary({key: String(folded(said)) for key, said in told.items() if said})
    )


def attach(volume: Pdf, attachments: Sequence[Attachment]) -> None:
    """Attach files as files that belong to the book (ISO 19005-3, 6.8)."""
    specifications = []
    for attachment in sorted(attachments, key=lambda attachment: attachment.name):
        if attachment.name in volume.attachments:
            raise ValueError(f"two attached files are named {attachment.name!r}")
        date = pdf_date(attachment.date)
        volume.attachments[attachment.name] = AttachedFileSpec(
            volume,
            attachment.content,
            description=attachment.description,
            filename=attachment.name,
            mime_type=attachment.media_type,
            creation_date=date,
            mod_date=date,
        )
        specification = volume.attachments[attachment.name].obj
        specification.AFRelationship = Name("/" + attachment.relationship)
        specifications.append(specification)
    if specifications:
        volume.Root.AF = Array(specifications)


def pdf_date(date: datetime.datetime | None) -> str:
    """Write a date as a PDF does: D:20260102030405+00'00' (ISO 32000-1, 7.9.4)."""
    if date is None:
        return ""
    day, zone = moment(date)[:19], moment(date)[19:]
    return "D:" + day.translate({ord(sign): None for sign in "-:T"}) + zone.replace(":", "'") + "'"
