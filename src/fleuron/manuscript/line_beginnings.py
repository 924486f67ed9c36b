"""Read lines that begin with a percent sign as text, and lines that begin with a bar as verse.

MyST takes the first for comments: but Turkish writes the sign before a number. In a publication this holds for every
text. In a project that has a theme of its own, it holds for articles and for the files of contributors; the project's
other pages may have comments.

The second are a paragraph to MyST, whose words include the bars. As in pandoc and reStructuredText, each line and
its indent are kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from fleuron.adopted import is_other_project
from fleuron.config import has_own_theme
from fleuron.publication.document_names import is_article, is_contributor

# The rule of MyST 5.2 (`mdit_py_plugins.myst_blocks`); `+++` and `(label)=` are rules of their own.
COMMENT_RULE = "myst_line_comment"
BAR = re.compile(r"\|(?: |$)")


def choose_comment_rule(app: Sphinx, document: str, content: list[str]) -> None:
    """Let MyST read a document with its comments or without them; included files are read like the document."""
    disabled = list(app.config.myst_disable_syntax)
    if not is_other_project(app) and (
        not has_own_theme(app.config) or is_article(document) or is_contributor(document)
    ):
        disabled.append(COMMENT_RULE)
    app.env.myst_config = replace(app.env.myst_config, disable_syntax=disabled)  # type: ignore[attr-defined]


class ReadVerse(SphinxTransform):
    """Make lines that begin with a bar a line block, before translation; what follows them is a paragraph."""

    default_priority = 5

    def apply(self, **kwargs: Any) -> None:
        for paragraph in list(self.document.findall(nodes.paragraph)):
            sources = paragraph.rawsource.split("\n")
            count = next((number for number, line in enumerate(sources) if not BAR.match(line)), len(sources))
            lines = split_at_breaks(paragraph.children)
            # Rows of a table without a line of dashes end with a bar; they stay as they are.
            is_table = all(line.rstrip().endswith("|") for line in sources if line.strip() != "|")
            if count and not is_table and len(lines) == len(sources):
                replace_by_verse(paragraph, sources, lines, count)


def split_at_breaks(children: Sequence[nodes.Node]) -> list[list[nodes.Node]]:
    """Split the content of a paragraph into its lines; an element that goes over several is in each of them."""
    lines: list[list[nodes.Node]] = [[]]
    for child in children:
        if isinstance(child, nodes.Text):
            first, *others = child.astext().split("\n")
            pieces: list[list[nodes.Node]] = [[nodes.Text(piece)] if piece else [] for piece in (first, *others)]
        elif isinstance(child, nodes.raw):
            pieces = [[]] if child.astext().strip() in ("<br />", "\\\\", "") else [[child]]
        elif isinstance(child, nodes.Element) and "\n" in child.astext():
            pieces = [[copy_with(child, part, number)] for number, part in enumerate(split_at_breaks(child.children))]
        else:
            pieces = [[child]]
        lines[-1] += pieces[0]
        lines += pieces[1:]
    return lines


def copy_with(element: nodes.Element, children: Sequence[nodes.Node], number: int) -> nodes.Element:
    """Copy an element with other children; only the first copy has its ids."""
    part: nodes.Element = element.copy()
    if number:
        part["ids"], part["names"] = [], []
    part.extend(children)
    return part


def replace_by_verse(
    paragraph: nodes.paragraph, sources: Sequence[str], lines: Sequence[list[nodes.Node]], count: int
) -> None:
    """Replace a paragraph by a block of its first ``count`` lines, and a paragraph of the others."""
    first = paragraph.line or 0
    verses = []
    for number, (source, content) in enumerate(zip(sources[:count], lines, strict=False)):
        text = source[2:].rstrip()
        verse = nodes.line(text.strip(), "", *without_bar(content))
        verse.source, verse.line = paragraph.source, first + number
        verses.append((len(text) - len(text.lstrip()) if text.strip() else None, verse))
    block = nodes.line_block("", ids=paragraph["ids"], names=paragraph["names"], classes=paragraph["classes"])
    block.source, block.line = paragraph.source, paragraph.line
    block.extend(nested(with_indents(verses)))
    rest: list[nodes.Node] = []
    if sources[count:]:
        joined: list[nodes.Node] = []
        for content in lines[count:]:
            joined += [nodes.Text("\n"), *content] if joined else content
        text = "\n".join(sources[count:])
        prose = nodes.paragraph(text, "", *joined)
        prose.source, prose.line = paragraph.source, first + count
        rest = [prose]
    paragraph.replace_self([block, *rest])


def without_bar(content: list[nodes.Node]) -> list[nodes.Node]:
    """Remove the bar at the beginning of a line, and the spaces after it."""
    if content and isinstance(content[0], nodes.Text):
        text = content[0].astext().removeprefix("|").lstrip()
        return [nodes.Text(text), *content[1:]] if text else content[1:]
    if content and isinstance(content[0], nodes.Element):  # markup that continues from the line before
        children = without_bar(list(content[0].children))
        content[0].children = []
        content[0].extend(children)
    return content


def with_indents(verses: Sequence[tuple[int | None, nodes.line]]) -> list[tuple[int, nodes.line]]:
    """Give an empty line the indent of the line before it."""
    filled: list[tuple[int, nodes.line]] = []
    for indent, verse in verses:
        before = filled[-1][0] if filled else 0
        filled.append((before if indent is None else indent, verse))
    return filled


def nested(verses: Sequence[tuple[int, nodes.line]]) -> list[nodes.Element]:
    """Nest lines in blocks by their indents, as docutils does."""
    least = min(indent for indent, _verse in verses)
    found: list[nodes.Element] = []
    deeper: list[tuple[int, nodes.line]] = []
    for indent, verse in [*verses, (least, None)]:
        if indent > least and verse is not None:
            deeper.append((indent, verse))
            continue
        if deeper:
            found.append(nodes.line_block("", *nested(deeper)))
            deeper = []
        if verse is not None:
            found.append(verse)
    return found


def setup(app: Sphinx) -> None:
    app.connect("source-read", choose_comment_rule)
    app.add_transform(ReadVerse)
