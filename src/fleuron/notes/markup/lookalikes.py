"""Report text that looks like a note call or a directive but is not: an unclosed role, LaTeX, a fence in backticks."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from docutils import nodes
from sphinx import addnodes

WITHOUT_MARKUP: tuple[type, ...] = (
    nodes.literal,
    nodes.FixedTextElement,
    nodes.math,
    nodes.raw,
    nodes.comment,
    nodes.Invisible,
)
LINKS = (nodes.reference, addnodes.pending_xref)
NAME = r"(?:foot)?cite(?::[a-z]+)?"
# Each with what to write instead.
FORMS = (
    (re.compile(rf"\{{\s*{NAME}\s*\}}(?=`)"), "close it with a backtick: {footcite}`key`"),
    (re.compile(rf"\{{\s*{NAME}\s*\}}"), "write {footcite}`key`, with nothing between the brace and the backtick"),
    (re.compile(rf":{NAME}:(?=`|$)"), "write {footcite}`key`, as Markdown has it"),
    (
        re.compile(r"\\[a-z]*cite[a-z]*\*?(?:\s*\[[^\]]*\])*\s*\{[^}]*\}", re.IGNORECASE),
        "write {footcite}`key{p. 12}`; LaTeX is read in formulas alone",
    ),
    (
        re.compile(r"\\(?:eq|page|auto|[cC])?ref\s*\{[^}]*\}"),
        "write {ref}`label`, {numref}`label` or {eq}`label`; LaTeX is read in formulas alone",
    ),
    (re.compile(r"\[(?:[^\[\]@]*[\s;])?-?@\w[^\]\s]*"), "write [@key, p. 12] or {footcite}`key{p. 12}`"),
    (re.compile(r"\^\["), "close the note with a bracket: ^[words]"),
    (re.compile(r"\[\^[^\[\]\n]*\]?"), "write [^label], with no space in the label"),
)  # fmt: skip
# The parts of HTML that are not text, or are code.
NO_TEXT_OF_HTML = re.compile(
    r"<!--.*?-->|<(code|kbd|math|pre|samp|script|style|svg|textarea|tt)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE
)
ADVICE_IN_HTML = "HTML is not read as Markdown, but what stands in it between two empty lines is"
BARE_KEY = re.compile(r"(?<![\w./@-])@(\w(?:[\w:.#$%&+?<>~/-]*\w)?)")
HINTS = ("cite", "@", "^", "ref{")
DIRECTIVE = re.compile(r"^ {0,3}(?P<fence>`{3,})(?P<name>\{[\w:-]+\})[^\n]*`", re.MULTILINE)


@dataclass(frozen=True)
class Lookalike:
    """Words that look like markup, the node that has them, and what to write instead."""

    node: nodes.Node
    words: str
    advice: str


def find_lookalikes(document: nodes.document, keys: Callable[[], Collection[str]]) -> Iterator[Lookalike]:
    """Yield what looks like a call in the texts of a document; ``keys`` returns those of the bibliography."""
    for text in document.findall(nodes.Text):
        if any(hint in text for hint in HINTS) and not is_inside(text, WITHOUT_MARKUP):
            yield from lookalikes_of(text, keys)
    for raw in document.findall(nodes.raw):
        if "html" in raw.get("format", "").split() and any(hint in raw.astext() for hint in HINTS):
            yield from lookalikes_in_html(raw)


def lookalikes_in_html(raw: nodes.raw) -> Iterator[Lookalike]:
    """Yield each form once that stands in the text of a piece of HTML, as in a table that was imported."""
    text = NO_TEXT_OF_HTML.sub(" ", raw.astext())
    for words in dict.fromkeys(match[0] for pattern, _advice in FORMS for match in pattern.finditer(text)):
        yield Lookalike(raw, words, ADVICE_IN_HTML)


def is_inside(text: nodes.Text, types: tuple[type, ...]) -> bool:
    """Return whether a text is in an element of one of the types."""
    parent = text.parent
    while parent is not None:
        if isinstance(parent, types):
            return True
        parent = parent.parent
    return False


def lookalikes_of(text: nodes.Text, keys: Callable[[], Collection[str]]) -> Iterator[Lookalike]:
    """Yield each form once for a text, but what its author has escaped."""
    source = source_of(text)
    found: list[str] = []
    for pattern, advice in FORMS:
        match = pattern.search(text)
        words = match[0] if match else ""
        if words and f"\\{words[:2]}" not in source and not any(words in other for other in found):
            found.append(words)
            yield Lookalike(text, words, advice)
    if is_inside(text, LINKS):
        return  # “@name” is what a network calls somebody
    for match in BARE_KEY.finditer(text):
        escaped = f"\\{match[0]}" in source or f"\\[{match[0]}" in source
        if not escaped and not any(match[0] in other for other in found) and match[1] in keys():
            found.append(match[0])
            yield Lookalike(text, match[0], f"write [@{match[1]}] or {{footcite}}`{match[1]}`")


def source_of(node: nodes.Node) -> str:
    """Return the source of the block that has a node."""
    parent = node.parent
    while parent is not None and not parent.rawsource:
        parent = parent.parent
    return parent.rawsource if parent is not None else ""


def find_fences_with_backticks(document: nodes.document) -> Iterator[Lookalike]:
    """Yield the directives with backticks in their titles that nothing closes; Markdown may take them for code."""
    for paragraph in document.findall(nodes.paragraph):
        for match in DIRECTIVE.finditer(paragraph.rawsource):
            fence = match["fence"]
            # Inline code is closed by as many backticks as it begins with.
            if not re.search(rf"(?<!`){fence}(?!`)", paragraph.rawsource[match.end("name") :]):
                yield Lookalike(paragraph, f"{fence}{match['name']}", f"write {fence} on a line below it")
