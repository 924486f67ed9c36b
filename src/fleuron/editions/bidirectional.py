"""Set the direction of words that run the other way than the text around them, such as a Persian title.

Such words are isolated (``<bdi>``): otherwise, the year after a Persian title would be shown before it (UAX #9, 2.4).
They are isolated by an element, not by a style: an EPUB must not use ``unicode-bidi`` (EPUB 3.3, 6.3.1.1), and a page
must be right without its style sheet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from types import MethodType
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from fleuron.adopted import is_left_to_sphinx
from fleuron.publication.language_tags import direction_of, language_tag
from fleuron.sphinx_versions import application_of

# Words in Arabic or Hebrew script, and the numbers and quotation marks between them. A comma or a full stop ends the
# run, because the parts of a note are in the order of the note's language.
SCRIPTS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
RUN = re.compile(rf"[{SCRIPTS}](?:[\s\d\u200b-\u200f«»‹›-]*[{SCRIPTS}])*")
# The quotation marks that may begin and end within such words.
QUOTATION_MARKS = {"«": "»", "‹": "›"}
# The class that MyST's attributes give to words in a language, without its tag.
LANGUAGE_CLASS = "language-"
EMPHASISED = (nodes.emphasis, nodes.strong, nodes.title_reference)
CODE = (nodes.literal, nodes.literal_block, nodes.doctest_block, nodes.option, addnodes.desc_signature)


def marked_language(node: nodes.Element | None) -> str:
    """Return the language (BCP 47) with which a node is marked, or "" if it is not."""
    classes: list[str] = node.get("classes", []) if node is not None else []
    return next((name.removeprefix(LANGUAGE_CLASS) for name in classes if name.startswith(LANGUAGE_CLASS)), "")


class isolate(nodes.inline):  # noqa: N801 (docutils spells its nodes so)
    """Words whose direction does not depend on the text around them, nor the other way round."""


def isolated_text(text: str) -> list[nodes.Node]:
    """Split a text into nodes, with each right-to-left run in an isolate."""
    parts: list[nodes.Node] = []
    end = 0
    for run in RUN.finditer(text):
        first, last = with_quotation_marks(text, run.start(), run.end())
        parts += [nodes.Text(text[end:first]), isolate("", text[first:last])]
        end = last
    parts.append(nodes.Text(text[end:]))
    return [part for part in parts if part.astext()]


def with_quotation_marks(text: str, first: int, last: int) -> tuple[int, int]:
    """Return the beginning and end of a run, with the mark beside it whose counterpart is in it."""
    for opening, closing in QUOTATION_MARKS.items():
        opened = text.count(opening, first, last) - text.count(closing, first, last)
        if opened > 0 and text[last : last + 1] == closing:
            last += 1
        elif opened < 0 and text[first - 1 : first] == opening:
            first -= 1
    return first, last


def has_other_direction(text: str, direction: str) -> bool:
    """Return whether a text has letters of the other direction than ``direction``."""
    other = ("L",) if direction == "rtl" else ("R", "AL")
    return any(unicodedata.bidirectional(letter) in other for letter in text)


def direction_by_class(classes: Iterable[str]) -> str:
    """Return the direction of the language that a node's classes name; "" if they name none."""
    for name in classes:
        if name.startswith(LANGUAGE_CLASS):
            return direction_of(name.removeprefix(LANGUAGE_CLASS))
    return ""


class IsolateDirections(SphinxPostTransform):
    """Isolate what an author marked as another language, and every other right-to-left run.

    On the pages of another project, `fleuron.notes.foreign_words` isolates what is ours.
    """

    default_priority = 900

    def run(self, **kwargs: Any) -> None:
        if not is_left_to_sphinx(application_of(self.env)):
            isolate_directions(self.document, self.config.language)


def isolate_directions(part: nodes.Element, language: str) -> None:
    """Isolate what runs the other way in a part of a document, whose text is in ``language``."""
    here = direction_of(language)
    for block in list(part.findall(nodes.paragraph)):
        mark_whole(block, here)
    for span in list(part.findall(nodes.inline)):
        direction = direction_by_class(span["classes"])
        if direction and direction != here:
            marked = isolate("", "", *span.children, classes=span["classes"], dir=direction)
            span.replace_self(marked)
    if here == "ltr":
        isolate_runs(part)
    else:
        isolate_addresses(part)
        isolate_phrases(part)


def mark_whole(block: nodes.paragraph, here: str) -> None:
    """Mark a paragraph as an author has marked all words in it, if they run the other way: so do its lines then."""
    content = without_calls(block)
    span = content[0] if len(content) == 1 else None
    if not isinstance(span, nodes.inline) or isinstance(span, isolate) or direction_by_class(block["classes"]):
        return
    classes = [name for name in span["classes"] if name.startswith(LANGUAGE_CLASS)]
    if direction_by_class(classes) not in ("", here):
        block["classes"] += classes
        span["classes"] = [name for name in span["classes"] if name not in classes]


def isolate_addresses(part: nodes.Element) -> None:
    """Isolate each address that is shown, or a right-to-left text would reorder its parts."""
    for link in list(part.findall(nodes.reference)):
        if "://" in link.astext():
            isolated_link = isolate("", "", dir="ltr")
            link.replace_self(isolated_link)
            isolated_link.append(link)


def isolate_phrases(part: nodes.Element) -> None:
    """Isolate what begins or ends with a mark in a right-to-left text, and is of left-to-right letters alone.

    The full stop of “op. cit.” would be shown before it. It is emphasised, or a paragraph, heading or cell by itself.
    """
    for block in list(part.findall(nodes.TextElement)):
        if isinstance(block, nodes.Inline | nodes.FixedTextElement) or is_isolated(block):
            continue
        if is_punctuated("".join(node.astext() for node in without_calls(block))):
            isolate_content(block)
            continue
        for phrase in [each for kind in EMPHASISED for each in block.findall(kind)]:
            before, after = texts_around(phrase, block)
            if is_punctuated(phrase.astext()) and not ends_left_to_right(before) and not starts_left_to_right(after):
                isolate_content(phrase)


