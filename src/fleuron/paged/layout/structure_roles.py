"""Map the elements of a sheet to the structure types of a PDF, with alternative text (ISO 32000-1, 14.8.4)."""

from __future__ import annotations

from typing import Any

NOTE = "pagenote"
# The attribute of an element that is a passage, with its number.
PASSAGE = "data-passage"
# The attribute of an element with the blocks of a note, with the note's id.
BLOCKS_OF = "data-blocks-of"
# Structure types that contain only blocks: text directly in one is put into a paragraph.
GROUPING = frozenset({"Document", "Part", "Art", "Sect", "Div", "BlockQuote"})
INLINE = frozenset({"Span", "Quote", "Code", "Link", "Note", "Reference"})
SVG_NAME = "{http://www.w3.org/2000/svg}"
SVG = f"{SVG_NAME}svg"
ROLES = {
    **dict.fromkeys(("div", "figure", "header", "footer", "aside", "address", "details"), "Div"),
    **dict.fromkeys(("section", "nav"), "Sect"),
    **{name: name.upper() for name in ("h1", "h2", "h3", "h4", "h5", "h6", "tr", "th", "td", "p")},
    **dict.fromkeys(("ul", "ol", "dl"), "L"),
    **dict.fromkeys(("li", "dt", "dd"), "LI"),
    **dict.fromkeys(("caption", "figcaption"), "Caption"),
    **{"thead": "THead", "tbody": "TBody", "tfoot": "TFoot", "table": "Table"},
    **{"main": "Part", "article": "Art", "blockquote": "BlockQuote", "pre": "P"},
    **{"img": "Figure", SVG: "Figure", "object": "Figure", "embed": "Figure"},
    **{"q": "Quote", "code": "Code", "bdi": "Span", "bdo": "Span"},
}
# A table of contents (14.8.4.2); ``nav`` is the element in which it begins.
CONTENTS = {("nav", "L"): "TOC", ("TOC", "LI"): "TOCI", ("TOCI", "L"): "TOC"}


def role_of(element: Any, within: str) -> str | None:
    """Return the structure type of an element in one of type ``within``, or in a ``nav``; None if it needs none.

    Em, sup and the like need none, as a page is read aloud the same without them.
    """
    level = element.get("aria-level", "")
    if element.get("role") == "heading" and level in ("1", "2", "3", "4", "5", "6"):
        return f"H{level}"
    if NOTE in element.get("class", "").split():
        return "Note"
    if is_formula(element):
        return "Formula"
    if element.tag == "a" and element.get("href"):
        return "Link"
    role = ROLES.get(element.tag)
    return CONTENTS.get((within, role or ""), role)


def is_formula(element: Any) -> bool:
    """Check whether an element is a formula drawn as SVG."""
    return element.tag == SVG and "formula" in element.get("class", "").split()


def alternative(element: Any) -> str:
    """Return the alternative text of a picture; empty if its author gave none."""
    if element.tag == "img":
        text = f"{element.get('alt', '')} {element.get('title', '')}"
    else:
        title = element.find(f"{SVG_NAME}title")
        text = (title.text or "") if title is not None else element.get("alt", element.get("aria-label", ""))
    return " ".join(text.split())


def is_decorative(element: Any) -> bool:
    """Return whether the author of a picture has said that it needs no description: it is part of no text."""
    if element.get("role") in ("presentation", "none"):
        return True
    return element.tag == "img" and "alt" in element.attrib and not alternative(element)


def attributes_of(element: Any, role: str) -> dict[str, Any]:
    """Return the attributes (ISO 32000-1, 14.8.5) of a table cell or a list."""
    if role in ("TH", "TD"):
        spans = {name: int(element.get(name.lower(), "1") or 1) for name in ("ColSpan", "RowSpan")}
        found: dict[str, Any] = {"O": "/Table", **{name: span for name, span in spans.items() if span != 1}}
        if role == "TH":
            found["Scope"] = "/Row" if element.get("scope") in ("row", "rowgroup") else "/Column"
        return found if len(found) > 1 else {}
    if role == "L":
        return {"O": "/List", "ListNumbering": {"ol": "/Decimal", "ul": "/Disc"}.get(element.tag, "/None")}
    return {}
