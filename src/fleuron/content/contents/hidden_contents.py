"""Show what a hidden table of contents lists, as far as nothing else on its page leads there.

Sphinx's own themes show a hidden table of contents in a sidebar; a page without one would have no way to its documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from fleuron.content.contents.table_of_contents import SELF
from fleuron.publication.document_names import is_contributor
from fleuron.publication.reading_order import reading_order
from fleuron.sphinx_versions import application_of

# The builders whose pages are shown one by one, without a sidebar, in Fleuron's themes.
BUILDERS = ("html", "dirhtml", "epub")


class ShowHiddenContents(SphinxPostTransform):
    """Show hidden tables of contents at the end of the text before the page's sections, without what is linked."""

    default_priority = 950  # after all references have their addresses

    def run(self, **kwargs: Any) -> None:
        builder = application_of(self.env).builder
        if builder.name not in BUILDERS or (builder.name != "epub" and self.config.html_theme != "fleuron"):
            return
        tables = list(self.document.findall(addnodes.toctree))
        here, linked = self.env.current_document.docname, set(self.linked(tables))
        for table in tables:
            if not table.get("hidden"):
                continue
            shown = [
                (title, target)
                for title, target in table["entries"]
                if target != SELF and not is_contributor(target) and self.address(here, target) not in linked
            ]
            if shown:
                table["entries"], table["hidden"], table["titlesonly"] = shown, False, True
                move_after_text(table)

    def linked(self, tables: Sequence[addnodes.toctree]) -> Iterator[str]:
        """Yield the addresses to which a page leads, by links or by the tables of contents that it shows."""
        here = self.env.current_document.docname
        for link in self.document.findall(nodes.reference):
            yield str(link.get("refuri", "")).partition("#")[0] or str(link.get("refuri", ""))
        for table in tables:
            if not table.get("hidden"):
                for _title, target in table["entries"]:
                    for document in reading_order(target, self.env.toctree_includes):
                        yield self.address(here, document)

    def address(self, here: str, target: str) -> str:
        """Return the address of an entry of a table of contents."""
        return target if "://" in target else application_of(self.env).builder.get_relative_uri(here, target)


def move_after_text(table: addnodes.toctree) -> None:
    """Move a table of contents after the text of its section, before the sections in it."""
    wrapper = table.parent
    section = wrapper.parent
    if not isinstance(section, nodes.section | nodes.document):
        return
    section.remove(wrapper)
    inner = (place for place, child in enumerate(section.children) if isinstance(child, nodes.section))
    section.insert(next(inner, len(section.children)), wrapper)


def setup(app: Sphinx) -> None:
    app.add_post_transform(ShowHiddenContents)
