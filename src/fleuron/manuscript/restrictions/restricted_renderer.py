"""Render MyST without evaluating code in substitutions, and without including what is not in the publication."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from markdown_it.tree import SyntaxTreeNode
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.manuscript.file_access import RestrictedInclude, fault_of_file
from fleuron.manuscript.restrictions.expressions import is_harmless
from fleuron.reporting import report


class RestrictedRenderer(SphinxRenderer):
    """Renders as MyST does, except for what would run code or read other files."""

    def render_substitution(self, token: SyntaxTreeNode, inline: bool) -> None:
        """Render a substitution; one that is code is reported, and stays as it is written."""
        if is_harmless(token.content, {*self.md_config.substitutions}):
            super().render_substitution(token, inline)
            return
        written = f"{{{{{token.content}}}}}"
        line = token.map[0] if token.map else 1
        report(Finding(Diagnostic.CODE_IN_SUBSTITUTION, line, {"code": written}), self.document["source"])
        self.current_node.append(nodes.Text(written) if inline else nodes.paragraph(written, written))

    def run_directive(
        self, name: str, first_line: str, content: str, position: int, *options: Any, **named: Any
    ) -> list[nodes.Element]:
        """Run a directive; MyST 5.2 reads an included file by itself, whatever class the directive has."""
        kind = directives.directive(name, self.language_module_rst, self.document)[0]
        if kind is not None and issubclass(kind, RestrictedInclude) and self.sphinx_env is not None:
            if finding := fault_of_file(self.sphinx_env, first_line.strip(), position, is_utf8=False):
                report(finding, self.document["source"])
                return []
        return super().run_directive(name, first_line, content, position, *options, **named)
