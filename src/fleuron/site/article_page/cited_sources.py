"""Link the notes of a page that cite the same source, and list the sources of an article with the notes on each.

An author's own list (`{bibliography}`) of an article is not repeated: its entries get the links.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from fleuron.csl.processor import Processor
from fleuron.editions.interface_words import attributes_as_html, interface_words
from fleuron.manuscript.records import publication_records
from fleuron.metadata.plain_text import shortened
from fleuron.notes.cited_sources import compiled_style, notes_domain
from fleuron.notes.note_nodes import REPEATED, NoteNodes, full_source, names_of, source_aid
from fleuron.notes.note_wording import NoteWording, merge_adjacent
from fleuron.notes.source_list import SOURCE_KEY, BibliographyListTransform, bibliography_entries
from fleuron.publication.language_tags import language_tag
from fleuron.site.article_page.actions import TEMPLATE
from fleuron.site.builder import SiteBuilder
from fleuron.site.site_translator import SiteTranslator

# The most letters of a title that stands for a source without authors.
TITLE_LENGTH = 40


@dataclass(frozen=True)
class CitingNote:
    """A note that cites a source: its number as it is printed, and the id of its first call."""

    number: str
    call: str


class citing_notes(source_aid):  # noqa: N801 (docutils spells its nodes so)
    """Links to the calls of notes that cite a source.

    ``before`` and ``after`` are the calls that surround a note, which has the links; ``notes`` all of a source.
    """


class article_sources(source_aid):  # noqa: N801 (docutils spells its nodes so)
    """The list of the sources of an article, which the press adds."""


class LinkCitedSources(SphinxPostTransform):
    """Insert the links between notes on one source, and the list of an article's sources."""

    default_priority = BibliographyListTransform.default_priority + 1
    builders = ("html",)

    def run(self, **kwargs: Any) -> None:
        builder = self.app.builder
        if not isinstance(builder, SiteBuilder) or not builder.has_template(TEMPLATE):
            return  # in another theme, which would not style them
        notes = [note for note in self.document.findall(nodes.footnote) if note["backrefs"]]
        citing = notes_by_source(notes)
        for note in notes:
            self.link_neighbours(note, citing)
        own = [entry for entry in self.document.findall(nodes.paragraph) if entry.get(SOURCE_KEY) in citing]
        for entry in own:
            entry += links_to_notes(citing[entry[SOURCE_KEY]])
        if citing and not own and self.env.current_document.docname in publication_records(self.env).articles:
            self.add_list(citing)

    def link_neighbours(self, note: nodes.footnote, citing: Mapping[str, Sequence[CitingNote]]) -> None:
        """Insert after the text of a note the links to the calls before and after it that cite the same source."""
        keys = sources_of(note)
        for key in (key for key in keys if len(citing[key]) > 1):
            numbers = [each.number for each in citing[key]]
            at = numbers.index(note[0].astext())
            before, after = citing[key][:at][-1:], citing[key][at + 1 :][:1]
            named = self.short_name(key) if len(keys) > 1 else []
            place = next((at for at, child in enumerate(note.children) if isinstance(child, full_source)), len(note))
            note.insert(place, citing_notes("", *named, before=before, after=after))

    def short_name(self, key: str) -> list[nodes.Node]:
        """Return the names of a source's authors as a short note has them, or else the beginning of its title."""
        items = notes_domain(self.env).items
        note_nodes = NoteNodes("", language_tag(self.config.language), 0)
        names = names_of(key, REPEATED, Processor(compiled_style(self.env), items), note_nodes)
        title = str(items[key].get("title-short") or items[key].get("title") or key)
        return names or [nodes.Text(shortened(title, TITLE_LENGTH))]

    def add_list(self, citing: Mapping[str, Sequence[CitingNote]]) -> None:
        """Insert the list before the biographies of the authors, or at the end of the article."""
        wording = NoteWording(language_tag(self.config.language))
        listing = article_sources(classes=["no-search"])  # the notes have the same words
        for entry in bibliography_entries(compiled_style(self.env), notes_domain(self.env).items, citing):
            words = merge_adjacent(wording.nodes_of(entry.runs))
            listing += nodes.paragraph("", "", *words, links_to_notes(citing[entry.id]), classes=["source"])
        if not len(listing):
            return
        ends = (each for each in self.document.findall(nodes.container) if "biographies" in each["classes"])
        if end := next(ends, None):
            end.parent.insert(end.parent.index(end), listing)
        else:
            (self.document.next_node(nodes.section) or self.document).append(listing)


def sources_of(note: nodes.footnote) -> list[str]:
    """Return the keys of the sources that a note cites, each once."""
    keys: list[str] = note.get("sources", [])
    return list(dict.fromkeys(keys))


def notes_by_source(notes: Sequence[nodes.footnote]) -> dict[str, list[CitingNote]]:
    """Return the notes that cite each source, in their order, by the key of the source."""
    citing: dict[str, list[CitingNote]] = {}
    for note in notes:
        for key in sources_of(note):
            citing.setdefault(key, []).append(CitingNote(note[0].astext(), note["backrefs"][0]))
    return citing


def links_to_notes(notes: Sequence[CitingNote]) -> citing_notes:
    """Build the links from an entry of a list to the calls of the notes that cite it."""
    return citing_notes("", before=[], after=[], notes=list(notes))


def visit_citing_notes(translator: SiteTranslator, node: citing_notes) -> None:
    """Begin the links, after the names of a source where a note cites several."""
    note = node.parent
    if isinstance(note, nodes.footnote) and not isinstance(node.previous_sibling(), source_aid):
        translator.body.append(translator.backlink(note))
    translator.body.append('<span class="citing-notes">')


def depart_citing_notes(translator: SiteTranslator, node: citing_notes) -> None:
    translator.body.append(" ".join(links_of(translator, node)) + "</span>\n")


def links_of(translator: SiteTranslator, node: citing_notes) -> Iterator[str]:
    """Yield the links of an element as HTML."""
    language = translator.edition_context.language
    word, attributes = interface_words(language), attributes_as_html(language)
    labels = {
        "before": word("Cited before in note {number}"),
        "after": word("Cited again in note {number}"),
        "notes": word("Note") + " {number}",
    }
    for place, label in labels.items():
        notes: list[CitingNote] = node.get(place, [])
        for note in notes:
            name = translator.attval(label.format(number=note.number))
            yield f'<a class="{place}" href="#{note.call}" aria-label="{name}"{attributes}>{note.number}</a>'


def visit_article_sources(translator: SiteTranslator, _node: article_sources) -> None:
    """Begin the list, which a reader opens without a script."""
    language = translator.edition_context.language
    title = interface_words(language)("Sources")
    translator.body.append(
        '<section class="article-sources" aria-labelledby="article-sources"><details>\n'
        f'<summary><h2 id="article-sources"{attributes_as_html(language)}>{translator.encode(title)}</h2></summary>\n'
        '<div class="bibliography" role="list">\n'
    )


def depart_article_sources(translator: SiteTranslator, _node: article_sources) -> None:
    translator.body.append("</div>\n</details></section>\n")


def setup(app: Sphinx) -> None:
    app.add_node(citing_notes, html=(visit_citing_notes, depart_citing_notes))
    app.add_node(article_sources, html=(visit_article_sources, depart_article_sources))
    app.add_post_transform(LinkCitedSources)
