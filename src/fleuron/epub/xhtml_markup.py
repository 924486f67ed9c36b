"""HTML as authors write it in Markdown, made the XML that an EPUB wants (EPUB 3.3, 6.1.2)."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from html.parser import HTMLParser

from fleuron.manuscript.unsafe_markup import is_allowed

# HTML, 13.1.2: elements without content.
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
# What would make a page a program, or a form that nobody reads; a book is none.
DROPPED = frozenset({"noscript", "object", "form", "button"})
# These have no text of their own: what stands in them is code.
CODE = frozenset({"script", "style", "template"})
# What a book shows or plays must be in it, for it is read without a network: a remote one is led to.
SHOWN = frozenset({"img", "iframe", "embed", "audio", "video", "source"})
REMOTE = re.compile(r"https?://", re.IGNORECASE)
NAME = re.compile(r"[A-Za-z_][\w.-]*")


class Markup(HTMLParser):
    """Rewrites one piece of HTML; ``open`` lists the elements that pieces before it have left open."""

    def __init__(self, open_elements: list[str]) -> None:
        super().__init__()
        self.open = open_elements
        self.written: list[str] = []
        self.code: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in CODE:
            self.code.append(tag)
        elif tag in SHOWN and (address := dict(attrs).get("src")) and REMOTE.match(address):
            self.written.append(led_to(address, dict(attrs)))
        elif self.is_kept(tag):
            self.written.append(f"<{tag}{attributes(attrs)}{'/' if tag in VOID else ''}>")
            if tag not in VOID:
                self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            self.handle_starttag(tag, attrs)
        elif self.is_kept(tag):
            self.written.append(f"<{tag}{attributes(attrs)}/>")

    def is_kept(self, tag: str) -> bool:
        return not self.code and tag not in DROPPED | CODE | {"iframe"} and bool(NAME.fullmatch(tag))

    def handle_endtag(self, tag: str) -> None:
        if self.code and tag == self.code[-1]:
            self.code.pop()
        elif tag in self.open:
            last = ""
            while last != tag:
                last = self.open.pop()
                self.written.append(f"</{last}>")

    def handle_data(self, data: str) -> None:
        if not self.code:
            self.written.append(html.escape(data, quote=False))


def led_to(address: str, attributes: Mapping[str, str | None]) -> str:
    """Word a link to what would have been shown, by its alternative text or title."""
    said = attributes.get("alt") or attributes.get("title") or address
    return f'<a href="{html.escape(address)}">{html.escape(said, quote=False)}</a>'


def attributes(pairs: list[tuple[str, str | None]]) -> str:
    """Word attributes, without handlers of events, addresses that may be none, and what is fetched in passing."""
    kept = {name: name if value is None else value for name, value in pairs if NAME.fullmatch(name)}
    return "".join(f' {name}="{html.escape(value)}"' for name, value in kept.items() if may_stand(name, value))


def may_stand(name: str, value: str) -> bool:
    if name in ("href", "src"):
        return is_allowed(value)
    if name in ("srcset", "poster"):
        return "//" not in value
    return not name.startswith("on") and not (name == "style" and "url(" in value.lower())


def as_xml(piece: str, open_elements: list[str]) -> str:
    """Rewrite a piece of HTML as XML; what it opens and does not close is noted in ``open_elements``."""
    markup = Markup(open_elements)
    markup.feed(piece)
    markup.close()
    return "".join(markup.written)
