"""Bind prepared parts into one PDF that conforms to PDF/A-3a and PDF/UA-1, with one structure tree and working links.

Each part was laid out, and prepared by `prepared_parts.prepare`, by itself. Binding visits only the objects that
the parts list in /BindingData, because a volume of 2,000 pages has some hundred thousand.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from io import BytesIO

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Object, Pdf, Stream, String

from fleuron.metadata.plain_text import one_line
from fleuron.paged.binding.bookmarks import join_bookmarks
from fleuron.paged.binding.bound_document import Attachment, BoundDocument, PreparedPart
from fleuron.paged.binding.document_structure import (
    collect_names,
    join_structure_trees,
    name_tree,
    resolve_links,
)
from fleuron.paged.binding.folios import stamp
from fleuron.paged.binding.shared_objects import replace_shared
from fleuron.paged.binding.xmp_metadata import moment, packet
from fleuron.publication.edition import Edition

STYLES = {"decimal": "/D", "roman": "/r"}


def bind(parts: Sequence[PreparedPart], description: BoundDocument) -> bytes:
    """Bind parts into a PDF; the same parts and description make the same bytes.

    Raises ValueError if there is no part, if one is not prepared, and if an id is in two parts.
    """
    if not parts:
        raise ValueError("a document has at least one part")
    with pikepdf.new() as document:
        document.Root.Lang = String(description.language)
        binding_data, starts = append_parts(document, parts)
        join_structure_trees(document, binding_data)
        link_parts(document, binding_data, [part.name for part in parts], description)
        outlines = {part.name: data.Outline for part, data in zip(parts, binding_data, strict=True)}
        join_bookmarks(document, outlines, description.bookmarks)
        document.Root.PageLabels = page_labels(parts, starts)
        document.Root.OutputIntents = binding_data[0].Intents
        write_metadata(document, description)
        attach(document, description.attachments)
        bound = BytesIO()
        document.save(
            bound,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            force_version="1.7",
        )
    return bound.getvalue()


def append_parts(document: Pdf, parts: Sequence[PreparedPart]) -> tuple[list[Object], list[int]]:
    """Add the pages of all parts; return the binding data of each, and the position of its first page, from 0."""
    binding_data: list[Object] = []
    starts: list[int] = []
    shared: dict[str, Object] = {}
    position = 0  # qpdf counts its pages anew each time their number is read
    for part in parts:
        if part.recto and position % 2:
            add_blank_page(document)
            position += 1
        starts.append(position)
        pages, data = append_part(document, part)
        replace_shared(data.SharedObjects, shared)
        stamp(data, part.first_folio)
        binding_data.append(data)
        position += pages
    return binding_data, starts


def append_part(document: Pdf, part: PreparedPart) -> tuple[int, Object]:
    """Add a part's pages; return their number and the part's binding data."""
    # Closed at once: the copies keep what they need, and 200 open parts would double the memory.
    with pikepdf.open(BytesIO(part.pdf)) as opened:
        if "/BindingData" not in opened.Root:
            raise ValueError(f"{part.name} is not prepared for binding")
        # Not extend(), which warns of named destinations (pikepdf 10.17): they are in what is copied next.
        for page in opened.pages:
            document.pages.append(page)
        return len(opened.pages), document.copy_foreign(opened.Root.BindingData)


def add_blank_page(document: Pdf) -> None:
    """Add a page without content, as large as the last one; there is nothing on it to be tagged."""
    last = document.pages[-1].obj
    boxes = {key: Array(list(last[key])) for key in ("/MediaBox", "/TrimBox", "/BleedBox") if key in last}
    document.pages.append(pikepdf.Page(Dictionary({"/Type": Name.Page, "/Resources": Dictionary(), **boxes})))


def link_parts(document: Pdf, binding_data: Sequence[Object], names: Sequence[str], description: BoundDocument) -> None:
    """Write the document's destinations and element ids, and point the links between its parts at them."""
    destinations = collect_names(binding_data, "/Dests", names)
    document.Root.Names = Dictionary()
    if destinations:
        document.Root.Names.Dests = name_tree(document, destinations)
    ids = collect_names(binding_data, "/Ids", names)
    if ids:
        document.Root.StructTreeRoot.IDTree = name_tree(document, ids)
    by_text = {str(name): name for name, _ in destinations.values()}
    for data in binding_data:
        resolve_links(data, by_text, description.links)


def page_labels(parts: Sequence[PreparedPart], starts: Sequence[int]) -> Dictionary:
    """Label pages with their folios (ISO 32000-1, 12.4.2); a blank page continues the numbers of the part before it."""
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


def write_metadata(document: Pdf, description: BoundDocument) -> None:
    """Write the metadata as XMP, and the same as a document information dictionary (ISO 19005-3, 6.6.2.2)."""
    document.Root.Metadata = Stream(document, packet(description), Type=Name.Metadata, Subtype=Name.XML)
    direction = Name.R2L if Edition(description.language).direction == "rtl" else Name.L2R
    document.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True, Direction=direction)
    entries = {
        "/Title": description.title,
        "/Author": ", ".join(description.authors),
        "/Subject": description.subject,
        "/Keywords": ", ".join(description.keywords),
        "/CreationDate": pdf_date(description.created),
        "/ModDate": pdf_date(description.modified),
    }
    document.trailer.Info = document.make_indirect(
        Dictionary({key: String(one_line(value)) for key, value in entries.items() if value})
    )


def attach(document: Pdf, attachments: Sequence[Attachment]) -> None:
    """Attach files as associated files of the document (ISO 19005-3, 6.8)."""
    specifications = []
    for attachment in sorted(attachments, key=lambda attachment: attachment.name):
        if attachment.name in document.attachments:
            raise ValueError(f"two attached files are named {attachment.name!r}")
        date = pdf_date(attachment.date)
        document.attachments[attachment.name] = AttachedFileSpec(
            document,
            attachment.content,
            description=attachment.description,
            filename=attachment.name.replace("/", "-"),  # a slash would name a folder (ISO 32000-2, 7.11.2)
            mime_type=attachment.media_type,
            creation_date=date,
            mod_date=date,
        )
        specification = document.attachments[attachment.name].obj
        specification.AFRelationship = Name("/" + attachment.relationship)
        specifications.append(specification)
    if specifications:
        document.Root.AF = Array(specifications)


def pdf_date(date: datetime.datetime | None) -> str:
    """Write a date as a PDF does: D:20260102030405+00'00' (ISO 32000-1, 7.9.4)."""
    if date is None:
        return ""
    day, zone = moment(date)[:19], moment(date)[19:]
    return "D:" + day.translate({ord(sign): None for sign in "-:T"}) + zone.replace(":", "'") + "'"
