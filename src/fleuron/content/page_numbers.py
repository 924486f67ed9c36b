"""Mark the pages of the printed volume in a site or an EPUB, as far as the page plan of the last PDF fits the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docutils import nodes
from sphinx.environment import BuildEnvironment

from fleuron.manuscript.notices.printed_pages import bound_documents, valid_plan
from fleuron.manuscript.page_marks import mark_pages
from fleuron.publication.document_names import volume_anchor
from fleuron.publication.page_breaks import PageBreak
from fleuron.publication.page_plan import page_names


@dataclass(frozen=True)
class Folios:
    """The folios of a document's pages in the volume, and where each page but the first begins."""

    names: tuple[str, ...]
    breaks: tuple[PageBreak, ...]

    def mark(self, doctree: nodes.document) -> None:
        """Mark the beginnings of the pages in the document."""
        mark_pages(doctree, self.names[0], dict(zip(self.names[1:], self.breaks, strict=True)))


def folios_of(env: BuildEnvironment) -> Mapping[str, Folios]:
    """Return the pages of each document whose text is that of the last PDF."""
    documents = {volume_anchor(name): name for name in bound_documents(env)}
    matching = valid_plan(env)
    if not matching.runs:
        return {}
    folios = page_names(matching, documents)
    return {
        documents[name]: Folios(tuple(names), matching.runs[name].breaks) for name, names in folios.items() if names
    }
