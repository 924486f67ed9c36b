"""Say which markup a token of markdown-it is, and which words a paragraph has without its markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from fleuron.checks.sources import Mark

# The roles whose text is, or ends with, the label or file that they refer to.
REFERRING = ("ref", "doc", "eq", "numref", "page")
TARGET = re.compile(r"<([^<>]+)>\s*$")
TAG = re.compile(r"<([A-Za-z][\w-]*)")
# Roles that refer to something, and need not be in `REFERRING`: those are links whose targets can be looked up.
WITH_TARGET = frozenset({*REFERRING, "term", "any", "download", "option", "keyword", "token", "math:numref"})
KINDS = {
    **dict.fromkeys(("em_open", "strong_open", "s_open"), "emphasis"),
    **{"code_inline": "code", "link_open": "link", "image": "picture", "footnote_ref": "note"},
    **{"own_note_open": "own note", "substitution_inline": "substitution", "html_inline": "html"},
}


def marks_of(token: Token, start: int) -> Iterator[Mark]:
    """Yield the markup that a token begins, if it does; ``start`` is where it stands in its text."""
    if token.type == "myst_role":
        name = str(token.meta["name"])
        target = TARGET.search(token.content)
        value = target[1] if target and name in WITH_TARGET else token.content
        yield Mark(f"{{{name}}}", value.strip(), start)
    elif "math" in token.type:
        yield Mark("formula", token.content.strip(), start)
    elif kind := KINDS.get(token.type):
        if kind != "html" or TAG.match(token.content):
            yield Mark(kind, value_of(token), start)


def value_of(token: Token) -> str:
    if token.type == "link_open":
        return str(token.attrGet("href"))
    if token.type == "image":
        return str(token.attrGet("src"))
    if token.type == "footnote_ref":
        return str(token.meta.get("label", ""))
    if token.type == "html_inline":
        tag = TAG.match(token.content)
        return tag[1].lower() if tag else ""
    return token.content.strip() if token.type in ("code_inline", "substitution_inline") else ""


def plain_words(tokens: Sequence[Token]) -> tuple[str, str]:
    """Return the words of a paragraph, and the upright ones of its language; without code, formulas and addresses."""
    words, upright = [], []
    slanted: list[bool] = []  # of the open marks, whether their words are emphasised or of another language
    is_address = False
    for token in tokens:
        is_emphasis = token.type.startswith(("em_", "strong_", "s_"))
        if is_emphasis or token.type.startswith("span_"):
            if token.nesting > 0:
                slanted.append(is_emphasis or "language-" in str(token.attrGet("class")))
            elif slanted:
                slanted.pop()
        elif token.type in ("link_open", "link_close"):
            is_address = token.type == "link_open" and token.info == "auto"
        piece = token.content if token.type in ("text", "text_special") and not is_address else ""
        # A mark between two words belongs to neither: “[1914](a.md)[1918](b.md)”.
        piece = piece or ("" if is_emphasis or token.type.endswith("_close") else " ")
        words.append(piece)
        upright.append(" " if any(slanted) else piece)
    return "".join(words), "".join(upright)
