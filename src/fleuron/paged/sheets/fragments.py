"""A document as a fragment for print: notes where they are called, names that are unique in a volume."""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from sphinx.util import logging

from fleuron.content.mathematics import converted
from fleuron.editions.bidirectional import DirectedTranslator
from fleuron.manuscript.page_references import page_reference
from fleuron.manuscript.passages import PASSAGE
from fleuron.notes.note_nodes import full_source
from fleuron.paged.book_parts import VOLUME
from fleuron.paged.layout.structure_roles import PASSAGE as MARKED
from fleuron.paged.sheets.formulas import FormulaError, draw
from fleuron.publication.document_names import volume_anchor

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Fragment:
    """The printed body of a document, as HTML, and what the sheets say of it, as text.

    ``text`` is a digest of what the document says in any format; ``pages_named`` are the ids whose folios it
    tells.
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
    """A note that stands where it is called and is printed at the page's foot."""


def set_notes_at_calls(doctree: nodes.document) -> None:
    """Move each note to its first call; a later call of the same note becomes a plain number."""
    notes = {name: note for note in doctree.findall(nodes.footnote) for name in note["ids"]}
    printed: set[str] = set()
    for call in list(doctree.findall(nodes.footnote_reference)):
        target = call.get("refid", "")
        if target not in notes:
            continue
        number = call.astext()
        if target in printed:
            call.replace_self(nodes.superscript("", number, classes=["again"]))
        else:
            printed.add(target)
            parts, cited = note_parts(notes[target]), notes[target].get("sources")
            call.replace_self(pagenote("", "", *parts, number=number, ids=[target], sources=cited or []))
    for note in notes.values():
        if note.parent is not None:
            note.parent.remove(note)


def note_parts(note: nodes.footnote) -> list[nodes.inline]:
    """Return a note's paragraphs as inline parts: a call may stand where no block can.

    WeasyPrint 70 collapses no white space in a footnote: a line's end in the source would end a line at the foot.
    """
    parts: list[nodes.inline] = []
    for block in note.children:
        if not isinstance(block, nodes.label | full_source):
            inner = block.children if isinstance(block, nodes.paragraph) else [block]
            classes = ["paragraph"] if parts else []
            parts.append(nodes.inline("", "", *(child.deepcopy() for child in inner), classes=classes))
    for text in [text for part in parts for text in part.findall(nodes.Text)]:
        text.parent.replace(text, nodes.Text(re.sub(r"[ \t\n]+", " ", text)))
    return parts


def make_ids_unique(doctree: nodes.document, document: str) -> None:
    """Prefix every id, and every link to one, with the document's anchor."""
    own = volume_anchor(document)
    for element in doctree.findall(nodes.Element):
        element["ids"] = [f"{own}--{each}" for each in element["ids"]]
        if "refid" in element:
            element["refid"] = f"{own}--{element['refid']}"
        address = element.get("refuri", "")
        if address.startswith("#") and "#" in address[1:]:
            element["refuri"] = "#" + address[1:].replace("#", "--")


def lead_out(doctree: nodes.document, document: str) -> None:
    """Give links to other documents of the volume the addresses by which binding knows them."""
    own = volume_anchor(document)
    for link in doctree.findall(nodes.reference):
        address = link.get("refuri", "")
        if address.startswith("#") and address[1:] != own and not address.startswith(f"#{own}--"):
            link["refuri"] = VOLUME + address


def ids_of(doctree: nodes.document) -> list[str]:
    """List the ids of a document."""
    return [each for element in doctree.findall(nodes.Element) for each in element["ids"]]


def refer_to_pages(doctree: nodes.document, document: str, word: str) -> tuple[str, ...]:
    """Word references to pages, ``word`` being “p.”; return the ids whose folios are told.

    They are known when all articles are laid out, those of the same article as well: where in the volume it
    stands is not in its pages.
    """
    told = []
    for place in list(doctree.findall(page_reference)):
        link = place.next_node(nodes.reference)
        if link is None:
            place.replace_self(list(place.children))
            continue
        address = str(link.get("refid") or link.get("refuri", ""))
        told.append(address.removeprefix(VOLUME).removeprefix("#"))
        link["classes"] = ["told"]
        link.children = [nodes.Text(f"{word}\N{NO-BREAK SPACE}{page_mark(told[-1])}")]
        place.replace_self(link)
    return tuple(sorted(set(told)))


