"""What the DTD of JATS asks of a whole article: links that lead somewhere, and nothing where it may not stand."""

from __future__ import annotations

from lxml import etree

from fleuron.library.jats.elements import MATHML, PHRASE

# The types of `xref` by what it leads to.
TYPES = {
    **{"sec": "sec", "fig": "fig", "table-wrap": "table", "disp-formula": "disp-formula", "fn": "fn", "ref": "bibr"},
    **{"list": "list", "boxed-text": "boxed-text", "aff": "aff"},
}
STYLED = ("bold", "italic", "monospace", "roman", "sc", "sub", "sup", "underline")
# What may stand, however deep, in elements that may not hold everything that stands in a line.
NARROW = {
    **dict.fromkeys(("xref", "ext-link", "kwd", "target"), PHRASE),
    "preformat": PHRASE | {"ext-link"},
}
# Where a formula may not stand by itself; its `alternatives` may.
NOT_DISPLAYED = ("article-title", "attrib", "subtitle", "title", "verse-line", *STYLED)
# What holds elements alone, each of which stands on a line of its own.
PARTED = (
    *("article", "front", "journal-meta", "article-meta", "title-group", "contrib-group", "contrib", "permissions"),
    *("abstract", "kwd-group", "body", "sec", "back", "fn-group", "ref-list", "list", "def-list", "table", "thead"),
    *("tbody", "tr", "fig", "table-wrap", "boxed-text", "disp-quote", "bio"),
)


def settle(article: etree._Element, ids: dict[str, str]) -> None:
    """Make an article valid: ``ids`` are those of elements by what its `xref` have in their place."""
    for tag, allowed in NARROW.items():
        for element in list(article.iter(tag)):
            loosen(element, allowed)
    for element in list(article.iter(*NOT_DISPLAYED)):
        for formula in list(element.iter("disp-formula")):
            for each in (formula, *formula.iterchildren("label")):
                each.tag = "loose"
    etree.strip_tags(article, "loose")
    lead(article, ids)
    part(article)


def loosen(element: etree._Element, allowed: frozenset[str]) -> None:
    """Mark what may not stand in an element, so that its words alone are left; of a formula, those of LaTeX."""
    etree.strip_elements(element, f"{{{MATHML}}}math", with_tail=False)
    for inner in element.iterdescendants():
        if inner.tag not in allowed:
            inner.tag = "loose"


def lead(article: etree._Element, ids: dict[str, str]) -> None:
    """Let each `xref` lead to its element, and leave the words alone of one whose element is not there."""
    for link in article.iter("xref"):
        link.set("rid", ids.get(link.get("rid", ""), link.get("rid", "")))
    there = targets(article)
    # One that is taken away may be what another leads to.
    while astray := [link for link in article.iter("xref") if link.get("rid") not in there]:
        for link in astray:
            link.tag = "astray"
        etree.strip_tags(article, "astray")
        there = targets(article)
    for link in article.iter("xref"):
        link.set("ref-type", TYPES.get(str(there[link.get("rid", "")].tag), "other"))


def targets(article: etree._Element) -> dict[str, etree._Element]:
    return {str(element.get("id")): element for element in article.iter() if element.get("id")}


def part(article: etree._Element) -> None:
    """Set each element of what holds elements alone on a line of its own."""
    for element in article.iter(*PARTED):
        if len(element):
            element.text = "\n"
            for child in element:
                child.tail = "\n"
