"""Make of MyST's syntax nodes that Sphinx's translation finds with their sources, as it does those of paragraphs.

A text of ``{eval-rst}`` is marked, so that its translation is read as reStructuredText too.
Sphinx 9.0 gives no translator a text without a file, and of one without its markup only the words: MyST 5.2 leaves out
the file of a table's cells within notes and directives, and the markup of a field's name.
"""

from __future__ import annotations

from docutils import nodes
from docutils.parsers.rst.directives.body import Sidebar
from markdown_it.tree import SyntaxTreeNode
from sphinx.application import Sphinx
from sphinx.directives.other import Centered
from sphinx.writers.html5 import HTML5Translator

from fleuron.manuscript.restrictions.restricted_renderer import RestrictedRenderer

# The attribute of a text that is written in reStructuredText, in a document of MyST.
RESTRUCTURED = "is_restructured"


class struck_out(nodes.inline):  # noqa: N801
    """Words that are struck out; its class is what docutils calls the tag."""


def visit_struck_out(self: HTML5Translator, node: struck_out) -> None:
    self.body.append("<s>")


def depart_struck_out(self: HTML5Translator, node: struck_out) -> None:
    self.body.append("</s>")


class TextRenderer(RestrictedRenderer):
    """Renders texts with their sources, and ``~~words~~`` as an element: MyST warns of it, and makes raw HTML."""

    def render_s(self, token: SyntaxTreeNode) -> None:
        struck = struck_out(classes=["s"])
        self.add_line_and_source_path(struck, token)
        with self.current_node_context(struck, append=True):
            self.render_children(token)

    def render_table_row(self, token: SyntaxTreeNode) -> None:
        super().render_table_row(token)
        row = self.current_node[-1]
        assert isinstance(row, nodes.row)
        for cell in row.findall(nodes.paragraph):
            self.add_line_and_source_path(cell, token)

    def render_restructuredtext(self, token: SyntaxTreeNode) -> None:
        before = len(self.current_node)
        super().render_restructuredtext(token)
        for node in self.current_node[before:]:
            for text in node.findall(nodes.TextElement):
                text[RESTRUCTURED] = True

    def render_field_list(self, token: SyntaxTreeNode) -> None:
        super().render_field_list(token)
        fields = self.current_node[-1]
        assert isinstance(fields, nodes.field_list)
        sources = [
            name.children[0].content if name.children else ""
            for name in token.children or ()
            if name.type == "fieldlist_name"
        ]
        for field, source in zip(fields.children, sources, strict=False):
            field[0].rawsource = source  # type: ignore[index]


class CenteredWithSource(Centered):
    """Make a centred line, which Sphinx 9.0 gives translators without its markup."""

    def run(self) -> list[nodes.Node]:
        made = super().run()
        for line in made[:1]:
            assert isinstance(line, nodes.Element)
            line.rawsource = self.arguments[0]
            self.set_source_info(line)
        return made


class SidebarWithSource(Sidebar):
    """Make a sidebar, whose subtitle docutils 0.22 gives no source, so that Sphinx 9.0 gives translators none of it."""

    def run(self) -> list[nodes.Node]:
        made: list[nodes.Node] = super().run()  # type: ignore[no-untyped-call]  # docutils has no type for it
        for sidebar in made:
            for subtitle in sidebar.findall(nodes.subtitle):
                subtitle.source, subtitle.line = sidebar.source, sidebar.line
        return made


def setup(app: Sphinx) -> None:
    app.add_node(struck_out, html=(visit_struck_out, depart_struck_out))
    app.add_directive("centered", CenteredWithSource, override=True)
    app.add_directive("sidebar", SidebarWithSource, override=True)