def page_mark(place: str) -> str:
    """Return what stands in a fragment for a folio that only the finished volume knows."""
    return f"\ue000{place}\ue001"


def simplify_links(doctree: nodes.document, documents: Collection[str]) -> None:
    """Keep links to the documents of the volume alone, each as one box.

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


def run_in_keywords(doctree: nodes.document) -> None:
    """Set the keywords as one paragraph with commas.

    WeasyPrint 70 tags the lines of a list that is styled inline as children of the list, where
    PDF/UA-1 (7.6) wants its items.
    """
    for box in list(doctree.findall(nodes.container)):
        if "keywords" in box["classes"]:
            label, listing = box.children
            keywords = [item.astext() for item in listing.children]
            labelled = nodes.inline("", label.astext(), classes=["keywords-label"])
            box.replace_self(nodes.paragraph("", "", labelled, nodes.Text(", ".join(keywords)), classes=["keywords"]))


def unwrap_items(doctree: nodes.document) -> None:
    """Make the only paragraph of a list's item the item itself.

    WeasyPrint 70 tags a block in an item beside the item's label, where PDF/UA-1 (7.6) wants a
    label and a body.
    """
    for item in list(doctree.findall(nodes.list_item)):
        if len(item) == 1 and isinstance(item[0], nodes.paragraph):
            paragraph = item[0]
            item["ids"] += paragraph["ids"]
            item["classes"] += paragraph["classes"]
            item[PASSAGE] = paragraph.get(PASSAGE)
            item.children = []
            item.extend(paragraph.children)


def prepare(doctree: nodes.document, document: str, volume: Collection[str]) -> None:
    """Make a resolved doctree ready for the translator below."""
    for listing in list(doctree.findall(nodes.compound)):
        if "toctree-wrapper" in listing["classes"]:
            listing.parent.remove(listing)  # the sheet has a list of contents of its own
    run_in_keywords(doctree)
    unwrap_items(doctree)
    set_notes_at_calls(doctree)
    simplify_links(doctree, volume)
    make_ids_unique(doctree, document)
    lead_out(doctree, document)


class FragmentTranslator(DirectedTranslator):
    """Write the HTML of a fragment, with the numbers of its passages."""

    def starttag(
        self, node: nodes.Element, tagname: str, suffix: str = "\n", empty: bool = False, **attributes: Any
    ) -> str:
        if isinstance(node, nodes.Element) and node.get(PASSAGE) is not None:
            attributes[MARKED] = str(node[PASSAGE])
        return str(super().starttag(node, tagname, suffix, empty, **attributes))

    def visit_pagenote(self, node: pagenote) -> None:
        self.body.append(self.starttag(node, "span", "", CLASS="pagenote", **{"data-number": node["number"]}))

    def depart_pagenote(self, node: pagenote) -> None:
        self.body.append("</span>")

    def visit_footnote_reference(self, node: nodes.Element) -> None:
        """Print a call that stands within a note, and whose own note is printed elsewhere, as its number."""
        self.body.append(self.starttag(node, "sup", "", CLASS="again"))

    def depart_footnote_reference(self, node: nodes.Element) -> None:
        self.body.append("</sup>")

    def visit_math(self, node: nodes.math, math_env: str = "") -> None:
        self.body.append(self.starttag(node, "span", "", CLASS="formula") + formula(node, block=False) + "</span>")
        raise nodes.SkipNode

    def visit_math_block(self, node: nodes.math_block, math_env: str = "") -> None:
        number = f'<span class="number">({node["number"]})</span>' if node.get("number") else ""
        self.body.append(self.starttag(node, "p", "", CLASS="formula") + number + formula(node, block=True) + "</p>")
        raise nodes.SkipNode


def formula(node: nodes.Element, *, block: bool) -> str:
    """Draw a formula; one that cannot be drawn is printed as its author wrote it, and told."""
    if mathml := converted(node, block=block):
        try:
            return draw(mathml, node.astext())
        except FormulaError as error:
            logger.error("the formula cannot be printed: %s", error, location=node, type="fleuron", subtype="formula")
    return html.escape(node.astext())


def running_head(title: str, limit: int = 68) -> str:
    """Shorten a title to one line of a running head, at a word."""
    if len(title) <= limit:
        return title
    return re.sub(r"[\s,;:.–—-]+\S*$", "", title[:limit]) + "…"
