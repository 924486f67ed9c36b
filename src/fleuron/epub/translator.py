"""Pages as an EPUB has them: with the roles that reading systems open notes by."""

from __future__ import annotations

from typing import Any

from docutils import nodes

from fleuron.site.translator import PageTranslator

# DPUB-ARIA 1.1 roles, which docutils writes, and their terms in the EPUB structural vocabulary,
# on which some reading systems alone open a note in place.
EPUB_TYPES = {"doc-noteref": "noteref", "doc-footnote": "footnote", "doc-backlink": "backlink"}


class EpubTranslator(PageTranslator):
    """Write XHTML of the body of a page."""

    def starttag(
        self, node: nodes.Element, tagname: str, suffix: str = "\n", empty: bool = False, **attributes: Any
    ) -> str:
        role = attributes.get("role") or attributes.get("ROLE")
        if role in EPUB_TYPES:
            attributes["epub:type"] = EPUB_TYPES[role]
        return str(super().starttag(node, tagname, suffix, empty, **attributes))
