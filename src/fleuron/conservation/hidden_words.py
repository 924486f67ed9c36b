"""Report the words that an author wrote and a publication's own style hides: no reader of that format sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from cssselect2 import ElementWrapper, Matcher
from lxml import html
from sphinx.environment import BuildEnvironment

from fleuron.config import has_own_theme
from fleuron.conservation.comparison import LostWord, found_in
from fleuron.conservation.html_words import TEXT, UNSEEN, add_element, is_generated
from fleuron.conservation.loss_reports import MOST, position_of
from fleuron.conservation.own_styles import Declaration, declarations, hiding_rules, own_style_sheets, winning
from fleuron.conservation.words import BODY, Streams
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.reporting import report
from fleuron.sphinx_versions import application_of

# What may hide a text without a style sheet.
ATTRIBUTE = re.compile(r"<[^<>]*\s(?:hidden\b|style\s*=)", re.IGNORECASE)
# How many words of a hidden text are shown.
SHOWN = 8


@dataclass(eq=False)
class HiddenText:
    """The words that one declaration hides in one place."""

    declaration: Declaration
    streams: Streams = field(default_factory=Streams)

    @property
    def words(self) -> list[str]:
        return [word.text for words in self.streams.words.values() for word in words]


def report_hidden(
    env: BuildEnvironment, document: str, expected: Streams, fragment: str, where: str, page: str = ""
) -> None:
    """Warn of the words of a document that its style hides, at their line of the source.

    ``fragment`` is the HTML of its body. The whole ``page`` is read where style sheets might hide something of it; a
    chapter of a PDF has none yet.
    """
    builder = application_of(env).builder
    if where == "page" and has_own_theme(env.config):
        return
    rules = hiding_rules(own_style_sheets(builder), "print" if where == "PDF" else "screen")
    whole = page or f"<article class='chapter'>{fragment}</article>"
    report_texts(env, document, expected, hidden_texts(fragment if rules is None else whole, rules), where)


def report_texts(
    env: BuildEnvironment, document: str, expected: Streams, found: Iterator[HiddenText], where: str
) -> None:
    for hidden in islice(found, MOST):
        words = " ".join(hidden.words[:SHOWN]) + (" …" if len(hidden.words) > SHOWN else "")
        loss = found_in(expected, LostWord(Diagnostic.HIDDEN_WORDS, words, ""), str)
        path, line = position_of(env, document, loss)
        values = {"words": words, "format": where, "style": hidden.declaration.where}
        report(Finding(Diagnostic.HIDDEN_WORDS, line, values), path)


def hidden_texts(page: str, rules: Matcher | None) -> Iterator[HiddenText]:
    """Yield what a page has of its text and does not show, by its publication's rules and its own attributes."""
    if rules is None and not ATTRIBUTE.search(page):
        return
    root = html.document_fromstring(page.encode())
    text = next((found[0] for path in TEXT if (found := root.findall(path))), root)
    reader = HiddenReader(rules, text)
    reader.read(ElementWrapper.from_html_root(root), None)
    yield from (hidden for hidden in reader.found if hidden.words)


class HiddenReader:
    """Reads the words of a text that are hidden by a declaration."""

    def __init__(self, rules: Matcher | None, text: html.HtmlElement) -> None:
        self.rules = rules
        self.text = text
        self.is_text = False
        self.found: list[HiddenText] = []

    def read(self, wrapper: ElementWrapper, hidden: HiddenText | None) -> None:
        """Read an element that is in a hidden text, or in none."""
        element = wrapper.etree_element
        if not isinstance(element.tag, str) or element.tag in UNSEEN or is_generated(element):
            return
        was_text, self.is_text = self.is_text, self.is_text or element is self.text
        best = self.declarations_of(wrapper)
        if hidden is not None and any(each.shows and each.name == hidden.declaration.name for each in best.values()):
            hidden = None
        if hider := next((each for each in best.values() if each.hides), None):
            hidden = HiddenText(hider)
            self.found.append(hidden)
        if hidden is not None and not hidden.declaration.is_inherited:
            if self.is_text or self.text in element.iter():
                add_element(element if self.is_text else self.text, BODY, hidden.streams)
        else:
            self.read_texts(wrapper, hidden)
        self.is_text = was_text

    def read_texts(self, wrapper: ElementWrapper, hidden: HiddenText | None) -> None:
        """Read what is in an element, of which each part may be shown or hidden by itself."""
        element = wrapper.etree_element
        self.add(element.text, hidden)
        for child in wrapper.iter_children():
            self.read(child, hidden)
            self.add(child.etree_element.tail, hidden)

    def add(self, text: str | None, hidden: HiddenText | None) -> None:
        if hidden is not None and self.is_text and text:
            hidden.streams.add(BODY, text)

    def declarations_of(self, wrapper: ElementWrapper) -> dict[str, Declaration]:
        """Return what counts for an element: its style attribute before style sheets, and these before ``hidden``."""
        element = wrapper.etree_element
        found: list[Declaration] = []
        if element.get("hidden") not in (None, "until-found"):
            found.append(Declaration("display", "none", False, "by its attribute “hidden”"))
        for *_order, each in self.rules.match(wrapper) if self.rules is not None else ():
            found += each
        if style := element.get("style"):
            found += declarations(style, "in its attribute “style”")
        return winning(found)
