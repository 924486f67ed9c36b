"""Read tags of other programs, such as Jekyll's `{% include figure.html caption="…" %}`, as text, and report them.

Attributes as other programs write them, such as kramdown's `{: .lead}` and pandoc's `{#id}` after a heading, are
reported too.

On a line of its own, MyST takes such a tag for attributes with nothing in them but a comment, and what it says is lost.
So is what stands between two braces of attributes on one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.attrs import index
from mdit_py_plugins.attrs.parse import ParseError, parse

from fleuron.notes.markup.lookalikes import WITHOUT_MARKUP, Lookalike, is_inside

QUOTED = re.compile(r'"[^"]*"')
COMMENT = re.compile(r"%[^%]*\w")
TAG = re.compile(r"\{%-?\s*\w[^\n%]*(?:%\})?|\{\{[<%]\s*\w[^\n]*")
ATTRIBUTES = re.compile(r"\{(?::\s*[.#\w]|[.#][^\W\d])[^{}\n]*\}|(?<=\s)\{-\}$")
# Attributes directly after a picture, link or span of which a value wants quotation marks: “{width=50%}”.
UNQUOTED = re.compile(r"\{\s*(?:[.#][\w-]+\s+)*[A-Za-z-]+=[^{}\n]*\}")
VALUE = re.compile(r"=\s*([^\s\"{}]+)")
IDENTIFIER = re.compile(r"#(\w[\w:.-]*)")
# What has nothing to stand for in a publication: its contents are made by themselves.
CONTENTS = re.compile(r"\{:\s*(?:toc|\.no_toc)\b")
# How many letters of a tag are shown.
SHOWN = 40


def attributes_without_words(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Parse a line of attributes, unless it has words as well (a rule of markdown-it, in place of MyST's)."""
    line = state.src[state.bMarks[start_line] + state.tShift[start_line] : state.eMarks[start_line]].rstrip()
    return not has_words(line) and index._attr_block_rule(state, start_line, end_line, silent)


def has_words(line: str) -> bool:
    """Return whether a line that begins with attributes has more: a comment, or text after them."""
    if not line.startswith("{") or not line.endswith("}"):
        return False
    if COMMENT.search(QUOTED.sub("", line)):
        return True
    try:
        return bool(parse(line)[0] != len(line) - 1)
    except ParseError:
        return True


def add_rule(parser: MarkdownIt) -> None:
    if "attr" in parser.get_all_rules()["block"]:
        parser.block.ruler.at("attr", attributes_without_words, {"alt": []})


def find_template_tags(document: nodes.document) -> Iterator[Lookalike]:
    """Yield the tags of other programs in the texts of a document."""
    for text in document.findall(nodes.Text):
        if ("{%" in text or "{{" in text) and not is_inside(text, WITHOUT_MARKUP):
            for match in TAG.finditer(str(text)):
                words = match[0] if len(match[0]) <= SHOWN else match[0][:SHOWN].rstrip() + "…"
                yield Lookalike(text, words, "")


def find_other_attributes(document: nodes.document) -> Iterator[Lookalike]:
    """Yield what other programs take for the attributes of a block, and is text here."""
    for text in document.findall(nodes.Text):
        if "{" in text and not is_inside(text, WITHOUT_MARKUP):
            unquoted = UNQUOTED.match(str(text)) if is_after_markup(text) else None
            if unquoted:
                quoted = VALUE.sub(r'="\1"', unquoted[0])
                yield Lookalike(text, unquoted[0], f"write “{quoted}”")
            for match in ATTRIBUTES.finditer(str(text), unquoted.end() if unquoted else 0):
                if match[0] != "{-}" or isinstance(text.parent, nodes.title):
                    yield Lookalike(text, match[0], advice_for(match[0]))


def is_after_markup(text: nodes.Text) -> bool:
    """Return whether a text stands directly after a picture, a link, code or a span."""
    place = next((number for number, child in enumerate(text.parent.children) if child is text), 0)
    return place > 0 and isinstance(text.parent[place - 1], nodes.image | nodes.Inline)


def advice_for(attributes: str) -> str:
    """Say what to write in place of another program's attributes."""
    if attributes == "{-}" or CONTENTS.match(attributes):
        return "delete it"
    if attributes.startswith("{#eq"):
        return f"write the label after the formula in parentheses, “$$ ({attributes.strip('{#}')})”"
    if identifier := IDENTIFIER.search(attributes):
        return f"write the label, “({identifier[1]})=”, on a line of its own above the block"
    own = "{" + attributes.strip("{}").removeprefix(":").strip() + "}"
    return f"write “{own}” on a line of its own above the block, or directly after “[words]”"
