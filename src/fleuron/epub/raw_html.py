"""Convert the raw HTML of authors to XHTML, as an EPUB requires (EPUB 3.3, 6.1.2), without scripts and forms."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from fleuron.manuscript.restrictions.html_parser import LenientHtmlParser
from fleuron.manuscript.unsafe_markup import is_allowed_address

# Elements without content (HTML, 13.1.2).
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
# Elements left out, whose content stays: they need scripts or a server.
DROPPED = frozenset({"noscript", "object", "form", "button"})
SVG = "http://www.w3.org/2000/svg"
# Elements left out with their content, which is code.
CODE = frozenset({"script", "style", "template"})
# Elements that show another file. It must be in the book, which is read without a network; a remote one becomes a link.
EMBEDDING = frozenset({"img", "iframe", "embed", "audio", "video", "source"})
REMOTE = re.compile(r"https?://", re.IGNORECASE)
NAME = re.compile(r"[A-Za-z_][\w.-]*")

# Names of SVG as XML has them; Python's parser reads them in small letters.
SVG_NAMES = {
    name.lower(): name
    for name in ("clipPath", "foreignObject", "linearGradient", "preserveAspectRatio", "radialGradient", "viewBox")
}
# A start tag, its attributes, and whether it is closed as in XML.
START_TAG = re.compile(
    r"""<(?P<tag>[A-Za-z][\w:-]*)(?P<attributes>(?:\s+[\w:.-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*(?P<end>/?)>"""
)
ATTRIBUTE = re.compile(r"""([\w:.-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")

TABLE_PARTS = frozenset({"caption", "colgroup", "thead", "tbody", "tfoot", "tr", "td", "th"})
# Elements whose start tag ends a paragraph that has no end tag.
ENDING_PARAGRAPHS = frozenset({
    *("address", "article", "aside", "blockquote", "details", "dialog", "div", "dl", "fieldset", "figcaption"),
    *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "main", "menu", "nav"),
    *("ol", "p", "pre", "section", "table", "ul"),
})  # fmt: skip
# What the start tag of an element ends where its end tag is left out (HTML, 13.1.2.4), and the element around both,
# above which nothing is ended.
IMPLIED_ENDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    **dict.fromkeys(ENDING_PARAGRAPHS, (frozenset({"p"}), frozenset({"button", "caption", "table", "td", "th"}))),
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
    **dict.fromkeys(("dt", "dd"), (frozenset({"dt", "dd"}), frozenset({"dl"}))),
    **dict.fromkeys(("rt", "rp"), (frozenset({"rt", "rp"}), frozenset({"ruby"}))),
    **dict.fromkeys(("option", "optgroup"), (frozenset({"option"}), frozenset({"select", "datalist"}))),
    **dict.fromkeys(("td", "th"), (frozenset({"td", "th"}), frozenset({"tr", "table"}))),
    "tr": (frozenset({"caption", "colgroup", "tr"}), frozenset({"table", "thead", "tbody", "tfoot"})),
    **dict.fromkeys(("thead", "tbody", "tfoot"), (TABLE_PARTS - {"tr", "td", "th"}, frozenset({"table"}))),
}


class XhtmlWriter(LenientHtmlParser):
    """Rewrites one piece of HTML as XHTML; ``open_elements`` are those that earlier pieces have left open."""

    def __init__(self, open_elements: list[str]) -> None:
        super().__init__()
        self.open_elements = open_elements
        self.written: list[str] = []
        self.code: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in CODE:
            self.code.append(tag)
        elif tag in EMBEDDING and (address := dict(attrs).get("src")) and REMOTE.match(address):
            self.written.append(link_to(address, dict(attrs)))
        elif self.is_kept(tag):
            self.end_implied(tag)
            if tag == "a":
                attrs = with_id(attrs)
            if tag == "svg":
                attrs = [("xmlns", SVG), *((name, value) for name, value in attrs if name != "xmlns")]
            self.written.append(f"<{SVG_NAMES.get(tag, tag)}{attributes(attrs)}{'/' if tag in VOID else ''}>")
            if tag not in VOID:
                self.open_elements.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            self.handle_starttag(tag, attrs)
        elif self.is_kept(tag):
            self.written.append(f"<{SVG_NAMES.get(tag, tag)}{attributes(attrs)}/>")

    def is_kept(self, tag: str) -> bool:
        return not self.code and tag not in DROPPED | CODE | {"iframe"} and bool(NAME.fullmatch(tag))

    def end_implied(self, tag: str) -> None:
        """End the element that the start tag of another one ends."""
        ended, around = IMPLIED_ENDS.get(tag, (frozenset(), frozenset()))
        for name in reversed(self.open_elements):
            if name in ended:
                self.handle_endtag(name)
                return
            if name in around:
                return

    def handle_endtag(self, tag: str) -> None:
        if self.code and tag == self.code[-1]:
            self.code.pop()
        elif tag in self.open_elements:
            last = ""
            while last != tag:
                last = self.open_elements.pop()
                self.written.append(f"</{SVG_NAMES.get(last, last)}>")

    def handle_data(self, data: str) -> None:
        if not self.code:
            self.written.append(html.escape(data, quote=False))


def link_to(address: str, attributes: Mapping[str, str | None]) -> str:
    """Return a link to a remote file, named by its alternative text or title."""
    text = attributes.get("alt") or attributes.get("title") or address
    return f'<a class="remote-file" href="{html.escape(address)}">{html.escape(text, quote=False)}</a>'


def with_id(pairs: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    """Return the attributes of an anchor with the id that its name is for (HTML, 15.2)."""
    has_id = any(name == "id" for name, _value in pairs)
    return [("id" if name == "name" else name, value) for name, value in pairs if name != "name" or not has_id]


def attributes(pairs: list[tuple[str, str | None]]) -> str:
    """Return attributes as XHTML, without event handlers, unsafe addresses and remote resources."""
    kept = {
        SVG_NAMES.get(name, name): name if value is None else value for name, value in pairs if NAME.fullmatch(name)
    }
    return "".join(f' {name}="{html.escape(value)}"' for name, value in kept.items() if is_safe(name, value))


def is_safe(name: str, value: str) -> bool:
    if name in ("href", "src"):
        return is_allowed_address(value)
    if name in ("srcset", "poster"):
        return "//" not in value
    return not name.startswith("on") and not (name == "style" and "url(" in value.lower())


def to_xhtml(piece: str, open_elements: list[str]) -> str:
    """Rewrite a piece of HTML as XHTML; the elements that it leaves open are added to ``open_elements``."""
    writer = XhtmlWriter(open_elements)
    writer.feed(piece)
    writer.close()
    return "".join(writer.written)


def with_xml_tags(piece: str, ids: set[str]) -> str:
    """Write the start tags that an extension's visitor wrote for HTML as XML has them: `<input checked>`.

    ``ids`` are those that visitors have written before; an id that is written again is left out.
    """
    return START_TAG.sub(lambda match: xml_tag(match, ids), piece)


def xml_tag(match: re.Match[str], ids: set[str]) -> str:
    tag, written = match["tag"], {"xmlns": SVG} if match["tag"] == "svg" else {}
    for name, *values in (found.groups() for found in ATTRIBUTE.finditer(match["attributes"])):
        value = next((value for value in values if value is not None), name)
        if name != "id" or value not in ids:
            written[name] = value.replace('"', "&quot;")
    if "id" in written:
        ids.add(written["id"])
    end = "/" if match["end"] or tag.lower() in VOID else ""
    attributes = "".join(f' {name}="{value}"' for name, value in written.items())
    return f"<{tag}{attributes}{end}>"
