"""Parse a translation as the content of one block, so that it cannot begin a list, a heading or a quotation.

Sphinx 9.0 parses it as a document and takes the first block of it. What becomes anything but a paragraph (`19. yüzyıl`,
`- 5 derece`) is then dropped without a warning, as are all paragraphs after the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from logging import WARNING, LogRecord
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers import Parser
from docutils.parsers.rst import Parser as RSTParser
from docutils.utils import new_document
from markdown_it import MarkdownIt
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser
from sphinx.util.docutils import LoggingReporter
from sphinx.util.logging import suppress_logging

from fleuron.exception_findings import finding_of_exception
from fleuron.manuscript.translated.restructured_text import as_paragraph
from fleuron.reporting import report
from fleuron.sphinx_versions import BACKSLASH_AT_END_OF_LINE

# An empty line of a translation: where its source is one paragraph, it becomes a line break.
EMPTY_LINE = re.compile(r"[ \t]*\n(?:[ \t]*\n)+")
# The end of a line in the source where the author breaks it: two spaces or a backslash.
LINE_BREAK = re.compile(r"(?: {2,}|[ \t]*\\)\n")
# What a message shows a translator of it: Sphinx joins the lines of a message.
SHOWN_BREAK, BREAK_FOR_SPHINX = "\\ ", BACKSLASH_AT_END_OF_LINE + "\n"
# The markup that MyST 5.2 makes of a line break, in each of its formats.
BREAKS = frozenset({"<br />", "\\\\"})
# A link by a label that is not defined: it stays as it was written.
# Markup that is not complete stays as it was written; a backslash before it says that it is meant.
STRAY_MARKUP = re.compile(r"`+|\*\*|\]\(|\$\$|\{\{|\}\}|:::")
UNDEFINED_LINK = re.compile(r"\[[^\[\]]+\]\[[^\[\]]+\]")


def is_line_break(node: nodes.Node) -> bool:
    """Return whether a node is a line break, as MyST makes them."""
    return isinstance(node, nodes.raw) and node.astext().strip() in BREAKS


def has_line_break(block: nodes.Element) -> bool:
    return any(is_line_break(node) for node in block.findall(nodes.raw))


class MessageParser:
    """Parses the translations of one document, with the definitions of links that its source has.

    ``source_parser`` is the class that parses the document. One that adds rules to MyST's has a static method
    ``markdown_parser``, which makes the parser with these rules.
    """

    def __init__(self, document: nodes.document, source_parser: type[Parser]) -> None:
        self.document = document
        config = document.settings.env.myst_config
        make = getattr(source_parser, "markdown_parser", None)
        self.markdown: MarkdownIt = make(config) if make else create_md_parser(config, SphinxRenderer)
        self.definitions: Mapping[str, Any] | None = None

    def link_definitions(self) -> Mapping[str, Any]:
        """Return the definitions of links in the document's source, by label, as markdown-it keeps them."""
        if self.definitions is None:
            environment: dict[str, Any] = {}
            path = Path(self.document["source"])
            if path.is_file():
                self.markdown.parse(path.read_text("utf-8-sig", errors="replace"), environment)
            self.definitions = environment.get("references", {})
        return self.definitions

    def draft(self, path: Path) -> nodes.document:
        """Return an empty document in which a translation of a catalogue is parsed."""
        draft = new_document(str(path), self.document.settings)
        draft.reporter = LoggingReporter.from_reporter(draft.reporter)
        return draft

    def parse_restructured(self, text: str, path: Path, line: int) -> tuple[nodes.Element, list[str]]:
        """Parse the translation of a text of ``{eval-rst}``; return what `parse` does."""
        draft = self.draft(path)
        with suppress_logging() as log:
            RSTParser().parse(as_paragraph(text), draft)
        problems = [problem for record in log.buffer if (problem := message_of(record))]
        for message in list(draft.findall(nodes.system_message)):
            message.parent.remove(message)
        block = next(iter(draft), nodes.paragraph())
        assert isinstance(block, nodes.Element)
        for node in block.findall(nodes.Element):
            node.source, node.line = str(path), line
            if isinstance(node, nodes.reference) and "refname" in node:
                self.document.note_refname(node)
            elif isinstance(node, nodes.substitution_reference):
                self.document.note_substitution_ref(node, node["refname"])
        return block, problems

    def parse(self, text: str, path: Path, line: int, one_line: bool) -> tuple[nodes.Element, list[str]]:
        """Parse a translation at a line of a catalogue; return its nodes in a paragraph, and what is wrong with it.

        ``one_line`` is true for a heading, a caption and the like, in which line breaks become spaces.
        """
        draft, paragraph = self.draft(path), nodes.paragraph()
        draft.append(paragraph)
        definitions = self.link_definitions() if "[" in text else {}
        renderer: SphinxRenderer = self.markdown.renderer  # type: ignore[assignment]
        text = EMPTY_LINE.sub(" " if one_line else r"\\\n", text.strip())
        with suppress_logging() as log:
            self.markdown.options["document"] = draft
            renderer.setup_render(dict(self.markdown.options), {"references": dict(definitions)})
            try:
                with renderer.current_node_context(paragraph):
                    renderer.nested_render_text(text, line - 1, inline=True)
            except Exception as error:
                report(finding_of_exception(error, line), path)
        problems = [problem for record in log.buffer if (problem := message_of(record))]
        for node in paragraph.findall(nodes.Element):
            node.source, node.line = node.source or str(path), node.line or line
        if one_line:
            for mark in [node for node in paragraph.findall(nodes.raw) if is_line_break(node)]:
                mark.replace_self(nodes.Text(" ") if "html" in mark["format"] else [])
        return paragraph, problems


def message_of(record: LogRecord) -> str:
    """Return the text of a warning, without the name of its kind; "" for what is not a warning."""
    return (
        re.sub(r" \[[\w.]+\]$", "", record.getMessage().removeprefix("WARNING: ")) if record.levelno >= WARNING else ""
    )


def words_of(block: nodes.Element) -> Iterator[str]:
    """Yield the texts of a block that are neither code nor formulas."""
    for text in block.findall(nodes.Text):
        if not isinstance(text.parent, nodes.literal | nodes.math | nodes.raw):
            yield text.astext()


def undefined_links(block: nodes.Element, message: str) -> list[str]:
    """Return the links of a translation whose label is not defined, and which the source does not have either."""
    return [link for text in words_of(block) for link in UNDEFINED_LINK.findall(text) if link not in message]


def stray_markup(block: nodes.Element, translation: str, message: str) -> list[str]:
    """Return the markup that a translation has as text, such as one backtick, unless it or the source means it."""
    found = dict.fromkeys(mark for text in words_of(block) for mark in STRAY_MARKUP.findall(text))
    return [mark for mark in found if mark not in message and f"\\{mark[0]}" not in translation]
