"""Print what an abbreviation stands for in brackets after its first use, unless the text says so itself.

HTML has the words of ``{abbr}`` in a title attribute, which needs a mouse, and which paper does not show.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from fleuron.config import has_own_theme
from fleuron.editions.dashes import KeepDashes
from fleuron.sphinx_versions import application_of

# Formats that are read on a page or screen; a library record has the words of an abbreviation as a value of its own.
READ = ("html", "epub", "pdf")
BOOKS = ("epub", "pdf")
CLASS = "expansion"
TAG = re.compile(r"""<abbr\s+title=(["'])([^"'<>]*)\1\s*>""", re.IGNORECASE)
# The class of a list of abbreviations, wherever it is in the text.
LIST = "abbreviations"


class ExpandAbbreviations(SphinxPostTransform):
    """Write the words of each abbreviation of a document after its first use."""

    # Before what is set in its own way by the letters of a text: dashes, and runs of the other direction.
    default_priority = KeepDashes.default_priority - 10

    def run(self, **kwargs: Any) -> None:
        name = application_of(self.env).builder.name
        if name in BOOKS or (name in READ and not has_own_theme(self.config)):
            expand_abbreviations(self.document)


def expand_abbreviations(document: nodes.Element) -> None:
    """Add the words of abbreviations, in brackets, where a reader first meets them in the text."""
    read_html(document)
    uses: dict[tuple[str, str], list[nodes.abbreviation]] = {}
    for use in document.findall(nodes.abbreviation):
        written, words = normal(use.astext()), normal(use.get("explanation", ""))
        if words and words != written and not has_expansion(use):
            uses.setdefault((written, words), []).append(use)
    if not uses:
        return
    listed = " ".join(normal(block.astext()) for block in document.findall(is_list))
    for (_written, words), found in uses.items():
        first = min(found, key=rank)
        if words not in listed and words not in normal(text_to_block_end(document, first)):
            add_after(first)


def read_html(document: nodes.Element) -> None:
    """Read the abbreviations in the HTML of a paragraph, `<abbr title="…">`, as those of the role."""
    for opening in list(document.findall(nodes.raw)):
        tag = TAG.fullmatch(opening.astext().strip())
        if tag is None:
            continue
        place = opening.parent.index(opening)
        following = opening.parent.children[place + 1 :]
        end = next((number for number, node in enumerate(following) if is_end(node)), None)
        if end is not None and not any(isinstance(node, nodes.raw) for node in following[:end]):
            read = nodes.abbreviation("", "", *following[:end], explanation=html.unescape(tag[2]))
            opening.parent[place : place + end + 2] = [read]


def is_end(node: nodes.Node) -> bool:
    return isinstance(node, nodes.raw) and node.astext().strip().lower() == "</abbr>"


def normal(text: str) -> str:
    """Return words as they are compared: without case, and with one space between them."""
    return " ".join(text.casefold().split())


def is_list(node: nodes.Node) -> bool:
    """Return whether a node is a list of abbreviations."""
    return isinstance(node, nodes.Element) and LIST in node.get("classes", ())


def has_expansion(use: nodes.abbreviation) -> bool:
    """Return whether an abbreviation has its words after it, as in a part that is of another document."""
    after = use.next_node(descend=False, siblings=True)
    return isinstance(after, nodes.inline) and CLASS in after["classes"]


def rank(use: nodes.abbreviation) -> int:
    """Return how well a place suits an expansion: 0 the running text, 1 a note or a table, 2 a title or caption."""
    above = list(parents_of(use))
    if any(isinstance(node, nodes.title | nodes.subtitle | nodes.caption | nodes.rubric) for node in above):
        return 2
    return int(any(isinstance(node, nodes.footnote | nodes.entry) for node in above))


def parents_of(node: nodes.Node) -> Iterator[nodes.Element]:
    while (parent := node.parent) is not None:
        yield parent
        node = parent


def block_of(use: nodes.abbreviation) -> nodes.Element:
    """Return the paragraph, title or other block that an abbreviation is in."""
    return next(node for node in parents_of(use) if not isinstance(node, nodes.Inline) or node.parent is None)


def text_to_block_end(document: nodes.Element, use: nodes.abbreviation) -> str:
    """Return the text of a document to the end of the block that has an abbreviation."""
    block = block_of(use)
    last = next(reversed(list(block.findall(nodes.Text))))
    texts = []
    for text in document.findall(nodes.Text):
        texts.append(str(text))
        if text is last:
            break
    return "".join(texts)


def add_after(use: nodes.abbreviation) -> None:
    """Add the words of an abbreviation after it, in square brackets where it stands in round ones itself."""
    before = text_before(use)
    opening, closing = "[]" if before.count("(") > before.count(")") else "()"
    words = " ".join(use["explanation"].split())
    place = use.parent.index(use) + 1
    use.parent.insert(place, nodes.inline("", f" {opening}{words}{closing}", classes=[CLASS]))


def text_before(use: nodes.abbreviation) -> str:
    """Return the text of a block before an abbreviation in it."""
    texts: list[str] = []
    own = use.next_node(nodes.Text)
    for text in block_of(use).findall(nodes.Text):
        if text is own:
            break
        texts.append(str(text))
    return "".join(texts)


def setup(app: Sphinx) -> None:
    app.add_post_transform(ExpandAbbreviations)
