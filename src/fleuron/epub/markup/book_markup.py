"""Rewrite the body of a page as a book has it: without leftovers of other formats, and with semantics.

The terms are those of the EPUB 3 Structural Semantics Vocabulary 1.1 and of Z39.98-2012, as in Standard Ebooks'
Manual of Style; the roles are those of DPUB-ARIA 1.1 that match them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element as Element

from fleuron.epub.markup.wide_tables import rewrite_wide_tables
from fleuron.epub.valid_markup import WRAPPER, XHTML
from fleuron.publication.edition import Edition

TYPE = "{http://www.idpf.org/2007/ops}type"
# The classes of docutils 0.22, Sphinx 9.0 and MyST 5.2 that mean something to their own themes or to scripts.
LEFTOVERS = frozenset(
    {
        *("docutils", "container", "compound", "simple", "literal", "reference", "internal", "external", "link-target"),
        *("tex2jax_ignore", "mathjax_ignore", "notranslate", "xref", "std", "std-ref", "std-doc", "std-numref", "doc"),
        *("row-odd", "row-even", "head", "stub", "align-default", "topic", "caption", "caption-text", "first-note"),
        *(
            "arabic",
            "loweralpha",
            "upperalpha",
            "lowerroman",
            "upperroman",
            "math",
            "colwidths-auto",
            "colwidths-given",
        ),
        *("toctree-l1", "toctree-l2", "toctree-l3", "toctree-l4", "toctree-l5", "footnote-reference-brackets"),
        *("translators", "notice-link", "last", "first", "download", "field-odd"),
        "field-even",
    }
)
# The term and the role of what has a class.
SEMANTICS: Mapping[str, tuple[str, str]] = {
    "abstract": ("abstract", ""),  # docutils writes the role
    "epigraph": ("epigraph", "doc-epigraph"),
    "pull-quote": ("pullquote", "doc-pullquote"),
    "subtitle": ("subtitle", "doc-subtitle"),
    "footnote-list": ("footnotes", ""),
    "line-block": ("z3998:verse", ""),
    "biographies": ("contributors", ""),
}
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# What may stand after the number of a figure, so that no stop is added.
ENDS_NUMBER = re.compile(r"[.:\u3000\uff1a\u2013\u2014]\s*$")


@dataclass(frozen=True)
class Division:
    """What a page of a book is: a term, the matching role (or ""), and the part of the book that it belongs to."""

    term: str
    role: str = ""
    matter: str = "bodymatter"


def book_markup(body: str, division: Division, edition: Edition) -> str:
    """Return the body of a page, which is XML, as a book has it; as it is if it cannot be parsed."""
    try:
        root = etree.fromstring(f"{WRAPPER}{body}</div>")
    except etree.XMLSyntaxError:
        return body
    for element in list(root.iter(f"{{{XHTML}}}*")):
        remove_leftovers(element)
        add_semantics(element)
    mark_sections(root, division)
    for number in root.iter(tag("span")):
        if number.get("class") == "caption-number":
            separate_number(number, edition.language)
    for paragraph in list(root.iter(tag("p"))):
        wrap_lines(paragraph)
    for note in root.iter(tag("aside")):
        join_label(note)
    rewrite_wide_tables(root)
    for block in list(root.iter(tag("div"))):
        write_block(block, edition)
    unwrap(element for element in list(root.iter(tag("span"), tag("div"))) if is_noise(element))
    written = etree.tostring(root, encoding="unicode")
    return written[written.index(">") + 1 : written.rindex("<")]


def tag(name: str) -> str:
    return f"{{{XHTML}}}{name}"


def local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def classes_of(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def remove_leftovers(element: Element) -> None:
    """Remove the classes that no style sheet of a book knows."""
    if "class" not in element.attrib:
        return
    kept = [name for name in classes_of(element) if name not in LEFTOVERS]
    if kept:
        element.set("class", " ".join(kept))
    else:
        del element.attrib["class"]


def add_semantics(element: Element) -> None:
    """Give what has a class its term and its role; verse within verse is part of it."""
    for name in classes_of(element):
        term, role = SEMANTICS.get(name, ("", ""))
        is_inner = name == "line-block" and any(name in classes_of(each) for each in element.iterancestors())
        if term and not is_inner and TYPE not in element.attrib:
            element.set(TYPE, term)
            if role:
                element.set("role", role)


def mark_sections(root: Element, division: Division) -> None:
    """Give each section its term: the first that of the page, those within it that of their level."""
    sections = list(root.iter(tag("section")))
    for section in sections:
        depth = sum(local(each) == "section" for each in section.iterancestors())
        if TYPE in section.attrib:
            continue
        if depth:
            section.set(TYPE, "z3998:subchapter")
        else:
            section.set(TYPE, division.term)
            if division.role:
                section.set("role", division.role)
        title = next((child for child in section if local(child) in HEADINGS), None)
        if title is not None and TYPE not in title.attrib:
            title.set(TYPE, "title")


def separate_number(number: Element, language: str) -> None:
    """End the number of a figure with a stop, since a device may show no space after it: “Fig. 1. The Black Sea”.

    Chinese and Japanese have a wide space there.
    """
    text = (number.text or "").rstrip()
    if len(number) or not text or ENDS_NUMBER.search(number.text or ""):
        return
    is_wide = language.partition("-")[0] in ("zh", "ja")
    number.text = text + ("\u3000" if is_wide else ". ")


def wrap_lines(paragraph: Element) -> None:
    """Make an element of each line of a quotation that its author has broken, so that turnovers hang."""
    breaks = [child for child in paragraph if local(child) == "br"]
    quotation = next((each for each in paragraph.iterancestors() if local(each) == "blockquote"), None)
    if not breaks or quotation is None:
        return
    lines: list[Element] = []
    line = new_line(paragraph.text)
    children, paragraph.text = list(paragraph), None
    for child in children:
        paragraph.remove(child)
        if local(child) == "br":
            line.tail = "\n"  # a device may show what the style sheet hides, so no break remains
            lines.append(line)
            line = new_line((child.tail or "").lstrip("\n"))
        else:
            line.append(child)
    paragraph.extend([*lines, line])
    paragraph.set("class", " ".join([*classes_of(paragraph), "verse"]))
    if TYPE not in quotation.attrib:
        quotation.set(TYPE, "z3998:verse")


def new_line(text: str | None) -> Element:
    line = etree.Element(tag("span"), {"class": "verse-line"})
    line.text = text
    return line


def join_label(note: Element) -> None:
    """Move the number of a note, and the link back, into its first and last paragraph, beside which they are shown."""
    label = next((child for child in note if "label" in classes_of(child)), None)
    paragraph = label.getnext() if label is not None else None
    if label is not None and paragraph is not None and local(paragraph) == "p":
        note.remove(label)
        label.tail, paragraph.text = f" {(paragraph.text or '').lstrip()}", None
        paragraph.insert(0, label)
    back = next((child for child in note if "backlink" in classes_of(child)), None)
    before = back.getprevious() if back is not None else None
    if back is not None and before is not None and local(before) == "p":
        add_text(before, before[-1] if len(before) else None, before.tail if (before.tail or "").strip("\n") else "")
        before.tail, back.tail = "\n", None
        before.append(back)


def write_block(block: Element, edition: Edition) -> None:
    """Write what style sheets of old devices cannot: commas between keywords, numbers of formulas and of verse."""
    names = classes_of(block)
    if "keywords" in names:
        items = list(block.iter(tag("p")))[1:]
        for item in items[:-1]:
            add_text(item, item[-1] if len(item) else None, edition.comma)
    elif any("eqno" in classes_of(child) for child in block):
        number_formula(block)
    elif line := block.attrib.pop("data-line", ""):
        number = etree.SubElement(block, tag("span"), {"class": "line-number", "aria-hidden": "true"})
        number.text = f" {line!s}"


def number_formula(block: Element) -> None:
    """Put the number of a formula at its side, in a cell of its own: a device may know neither floats nor grids."""
    number = next(child for child in block if "eqno" in classes_of(child))
    block.remove(number)
    children = list(block)
    table = etree.SubElement(block, tag("table"), {"class": "equation", "role": "presentation"})
    row = etree.SubElement(etree.SubElement(table, tag("tbody")), tag("tr"))
    etree.SubElement(row, tag("td"), {"class": "formula"}).extend(children)
    cell = etree.SubElement(row, tag("td"), {"class": "eqno"})
    number.tail = None
    del number.attrib["class"]
    cell.append(number)


def is_noise(element: Element) -> bool:
    """Return whether an element says nothing: a span without attributes, or such a block around a quotation's text."""
    if element.attrib or element.getparent() is None:
        return False
    parent = element.getparent()
    return local(element) == "span" or (parent is not None and local(parent) == "blockquote" and len(parent) == 1)


def unwrap(elements: Iterable[Element]) -> None:
    """Replace elements by what is in them."""
    for element in elements:
        parent = element.getparent()
        if parent is None:
            continue
        place = parent.index(element)
        before = parent[place - 1] if place else None
        add_text(parent, before, element.text)
        children = list(element)
        parent[place : place + 1] = children
        add_text(parent, children[-1] if children else before, element.tail)


def add_text(parent: Element, before: Element | None, text: str | None) -> None:
    """Add a text after an element, or at the beginning of its parent."""
    if before is None:
        parent.text = (parent.text or "") + (text or "")
    else:
        before.tail = (before.tail or "") + (text or "")
