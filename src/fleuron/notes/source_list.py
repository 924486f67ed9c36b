"""Make bibliographies (`{bibliography}`) in the style of the notes, in the alphabetical order of the language.

sphinxcontrib-bibtex decides which sources a list has, and gives each the id that `{cite}` links
to; its pybtex styles are English, and they lower-case titles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from docutils import nodes
from pybtex.richtext import Text as RichText
from pybtex.style import FormattedEntry
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinxcontrib.bibtex.directives import BibliographyDirective, BibliographyKey, BibliographyValue
from sphinxcontrib.bibtex.domain import BibtexDomain, Citation, get_docnames
from sphinxcontrib.bibtex.nodes import bibliography
from sphinxcontrib.bibtex.transforms import BibliographyTransform

from fleuron.adopted import is_other_project
from fleuron.adopted.citations import entries_of_bibtex, keeps_citations
from fleuron.csl.processor import Processor
from fleuron.csl.rendering.bibliography import BibliographyEntry
from fleuron.csl.rendering.citations import render_citation
from fleuron.csl.rendering.compiled_style import CompiledStyle
from fleuron.csl.rendering.context import Cite, Position
from fleuron.csl.text.collation import collation_key
from fleuron.csl.text.runs import plain
from fleuron.notes.cited_sources import compiled_style, notes_domain
from fleuron.notes.note_nodes import source_listing
from fleuron.notes.note_wording import NoteWording, merge_adjacent
from fleuron.notes.sources import Item
from fleuron.notes.text_citations import CiteGroups, cite_groups
from fleuron.publication.document_names import is_article
from fleuron.publication.language_tags import language_tag
from fleuron.sphinx_versions import application_of

logger = logging.getLogger(__name__)
# The attribute of an entry with the key of its source.
SOURCE_KEY = "source-key"
# The options of the directive that say which sources a list has.
OPTIONS_OF_SELECTION = frozenset({"all", "cited", "notcited", "filter"})


class BibliographyDomain(BibtexDomain):
    """sphinxcontrib-bibtex's domain, which does not end at an entry that its pybtex style does not know."""

    def env_updated(self) -> list[str]:
        """List the sources of each bibliography; a source may be in the lists of several documents.

        sphinxcontrib-bibtex 2.7 warns of that, though it looks for a source in the document's own list first.
        """
        if keeps_citations(self.env):
            with entries_of_bibtex(self):
                return list(super().env_updated())
        self.citations.clear()
        documents = list(get_docnames(self.env))  # type: ignore[no-untyped-call]
        listed: set[tuple[str, str]] = set()
        for place, value in self.bibliographies.items():
            for entry, formatted, tooltip in self.get_formatted_entries(place, documents, False, ""):
                key = value.keyprefix + formatted.key
                if value.list_ == "citation" and (place.docname, key) in listed:
                    logger.warning(
                        "two lists of this document have the source “%s”",
                        key,
                        location=(place.docname, value.line),
                        type="bibtex",
                        subtype="duplicate_local_citation",
                    )
                elif value.list_ == "citation":
                    listed.add((place.docname, key))
                identifier = value.citation_nodes[key]["ids"][0]
                self.citations.append(Citation(identifier, place, key, entry, formatted, tooltip))
        return []

    def get_formatted_entries(
        self, bibliography_key: BibliographyKey, docnames: list[str], tooltips: bool, tooltips_style: str
    ) -> Iterable[tuple[Any, FormattedEntry, FormattedEntry | None]]:
        """Yield each entry with nothing but the label that a `{cite}` prints: letters of the names and the year.

        A source has the same label in all lists with the same prefix.
        """
        if keeps_citations(self.env):
            yield from super().get_formatted_entries(bibliography_key, docnames, tooltips, tooltips_style)
            return
        entries = dict(self.get_sorted_entries(bibliography_key, docnames))
        value = self.bibliographies[bibliography_key]
        cited = {*self.get_all_cited_keys(docnames)}  # type: ignore[no-untyped-call]
        labelled = {entry.key: entry for entry in self.get_entries(value.bibfiles) if entry.key in cited}
        labelled |= {entry.key: entry for entry in entries.values()}
        labels: dict[str, int] = {}
        for key, entry in sorted(labelled.items(), key=lambda item: str(item[0])):
            label = value.labelprefix + label_of(entry)
            labels[label] = labels.get(label, 0) + 1
            if labels[label] > 1:
                label += chr(ord("a") + labels[label] - 1)
            if entry in entries.values():
                yield entry, FormattedEntry(key, RichText(), label), None


class BibliographyOfArticle(BibliographyDirective):
    """The directive ``bibliography``; in an article, it lists what that article cites, unless its options say else."""

    def run(self) -> list[nodes.Node]:
        if (
            not is_other_project(application_of(self.env))
            and is_article(self.env.current_document.docname)
            and not OPTIONS_OF_SELECTION & self.options.keys()
        ):
            self.options["filter"] = "docname in docnames"
        return cast(list[nodes.Node], super().run())


