"""Write notes as HTML: calls, notes and the links between them, with the roles of DPUB-ARIA 1.1."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from fleuron.editions.bidirectional import BidirectionalTranslator
from fleuron.editions.edition_names import current_edition
from fleuron.editions.interface_words import interface_attributes, interface_marker, interface_words
from fleuron.notes.note_nodes import full_source, source_aid


class NoteTranslator(BidirectionalTranslator):
    """Write a note as its label, its text, the backlink, and the full source of a short note.

    A note is `doc-footnote`, its call `doc-noteref`, the backlink `doc-backlink`.
    """

    def visit_footnote_reference(self, node: nodes.Element) -> None:
        word = interface_words(current_edition(self.config).language)
        attributes: dict[str, Any] = {"href": f"#{node['refid']}", "role": "doc-noteref"}
        attributes["aria-label"] = f"{word('Note')} {node.astext()}"
        attributes |= interface_attributes(current_edition(self.config).language, "Note")
        self.body.append(self.starttag(node, "a", "", CLASS="footnote-reference", **attributes))

    def depart_footnote_reference(self, node: nodes.Element) -> None:
        self.body.append("</a>")

    def visit_footnote(self, node: nodes.Element) -> None:
        if not isinstance(node.previous_sibling(), nodes.footnote):
            self.body.append('<div class="footnote-list">\n')
        self.body.append(self.starttag(node, "aside", "", CLASS="footnote", role="doc-footnote"))

    def depart_footnote(self, node: nodes.Element) -> None:
        if not any(isinstance(child, full_source | source_aid) for child in node.children):
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
        if note is None or not any(isinstance(child, source_aid) for child in note.children):
            self.body.append(self.backlink(note))
        self.body.append(details_start(self))

    def close_full_source(self) -> None:
        self.body.append("</details>\n")

    def backlink(self, note: nodes.Element | None) -> str:
        calls: list[str] = note.get("backrefs", []) if isinstance(note, nodes.footnote) else []
        if not calls:
            return ""
        # No line may break between the last word and the backlink.
        self.body[-1] = self.body[-1].rstrip("\n") + "\N{NO-BREAK SPACE}"
        word = interface_words(current_edition(self.config).language)
        attributes: dict[str, Any] = {"href": f"#{calls[0]}", "role": "doc-backlink"}
        attributes["aria-label"] = word("Back to the text")
        attributes |= interface_attributes(current_edition(self.config).language, "Back to the text")
        return self.starttag(nodes.inline(), "a", "", CLASS="backlink", **attributes) + "↩\ufe0e</a>\n"


def visit_full_source(self: HTML5Translator, node: full_source) -> None:
    """Begin the full source; in another project's translator, the label of the note is its backlink."""
    if isinstance(self, NoteTranslator):
        self.open_full_source(node.parent)
    else:
        self.body.append(details_start(self))


def depart_full_source(self: HTML5Translator, node: full_source) -> None:
    if isinstance(self, NoteTranslator):
        self.close_full_source()
    else:
        self.body.append("</details>\n")


def details_start(translator: HTML5Translator) -> str:
    language = current_edition(translator.config).language
    summary = interface_marker(language)(interface_words(language)("Full source"))
    return f'<details class="full-source"><summary>{summary}</summary>\n'


def skip_full_source(_self: Any, _node: full_source) -> None:
    """Leave out the full source in a format whose readers cannot open it."""
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    others: dict[str, Any] = dict.fromkeys(("text", "latex", "man", "texinfo"), (skip_full_source, None))
    app.add_node(full_source, html=(visit_full_source, depart_full_source), **others)
