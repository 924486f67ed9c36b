"""Format the citation of an article, or of the volume, in the publication's own style (“Cite this article”)."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from fleuron.content.edition_context import EditionContext
from fleuron.content.work_records import editors_of, work_of
from fleuron.csl.processor import Processor
from fleuron.csl.rendering.citations import render_citation
from fleuron.csl.rendering.compiled_style import CompiledStyle
from fleuron.csl.rendering.context import Cite, Position
from fleuron.csl.text.runs import Run
from fleuron.metadata.citation_exports import Item, csl_item, literal, name_of
from fleuron.metadata.work import Work
from fleuron.notes.note_wording import NoteWording, merge_adjacent
from fleuron.publication.document_names import is_article

# A volume of more authors, and without editors, is cited by its title.
AUTHORS_OF_VOLUME = 3


def citation_runs(work: Work, style: CompiledStyle, pages: str = "") -> tuple[Run, ...]:
    """Format the citation of an article, with its ``pages`` where it is cited in print."""
    return runs_of(csl_item(work, pages), style)


def runs_of(item: Item, style: CompiledStyle) -> tuple[Run, ...]:
    """Format an item as an entry of the style's bibliography, or as a first note if the style has none."""
    processor = Processor(style, {item["id"]: item})
    if style.bibliography is not None:
        return tuple(processor.render_bibliography([item["id"]])[0].runs)
    processor.register([item["id"]])
    return render_citation([(Cite(item["id"]), Position())], style, processor.context)


def citation_node(work: Work, style: CompiledStyle, pages: str = "") -> nodes.inline:
    """Return the citation of an article as a node; addresses in it are links."""
    return nodes.inline("", "", *merge_adjacent(NoteWording(work.language).nodes_of(citation_runs(work, style, pages))))


def version_citation_node(work: Work, style: CompiledStyle) -> nodes.inline | None:
    """Return the citation of an article in one version: by the DOI of the version, or else by its address.

    It is None without a version on the web.
    """
    if not work.version_doi and not work.version_address:
        return None
    item = csl_item(work)
    item |= {"id": f"{item['id']}-{work.version}", "DOI": work.version_doi, "URL": work.version_address}
    item = {variable: value for variable, value in item.items() if value}
    return nodes.inline("", "", *merge_adjacent(NoteWording(work.language).nodes_of(runs_of(item, style))))


def volume_citation_node(context: EditionContext, volume: Sequence[str], style: CompiledStyle) -> nodes.inline:
    """Return the citation of a volume, given its documents, as a node."""
    runs = runs_of(volume_item(context, volume), style)
    return nodes.inline("", "", *merge_adjacent(NoteWording(context.edition.language).nodes_of(runs)))


def volume_item(context: EditionContext, volume: Sequence[str]) -> Item:
    """Return a volume as an item without empty variables."""
    told = context.config.fleuron_imprint
    works = [work_of(context, name) for name in volume if is_article(name)]
    authors = dict.fromkeys(author for work in works for author in work.signed_by)
    editors = editors_of(context)
    title = context.publication_title
    publisher = str(told.get("publisher") or context.config.author)
    texts = {
        "title": title,
        "publisher": "" if publisher == title else publisher,
        "publisher-place": told.get("place", ""),
        "collection-title": told.get("series", ""),
        "collection-number": told.get("number", ""),
    }
    item: Item = {"id": f"volume-{context.language}", "type": "book", "language": context.language}
    item |= {variable: literal(text) for variable, text in texts.items()}
    item |= {"ISBN": told.get("isbn", ""), "DOI": told.get("doi", "")}
    item["editor"] = [name_of(editor) for editor in editors]
    if not editors and len(authors) <= AUTHORS_OF_VOLUME:
        item["author"] = [name_of(author) for author in authors]
    if dates := [work.date for work in works if work.date]:
        item["issued"] = {"date-parts": [[max(dates).year]]}
    return {variable: value for variable, value in item.items() if value}