def label_of(entry: Any) -> str:
    """Return the label of an entry: initials of its authors' names, or letters of its title, and the year."""
    persons: list[Any] = next((entry.persons[role] for role in ("author", "editor") if entry.persons.get(role)), [])
    names = ["".join(person.last_names).strip("{}") for person in persons]
    letters = names[0][:3] if len(names) == 1 else "".join(name[:1] for name in names[:3])
    letters = letters or str(entry.fields.get("title", entry.key)).strip("{}")[:3]
    year = re.search("[0-9]{4}", str(entry.fields.get("year") or entry.fields.get("date") or ""))
    return letters + (year[0][-2:] if year else "")


class BibliographyListTransform(SphinxPostTransform):
    """Replace each `{bibliography}` by its list before sphinxcontrib-bibtex does."""

    default_priority = BibliographyTransform.default_priority - 1

    def run(self, **kwargs: Any) -> None:
        if keeps_citations(self.env):
            return
        domain = cast(BibtexDomain, self.env.get_domain("cite"))
        for place in list(self.document.findall(bibliography)):
            key = BibliographyKey(docname=place["docname"], id_=place["ids"][0])
            citations = [citation for citation in domain.citations if citation.bibliography_key == key]
            place.replace_self(self.list_of(citations, domain.bibliographies[key], domain, place["ids"]))

    def list_of(
        self, citations: Sequence[Citation], value: BibliographyValue, domain: BibtexDomain, ids: list[str]
    ) -> nodes.Element:
        """Build the list of some citations; ``value`` has the options of the directive."""
        by_key = {str(citation.entry.key): citation for citation in citations}
        list_types: dict[str, type[nodes.Element]] = {"enumerated": nodes.enumerated_list, "bullet": nodes.bullet_list}
        listing = list_types.get(value.list_, source_listing)()
        listing["classes"].append("bibliography")
        listing["ids"] = list(ids)
        if value.list_ == "enumerated":
            listing["enumtype"], listing["start"] = value.enumtype, max(value.start, 1)
        groups = cite_groups(self.env)
        cited = cited_in_text(self.env, domain)
        # Texts name a source with the prefix of the list that has it.
        in_text = {key for key, citation in by_key.items() if citation.key in cited}
        # A style for citations in the text has no other labels than its own.
        labelled = set() if groups else in_text
        wording = NoteWording(language_tag(self.config.language))
        for entry in self.entries(by_key, groups):
            # A source of which the style prints nothing is left out, unless a `{cite}` links to it.
            if not entry.runs and entry.id not in in_text:
                continue
            citation = by_key[entry.id]
            paragraph = nodes.paragraph("", "", *merge_adjacent(wording.nodes_of(entry.runs)), classes=["source"])
            paragraph[SOURCE_KEY] = entry.id
            listing.append(self.item(citation, value, paragraph, entry.id in labelled))
        return listing

    def entries(self, keys: Iterable[str], groups: CiteGroups | None) -> list[BibliographyEntry]:
        """Word entries in the style of citations in the text, if there is one with a bibliography, or of the notes."""
        if groups and groups.compiled.bibliography is not None:
            processor = groups.processor_of(self.env.current_document.docname)
            return [entry for entry in processor.render_bibliography() if entry.id in keys]
        return bibliography_entries(compiled_style(self.env), notes_domain(self.env).items, keys)

    def item(
        self, citation: Citation, value: BibliographyValue, paragraph: nodes.paragraph, labelled: bool
    ) -> nodes.Element:
        """Build an entry of a list; it has a label only if a `{cite}` in a text prints it."""
        node = value.citation_nodes[citation.key]
        if value.list_ in ("enumerated", "bullet"):
            return nodes.list_item("", paragraph, ids=list(node["ids"]))
        if not labelled:
            paragraph["ids"] = list(node["ids"])
            return paragraph
        label = nodes.label("", citation.formatted_entry.label, support_smartquotes=False)
        return nodes.citation("", label, paragraph, ids=list(node["ids"]), docname=citation.bibliography_key.docname)


def bibliography_entries(
    compiled: CompiledStyle, items: Mapping[str, Item], keys: Iterable[str]
) -> list[BibliographyEntry]:
    """Word the entries in the style's order; a style without a bibliography lists its full citations."""
    known = sorted(key for key in keys if key in items)
    processor = Processor(compiled, items)
    if compiled.bibliography is not None:
        return processor.render_bibliography(known)
    processor.register(known)
    entries = [
        BibliographyEntry(key, render_citation([(Cite(key), Position())], compiled, processor.context)) for key in known
    ]
    language = compiled.locale.language
    return sorted(entries, key=lambda entry: collation_key(plain(entry.runs).lstrip("“«‘\"'"), language))


def cited_in_text(env: BuildEnvironment, domain: BibtexDomain) -> set[str]:
    """Return the keys that `{cite}` cites; those of note calls are in the same list."""
    return {
        str(target.key)
        for reference in domain.citation_refs
        if not reference.citation_ref_id.startswith("call-")
        for target in reference.targets
    }


def pages_with_lists(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """List the pages with a list of sources, to be written by every build: what is cited may have changed."""
    domain = cast(BibtexDomain, env.get_domain("cite"))
    pages = {key.docname for key in domain.bibliographies}
    return sorted(pages & set(env.found_docs)) if notes_domain(env).cited else []


def setup(app: Sphinx) -> None:
    app.add_node(source_listing)
    app.add_domain(BibliographyDomain, override=True)
    app.add_post_transform(BibliographyListTransform)
    app.connect("env-updated", pages_with_lists)
