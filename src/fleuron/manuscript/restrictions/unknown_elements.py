"""Show what looks like an HTML tag but is not one as the text that it is: `<name>` to be filled in, `a <b and c> d`.

A browser leaves out the tags of elements that it does not know, so that readers would never see their words.
"""

from __future__ import annotations

import html
import re
from typing import Any

from docutils import nodes
from lxml.html import defs
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.i18n import Locale

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.manuscript.source_positions import position_of_words
from fleuron.reporting import report

TAG = re.compile(r"</?(?P<name>[a-zA-Z][^\s/>]*)(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
# An attribute with a value, or without one.
VALUED, BARE = re.compile(r"[^\s=\"'/]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"']+)"), re.compile(r"[^\s/]+")
# Elements of other vocabularies within HTML; where they begin, all names are theirs.
FOREIGN = re.compile(r"<(?:svg|math)\b", re.IGNORECASE)
# What is not compared: comments, and code that is not shown.
SKIPPED = re.compile(r"<!--.*?-->|<(script|style|template|textarea|title|xmp)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
# HTML's elements, old ones too, that lxml 6 does not list.
ELEMENTS = defs.tags | {
    *("bdi", "bgsound", "data", "dialog", "fencedframe", "frame", "image", "listing", "main", "menuitem", "nobr"),
    *("noembed", "noframes", "picture", "plaintext", "portal", "rb", "rtc", "search", "selectedcontent", "slot"),
    *("template", "xmp"),
}
# Attributes that may have no value (HTML, 2.3.2), old ones and those of importers too; and any with a hyphen.
WITHOUT_VALUE = frozenset(
    {
        *("allowfullscreen", "allowtransparency", "alt", "async", "autofocus", "autoplay", "border", "checked"),
        *("class", "compact", "contenteditable", "controls", "crossorigin", "declare", "default", "defer", "disabled"),
        *("download", "draggable", "formnovalidate", "frameborder", "hidden", "id", "inert", "ismap", "itemscope"),
        *("loop", "markdown", "mozallowfullscreen", "multiple", "muted", "nohref", "nomodule", "noresize", "noshade"),
        *("novalidate", "nowrap", "open", "playsinline", "popover", "readonly", "required", "reversed", "seamless"),
        *("selected", "spellcheck", "style", "title", "translate", "typemustmatch", "webkitallowfullscreen"),
    }
)


def is_text(tag: re.Match[str], around: str) -> bool:
    """Return whether what looks like a tag is not one; ``around`` is the HTML of its block.

    An element whose name has a hyphen is an author's own (HTML, 4.13), if it has an end; one with a colon is XML's.
    """
    name = tag["name"].lower()
    if "-" in name:
        return f"</{name}" not in around.lower()
    if name not in ELEMENTS:
        return ":" not in name
    bare = BARE.findall(VALUED.sub(" ", tag["attributes"]))
    return any("-" not in each and each.lower() not in WITHOUT_VALUE for each in bare)


def texts_like_tags(markup: str, around: str) -> list[str]:
    """Return what looks like a tag in a piece of HTML but is not, each once; ``around`` is the HTML of its block."""
    if FOREIGN.search(around):
        return []
    found = TAG.finditer(SKIPPED.sub("", markup))
    return list(dict.fromkeys(tag[0] for tag in found if is_text(tag, around)))


class ShowUnknownElementsAsText(SphinxTransform):
    """Show tags of unknown elements as text, and report each."""

    # After `ShowMarkupAsText`, which reports the HTML of titles and translations.
    default_priority = Locale.default_priority + 1

    def apply(self, **kwargs: Any) -> None:
        for raw in list(self.document.findall(nodes.raw)):
            markup = raw.astext()
            if "html" not in raw.get("format", "").split() or "<" not in markup:
                continue
            for text in (texts := texts_like_tags(markup, markup_around(raw))):
                path, line = position_of_words(self.env, self.env.current_document.docname, raw, text)
                report(Finding(Diagnostic.UNKNOWN_ELEMENT, line, {"tag": text}), path)
            if markup.strip() in texts and isinstance(raw.parent, nodes.TextElement):
                raw.replace_self(nodes.Text(markup))
            elif texts:
                for text in texts:
                    markup = markup.replace(text, html.escape(text))
                raw.children, raw.rawsource = [nodes.Text(markup)], markup


def markup_around(raw: nodes.raw) -> str:
    """Return the HTML of a paragraph or another text; that of a block alone."""
    block = raw.parent if isinstance(raw.parent, nodes.TextElement) else raw
    return "".join(each.astext() for each in block.findall(nodes.raw))


def setup(app: Sphinx) -> None:
    app.add_transform(ShowUnknownElementsAsText)
