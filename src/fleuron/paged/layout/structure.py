"""Build the structure tree of a unit's pages from the elements of its sheet (ISO 32000-1, 14.7).

WeasyPrint 70 builds the tags from its boxes, page by page: what continues on the next page is tagged
twice, a note is read after its page, repeated heads are read again. Here the elements of the sheet
make the tree, and the boxes show only what of an element is on which page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from fleuron.paged.layout.long_notes import CONTINUED
from fleuron.paged.layout.structure_roles import GROUPING, INLINE, NOTE, attributes_of, role_of

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class MarkedContent(NamedTuple):
    """Marked content of a page, by its page from 0 and its number on it (MCID)."""

    page: int
    number: int


class LinkArea(NamedTuple):
    """The area of a link on a page, with its annotation."""

    page: int
    annotation: Any


@dataclass(eq=False)
class StructureElement:
    """A structure element: its type, and its content in the order of reading."""

    role: str
    kids: list[StructureElement | MarkedContent | LinkArea] = field(default_factory=list)
    language: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    alternative: str = ""
    identifier: str = ""
    is_implied: bool = False

    def add(self, kid: StructureElement | MarkedContent | LinkArea) -> None:
        """Append a kid; an inline one, in an element that has only blocks, goes into a paragraph of its own."""
        inline = not isinstance(kid, StructureElement) or kid.role in INLINE
        if inline and self.role in GROUPING:
            last = self.kids[-1] if self.kids else None
            if not isinstance(last, StructureElement) or not last.is_implied:
                last = StructureElement("P", is_implied=True)
                self.kids.append(last)
            last.kids.append(kid)
        else:
            self.kids.append(kid)

    def descendants(self) -> Iterator[StructureElement]:
        """Yield the element and all below it."""
        yield self
        for kid in self.kids:
            if isinstance(kid, StructureElement):
                yield from kid.descendants()


class StructureTree:
    """The structure tree of a sheet, which grows while the pages are read.

    ``name`` is the unit's; it makes identifiers unique in a volume.
    """

    def __init__(self, root: Any, name: str) -> None:
        self.document = StructureElement("Document")
        self.name = name
        self.parents = {child: parent for parent in root.iter() for child in parent}
        self.elements: dict[Any, StructureElement] = {}
        self.notes = 0

    def element_for_content(self, element: Any, pseudo: str = "") -> StructureElement:
        """Return the structure element for the content of an HTML element, or of a pseudo-element (``li::marker``)."""
        if pseudo not in ("marker", "footnote-marker", "footnote-call"):
            return self.of(element)
        if (element, pseudo) not in self.elements:
            self.elements[element, pseudo] = self.new_label(element, pseudo)
        return self.elements[element, pseudo]

    def new_label(self, element: Any, pseudo: str) -> StructureElement:
        """Add the call of a note, with the note after it, or the label of a note or of an item."""
        if pseudo == "footnote-call":
            call = StructureElement("Reference")
            self.of(self.parents[element]).add(call)
            self.of(element)  # it is read where it is called, wherever it is placed
            return call
        label = StructureElement("Lbl")
        body = self.of(element)
        owner = self.elements.get((element, "item"), body)
        owner.kids.insert(0, label)
        return label

    def of(self, element: Any) -> StructureElement:
        """Return the structure element of an HTML element, or of the nearest ancestor that has one."""
        if element not in self.elements:
            self.elements[element] = self.add_element(element)
        return self.elements[element]

    def add_element(self, element: Any) -> StructureElement:
        """Add the structure element of an HTML element, if it needs one, below that of its parent."""
        if element not in self.parents or element.tag == "body":
            return self.document
        parent = self.parents[element]
        if CONTINUED in element.get("class", "").split():
            return self.of(self.part_before(element))
        owner = self.of(parent)
        role = role_of(element, "nav" if parent.tag == "nav" else owner.role)
        own, outer = language_of(element), self.language(parent)
        language = own if own != outer else ""
        if role is None and not language:
            return owner
        added = StructureElement(role or "Span", language=language)
        added.attributes = attributes_of(element, added.role)
        if added.role == "Note":
            self.notes += 1
            added.identifier = f"{self.name}-note-{self.notes}"
        owner.add(added)
        if added.role == "LI":
            self.elements[element, "item"] = added
            body = StructureElement("LBody")
            added.add(body)
            return body
        return added

    def part_before(self, element: Any) -> Any:
        """Return the element that is continued, in a note that was split, by an element."""
        siblings = list(self.parents[element])
        if NOTE in element.get("class", "").split():
            return siblings[siblings.index(element) - 1]
        return list(self.part_before(self.parents[element]))[-1]

    def language(self, element: Any) -> str:
        """Return the language of an element, its own or an ancestor's."""
        while element is not None:
            if own := language_of(element):
                return own
            element = self.parents.get(element)
        return ""


def language_of(element: Any) -> str:
    """Return the language that an element declares, or nothing."""
    return str(element.get("lang") or element.get(LANGUAGE) or "")
