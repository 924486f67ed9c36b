"""Write a document as an HTML fragment for the PDFs: notes at their calls, ids unique in a volume, formulas drawn."""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.util import logging

from fleuron.content.block_translator import BlockTranslator
from fleuron.content.extension_nodes import is_of_extension, note_left_out
from fleuron.content.mathematics import formula_mathml
from fleuron.content.picture_writing import PictureTranslator
from fleuron.editions.bidirectional import LANGUAGE_CLASS, language_within, marked_language
from fleuron.manuscript.equations.numbering import number_of
from fleuron.manuscript.page_references import page_reference
from fleuron.manuscript.passages import PASSAGE
from fleuron.manuscript.pictures.picture_nodes import address_of, files_of, html_element, named_file
from fleuron.manuscript.references.missing_targets import prefix_ids_in_html
from fleuron.notes.note_nodes import full_source
from fleuron.paged.binding.bound_document import VOLUME
from fleuron.paged.layout.structure_roles import BLOCKS_OF
from fleuron.paged.layout.structure_roles import PASSAGE as PASSAGE_ATTRIBUTE
from fleuron.paged.sheets.formulas.drawing import FormulaError, draw
from fleuron.paged.sheets.tagged_lists import WITHOUT_TAG, run_in_keywords, unwrap_items
from fleuron.publication.document_names import volume_anchor

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Fragment:
    """The body of a document as HTML, and what its sheets show about it, as text.

    ``text`` is a digest of what the document says in any format; ``pages_named`` are the ids whose folios it
    shows.
    """

    anchor: str
    title: str
    authors: str
    body: str
    date: datetime.date | None = None
    keywords: tuple[str, ...] = ()
    pages_named: tuple[str, ...] = ()
    text: str = ""


class pagenote(nodes.Inline, nodes.TextElement):  # noqa: N801 (docutils spells its nodes so)
    """A note at its call, which is laid out at the foot of the page.

    With the attribute ``has_blocks`` it contains block nodes, else inline ones.
    """


def move_notes_to_calls(doctree: nodes.document) -> None:
    """Move each note to its first call; a later call of the same note becomes a plain number."""
    notes = {name: note for note in doctree.findall(nodes.footnote) for name in note["ids"]}
    moved: set[str] = set()
    for call in list(doctree.findall(nodes.footnote_reference)):
        target = call.get("refid", "")
        if target not in notes:
            continue
        number = call.astext()
        if target in moved:
            call.replace_self(nodes.superscript("", number, classes=["again"]))
        else:
            moved.add(target)
            call.replace_self(pagenote_of(notes[target], target, number))
    for note in notes.values():
        if note.parent is not None:
            note.parent.remove(note)


def pagenote_of(note: nodes.footnote, identifier: str, number: str) -> pagenote:
    """Build the note at its call: its paragraphs as inline nodes, or its blocks if it has others than paragraphs."""
    blocks = [block.deepcopy() for block in note.children if not isinstance(block, nodes.label | full_source)]
    has_blocks = not all(isinstance(block, nodes.paragraph) for block in blocks)
    attributes = {"number": number, "ids": [identifier], "sources": note.get("sources") or []}
    first = blocks[0] if blocks and isinstance(blocks[0], nodes.Element) else None
    if language := marked_language(first):
        attributes["classes"] = [f"{LANGUAGE_CLASS}{language}"]
    if not has_blocks:
        parts = [
            nodes.inline("", "", *block.children, classes=["paragraph"] if place else [])
            for place, block in enumerate(blocks)
        ]
        return pagenote("", "", *parts, **attributes)
    if isinstance(blocks[0], nodes.paragraph):
        blocks[0]["classes"].append("run-in")
    else:
        attributes["classes"] = [*attributes.get("classes", ()), "begins-with-block"]
    return pagenote("", "", *blocks, has_blocks=True, **attributes)


