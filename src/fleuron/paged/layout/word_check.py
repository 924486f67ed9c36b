"""Compare the words of a unit's pages with those of its sheet: each stands once, in order, a note's in its note."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from contextlib import suppress
from functools import lru_cache
from typing import Any

from cssselect2 import ElementWrapper, SelectorError, compile_selector_list
from lxml import etree, html

from fleuron.conservation.comparison import LostWord, compare
from fleuron.conservation.pdf_words import Place, is_shaped, words_of_pdf
from fleuron.conservation.sheet_words import words_of_sheet
from fleuron.conservation.words import as_printed

# A rule of a style sheet whose elements are not shown.
HIDING = re.compile(
    r"([^{}@;]+)\{[^{}]*(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0\s*[;}!])", re.IGNORECASE
)
# A style attribute that does the same; the style sheet of HTML hides what has the attribute `hidden`.
HIDING_ATTRIBUTE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0\s*(?:;|$)", re.IGNORECASE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Pseudo-elements whose text is that of the sheet: a note's call.
SHOWN = ("", "footnote-call", "first-line", "first-letter")


def lost_words(sheet: str, style: str, content: bytes, pages: Sequence[Any]) -> tuple[LostWord, ...]:
    """Return what a PDF lacks or misplaces of the words of its sheet; ``pages`` are its tagged pages."""
    root = html.document_fromstring(sheet)
    hidden = {element for element in root.iter("span") if is_formula_number(element)} | hidden_elements(root, style)
    expected = words_of_sheet(root, hidden).changed(as_printed)
    generated, shaped = set(generated_content(pages)), dict(shaped_content(pages))
    written = words_of_pdf(content, generated, shaped).changed(as_printed)
    return tuple(compare(expected, written))


def hidden_elements(root: html.HtmlElement, style: str) -> Set[etree._Element]:
    """Return the elements that a style sheet, such as a publication's own, or their attributes do not show."""
    hidden = {element for element in root.iter(etree.Element) if is_hidden_by_attribute(element)}
    if selectors := hiding_selectors(style):
        hidden |= {found.etree_element for found in ElementWrapper.from_html_root(root).query_all(*selectors)}
    return hidden


def is_hidden_by_attribute(element: etree._Element) -> bool:
    return "hidden" in element.attrib or HIDING_ATTRIBUTE.search(element.get("style") or "") is not None


@lru_cache(maxsize=8)
def hiding_selectors(style: str) -> tuple[Any, ...]:
    """Return the selectors of what a style sheet does not show; nearly all units of a publication have one style."""
    found: list[Any] = []
    for rule in HIDING.finditer(COMMENT.sub("", style)):
        with suppress(SelectorError):
            found += [each for each in compile_selector_list(rule[1].strip()) if each.pseudo_element is None]
    return tuple(found)


def generated_content(pages: Sequence[Any]) -> Iterator[Place]:
    """Yield the content that is generated: numbers of formulas, and all pseudo-elements, such as an item's marker."""
    for number, page in enumerate(pages):
        for box, mark in page.marks.items():
            if is_formula_number(box.element) or box.element_tag.partition("::")[2] not in SHOWN:
                yield number, mark


def shaped_content(pages: Sequence[Any]) -> Iterator[tuple[Place, str]]:
    """Yield the content whose glyphs may stand in another order than its letters, and its text."""
    for number, page in enumerate(pages):
        for box, mark in page.marks.items():
            text = getattr(box, "text", "")
            if text and (box.style["direction"] == "rtl" or is_shaped(text)):
                yield (number, mark), text


def is_formula_number(element: Any) -> bool:
    """Return whether an element is the number of a formula, which is at the end of its line, wherever it is written."""
    return element is not None and element.tag == "span" and element.get("class") == "number"
