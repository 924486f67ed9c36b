"""HTML as authors write it in Markdown, made the XML that an EPUB wants (EPUB 3.3, 6.1.2)."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

# HTML, 13.1.2: elements without content.
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
# What would make a page a program; a book is none.
DROPPED = frozenset({"script", "noscript", "iframe", "object"})
NAME = re.compile(r"[A-Za-z_][\w.-]*")


class Markup(HTMLParser):
    """Rewrites one piece of HTML; ``open`` lists the elements that pieces before it have left open."""

    def __init__(self, open_elements: list[str]) -> None:
        super().__init__()
        self.open = open_elements
        self.written: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in DROPPED and NAME.fullmatch(tag):
            self.written.append(f"<{tag}{attributes(attrs)}{'/' if tag in VOID else ''}>")
            if tag not in VOID:
                self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in DROPPED and NAME.fullmatch(tag):
            self.written.append(f"<{tag}{attributes(attrs)}/>")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            last = ""
            while last != tag:
                last = self.open.pop()
                self.written.append(f"</{last}>")

    def handle_data(self, data: str) -> None:
        self.written.append(html.escape(data, quote=False))


def attributes(pairs: list[tuple[str, str | None]]) -> str:
    """Word attributes, without handlers of events."""
    kept = {name: name if value is None else value for name, value in pairs if NAME.fullmatch(name)}
    return "".join(f' {name}="{html.escape(value)}"' for name, value in kept.items() if not name.startswith("on"))


def as_xml(piece: str, open_elements: list[str]) -> str:
    """Rewrite a piece of HTML as XML; what it opens and does not close is noted in ``open_elements``."""
    markup = Markup(open_elements)
    markup.feed(piece)
    markup.close()
    return "".join(markup.written)