def remove_backlinks(doctree: nodes.document) -> None:
    """Remove the links of citations in reStructuredText to where they are cited: in print, notes have none either."""
    for citation in doctree.findall(nodes.citation):
        citation["backrefs"] = []


def make_ids_unique(doctree: nodes.document, document: str) -> None:
    """Prefix every id, and every link to one, with the document's anchor."""
    own = volume_anchor(document)
    for element in doctree.findall(nodes.Element):
        element["ids"] = [f"{own}--{name}" for name in element["ids"]]
        if "refid" in element:
            element["refid"] = f"{own}--{element['refid']}"
        address = element.get("refuri", "")
        if address.startswith("#") and "#" in address[1:]:
            element["refuri"] = "#" + address[1:].replace("#", "--")
    prefix_ids_in_html(doctree, f"{own}--")


def link_other_documents(doctree: nodes.document, document: str) -> None:
    """Give links to other documents of the volume the addresses that binding resolves."""
    own = volume_anchor(document)
    for link in doctree.findall(nodes.reference):
        address = link.get("refuri", "")
        if address.startswith("#") and address[1:] != own and not address.startswith(f"#{own}--"):
            link["refuri"] = VOLUME + address


def mark_pictures(doctree: nodes.document) -> None:
    """Mark the paragraphs that are nothing but pictures: the first line of others is indented."""
    for paragraph in doctree.findall(nodes.paragraph):
        others = (each for each in paragraph.children if not isinstance(each, nodes.image) and each.astext().strip())
        if paragraph.next_node(nodes.image) is not None and not any(others):
            paragraph["classes"].append("picture")


def is_printed(image: nodes.image) -> bool:
    """Return whether a picture, or a file that HTML names beside one, is printed."""
    return not isinstance(image, named_file) or is_shown(image)


def is_shown(file: named_file) -> bool:
    """Return whether a file that HTML names is what a reader sees first: a poster, or the picture of an object."""
    tag = file.parent["tag"] if isinstance(file.parent, html_element) else ""
    return file["attribute"] == "poster" or tag in ("object", "embed")


def ids_of(doctree: nodes.document) -> list[str]:
    """List the ids of a document."""
    return [name for element in doctree.findall(nodes.Element) for name in element["ids"]]


def word_page_references(doctree: nodes.document, word: str, marks: Collection[str]) -> tuple[str, ...]:
    """Write references to pages as words, ``word`` being “p.”; return the ids whose folios they show.

    ``marks`` are classes for them, such as that of the word's language.

    A folio, even one of the same article, is known only when all articles are laid out: the position of an article
    in the volume depends on those before it.
    """
    found = []
    for place in list(doctree.findall(page_reference)):
        link = place.next_node(nodes.reference)
        if link is None:
            place.replace_self(list(place.children))
            continue
        address = str(link.get("refid") or link.get("refuri", ""))
        found.append(address.removeprefix(VOLUME).removeprefix("#"))
        link["classes"] = ["page-reference", *marks]
        link.children = [nodes.Text(f"{word}\N{NO-BREAK SPACE}{page_number_placeholder(found[-1])}")]
        place.replace_self(link)
    return tuple(sorted(set(found)))


def page_number_placeholder(place: str) -> str:
    """Return the placeholder, in a fragment, of a page number that is known only when the volume is laid out."""
    return f"\ue000{place}\ue001"


def simplify_links(doctree: nodes.document, documents: Collection[str]) -> None:
    """Remove links to documents outside the volume, and make each other link one box.

    WeasyPrint 70 makes a second link annotation of the span that Sphinx sets inside a link,
    which PDF/UA-1 (7.18.5) forbids.
    """
    for link in list(doctree.findall(nodes.reference)):
        if len(link) == 1 and isinstance(link[0], nodes.inline):
            link.children = link[0].children
        address = link.get("refuri", "")
        known = {volume_anchor(document) for document in documents}
        if address.startswith("#") and address[1:].split("#")[0] not in known:
            link.replace_self(nodes.inline("", "", *link.children))


