"""Change the tree of a sheet before it is laid out: blocks of notes, numbers of lists, marks of what floats."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from cssselect2 import ElementWrapper
from weasyprint import HTML

from fleuron.paged.layout.placement.continued_tables import mark_tables, mark_tall_rows
from fleuron.paged.layout.placement.decimal_columns import align_decimals
from fleuron.paged.layout.placement.floating_elements import mark_floats
from fleuron.paged.layout.placement.row_labels import keep_row_labels
from fleuron.paged.layout.structure_roles import BLOCKS_OF


def prepare_tree(page: HTML) -> None:
    """Change what the HTML of a sheet cannot say, or WeasyPrint 70 does not read."""
    move_blocks_into_notes(page.etree_element)
    for listing in page.etree_element.iter("ol"):
        if listing.get("start", "").lstrip("-").isdigit():
            start_numbering(listing, int(listing.get("start")))
    mark_tables(page.etree_element)
    mark_tall_rows(page.etree_element)
    align_decimals(page.etree_element)
    keep_row_labels(page.etree_element)
    mark_continuations(page.etree_element)
    mark_floats(page.etree_element)
    match_styles_again(page)


def mark_continuations(root: Any) -> None:
    """Mark the paragraphs in which a sentence goes on after a quotation, verse, a list, code or a formula."""
    pairs = [pair for parent in root.iter() if parent.tag not in ("table", "tr", "p") for pair in pairwise(parent)]
    for before, paragraph in pairs:
        if paragraph.tag == "p" and interrupts(before):
            letter = next(filter(str.isalpha, "".join(paragraph.itertext())), "")
            if letter.islower():
                paragraph.set("class", " ".join([*paragraph.get("class", "").split(), "continues"]))


def interrupts(block: Any) -> bool:
    classes = block.get("class", "").split()
    return block.tag in ("blockquote", "ul", "ol", "dl", "pre") or bool({"line-block", "formula"} & set(classes))


def move_blocks_into_notes(root: Any) -> None:
    """Move the blocks of notes (quotations, lists, tables …) from the end of a fragment into the notes, at their calls.

    HTML allows no blocks in a paragraph: its parser would end the paragraph, and with it the note, before the
    first of them.
    """
    parents = {child: parent for parent in root.iter() for child in parent}
    blocks_by_note = {element.get(BLOCKS_OF): element for element in parents if BLOCKS_OF in element.attrib}
    if not blocks_by_note:
        return
    for note in parents:
        if (blocks := blocks_by_note.pop(note.get("id", ""), None)) is not None:
            if len(blocks) and blocks[0].tag == "p":
                blocks[0].tail = None  # it is set inline: the space after it would be content of the note
            note.extend(list(blocks))
            parents[blocks].remove(blocks)


def start_numbering(listing: Any, start: int) -> None:
    """Number a list from a number; WeasyPrint 70 reads the attribute only with all hints of presentation."""
    listing.set("style", f"{listing.get('style', '')};counter-reset:list-item {start - 1}")


def match_styles_again(page: HTML) -> None:
    """Let a sheet whose tree has changed be matched with its styles anew."""
    page.wrapper_element = ElementWrapper.from_html_root(page.etree_element, content_language=None)
