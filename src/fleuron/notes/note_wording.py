"""The words of notes as nodes: runs become emphasis, links, and words of another language that say so."""

from __future__ import annotations

import re
from collections.abc import Iterable

from docutils import nodes

from fleuron.csl.text.runs import Mark, Run, Span, Text
from fleuron.editions.bidirectional import isolate
from fleuron.notes.scripts import language_of, leans, script_of
from fleuron.publication.language_tags import direction_of, is_language

CLASSES = {
    Mark.SMALL_CAPS: "small-caps",
    Mark.UPRIGHT: "upright",
    Mark.REGULAR: "regular",
    Mark.UNDERLINE: "underline",
    Mark.QUOTE: "",
}
# Fields whose words are in the language of the work; a publisher or a person has a name in no language.
WORDED = frozenset((
    "title", "title-short", "container-title", "container-title-short", "collection-title", "volume-title",
    "part-title", "event-title", "original-title", "reviewed-title", "genre", "medium",
))  # fmt: skip
# The space behind a short label, such as p., chap., no., s. and т., before a number.
LABELLED = re.compile(r"(\b[^\W\d]{1,4}\.) (?=[\dIVXLC])")


class Wording:
    """Makes nodes of runs for an edition; ``notes`` are the ids of the document's notes by number."""

    def __init__(self, language: str, notes: dict[int, str] | None = None) -> None:
        self.language, self.notes = language, notes or {}
        self.rtl = direction_of(language) == "rtl"

    def of(self, runs: Iterable[Run]) -> list[nodes.Node]:
        made: list[nodes.Node] = []
        for run in runs:
            made.extend(self.text(run) if isinstance(run, Text) else self.span(run))
        return made

    def text(self, run: Text) -> list[nodes.Node]:
        own = known(run.language)
        language = language_of(run.text, own if run.field in WORDED else "", self.language, own)
        if language:
            return [nodes.inline("", run.text, classes=[f"language-{language}"])]
        if self.rtl and run.field and script_of(run.text) == "LATIN":
            return [isolate("", run.text, dir="ltr")]
        return [nodes.Text(run.text)]

    def span(self, run: Span) -> list[nodes.Node]:
        children = self.of(run.runs)
        if run.mark is Mark.LINK:
            return [self.link(run.value, children)]
        if run.mark in (Mark.ITALIC, Mark.OBLIQUE):
            return [emphasized for child in children for emphasized in slanted(child)]
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
            target = self.notes.get(int(address.removeprefix("#note-")))
            inner = nodes.inline("", "", *children)
            return nodes.reference("", "", *inner.children, refid=target, internal=True) if target else inner
        return nodes.reference("", "", *children, refuri=address)


def known(language: str) -> str:
    """Return a language tag, or nothing where no such language is known."""
    return language if is_language(language) else ""


def slanted(node: nodes.Node) -> list[nodes.Node]:
    """Emphasise a node, unless its script has no slanted letters."""
    return [nodes.emphasis("", "", node)] if leans(node.astext()) else [node]


def joined(parts: list[nodes.Node]) -> list[nodes.Node]:
    """Join what belongs together side by side: texts, emphases, and words of one language with a space between.

    The parts of a Persian name, each isolated by itself, would stand in the order of the edition's
    language and not of their own.
    """
    made: list[nodes.Node] = []
    for part in parts:
        last = made[-1] if made else None
        if isinstance(part, nodes.Text) and isinstance(last, nodes.Text):
            made[-1] = nodes.Text(last.astext() + part.astext())
        elif isinstance(part, nodes.emphasis) and isinstance(last, nodes.emphasis):
            whole = joined([*last.children, *part.children])
            last.children = []
            last.extend(whole)  # which tells them their parent
        elif is_one_language(made, part):
            space = made.pop()
            made[-1] = nodes.inline("", made[-1].astext() + space.astext() + part.astext(), classes=marks(part))
        else:
            made.append(part)
    return [nodes.Text(unparted(part.astext())) if isinstance(part, nodes.Text) else part for part in made]


def unparted(text: str) -> str:
    """Keep a number on the line of its label, “chap. 4”, by the space between them."""
    return LABELLED.sub("\\1\N{NO-BREAK SPACE}", text)


def is_one_language(made: list[nodes.Node], part: nodes.Node) -> bool:
    """Tell whether a part continues, behind a space, the words of one language before it."""
    if len(made) < 2 or not isinstance(made[-1], nodes.Text) or made[-1].astext() not in (" ", "\u00a0"):
        return False
    return bool(marks(part)) and marks(made[-2]) == marks(part)


def marks(node: nodes.Node) -> list[str]:
    """Return the classes of words that are marked with their language; none where they are not."""
    classes: list[str] = node["classes"] if type(node) is nodes.inline else []
    return classes if any(name.startswith("language-") for name in classes) else []
