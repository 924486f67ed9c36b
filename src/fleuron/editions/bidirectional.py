"""Keep words of another direction from drawing the points and numbers around them along.

Without isolation, the year behind a Persian title is printed before it (Unicode UAX #9, 2.4).
The isolate is an element and no style: an EPUB may not carry ``unicode-bidi`` (EPUB 3.3, 6.3.1.1),
and a page read without its style sheet is right as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from fleuron.publication.language_tags import direction_of

# A run of Arabic or Hebrew script: words and the numbers between them. A comma or a full stop ends it,
# for the parts of a note stand in the order of the note's own language.
SCRIPTS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
RUN = re.compile(rf"[{SCRIPTS}](?:[\s\d\u200b-\u200f-]*[{SCRIPTS}])*")
LANGUAGE = "language-"


class isolate(nodes.inline):  # noqa: N801 (docutils spells its nodes so)
    """Words that are ordered among themselves, whatever surrounds them."""


def isolated(text: str) -> list[nodes.Node]:
    """Cut a text into nodes, with each right-to-left run isolated."""
    parts: list[nodes.Node] = []
    end = 0
    for run in RUN.finditer(text):
        parts += [nodes.Text(text[end : run.start()]), isolate("", run[0])]
        end = run.end()
    parts.append(nodes.Text(text[end:]))
    return [part for part in parts if part.astext()]


def direction(classes: Iterable[str]) -> str:
    """Tell the direction of the language that a node's classes name; empty where none does."""
    for name in classes:
        if name.startswith(LANGUAGE):
            return direction_of(name.removeprefix(LANGUAGE))
    return ""


class IsolateDirections(SphinxPostTransform):
    """Isolate what an author marked as another language, and every other right-to-left run."""

    default_priority = 900

    def run(self, **kwargs: Any) -> None:
        isolate_directions(self.document, self.config.language)


def isolate_directions(part: nodes.Element, language: str) -> None:
    """Isolate, in a part of a document in a language, what runs in the other direction."""
    here = direction_of(language)
    for span in list(part.findall(nodes.inline)):
        way = direction(span["classes"])
        if way and way != here:
            marked = isolate("", "", *span.children, classes=span["classes"], dir=way)
            span.replace_self(marked)
    if here == "ltr":
        isolate_runs(part)
    else:
        isolate_addresses(part)


def isolate_addresses(part: nodes.Element) -> None:
    """Keep an address that is printed from being turned round piece by piece."""
    for link in list(part.findall(nodes.reference)):
        if "://" in link.astext():
            isolated_link = isolate("", "", dir="ltr")
            link.replace_self(isolated_link)
            isolated_link.append(link)


def isolate_runs(part: nodes.Element) -> None:
    """Isolate each right-to-left run of a text that runs from left to right."""
    for element in list(part.findall(nodes.TextElement)):
        join_texts(element)
    for text in list(part.findall(nodes.Text)):
        if RUN.search(text) and isinstance(text.parent, nodes.Element) and not is_isolated(text):
            text.parent.replace(text, isolated(text.astext()))


def join_texts(element: nodes.Element) -> None:
    """Make one of texts that stand side by side; pybtex gives each word of a name its own."""
    joined: list[nodes.Node] = []
    for child in element.children:
        if joined and isinstance(child, nodes.Text) and isinstance(joined[-1], nodes.Text):
            joined[-1] = nodes.Text(joined[-1].astext() + child.astext())
        else:
            joined.append(child)
    if len(joined) < len(element.children):
        element.children = []
        element.extend(joined)


def is_isolated(node: nodes.Node) -> bool:
    """Tell whether a text stands in an isolate, or where no element may: in code or mathematics."""
    parent = node.parent
    while parent is not None:
        if isinstance(parent, isolate | nodes.FixedTextElement | nodes.math | nodes.raw):
            return True
        if isinstance(parent, nodes.Element) and (way := direction(parent.get("classes", ()))):
            return way == "rtl"
        parent = parent.parent
    return False


class DirectedTranslator(HTML5Translator):
    """Write the HTML of a document in which a block may run the other way than the edition."""

    def starttag(
        self, node: nodes.Element, tagname: str, suffix: str = "\n", empty: bool = False, **attributes: Any
    ) -> str:
        way = direction(node.get("classes", ()))
        if way and way != direction_of(self.config.language):
            attributes.setdefault("dir", way)
        return str(super().starttag(node, tagname, suffix, empty, **attributes))


def visit_isolate(self: HTML5Translator, node: isolate) -> None:
    attributes = {"dir": node["dir"]} if "dir" in node else {}
    self.body.append(self.starttag(node, "bdi", "", **attributes))


def depart_isolate(self: HTML5Translator, node: isolate) -> None:
    self.body.append("</bdi>")


def add_isolate(app: Sphinx) -> None:
    """Register the node; writers of other formats than HTML take it for the `inline` that it is."""
    app.add_node(isolate, html=(visit_isolate, depart_isolate))


def setup(app: Sphinx) -> None:
    add_isolate(app)
    app.add_post_transform(IsolateDirections)
