"""Give what a directive makes the class and id that stand on the line above it, as other blocks have them.

MyST 5.2 reads `{.language-fa}` or `{#label}` above a directive, and drops it.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from docutils import nodes
from markdown_it.tree import SyntaxTreeNode
from myst_parser.mdit_to_docutils.base import DocutilsRenderer
from sphinx.addnodes import index
from sphinx.application import Sphinx

# What is not shown where it stands, and can carry no class for what is.
WITHOUT_CLASS = (nodes.Invisible, nodes.target, nodes.system_message, index)


def render_with_attributes(
    renderer: DocutilsRenderer, token: SyntaxTreeNode, name: str, arguments: str, **options: Any
) -> None:
    """Render a directive, as MyST does, and copy the attributes of its token to its nodes; the first has the id."""
    parent = renderer.current_node
    before = len(parent)
    RENDER_DIRECTIVE(renderer, token, name, arguments, **options)
    if options.get("additional_options") is not None:  # MyST has made them options of the directive
        return
    keys: tuple[str, ...] = ("class", "id")
    for node in parent.children[before:]:
        if isinstance(node, nodes.Element) and not isinstance(node, WITHOUT_CLASS):
            renderer.copy_attributes(token, node, keys)
            keys = ("class",)


RENDER_DIRECTIVE = DocutilsRenderer.render_directive
DIRECTIVE_WITH_ATTRIBUTES = wraps(RENDER_DIRECTIVE)(render_with_attributes)


def setup(app: Sphinx) -> None:
    """Let MyST's renderers, and those that other extensions derive from them, use `render_with_attributes`."""
    DocutilsRenderer.render_directive = DIRECTIVE_WITH_ATTRIBUTES  # type: ignore[method-assign, assignment]