def link_downloads(doctree: nodes.document) -> None:
    """Make what the site offers as a file a link, if it has an address of its own; else only its words are printed."""
    for download in list(doctree.findall(addnodes.download_reference)):
        address = download.get("refuri", "")
        if "://" in address:
            download.replace_self(nodes.reference("", "", *download.children, refuri=address, internal=False))
        else:
            download.replace_self(list(download.children))


def remove_tables_of_contents(doctree: nodes.document) -> None:
    """Remove the tables of contents of a document, since the volume has one of its own, which names their sections."""
    for listing in list(doctree.findall(nodes.compound)):
        if "toctree-wrapper" in listing["classes"]:
            section = listing.parent
            section.remove(listing)
            while isinstance(section.parent, nodes.section) and all(map(is_heading, section.children)):
                parent = section.parent
                parent.remove(section)
                section = parent


def is_heading(node: nodes.Node) -> bool:
    """Return whether a node of a section is a title without notes, or shows nothing."""
    has_notes = isinstance(node, nodes.title) and any(node.findall(nodes.footnote_reference))
    return isinstance(node, nodes.title | nodes.Invisible) and not has_notes


def prepare(doctree: nodes.document, document: str, volume: Collection[str], comma: str) -> None:
    """Prepare a resolved doctree for the translator below; its tables of contents are removed before.

    ``comma`` stands between the parts of a list in its language.
    """
    mark_pictures(doctree)
    link_downloads(doctree)
    run_in_keywords(doctree, comma)
    unwrap_items(doctree)
    move_notes_to_calls(doctree)
    remove_backlinks(doctree)
    simplify_links(doctree, volume)
    make_ids_unique(doctree, document)
    link_other_documents(doctree, document)


