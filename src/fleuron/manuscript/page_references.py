"""The role ``{page}`label` ``: a reference that shows a page number in the PDF, and a title in other formats."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole
from sphinx.util.nodes import set_role_source_info


class page_reference(nodes.Inline, nodes.TextElement):  # noqa: N801 (docutils spells its nodes so)
    """A reference to the page of its target; it contains a link, whose text the PDF replaces with a page number."""


class PageRole(SphinxRole):
    """Refer to the page of a label: that of a section, a figure or a table, in any article."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return a reference like that of ``{ref}``, in a `page_reference`."""
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


def name_other_pages(doctree: nodes.document, anchors: Collection[str]) -> None:
    """Replace references to pages of documents that are not in the volume, by their anchors, by links with titles.

    Such a page has no folio in it.
    """
    for place in list(doctree.findall(page_reference)):
        link = place.next_node(nodes.reference)
        address = str(link.get("refuri", "")) if link is not None else ""
        if address and address.removeprefix("#").split("#")[0] not in anchors:
            place.replace_self(list(place.children))


def write_nothing(_self: Any, _node: page_reference) -> None:
    """Write no markup of its own: the link in it is written."""


def setup(app: Sphinx) -> None:
    writers: dict[str, Any] = dict.fromkeys(("html", "text", "latex", "man", "texinfo"), (write_nothing, write_nothing))
    app.add_node(page_reference, **writers)
    app.add_role("page", PageRole())
