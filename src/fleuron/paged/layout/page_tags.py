"""Write the tags of a PDF: mark content and artifacts on pages that WeasyPrint 70 paints, and write the structure tree.

Nothing of WeasyPrint is replaced: pages are painted by a subclass of its own (``TaggedPage``), and the
tree is written when WeasyPrint has finished the file (``write_pdf(finisher=…)``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any

import pydyf
from weasyprint.document import Page
from weasyprint.formatting_structure.boxes import LineBox, MarginBox, ReplacedBox, TextBox

from fleuron.paged.binding.folios import find_placeholder, glyph_entries
from fleuron.paged.layout.glyphs import draw_joiners
from fleuron.paged.layout.placement.page_floats import FloatCall
from fleuron.paged.layout.placement.wrapped_code import draw_marks, lines_that_go_on
from fleuron.paged.layout.structure import LinkArea, MarkedContent, StructureElement, StructureTree
from fleuron.paged.layout.structure_roles import ROLES, alternative, is_decorative, is_formula

# CSS pixels (96 an inch) in PDF's units (72 an inch).
SCALE = 0.75


class TaggedPage(Page):  # type: ignore[misc]  # WeasyPrint has no types
    """A page of WeasyPrint's that keeps, once it is painted, which of its boxes has which mark (MCID).

    ``heads`` are the table heads that are on earlier pages, ``code`` is how many letters of each block of code are.
    """

    def __init__(self, page: Any, heads: set[Any], code: dict[Any, int]) -> None:
        self.__dict__.update(page.__dict__)
        self.boxes = page._page_box
        self.marks: dict[Any, int] = {}
        self.folio = find_placeholder(self.boxes)
        self.stream: Any = None
        self.content = list(content_of(self.boxes, heads))
        self.goes_on = list(lines_that_go_on(self.boxes, code))
        # A link's area is that of the link, and not once more of each element within it.
        self.links = [link for link in page.links if link[3].element_tag == "a"]

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Paint the page; what is not content is marked as an artifact (14.8.2.2)."""
        content, marked = {id(box) for box in self.content}, stream.marked

        def mark(box: Any, tag: str) -> AbstractContextManager[None]:
            if self.folio and box is self.folio.text:
                return self.folio.recording(stream.artifact(), stream)
            return marked(box, tag) if id(box) in content else stream.artifact()  # type: ignore[no-any-return]

        stream.marked = mark
        draw_joiners(self.boxes.descendants(), stream)
        super().paint(stream, scale)
        draw_marks(self.goes_on, stream, scale)
        del stream.marked
        self.stream = stream
        self.marks = {box: mark["mcid"] for box, mark in stream._tags.items()}
        # So WeasyPrint builds tags from an empty page.
        stream._tags.clear()
        self._page_box = self.boxes.copy_with_children([])


def content_of(box: Any, heads: set[Any]) -> Iterator[Any]:
    """Yield the texts, pictures and links of a page in the order of reading, without running heads.

    Table heads are added to ``heads``: one that is repeated is an artifact.
    """
    box = getattr(box, "_box", box)  # a box that is positioned absolutely
    element = box.element
    if isinstance(box, MarginBox) or (element is not None and element.get("aria-hidden") == "true"):
        return
    if isinstance(box, FloatCall):
        yield box
        return
    if getattr(box, "is_header", False) and element is not None:
        if element in heads:
            return
        heads.add(element)
    if isinstance(box, ReplacedBox):
        if ROLES.get(box.element_tag) == "Figure" and not is_decorative(element):
            yield box
    elif isinstance(box, TextBox):
        if box.style["font_size"] > 0:
            yield box
    else:
        if box.element_tag == "a" and not isinstance(box, LineBox):
            yield box
        for child in box.children:
            yield from content_of(child, heads)


def tagged_pages(pages: Iterable[Any]) -> list[TaggedPage]:
    """Make pages that WeasyPrint laid out paint themselves with tags."""
    heads: set[Any] = set()
    code: dict[Any, int] = {}
    return [TaggedPage(page, heads, code) for page in pages]


def split_at_folio(page: TaggedPage, written: Any, pdf: Any) -> None:
    """Write a painted page with a folio placeholder as three streams: before it, the placeholder, and after it."""
    placeholder, stream = page.folio, page.stream
    if placeholder is None:
        return
    operators = stream.stream
    painted = operators[placeholder.first : placeholder.last]
    widths = {font.hash: font.widths for font in stream._fonts.values()}
    entries = glyph_entries(painted, placeholder, widths)
    folio = pydyf.Stream(painted, {key: pydyf.Array(values) for key, values in entries.items()})
    rest = pydyf.Stream(operators[placeholder.last :], compress=stream.compress)
    stream.stream = operators[: placeholder.first]
    pdf.add_object(folio)
    pdf.add_object(rest)
    written["Contents"] = pydyf.Array([stream.reference, folio.reference, rest.reference])