class FragmentTranslator(PictureTranslator, BlockTranslator):
    """Write the HTML of a fragment, with the numbers of its passages."""

    def __init__(self, document: nodes.document, builder: Builder) -> None:
        super().__init__(document, builder)
        # The blocks of notes, and the HTML before the call of the note that is being written.
        self.note_blocks: list[str] = []
        self.body_before_note: list[str] = []

    def starttag(
        self, node: nodes.Element, tagname: str, suffix: str = "\n", empty: bool = False, **attributes: Any
    ) -> str:
        # sphinx_proof 0.4 and others look in what is written for the title of their node as stock Sphinx writes it.
        title_of_extension = isinstance(node, nodes.title) and is_of_extension(node.parent)
        if isinstance(node, nodes.Element) and node.get(PASSAGE) is not None and not title_of_extension:
            attributes[PASSAGE_ATTRIBUTE] = str(node[PASSAGE])
        if isinstance(node, nodes.title) and any(node.findall(is_note_or_formula)):
            number = ".".join(map(str, self.get_secnumber(node) or ()))
            attributes["data-bookmark"] = f"{number}{self.secnumber_suffix if number else ''}{bookmark_title(node)}"
        return str(super().starttag(node, tagname, suffix, empty, **attributes))

    def encode(self, text: object) -> str:
        """Write a text; WeasyPrint 70 draws no separators of lines and paragraphs, which word processors leave."""
        return str(super().encode(text)).replace("\u2028", " ").replace("\u2029", " ")

    def dispatch_visit(self, node: nodes.Node) -> None:
        try:
            super().dispatch_visit(node)
        except nodes.SkipNode:
            note_left_out(node)
            raise

    def visit_pagenote(self, node: pagenote) -> None:
        if node.get("has_blocks"):
            node["ids"], of_call = node["ids"][:1], node["ids"][1:]
            self.body.append(self.starttag(nodes.inline(ids=of_call), "span", "") + "</span>" if of_call else "")
        attributes = {"data-number": node["number"], **language_within(node, self.config.language)}
        self.body.append(self.starttag(node, "span", "", CLASS="pagenote", **attributes))
        if node.get("has_blocks"):
            self.body_before_note, self.body = self.body, []

    def depart_pagenote(self, node: pagenote) -> None:
        """Write a note's blocks at the end of the fragment; in a paragraph they would end it.

        The layout moves them back (``layout/sheet_tree.py``).
        """
        if node.get("has_blocks"):
            attributes = {BLOCKS_OF: node["ids"][0]}
            start = self.starttag(nodes.inline(), "aside", "", **attributes)
            self.note_blocks += [start, *self.body, "</aside>\n"]
            self.body = self.body_before_note
        self.body.append("</span>")

    def depart_document(self, node: nodes.document) -> None:
        self.body += self.note_blocks
        super().depart_document(node)

    def visit_inline(self, node: nodes.inline) -> None:
        if not node.get(WITHOUT_TAG):
            super().visit_inline(node)

    def depart_inline(self, node: nodes.inline) -> None:
        if not node.get(WITHOUT_TAG):
            super().depart_inline(node)

    def write_html_element(self, node: html_element) -> None:
        """Print the poster of a film or the picture of an object, and a link to what is in the network."""
        given = node["html_attributes"]
        if node["ids"]:
            self.body.append(self.starttag(nodes.inline(ids=node["ids"]), "span", "") + "</span>")
        label = given.get("aria-label") or given.get("title", "")
        if address := given.get("src"):
            link = self.starttag(nodes.inline(), "a", "", CLASS="remote-file", href=address)
            self.body.append(f"{link}{self.encode(label or address)}</a>")
        for poster in filter(is_shown, files_of(node)):
            self.body.append(
                self.emptytag(nodes.inline(), "img", "", CLASS="poster", src=address_of(self, poster), alt=label)
            )

    def visit_footnote_reference(self, node: nodes.Element) -> None:
        """Write a call within a note, whose own note is elsewhere, as its number."""
        self.body.append(self.starttag(node, "sup", "", CLASS="again"))

    def depart_footnote_reference(self, node: nodes.Element) -> None:
        self.body.append("</sup>")

    def visit_math(self, node: nodes.math, math_env: str = "") -> None:
        self.body.append(self.starttag(node, "span", "", CLASS="formula") + self.formula(node, block=False) + "</span>")
        raise nodes.SkipNode

    def visit_math_block(self, node: nodes.math_block, math_env: str = "") -> None:
        printed = number_of(node)
        number = f'<span class="number">{html.escape(printed)}</span>' if printed else ""
        written = self.formula(node, block=True)
        self.body.append(self.starttag(node, "p", "", CLASS="formula") + number + written + "</p>")
        raise nodes.SkipNode

    def formula(self, node: nodes.Element, *, block: bool) -> str:
        """Draw a formula; one that cannot be drawn is written as its source, and reported."""
        if mathml := formula_mathml(node, block=block):
            try:
                return draw(mathml, node.astext(), self.builder.faces)  # type: ignore[attr-defined]  # a PdfBuilder
            except FormulaError as error:
                told = "the formula cannot be drawn for the PDF: %s"
                logger.error(told, error, location=node, type="fleuron", subtype="formula")
        return html.escape(node.astext())


def is_note_or_formula(node: nodes.Node) -> bool:
    return isinstance(node, pagenote | nodes.superscript | nodes.footnote_reference | nodes.math)


def bookmark_title(title: nodes.title) -> str:
    """Return the text of a heading for bookmarks: without notes and their numbers, and a formula as its source."""
    shown = title.deepcopy()
    for node in list(shown.findall(is_note_or_formula)):
        if node.parent is not None and not (isinstance(node, nodes.superscript) and "again" not in node["classes"]):
            node.parent.replace(node, [nodes.Text(node.astext())] if isinstance(node, nodes.math) else [])
    return " ".join(shown.astext().split())


def running_head(title: str, limit: int = 68) -> str:
    """Shorten a title to one line of a running head, between words."""
    if len(title) <= limit:
        return title
    return re.sub(r"[\s,;:.–—-]+\S*$", "", title[:limit]) + "…"
