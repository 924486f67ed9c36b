"""Show HTML in titles and in translations as plain text, and remove links to addresses that may do harm.

Authors may write HTML in a text. But titles are used in lists, feeds and library records, and translations are written
by others than the author.
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
from fleuron.manuscript.restrictions.html_parser import LenientHtmlParser
from fleuron.manuscript.source_positions import position_in_catalogue, position_of, position_of_words
from fleuron.manuscript.translated.message_parser import is_line_break
from fleuron.reporting import report

# The attributes of a picture that are read to readers.
WORDS = frozenset({"alt", "title", "aria-label"})
ALLOWED_SCHEMES = frozenset({"", "http", "https", "mailto", "doi"})
# What a browser does not see: control characters and spaces at the beginning, tabs and line breaks anywhere.
IGNORED = re.compile(r"^[\0-\x20]+|[\t\n\r]")


class ShowMarkupAsText(SphinxTransform):
    """Show HTML as plain text in titles, and where only the translation has it."""

    default_priority = Locale.default_priority + 1

    def apply(self, **kwargs: Any) -> None:
        for title in self.document.findall(nodes.title):
            self.show_as_text(title, "", Diagnostic.MARKUP_IN_RECORD)
        for block, message in extract_messages(self.document):
            if block.get("translated"):
                self.show_as_text(block, message, Diagnostic.FOREIGN_MARKUP)

    def report(self, diagnostic: Diagnostic, block: nodes.Element, markup: str) -> None:
        """Report HTML at the line of a block, or at that of its translation."""
        document = self.env.current_document.docname
        found = position_in_catalogue(self.env, document, block.rawsource) if block.get("translated") else None
        path, line = found or position_of_words(self.env, document, block, markup)
        report(Finding(diagnostic, line, {"markup": markup}), path)

    def show_as_text(self, block: nodes.Element, allowed: str, diagnostic: Diagnostic) -> None:
        """Replace the HTML of a block that is not in the ``allowed`` text by plain text, and report it."""
        for raw in list(block.findall(nodes.raw)):
            markup = raw.astext()
            if is_line_break(raw):
                if not allowed:  # in a title, which is one line
                    raw.replace_self(nodes.Text(" ") if raw["format"] == "html" else [])
            elif not allowed or not (markup in allowed or is_same_picture(markup, allowed)):
                raw.replace_self(nodes.Text(markup))
                self.report(diagnostic, block, markup)


class TagReader(LenientHtmlParser):
    """Reads the tags of pictures in HTML, without their words, which a translator changes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[tuple[str, str | None], ...]] = []
        self.others = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.tags.append(tuple(pair for pair in attrs if pair[0] not in WORDS))
        else:
            self.others = True

    def handle_data(self, data: str) -> None:
        self.others = self.others or bool(data.strip())


def is_same_picture(markup: str, source: str) -> bool:
    """Return whether HTML is a picture that the source shows too, be it described in other words."""
    written = TagReader(markup)
    return len(written.tags) == 1 and not written.others and written.tags[0] in TagReader(source).tags


def check_addresses(app: Sphinx, doctree: nodes.document) -> None:
    """Remove links whose address has a scheme that is not allowed, and keep their text.

    This runs when a document is read completely: the addresses in notes come from the bibliography.
    """
    for link in list(doctree.findall(nodes.reference)):
        address = link.get("refuri", "")
        if not is_allowed_address(address):
            link.replace_self(nodes.inline("", "", *link.children))
            path, line = position_of(link, doctree["source"])
            report(Finding(Diagnostic.FORBIDDEN_ADDRESS, line, {"address": address}), path)


def is_allowed_address(address: str) -> bool:
    """Return whether a link to an address is allowed, by its scheme, as a browser reads it (URL Standard, 4.4)."""
    try:
        return urlsplit(IGNORED.sub("", address)).scheme.lower() in ALLOWED_SCHEMES
    except ValueError:
        return False


def setup(app: Sphinx) -> None:
    app.add_transform(ShowMarkupAsText)
    app.connect("doctree-read", check_addresses)
