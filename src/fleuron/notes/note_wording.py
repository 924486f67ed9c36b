"""Convert the CSL processor's runs to docutils nodes: emphasis, links, and text marked with its own language."""

from __future__ import annotations

import re
from collections.abc import Iterable

from docutils import nodes

from fleuron.csl.text.runs import Mark, Run, Span, Text
from fleuron.editions.bidirectional import isolate
from fleuron.notes.scripts import has_italics, language_of, script_of, script_of_language
from fleuron.publication.language_tags import direction_of, is_language

CLASSES = {
    Mark.SMALL_CAPS: "small-caps",
    Mark.UPRIGHT: "upright",
    Mark.REGULAR: "regular",
    Mark.UNDERLINE: "underline",
    Mark.QUOTE: "",
}
# The variables whose text is in the language of the work; the name of a publisher or a person is in no language.
IN_LANGUAGE_OF_WORK = frozenset((
    "title", "title-short", "container-title", "container-title-short", "collection-title", "volume-title",
    "part-title", "event-title", "original-title", "reviewed-title", "genre", "medium",
))  # fmt: skip
ARABIC_STOPS = str.maketrans({",": "\N{ARABIC COMMA}", ";": "\N{ARABIC SEMICOLON}"})
# The space between a short label, such as p., chap., no., s. and т., and a number.
SPACE_BEFORE_NUMBER = re.compile(r"(\b[^\W\d]{1,4}\.) (?=[\dIVXLC])")


class NoteWording:
    """Convert runs to nodes in the language of an edition; ``note_ids`` are the ids of a document's notes by number."""

    def __init__(self, language: str, note_ids: dict[int, str] | None = None) -> None:
        self.language, self.note_ids = language, note_ids or {}
        self.is_rtl = direction_of(language) == "rtl"
        self.is_arabic = script_of_language(language) == "ARABIC"

    def nodes_of(self, runs: Iterable[Run]) -> list[nodes.Node]:
        converted: list[nodes.Node] = []
        for run in runs:
            converted.extend(self.text(run) if isinstance(run, Text) else self.span(run))
        return converted

    def text(self, run: Text) -> list[nodes.Node]:
        stated = known_language(run.language)
        language = language_of(run.text, stated if run.field in IN_LANGUAGE_OF_WORK else "", self.language, stated)
        if language:
            return [nodes.inline("", run.text, classes=[f"language-{language}"])]
        if self.is_rtl and run.field and script_of(run.text) == "LATIN":
            return [isolate("", run.text, dir="ltr")]
        # What stands between the parts of a note is the style's, and is written as Arabic script does.
        return [nodes.Text(run.text.translate(ARABIC_STOPS) if self.is_arabic and not run.field else run.text)]

    def span(self, run: Span) -> list[nodes.Node]:
        children = self.nodes_of(run.runs)
        if run.mark is Mark.LINK:
            return [self.link(run.value, children)]
        if run.mark in (Mark.ITALIC, Mark.OBLIQUE):
            return [node for child in children for node in emphasised(child)]
        if run.mark is Mark.LEFT_MARGIN:  # the number of an entry
            return [*children, nodes.Text(" ")]
        if run.mark is Mark.BOLD:
            return [nodes.strong("", "", *children)]
        if run.mark is Mark.SUPERSCRIPT:
            return [nodes.superscript("", "", *children)]
        if run.mark is Mark.SUBSCRIPT:
            return [nodes.subscript("", "", *children)]
        name = CLASSES.get(run.mark)
        return [nodes.inline("", "", *children, classes=[name])] if name else children

    def link(self, address: str, children: list[nodes.Node]) -> nodes.Node:
        if address.startswith("#note-"):
            target = self.note_ids.get(int(address.removeprefix("#note-")))
            inner = nodes.inline("", "", *children)
            return nodes.reference("", "", *inner.children, refid=target, internal=True) if target else inner
        return nodes.reference("", "", *children, refuri=address)


def known_language(tag: str) -> str:
    """Return a language tag, or an empty text if there is no such language."""
    return tag if is_language(tag) else ""


def emphasised(node: nodes.Node) -> list[nodes.Node]:
    """Emphasise a node, unless its script has no italics."""
    return [nodes.emphasis("", "", node)] if has_italics(node.astext()) else [node]


def merge_adjacent(parts: list[nodes.Node]) -> list[nodes.Node]:
    """Merge adjacent nodes of one kind: texts, emphases, and text of one language with a space between.

    The parts of a Persian name, each isolated by itself, would stand in the order of the edition's
    language and not in their own.
    """
    merged: list[nodes.Node] = []
    for part in parts:
        last = merged[-1] if merged else None
        if isinstance(part, nodes.Text) and isinstance(last, nodes.Text):
            merged[-1] = nodes.Text(last.astext() + part.astext())
        elif isinstance(part, nodes.emphasis) and isinstance(last, nodes.emphasis):
            children = merge_adjacent([*last.children, *part.children])
            last.children = []
            last.extend(children)  # which sets their parent
        elif address := address_across(last, part):
            start = merged.pop().astext().removesuffix(address.removesuffix(part.astext()))
            merged += [nodes.Text(start), nodes.reference("", "", isolate("", address, dir="ltr"), refuri=address)]
        elif continues_language(merged, part):
            space = merged.pop()
            text = merged[-1].astext() + space.astext() + part.astext()
            merged[-1] = nodes.inline("", text, classes=language_classes(part))
        else:
            merged.append(part)
    return [
        nodes.Text(keep_label_with_number(part.astext())) if isinstance(part, nodes.Text) else part for part in merged
    ]


def address_across(before: nodes.Node | None, part: nodes.Node) -> str:
    """Return the address that a text begins and a link, of text set apart from a right-to-left one, completes; or "".

    Its beginning, which the style has before a DOI, would stand on the other side of the rest.
    """
    if not (isinstance(before, nodes.Text) and isinstance(part, nodes.reference) and isinstance(part[0], isolate)):
        return ""
    address = str(part.get("refuri", ""))
    start = address.removesuffix(part.astext())
    return address if start != address and start and before.astext().endswith(start) else ""


def keep_label_with_number(text: str) -> str:
    """Put a no-break space between a short label and its number, “chap. 4”."""
    return SPACE_BEFORE_NUMBER.sub("\\1\N{NO-BREAK SPACE}", text)


def continues_language(before: list[nodes.Node], part: nodes.Node) -> bool:
    """Return whether a part continues, after a space, a text in the same foreign language."""
    if len(before) < 2 or not isinstance(before[-1], nodes.Text) or before[-1].astext() not in (" ", "\u00a0"):
        return False
    return bool(language_classes(part)) and language_classes(before[-2]) == language_classes(part)


def language_classes(node: nodes.Node) -> list[str]:
    """Return the classes of an inline node that is marked with its language; none for any other node."""
    classes: list[str] = node["classes"] if type(node) is nodes.inline else []
    return classes if any(name.startswith("language-") for name in classes) else []
