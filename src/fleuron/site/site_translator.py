"""Write the HTML of a site's page: notes in the margin, and links from sections to the other editions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.builders import Builder

from fleuron.content.edition_context import edition_context
from fleuron.content.html_translator import PageTranslator
from fleuron.manuscript.page_marks import folio
from fleuron.manuscript.passages import COUNTERPART
from fleuron.publication.edition import Edition
from fleuron.site.article_page.enlarged_pictures import enlarged
from fleuron.site.article_page.tables_as_rows import AS_ROWS, column_names, table_attributes
from fleuron.site.margin_notes import call_style, mark_style, note_style

# The attribute of an element with the number that its passage has in every edition.
PASSAGE_ATTRIBUTE = "data-p"


class SiteTranslator(PageTranslator):
    """Write a page of the site, with notes in the margin and links from sections to the other editions."""

    def __init__(self, document: nodes.document, builder: Builder) -> None:
        super().__init__(document, builder)
        self.edition_context = edition_context(builder.env, builder.config)
        self.note_before = ""
        self.mark_before = ""
        # The ids that passages have on this page.
        self.linked_passages: set[str] = set()
        # How many pictures so far can be enlarged.
        self.pictures = 0
        # The names of the columns of the table that is being written, if a phone shows it as rows.
        self.column_names: tuple[str, ...] = ()

    def visit_Text(self, node: nodes.Text) -> None:  # noqa: N802 (docutils spells it so)
        """Let a printed address break after its slashes, without adding characters to a copy of it."""
        if isinstance(node.parent, nodes.reference) and "://" in node.astext():
            self.body.append("/<wbr>".join(self.encode(part) for part in node.astext().split("/")))
        else:
            super().visit_Text(node)

    def visit_table(self, node: nodes.table) -> None:
        # A table too wide for a phone scrolls by itself, also for those who use a keyboard.
        self.body.append('<div class="table-wrapper" role="group" tabindex="0">\n')
        if names := column_names(node):
            self.column_names = names
            node["classes"].append(AS_ROWS)
        super().visit_table(node)

    def depart_table(self, node: nodes.table) -> None:
        super().depart_table(node)
        self.column_names = ()
        self.body.append("</div>\n")

    def visit_image(self, node: nodes.image) -> None:
        super().visit_image(node)
        is_styled = self.config.html_theme == "fleuron"  # another theme would show a button without a sign
        if is_styled and isinstance(node.parent, nodes.figure) and self.body[-1].startswith("<img "):
            self.pictures += 1
            # No space between them: the button stands in the corner of the picture.
            self.body[-1] = self.body[-1].rstrip("\n")
            self.body.append(enlarged(self.body[-1], self.pictures, self.edition_context.language))

    def has_links_to_editions(self, node: nodes.Node) -> bool:
        """Return whether a title is that of a section below the page's own that other editions have as well."""
        section = node.parent
        inner = isinstance(section, nodes.section) and isinstance(section.parent, nodes.section)
        return inner and bool(section["ids"]) and bool(self.other_editions())

    def other_editions(self) -> list[str]:
        """List the editions that are built along with this one and have the page, and so the same sections."""
        context = self.edition_context
        others = context.editions_with(self.builder.current_docname)
        return [language for language in context.built if language != context.language and language in others]

    def visit_title(self, node: nodes.title) -> None:
        if self.has_links_to_editions(node):
            self.body.append('<div class="section-head">\n')
        super().visit_title(node)

    def depart_title(self, node: nodes.title) -> None:
        super().depart_title(node)
        if self.has_links_to_editions(node):
            self.body.append(f'<p class="elsewhere">{" ".join(self.links_to_editions(node.parent))}</p>\n</div>\n')

    def links_to_editions(self, section: nodes.Element) -> Iterator[str]:
        """Link the same section in the other editions; its id is made from the source's heading in all."""
        page, addresses = self.builder.current_docname, self.edition_context.addresses
        for language in self.other_editions():
            address = f"{addresses.relative_page(page, page, language)}#{quote(section['ids'][0])}"
            name = self.encode(Edition(language).name)
            yield f'<a href="{self.attval(address)}" hreflang="{language}" lang="{language}">{name}</a>'

    def starttag(
        self, node: nodes.Element, tagname: str, suffix: str = "\n", empty: bool = False, **attributes: Any
    ) -> str:
        # Extensions look for the titles of their own admonitions in what is written (sphinx_proof 0.4).
        is_title_of_block = isinstance(node, nodes.title) and not isinstance(node.parent, nodes.section)
        if COUNTERPART in node and len(self.edition_context.languages) > 1 and not is_title_of_block:
            attributes[PASSAGE_ATTRIBUTE] = str(node[COUNTERPART])
        if self.column_names:
            attributes |= table_attributes(node, self.column_names)
        if passage := self.passage_id(node):
            attributes["ids"] = [passage]
        if isinstance(node, nodes.footnote_reference) and node["ids"]:
            attributes["style"] = call_style(node.astext())
        elif isinstance(node, nodes.footnote):
            label = node[0].astext()
            attributes["style"], self.note_before = note_style(label, self.note_before), label
        elif isinstance(node, folio):
            name = "".join(filter(str.isalnum, node["name"]))
            attributes["style"], self.mark_before = mark_style(name, self.mark_before), name
        elif isinstance(node, nodes.reference) and "hreflang" in node:
            attributes["hreflang"] = node["hreflang"]
        return str(super().starttag(node, tagname, suffix, empty, **attributes))

    def passage_id(self, node: nodes.Element) -> str:
        """Return the id by which a paragraph can be linked, the same in every edition; "" for what has none.

        Its number is that of the passage in the source, as on the pages with two languages.
        """
        if not isinstance(node, nodes.paragraph) or COUNTERPART not in node or is_within_note_or_cell(node):
            return ""
        identifier = f"p{node[COUNTERPART]}"
        if identifier in self.document.ids or identifier in self.linked_passages:
            return ""
        self.linked_passages.add(identifier)
        return identifier


def is_within_note_or_cell(node: nodes.Element) -> bool:
    """Return whether a paragraph is in a note, in a cell of a table, or in the list of keywords."""
    around: nodes.Element | None = node.parent
    while around is not None:
        if isinstance(around, nodes.footnote | nodes.entry) or "keywords" in around.get("classes", ()):
            return True
        around = around.parent
    return False
