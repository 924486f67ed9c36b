"""Make a converted article valid by the JATS DTD: resolve links, and unwrap elements where they are not allowed."""

from __future__ import annotations

from lxml import etree

from fleuron.library.jats.elements import LINK_CONTENT, MATHML

# The `ref-type` of an `xref` by the element that it leads to.
REFERENCE_TYPES = {
    **{"sec": "sec", "fig": "fig", "table-wrap": "table", "disp-formula": "disp-formula", "fn": "fn", "ref": "bibr"},
    **{"list": "list", "boxed-text": "boxed-text", "aff": "aff"},
}
# The tag given to elements that are replaced by their content.
UNWRAP = "unwrap"
STYLED = ("bold", "italic", "monospace", "roman", "sc", "sub", "sup", "underline")
# The descendants allowed in elements that may not contain every inline element.
ALLOWED_DESCENDANTS = {
    **dict.fromkeys(("xref", "ext-link", "kwd", "target"), LINK_CONTENT),
    "preformat": LINK_CONTENT | {"ext-link"},
}
# Elements that may contain the `alternatives` of a formula, but no `disp-formula`.
WITHOUT_DISPLAY_FORMULAS = ("article-title", "attrib", "subtitle", "title", "verse-line", *STYLED)
# Elements that contain only elements, each of which is written on a line of its own.
CONTAINERS = (
    *("article", "front", "journal-meta", "article-meta", "title-group", "contrib-group", "contrib", "permissions"),
    *("abstract", "kwd-group", "body", "sec", "back", "fn-group", "ref-list", "list", "def-list", "table", "thead"),
    *("tbody", "tr", "fig", "table-wrap", "boxed-text", "disp-quote", "bio"),
)


def make_valid(article: etree._Element, ids: dict[str, str]) -> None:
    """Make an article valid; ``ids`` has the id of an element by what the `rid` of an `xref` has now."""
    for tag, allowed in ALLOWED_DESCENDANTS.items():
        for element in list(article.iter(tag)):
            mark_disallowed(element, allowed)
    for element in list(article.iter(*WITHOUT_DISPLAY_FORMULAS)):
        for formula in list(element.iter("disp-formula")):
            for disallowed in (formula, *formula.iterchildren("label")):
                disallowed.tag = UNWRAP
    etree.strip_tags(article, UNWRAP)
    resolve_links(article, ids)
    insert_line_breaks(article)


def mark_disallowed(element: etree._Element, allowed: frozenset[str]) -> None:
    """Mark the descendants that an element may not contain, to keep only their text; of a formula, only its LaTeX."""
    etree.strip_elements(element, f"{{{MATHML}}}math", with_tail=False)
    for descendant in element.iterdescendants():
        if descendant.tag not in allowed:
            descendant.tag = UNWRAP


def resolve_links(article: etree._Element, ids: dict[str, str]) -> None:
    """Point each `xref` to the id of its element, and keep only the text of one whose element is missing."""
    for link in article.iter("xref"):
        link.set("rid", ids.get(link.get("rid", ""), link.get("rid", "")))
    targets = elements_by_id(article)
    # Repeated, because a link that is unwrapped may have been the target of another.
    while dangling := [link for link in article.iter("xref") if link.get("rid") not in targets]:
        for link in dangling:
            link.tag = UNWRAP
        etree.strip_tags(article, UNWRAP)
        targets = elements_by_id(article)
    for link in article.iter("xref"):
        link.set("ref-type", REFERENCE_TYPES.get(str(targets[link.get("rid", "")].tag), "other"))


def elements_by_id(article: etree._Element) -> dict[str, etree._Element]:
    return {str(element.get("id")): element for element in article.iter() if element.get("id")}


def insert_line_breaks(article: etree._Element) -> None:
    """Write each child of a container on a line of its own."""
    for element in article.iter(*CONTAINERS):
        if len(element):
            element.text = "\n"
            for child in element:
                child.tail = "\n"
