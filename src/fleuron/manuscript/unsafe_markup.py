"""Keep markup out of places where it does harm: titles, and what a translation adds.

HTML in a text is its author's right in Markdown. A title, though, travels into lists, feeds and
catalogues, and a catalogue comes from other hands than the text.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.i18n import Locale
from sphinx.util.nodes import extract_messages

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.reporting import report

TAG = re.compile(r"</?[A-Za-z][^<>]*>")
ALLOWED_SCHEMES = frozenset({"", "http", "https", "mailto", "doi"})


class PlainMarkup(SphinxTransform):
    """Print HTML as it stands in titles and where only the translation has it."""

    default_priority = Locale.default_priority + 1

    def apply(self, **kwargs: Any) -> None:
        for title in self.document.findall(nodes.title):
            self.make_plain(title, "", Diagnostic.MARKUP_IN_RECORD)
        for block, message in extract_messages(self.document):
            if block.get("translated"):
                self.make_plain(block, message, Diagnostic.FOREIGN_MARKUP)
                self.tell_of_tags(block, message)

    def tell_of_tags(self, block: nodes.Element, message: str) -> None:
        """Warn of a translation that is HTML as a whole: Locale has made it text, and says nothing."""
        for text in block.findall(nodes.Text):
            tag = TAG.search(text.astext())
            if tag and tag[0] not in message and not isinstance(text.parent, nodes.literal):
                finding = Finding(Diagnostic.FOREIGN_MARKUP, block.line or 1, {"markup": tag[0]})
                report(finding, self.document["source"])
                return

    def make_plain(self, block: nodes.Element, allowed: str, diagnostic: Diagnostic) -> None:
        for raw in list(block.findall(nodes.raw)):
            markup = raw.astext()
            if not allowed or markup not in allowed:
                raw.replace_self(nodes.Text(markup))
                report(Finding(diagnostic, block.line or 1, {"markup": markup}), self.document["source"])


def check_addresses(app: Sphinx, doctree: nodes.document) -> None:
    """Take the link from a text whose address has a scheme that does harm or leads nowhere.

    When all is read, for the addresses of notes come from the bibliography.
    """
    for link in list(doctree.findall(nodes.reference)):
        address = link.get("refuri", "")
        if not is_allowed(address):
            link.replace_self(nodes.inline("", "", *link.children))
            report(Finding(Diagnostic.FORBIDDEN_ADDRESS, line_of(link), {"address": address}), doctree["source"])


def is_allowed(address: str) -> bool:
    """Tell whether an address may be a link."""
    try:
        return urlsplit(address).scheme.lower() in ALLOWED_SCHEMES
    except ValueError:
        return False


def line_of(node: nodes.Node | None) -> int:
    while node is not None and not node.line:
        node = node.parent
    return node.line or 1 if node is not None else 1


def setup(app: Sphinx) -> None:
    app.add_transform(PlainMarkup)
    app.connect("doctree-read", check_addresses)
