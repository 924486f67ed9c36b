"""“Cite this article”: the citation in the publication's own style, and the records to take home."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from fleuron.content.work_records import work_of
from fleuron.csl.processor import Processor
from fleuron.csl.rendering.citations import render_citation
from fleuron.csl.rendering.compiled_style import CompiledStyle
from fleuron.csl.rendering.context import Cite, Position
from fleuron.csl.text.runs import Run
from fleuron.metadata.citation_exports import csl_item, records_of
from fleuron.metadata.work import Work
from fleuron.notes.cited_sources import compiled_style
from fleuron.notes.note_wording import NoteWording, merge_adjacent
from fleuron.publication.document_names import is_article

if TYPE_CHECKING:
    from fleuron.site.builder import SiteBuilder


def citation(work: Work, compiled: CompiledStyle) -> tuple[Run, ...]:
    """Word the citation of an article as an entry of the style's list of sources, or else as a first note."""
    item = csl_item(work)
    processor = Processor(compiled, {item["id"]: item})
    if compiled.bibliography is not None:
        return tuple(processor.render_bibliography([item["id"]])[0].runs)
    processor.register([item["id"]])
    return render_citation([(Cite(item["id"]), Position())], compiled, processor.context)


def citation_node(work: Work, compiled: CompiledStyle) -> nodes.inline:
    """Set the citation of an article; an address in it is a link."""
    return nodes.inline("", "", *merge_adjacent(NoteWording(work.language).nodes_of(citation(work, compiled))))


def citation_html(builder: SiteBuilder, work: Work) -> str:
    """Set the citation of an article as HTML."""
    return builder.render_partial(citation_node(work, compiled_style(builder.env)))["fragment"]


def write_records(builder: SiteBuilder) -> None:
    """Lay the records of each article beside its page."""
    for document in builder.env.found_docs:
        if is_article(document):
            for ending, text in records_of(csl_item(work_of(builder, document))).items():
                path = Path(builder.outdir, f"{document}.{ending}")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8", newline="")