def undescribed(pages: Sequence[TaggedPage]) -> Iterator[Any]:
    """Yield the element of each picture without alternative text."""
    for page in pages:
        for box in page.content:
            if isinstance(box, ReplacedBox) and not alternative(box.element):
                yield box.element


def structure_of(pages: Sequence[TaggedPage], root: Any, name: str) -> StructureTree:
    """Build the structure tree of a sheet, whose element is ``root``, from its painted pages."""
    structure = StructureTree(root, name)
    for number, page in enumerate(pages):
        for box in page.content:
            if isinstance(box, FloatCall):
                structure.of(box.element)  # it is read where it is called, wherever it is placed
            if box.link_annotation:
                text = " ".join("".join(box.element.itertext()).split())
                box.link_annotation["Contents"] = pydyf.String(text or box.element.get("href", ""))
                structure.of(box.element).add(LinkArea(number, box.link_annotation))
            if box in page.marks:
                element = structure.element_for_content(box.element, box.element_tag.partition("::")[2])
                if isinstance(box, ReplacedBox):
                    element.alternative = alternative(box.element)
                    placement = "/Inline" if is_formula(box.element) else "/Block"
                    element.attributes = {"O": "/Layout", "BBox": pydyf.Array(area(box, page)), "Placement": placement}
                element.add(MarkedContent(number, page.marks[box]))
    return structure


def area(box: Any, page: Any) -> tuple[float, float, float, float]:
    """Return a picture's area on its page: left, bottom, right, top in PDF's units."""
    left, top = box.content_box_x(), page.height - box.content_box_y()
    right, bottom = left + box.width, top - box.height
    return left * SCALE, bottom * SCALE, right * SCALE, top * SCALE


class StructureWriter:
    """Writes a structure tree into a PDF in which WeasyPrint has left an empty one."""

    def __init__(self, pdf: Any, pages: int) -> None:
        self.pdf = pdf
        self.root = self.object(pdf.catalog["StructTreeRoot"])
        self.document = self.object(self.root["K"][0])
        self.nums: list[dict[int, bytes]] = [{} for _ in range(pages)]
        self.areas: list[bytes] = []
        self.identifiers: list[tuple[str, bytes]] = []

    def object(self, reference: bytes) -> Any:
        """Return the object that a reference leads to."""
        return self.pdf.objects[int(reference.split()[0])]

    def write(self, structure: StructureTree) -> None:
        """Write the tree, the parents of all marks and links (14.7.4.4), and the identifiers."""
        for kid in structure.document.kids:
            assert isinstance(kid, StructureElement)  # the texts of a document are in paragraphs
            self.document["K"].append(self.element(kid, self.document.reference))
        nums = pydyf.Array()
        for number, found in enumerate(self.nums):
            marks = [found.get(mark, "null") for mark in range(max(found, default=-1) + 1)]
            nums.extend([number, pydyf.Array(marks)])
        for number, reference in enumerate(self.areas, len(self.nums)):
            nums.extend([number, reference])
        self.object(self.root["ParentTree"])["Nums"] = nums
        self.root["ParentTreeNextKey"] = len(self.nums) + len(self.areas)
        if self.identifiers:
            names = [item for name, part in sorted(self.identifiers) for item in (pydyf.String(name), part)]
            self.root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})

    def element(self, element: StructureElement, parent: bytes) -> bytes:
        """Write a structure element and all below it; return the reference to it."""
        areas = any(isinstance(kid, LinkArea) for kid in element.kids)
        role = "Span" if element.role == "Link" and not areas else element.role
        written = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{role}", "P": parent})
        self.pdf.add_object(written)
        reference: bytes = written.reference
        texts = {"Lang": element.language, "Alt": element.alternative, "ID": element.identifier}
        written.update({key: pydyf.String(text) for key, text in texts.items() if text})
        if element.identifier:
            self.identifiers.append((element.identifier, reference))
        if element.attributes:
            written["A"] = pydyf.Dictionary(element.attributes)
        pages = [kid.page for kid in element.kids if isinstance(kid, MarkedContent)]
        if pages:
            written["Pg"] = self.pdf.page_references[pages[0]]
        written["K"] = pydyf.Array([self.entry(kid, reference, pages) for kid in element.kids])
        return reference

    def entry(self, kid: StructureElement | MarkedContent | LinkArea, parent: bytes, pages: Sequence[int]) -> Any:
        """Return what represents a kid in the array of its parent (14.7.2)."""
        if isinstance(kid, StructureElement):
            return self.element(kid, parent)
        page = self.pdf.page_references[kid.page]
        if isinstance(kid, MarkedContent):
            self.nums[kid.page][kid.number] = parent
            if kid.page == pages[0]:
                return kid.number
            return pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": kid.number})
        kid.annotation["StructParent"] = len(self.nums) + len(self.areas)
        self.areas.append(parent)
        return pydyf.Dictionary({"Type": "/OBJR", "Pg": page, "Obj": kid.annotation.reference})