def is_punctuated(text: str) -> bool:
    """Return whether a text is of left-to-right letters alone, and begins or ends with another character.

    With “،” between its parts, which are notes’, it runs from right to left.
    """
    text = text.strip()
    classes = [unicodedata.bidirectional(letter) for letter in text]
    if "L" not in classes or re.search(f"[{SCRIPTS}]", text):
        return False
    return classes[0] != "L" or classes[-1] not in ("L", "EN")


def texts_around(phrase: nodes.Element, block: nodes.Element) -> tuple[str, str]:
    """Return the text of a block before a phrase in it, and after it."""
    within = {id(text) for text in phrase.findall(nodes.Text)}
    texts = list(block.findall(nodes.Text))
    places = [place for place, text in enumerate(texts) if id(text) in within]
    return "".join(texts[: places[0]]), "".join(texts[places[-1] + 1 :])


def starts_left_to_right(text: str) -> bool:
    """Return whether the first letter that has a direction runs from left to right."""
    found = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind for kind in found if kind in ("L", "R", "AL")), "") == "L"


def ends_left_to_right(text: str) -> bool:
    """Return whether the last letter that has a direction runs from left to right."""
    return starts_left_to_right(text[::-1])


def without_calls(element: nodes.Element) -> list[nodes.Node]:
    """Return what is in an element, but for calls of notes at its end."""
    content = list(element.children)
    while content and isinstance(content[-1], nodes.footnote_reference):
        content.pop()
    return content


def isolate_content(element: nodes.Element) -> None:
    """Isolate what is in an element, but for calls of notes at its end."""
    content = without_calls(element)
    if len(content) == 1 and isinstance(content[0], isolate):
        return
    calls = element.children[len(content) :]
    element.children = []
    element += isolate("", "", *content, dir="ltr")
    element.extend(calls)


def isolate_runs(part: nodes.Element) -> None:
    """Isolate each right-to-left run of a left-to-right text."""
    for element in list(part.findall(nodes.TextElement)):
        join_texts(element)
    for text in list(part.findall(nodes.Text)):
        if RUN.search(text) and isinstance(text.parent, nodes.Element) and not is_isolated(text):
            text.parent.replace(text, isolated_text(text.astext()))


def join_texts(element: nodes.Element) -> None:
    """Merge adjacent text nodes; pybtex makes one of each word of a name."""
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
    """Return whether a text is in an isolate, or in code or mathematics, where there can be none."""
    parent = node.parent
    while parent is not None:
        if isinstance(parent, isolate | nodes.FixedTextElement | nodes.math | nodes.raw):
            return True
        if isinstance(parent, nodes.Element) and (direction := direction_by_class(parent.get("classes", ()))):
            return direction == "rtl"
        parent = parent.parent
    return False


def language_within(node: nodes.Element, language: str) -> dict[str, str]:
    """Return the attributes of words in the edition's language, such as a note, that stand in words of another one."""
    here, parent = language_tag(language), node.parent
    around = ""
    while parent is not None and not around:
        around, parent = marked_language(parent), parent.parent
    if marked_language(node) or around in ("", here):
        return {}
    return {"lang": here, "dir": direction_of(here)}


class BidirectionalTranslator(HTML5Translator):
    """Write the HTML of a document, with ``dir`` on blocks whose language runs the other way than the edition's.

    Code is always written from left to right.
    """

    def direction_around(self, node: nodes.Element) -> str:
        """Return the direction of the text that a node is in."""
        parent = node.parent
        while parent is not None:
            if direction := direction_by_class(parent.get("classes", ())):
                return direction
            parent = parent.parent
        return direction_of(self.config.language)

    def __init__(self, document: nodes.document, builder: Builder) -> None:
        super().__init__(document, builder)
        # As soon as one extension has a visitor for a builder (``epub=``), Sphinx 9.0 takes no ``html=`` visitors of
        # the others for that builder: their nodes would end the build.
        for name, (visit, depart) in application_of(builder).registry.translation_handlers.get("html", {}).items():
            for method, function in ((f"visit_{name}", visit), (f"depart_{name}", depart)):
                if function and not hasattr(self, method):
                    setattr(self, method, MethodType(function, self))

    def starttag(
        self, node: nodes.Element, tagname: str, suffix: str = "\n", empty: bool = False, **attributes: Any
    ) -> str:
        direction = direction_by_class(node.get("classes", ()))
        if direction and direction != direction_of(self.config.language):
            attributes.setdefault("dir", direction)
        if isinstance(node, CODE) and self.direction_around(node) == "rtl":
            attributes.setdefault("dir", "ltr")
        return str(super().starttag(node, tagname, suffix, empty, **attributes))


def visit_isolate(self: HTML5Translator, node: isolate) -> None:
    attributes = {"dir": node["dir"]} if "dir" in node else {}
    self.body.append(self.starttag(node, "bdi", "", **attributes))


def depart_isolate(self: HTML5Translator, node: isolate) -> None:
    self.body.append("</bdi>")


def add_isolate_node(app: Sphinx) -> None:
    """Register the node; other writers than HTML's treat it as the ``inline`` that it is."""
    app.add_node(isolate, html=(visit_isolate, depart_isolate))


def setup(app: Sphinx) -> None:
    add_isolate_node(app)
    app.add_post_transform(IsolateDirections)
