"""Rearrange the lists that WeasyPrint 70 would tag otherwise than PDF/UA-1 (7.6) wants."""

from __future__ import annotations

from docutils import nodes

from fleuron.manuscript.passages import PASSAGE

# The attribute of a text that is written without an element of its own.
WITHOUT_TAG = "without_tag"


def run_in_keywords(doctree: nodes.document, comma: str) -> None:
    """Set the keywords as one paragraph with commas, in one block with the abstract.

    WeasyPrint 70 tags the lines of a list that is styled inline as children of the list, where
    PDF/UA-1 (7.6) wants its items.
    """
    for box in list(doctree.findall(nodes.container)):
        if "keywords" in box["classes"]:
            label, listing = box.children
            keywords = [item.astext() for item in listing.children]
            labelled = nodes.inline("", label.astext(), classes=["keywords-label"])
            line = nodes.paragraph("", "", labelled, nodes.Text(comma.join(keywords)), classes=["keywords"])
            parent, place = box.parent, box.parent.index(box)
            box.replace_self(line)
            before = parent[place - 1]
            if isinstance(before, nodes.topic) and "abstract" in before["classes"]:
                parent[place - 1 : place + 1] = [nodes.container("", before, line, classes=["abstract-and-keywords"])]


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
            # Sphinx 9.0 takes a link that is not in a text for the link of a picture.
            item.append(nodes.inline("", "", *paragraph.children, **{WITHOUT_TAG: True}))
