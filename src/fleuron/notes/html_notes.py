"""Write notes as HTML: calls, notes and the links between them, with the roles of DPUB-ARIA 1.1."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from fleuron.editions.bidirectional import DirectedTranslator
from fleuron.editions.edition_names import current_edition
from fleuron.editions.interface_words import words
from fleuron.notes.note_nodes import full_source


class NoteTranslator(DirectedTranslator):
    """Write a note as its label, its text, the backlink, and the full source of a short note.

    A note is `doc-footnote`, its call `doc-noteref`, the backlink `doc-backlink`.
    """

    def visit_footnote_reference(self, node: nodes.Element) -> None:
        word = words(current_edition(self.config).language)
        attributes: dict[str, Any] = {"href": f"#{node['refid']}", "role": "doc-noteref"}
        attributes["aria-label"] = f"{word('Note')} {node.astext()}"
        self.body.append(self.starttag(node, "a", "", CLASS="footnote-reference", **attributes))

    def depart_footnote_reference(self, node: nodes.Element) -> None:
        self.body.append("</a>")

    def visit_footnote(self, node: nodes.Element) -> None:
        if not isinstance(node.previous_sibling(), nodes.footnote):
            self.body.append('<div class="footnote-list">\n')
        self.body.append(self.starttag(node, "aside", "", CLASS="footnote", role="doc-footnote"))

    def depart_footnote(self, node: nodes.Element) -> None:
        if node.next_node(full_source) is None:
            self.body.append(self.backlink(node))
        self.body.append("</aside>\n")
        if not isinstance(node.next_node(descend=False, siblings=True), nodes.footnote):
            self.body.append("</div>\n")

    def visit_label(self, node: nodes.label) -> None:
        if isinstance(node.parent, nodes.footnote):
            self.body.append(self.starttag(node, "span", "", CLASS="label"))
        else:
            super().visit_label(node)

    def depart_label(self, node: nodes.label) -> None:
        if isinstance(node.parent, nodes.footnote):
            self.body.append("</span>\n")
        else:
            super().depart_label(node)

    def open_full_source(self, note: nodes.Element | None) -> None:
        """Begin the full source of a short note, which a reader can open without a script."""
        word = words(current_edition(self.config).language)
        self.body.append(self.backlink(note))
        self.body.append('<details class="full-source"><summary>' + self.encode(word("Full source")) + "</summary>\n")

    def close_full_source(self) -> None:
        self.body.append("</details>\n")

    def backlink(self, note: nodes.Element | None) -> str:
        calls: list[str] = note.get("backrefs", []) if isinstance(note, nodes.footnote) else []
        if not calls:
            return ""
        # No line may break between the last word and the backlink.
        self.body[-1] = self.body[-1].rstrip("\n") + "\N{NO-BREAK SPACE}"
        word = words(current_edition(self.config).language)
        attributes: dict[str, Any] = {"href": f"#{calls[0]}", "role": "doc-backlink"}
        attributes["aria-label"] = word("Back to the text")
        return self.starttag(nodes.inline(), "a", "", CLASS="backlink", **attributes) + "↩\ufe0e</a>\n"


def skip(_self: Any, _node: full_source) -> None:
    raise nodes.SkipNode


def visit_in_html(self: HTML5Translator, node: full_source) -> None:
    if isinstance(self, NoteTranslator):
        self.open_full_source(node.parent)
    else:
        raise nodes.SkipNode


def depart_in_html(self: HTML5Translator, node: full_source) -> None:
    if isinstance(self, NoteTranslator):
        self.close_full_source()


def setup(app: Sphinx) -> None:
    others: dict[str, Any] = dict.fromkeys(("text", "latex", "man", "texinfo"), (skip, None))
    app.add_node(full_source, html=(visit_in_html, depart_in_html), **others)
