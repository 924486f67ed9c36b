"""References to pages: ``{page}`label` `` is a page's number in print, and the title of the place elsewhere."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole
from sphinx.util.nodes import set_role_source_info


class page_reference(nodes.Inline, nodes.TextElement):  # noqa: N801 (docutils spells its nodes so)
    """A reference to the page of what it leads to; it has a link in it, whose words a page's number stands in for."""


class PageRole(SphinxRole):
    """Refer to a label, which may be that of a section, a figure or a table, in any article."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return a reference like that of `{ref}`, marked as one to a page."""
        label = self.text.strip().lower()
        link = pending_xref(
            self.rawtext,
            nodes.inline(self.rawtext, label),
            refdoc=self.env.current_document.docname,
            refdomain="std",
            reftype="ref",
            reftarget=label,
            refexplicit=False,
            refwarn=True,
        )
        set_role_source_info(self.inliner, self.lineno, link)
        return [page_reference("", "", link)], []


def nothing(_self: Any, _node: page_reference) -> None:
    """Print the link alone."""


def setup(app: Sphinx) -> None:
    printed: dict[str, Any] = dict.fromkeys(("html", "text", "latex", "man", "texinfo"), (nothing, nothing))
    app.add_node(page_reference, **printed)
    app.add_role("page", PageRole())
