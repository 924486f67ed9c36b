"""The structure of a unit's pages, as the tree of its sheet tells it (ISO 32000-1, 14.7).

WeasyPrint 70 builds the tags from its boxes, page by page: what runs over a page's end is opened
again, a note is read after its page, repeated heads are read again. Here the elements of the sheet
give the tree, and the boxes only what of an element stands on which page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from fleuron.paged.layout.long_notes import CONTINUED
from fleuron.paged.layout.structure_roles import GROUPING, INLINE, attributes_of, role_of

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class Mark(NamedTuple):
    """A piece of a page's content, by its page from 0 and its number on it (MCID)."""

    page: int
    number: int


class Area(NamedTuple):
    """The area of a link on a page, with its annotation."""

    page: int
    annotation: Any


@dataclass(eq=False)
class Part:
    """An element of the structure: what it is, and what belongs to it in the order of reading."""

    role: str
    kids: list[Part | Mark | Area] = field(default_factory=list)
    language: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    alternative: str = ""
    identifier: str = ""
    implied: bool = False

    def add(self, kid: Part | Mark | Area) -> None:
        """Append a kid; what stands in a line, where lines cannot stand, goes into a paragraph of its own."""
        inline = not isinstance(kid, Part) or kid.role in INLINE
        if inline and self.role in GROUPING:
            last = self.kids[-1] if self.kids else None
            if not isinstance(last, Part) or not last.implied:
                last = Part("P", implied=True)
                self.kids.append(last)
            last.kids.append(kid)
        else:
            self.kids.append(kid)

    def descendants(self) -> Iterator[Part]:
        """Yield the part and all below it."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Part):
                yield from kid.descendants()


class Structure:
    """The tree of a sheet, grown as the content of its elements is met on the pages.

    ``name`` is the unit's: identifiers are unique in a volume.
    """

    def __init__(self, root: Any, name: str) -> None:
        self.document = Part("Document")
        self.name = name
        self.above = {child: parent for parent in root.iter() for child in parent}
        self.parts: dict[Any, Part] = {}
        self.notes = 0

    def part(self, element: Any, pseudo: str = "") -> Part:
        """Find the part that the content of an element belongs to, or of a pseudo-element (``li::marker``)."""
        if pseudo not in ("marker", "footnote-marker", "footnote-call"):
            return self.of(element)
        if (element, pseudo) not in self.parts:
            self.parts[element, pseudo] = self.labelled(element, pseudo)
        return self.parts[element, pseudo]

    def labelled(self, element: Any, pseudo: str) -> Part:
        """Make the call of a note, with the note after it, or the label of a note or of an item."""
        if pseudo == "footnote-call":
            call = Part("Reference")
            self.of(self.above[element]).add(call)
            self.of(element)  # read where it is called, wherever it stands
            return call
        label = Part("Lbl")
        body = self.of(element)
        owner = self.parts.get((element, "item"), body)
        owner.kids.insert(0, label)
        return label

    def of(self, element: Any) -> Part:
        if element not in self.parts:
            self.parts[element] = self.made(element)
        return self.parts[element]

    def made(self, element: Any) -> Part:
        if element not in self.above or element.tag == "body":
            return self.document
        above = self.above[element]
        if CONTINUED in element.get("class", "").split():
            siblings = list(above)
            return self.of(siblings[siblings.index(element) - 1])
        owner = self.of(above)
        role = role_of(element, "nav" if above.tag == "nav" else owner.role)
        own, outer = language_of(element), self.language(above)
        language = own if own != outer else ""
        if role is None and not language:
            return owner
        part = Part(role or "Span", language=language)
        part.attributes = attributes_of(element, part.role)
        if part.role == "Note":
            self.notes += 1
            part.identifier = f"{self.name}-note-{self.notes}"
        owner.add(part)
        if part.role == "LI":
            self.parts[element, "item"] = part
            body = Part("LBody")
            part.add(body)
            return body
        return part

    def language(self, element: Any) -> str:
        """Tell the language in which an element stands."""
        while element is not None:
            if own := language_of(element):
                return own
            element = self.above.get(element)
        return ""


def language_of(element: Any) -> str:
    return str(element.get("lang") or element.get(LANGUAGE) or "")
