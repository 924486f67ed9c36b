"""Read the notebooks of myst_nb with our calls of notes: `extensions = ["myst_nb", "fleuron"]`."""

from __future__ import annotations

from functools import partial
from unittest.mock import patch

from docutils import nodes
from markdown_it import MarkdownIt
from myst_nb import sphinx_ as myst_nb_parsing
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from fleuron.notes.markup.calls import NoteCallParser, add_our_rules, leave_to_project, replace_own_references
from fleuron.notes.markup.pandoc_syntax import NoteRenderer


class NotebookRenderer(NoteRenderer, myst_nb_parsing.SphinxNbRenderer):  # type: ignore[misc]  # myst_nb is not typed here
    """Render the cells of a notebook, and the calls of notes in it."""


class NotebookParser(myst_nb_parsing.Parser, NoteCallParser):  # type: ignore[misc]
    """Parse notebooks, and other texts as `NoteCallParser` does."""

    def parse(self, inputstring: str, document: nodes.document) -> None:
        # myst_nb 1.4 has no hook for rules.
        with patch.object(myst_nb_parsing, "create_md_parser", partial(notebook_markdown_parser, document)):
            super().parse(inputstring, document)
        replace_own_references(document)


def notebook_markdown_parser(document: nodes.document, config: MdParserConfig, _renderer: type) -> MarkdownIt:
    parser = create_md_parser(config, NotebookRenderer)
    add_our_rules(parser)
    leave_to_project(parser, document)
    return parser
