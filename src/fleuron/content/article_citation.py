"""Format the citation of an article in the publication's own style (“Cite this article”)."""

from __future__ import annotations

from docutils import nodes

from fleuron.csl.processor import Processor
from fleuron.csl.rendering.citations import render_citation
from fleuron.csl.rendering.compiled_style import CompiledStyle
from fleuron.csl.rendering.context import Cite, Position
from fleuron.csl.text.runs import Run
from fleuron.metadata.citation_exports import csl_item
from fleuron.metadata.work import Work
from fleuron.notes.note_wording import NoteWording, merge_adjacent


def citation_runs(work: Work, style: CompiledStyle) -> tuple[Run, ...]:
    """Format the citation as an entry of the style's bibliography, or as a first note if the style has none."""
    item = csl_item(work)
    processor = Processor(style, {item["id"]: item})
    if style.bibliography is not None:
        return tuple(processor.render_bibliography([item["id"]])[0].runs)
    processor.register([item["id"]])
    return render_citation([(Cite(item["id"]), Position())], style, processor.context)


def citation_node(work: Work, style: CompiledStyle) -> nodes.inline:
    """Return the citation as a node; addresses in it are links."""
    return nodes.inline("", "", *merge_adjacent(NoteWording(work.language).nodes_of(citation_runs(work, style))))
