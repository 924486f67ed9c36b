"""Keep links within a text working: those to ids in an author's HTML, and none to ids that nothing has.

MyST 5.2 knows no ids in HTML, and makes of a link whose target is missing, which it reports, a link to an id that the
document does not have: an EPUB would be refused for it, and a PDF would lack its place.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from myst_parser.sphinx_ext.myst_refs import MystReferenceResolver
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import ReferencesResolver, SphinxPostTransform

TAG = re.compile(r"<[a-z][^<>]*>", re.IGNORECASE)
# The value of an id, up to its quotation mark; `name` is how old HTML writes it (HTML, 7.4.6.4).
ID = re.compile(r"""(\s(?:id|name)\s*=\s*["']?)([^\s"'<>]+)""", re.IGNORECASE)
LINK = re.compile(r"""(\shref\s*=\s*["']?#)([^\s"'<>]+)""", re.IGNORECASE)


def ids_in_html(document: nodes.document) -> set[str]:
    """Return the ids and names of the elements in the raw HTML of a document."""
    tags = (tag for raw in document.findall(nodes.raw) if is_html(raw) for tag in TAG.findall(raw.astext()))
    return {match[2] for tag in tags for match in ID.finditer(tag)}


def is_html(raw: nodes.raw) -> bool:
    return "html" in raw.get("format", "").split()


def prefix_ids_in_html(document: nodes.document, prefix: str) -> None:
    """Prefix the ids in the raw HTML of a document, and the links to them."""

    def prefixed(tag: re.Match[str]) -> str:
        return LINK.sub(rf"\g<1>{prefix}\g<2>", ID.sub(rf"\g<1>{prefix}\g<2>", tag[0]))

    for raw in document.findall(nodes.raw):
        if is_html(raw):
            # What is in a drawing refers to its own ids, in more ways than by links.
            tags = 1 if raw.get("is_drawing") else 0
            raw.children = [nodes.Text(TAG.sub(prefixed, raw.astext(), count=tags))]


class FindTargetsInHtml(SphinxPostTransform):
    """Let MyST find the targets of its links, `[words](#id)`, in raw HTML."""

    default_priority = MystReferenceResolver.default_priority - 1

    def run(self, **kwargs: Any) -> None:
        links = [link for link in self.document.findall(pending_xref) if link["reftype"] == "myst"]
        known = ids_in_html(self.document) if links else set()
        for link in links:
            if link["reftarget"] in known:
                link.setdefault("reflocalid", link["reftarget"])


class UnlinkMissingTargets(SphinxPostTransform):
    """Replace each link to an id that the document does not have by its words."""

    default_priority = ReferencesResolver.default_priority + 10

    def run(self, **kwargs: Any) -> None:
        links = [link for link in self.document.findall(nodes.reference) if link.get("refid")]
        if not links:
            return
        known = ids_in_html(self.document)
        known.update(*(element["ids"] for element in self.document.findall(nodes.Element)))
        for link in links:
            if link["refid"] not in known:
                link.replace_self(list(link.children))


def setup(app: Sphinx) -> None:
    app.add_post_transform(FindTargetsInHtml)
    app.add_post_transform(UnlinkMissingTargets)
