"""Word citations in the text (`{cite}`) in a CSL style, author-date or numeric, each a link to its list of sources.

sphinxcontrib-bibtex parses the roles, and knows which documents have lists. Sources are numbered, and told apart
by letters after their years, among those that are cited together: all that link to one document's lists, or, where no
list has them, those of one document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import ReferencesResolver, SphinxPostTransform
from sphinx.util.nodes import make_refnode
from sphinxcontrib.bibtex.domain import BibtexDomain, Citation, get_docnames

from fleuron.adopted.citations import keeps_citations
from fleuron.csl.processor import Processor
from fleuron.csl.rendering.citations import render_citation
from fleuron.csl.rendering.compiled_style import CompiledStyle
from fleuron.csl.rendering.context import Cite, Position
from fleuron.csl.rendering.positions import Citation as TextCitation
from fleuron.csl.rendering.positions import positions
from fleuron.csl.text.runs import Run
from fleuron.csl.text.text_case import upper
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.diagnostics.similar_names import did_you_mean
from fleuron.manuscript.source_positions import position_of_words
from fleuron.notes.cited_sources import compiled_style, notes_domain
from fleuron.notes.markup.citation_syntax import csl_cite, parse_citation
from fleuron.notes.note_nodes import REPEATED, join_in_language
from fleuron.notes.note_wording import NoteWording, merge_adjacent
from fleuron.publication.document_names import is_article
from fleuron.publication.language_tags import language_tag
from fleuron.reporting import report
from fleuron.sphinx_versions import application_of

TEXTUAL = ("t", "ts", "ct", "cts")
NAMES = ("author", "authors", "cauthor", "cauthors", "authorpar", "authorpars")
NAMES_IN_BRACKETS = ("authorpar", "authorpars")
YEAR = ("year", "yearpar")
# Roles for the beginning of a sentence: “Van Helden (2001)”.
CAPITALISED = ("ct", "cts", "cauthor", "cauthors")
WITHOUT_BRACKETS = ("alp", "alps", "year")
ADDRESS = "#source-"


def cite_style(env: BuildEnvironment) -> CompiledStyle | None:
    """Return the compiled style of citations in the text of the edition that is being built; None if it has none."""
    return notes_domain(env).styles.cite_style_of(env.config)


def bibtex_domain(env: BuildEnvironment) -> BibtexDomain:
    return cast(BibtexDomain, env.get_domain("cite"))


class CiteGroups:
    """The groups of an edition's citations in the text, by the document whose lists they link to."""

    def __init__(self, env: BuildEnvironment, compiled: CompiledStyle) -> None:
        domain = bibtex_domain(env)
        self.compiled = compiled
        self.items = notes_domain(env).items
        self.local: dict[tuple[str, str], Citation] = {}
        self.anywhere: dict[str, Citation] = {}
        # The list of an article has what that article cites; any other may be the publication's.
        for citation in sorted(domain.citations, key=lambda each: is_article(each.bibliography_key.docname)):
            key = str(citation.entry.key)
            self.local.setdefault((citation.bibliography_key.docname, key), citation)
            self.anywhere.setdefault(key, citation)
        cited: dict[str, list[str]] = {}
        for reference in domain.citation_refs:
            if not reference.citation_ref_id.startswith("call-"):  # the id of a note's call
                cited.setdefault(reference.docname, []).extend(target.key for target in reference.targets)
        self.keys: dict[str, dict[str, None]] = {}
        for document in get_docnames(env):  # type: ignore[no-untyped-call]
            for key in cited.get(document, ()):
                self.keys.setdefault(self.holder_of(document, key), {})[key] = None
        for holder, key in self.local:
            self.keys.setdefault(holder, {})[key] = None
        self.processors: dict[str, Processor] = {}

    def citation_of(self, document: str, key: str) -> Citation | None:
        """Return the entry of a list that a cite in a document links to: in its own lists, or in another's."""
        return self.local.get((document, key)) or self.anywhere.get(key)

    def holder_of(self, document: str, key: str) -> str:
        """Return the document whose lists have a source that a document cites; itself if there is none."""
        citation = self.citation_of(document, key)
        return citation.bibliography_key.docname if citation else document

    def processor_of(self, holder: str) -> Processor:
        """Return a processor for the sources that link to the lists of a document, in the order of first citation."""
        if holder not in self.processors:
            self.processors[holder] = Processor(self.compiled, self.items)
            self.processors[holder].register(self.keys.get(holder, ()))
        return self.processors[holder]


def cite_groups(env: BuildEnvironment) -> CiteGroups | None:
    """Return the groups of an edition's citations in the text; None if no style is chosen for them."""
    compiled = cite_style(env)
    if compiled is None:
        return None
    domain = notes_domain(env)
    if domain.cite_groups is None:
        domain.cite_groups = CiteGroups(env, compiled)
    return cast(CiteGroups, domain.cite_groups)


class TextCitationWording(NoteWording):
    """Convert the runs of citations in a text, in which each cite links to its source."""

    def __init__(self, language: str, link_to: Callable[[str], nodes.reference]) -> None:
        super().__init__(language)
        self.link_to = link_to

    def link(self, address: str, children: list[nodes.Node]) -> nodes.Node:
        if not address.startswith(ADDRESS):
            return super().link(address, children)
        reference = self.link_to(address.removeprefix(ADDRESS))
        reference.children = []
        reference.extend(children)
        return reference


class TextCitations(SphinxPostTransform):
    """Replace each citation in a text by its words, before sphinxcontrib-bibtex puts its labels there."""

    default_priority = ReferencesResolver.default_priority - 5

    def run(self, **kwargs: Any) -> None:
        roles = [node for node in self.document.findall(pending_xref) if node.get("refdomain") == "cite"]
        if not roles or keeps_citations(self.env):
            return
        self.name = self.env.current_document.docname
        groups = cite_groups(self.env)
        if groups is None:
            self.report_unlisted(roles)
            return
        self.groups = groups
        citations = [TextCitation(tuple(self.known_cites(node))) for node in roles]
        near = groups.compiled.citation.number("near-note-distance", 5)
        for node, citation, places in zip(roles, citations, positions(citations, near), strict=True):
            words = self.words_of(node["reftype"], citation.cites, places)
            printed = nodes.inline("", "", *words, classes=["citation-in-text"], ids=list(node["ids"]))
            if node["reftype"] in CAPITALISED:
                capitalise(printed, self.edition_language)
            node.replace_self(printed)

    def report_unlisted(self, roles: Sequence[pending_xref]) -> None:
        """Report sources that no list has, where citations are labels; sphinxcontrib-bibtex calls them unknown."""
        items = notes_domain(self.env).items
        listed = {str(citation.entry.key) for citation in bibtex_domain(self.env).citations}
        for node in roles:
            keys = [cite.key for cite in parse_citation(node["reftarget"])[0]]
            if keys and all(key in items and key not in listed for key in keys):
                for key in keys:
                    self.report(Diagnostic.UNLISTED_SOURCE, node, key, key=key)
                node.replace_self(nodes.inline("", f"[{', '.join(keys)}]", ids=list(node["ids"])))

    def known_cites(self, node: pending_xref) -> Iterator[Cite]:
        """Yield the cites of a role whose sources are known, and report the others and what cannot be read."""
        cites, problems = parse_citation(node["reftarget"])
        for problem in problems:
            self.report(Diagnostic.BAD_CITATION, node, problem.text, citation=problem.text, advice=problem.advice)
        for cite in cites:
            if cite.key in self.groups.items:
                yield csl_cite(cite)
                if node["reftype"] != "empty" and not self.groups.citation_of(self.name, cite.key):
                    self.report(Diagnostic.UNLISTED_SOURCE, node, cite.key, key=cite.key)
            else:
                near = did_you_mean(cite.key, self.groups.items)
                self.report(Diagnostic.UNKNOWN_SOURCE, node, cite.key, key=cite.key, suggestion=near)

    def report(self, diagnostic: Diagnostic, node: nodes.Node, text: str, **values: str) -> None:
        path, line = position_of_words(self.env, self.name, node, text)
        report(Finding(diagnostic, line, values), path)

    def words_of(self, role: str, cites: Sequence[Cite], places: Sequence[Position]) -> list[nodes.Node]:
        """Return the words of a role: in brackets, or with the names of the authors in the sentence."""
        if role == "empty" or not cites:
            return []
        if role in TEXTUAL:
            parts = [self.textual(cite, place) for cite, place in zip(cites, places, strict=True)]
            return join_in_language(parts, self.edition_language)
        if role in NAMES:
            names = join_in_language([self.names(cite) for cite in cites], self.edition_language)
            return [nodes.Text("("), *names, nodes.Text(")")] if role in NAMES_IN_BRACKETS else names
        if role in YEAR:
            cites = [replace(cite, suppress_author=True) for cite in cites]
        words: list[nodes.Node] = []
        # Numbers of two lists do not stand within one pair of brackets.
        for _holder, run in groupby(zip(cites, places, strict=True), lambda placed: self.holder_of(placed[0])):
            words += [nodes.Text(" ")] if words else []
            words += self.in_brackets(list(run), without_brackets=role in WITHOUT_BRACKETS)
        return words

    def in_brackets(self, placed: Sequence[tuple[Cite, Position]], *, without_brackets: bool) -> list[nodes.Node]:
        """Return the words of cites that link to the lists of one document."""
        processor, by_cite = self.processor_of(placed[0][0]), dict(placed)
        sorted_cites = processor.sort_cites(TextCitation(tuple(cite for cite, _ in placed))).cites
        compiled = style_without_brackets(processor.compiled) if without_brackets else processor.compiled
        in_order = [(cite, by_cite[cite]) for cite in sorted_cites]
        return self.nodes_of(render_citation(in_order, compiled, processor.context, self.address_of))

    def textual(self, cite: Cite, place: Position) -> list[nodes.Node]:
        """Return the names of a source's authors, and after them the rest of the cite."""
        names, processor = self.names(cite), self.processor_of(cite)
        rest = replace(cite, prefix="", suppress_author=bool(names))
        runs = render_citation([(rest, place)], processor.compiled, processor.context, self.address_of)
        before = [nodes.Text(cite.prefix)] if cite.prefix else []
        return [*before, *names, *([nodes.Text(" ")] if names else []), *self.nodes_of(runs)]

    def names(self, cite: Cite) -> list[nodes.Node]:
        """Return the names of a source's authors as the style has them; as the notes have them if it is numeric."""
        for processor in (self.processor_of(cite), Processor(compiled_style(self.env), self.groups.items)):
            alone = [(Cite(cite.id, author_only=True), REPEATED)]
            if runs := render_citation(alone, processor.compiled, processor.context):
                return self.nodes_of(runs)
        return []

    def holder_of(self, cite: Cite) -> str:
        return self.groups.holder_of(self.name, cite.id)

    def processor_of(self, cite: Cite) -> Processor:
        return self.groups.processor_of(self.holder_of(cite))

    @property
    def edition_language(self) -> str:
        return language_tag(self.config.language)

    def address_of(self, cite: Cite) -> str:
        return f"{ADDRESS}{cite.id}" if self.groups.citation_of(self.name, cite.id) else ""

    def nodes_of(self, runs: Sequence[Run]) -> list[nodes.Node]:
        return merge_adjacent(TextCitationWording(self.edition_language, self.link_to).nodes_of(runs))

    def link_to(self, key: str) -> nodes.reference:
        """Return a link to the entry of a source in the list that a cite links to."""
        citation = self.groups.citation_of(self.name, key)
        assert citation is not None
        holder = citation.bibliography_key.docname
        return make_refnode(application_of(self.env).builder, self.name, holder, citation.citation_id, nodes.inline())


def capitalise(citation: nodes.inline, language: str) -> None:
    """Begin a citation with a capital, as a language has it (“İ” in Turkish)."""
    first = next((text for text in citation.findall(nodes.Text) if text.strip()), None)
    if first is not None:
        first.parent.replace(first, nodes.Text(upper(first[:1], language) + first[1:]))


def style_without_brackets(compiled: CompiledStyle) -> CompiledStyle:
    """Return a style whose citations stand in no brackets."""
    layout = replace(compiled.citation.layout, prefix=(), suffix=())
    return replace(compiled, citation=replace(compiled.citation, layout=layout))


def pages_with_other_numbers(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """List the documents that cite in the text, if the sources that are cited, or their order, have changed."""
    domain = notes_domain(env)
    domain.cite_groups = None
    groups = cite_groups(env)
    if groups is None:
        return []
    before, domain.data["cite_order"] = domain.data["cite_order"], {name: [*keys] for name, keys in groups.keys.items()}
    changed = {holder for holder, keys in domain.data["cite_order"].items() if before.get(holder) != keys}
    references = (each for each in bibtex_domain(env).citation_refs if not each.citation_ref_id.startswith("call-"))
    return sorted(
        {
            reference.docname
            for reference in references
            for target in reference.targets
            if groups.holder_of(reference.docname, target.key) in changed
        }
        & set(env.found_docs)
    )


def setup(app: Sphinx) -> None:
    app.add_post_transform(TextCitations)
    # After sphinxcontrib-bibtex's domain, which lists the sources at 500.
    app.connect("env-updated", pages_with_other_numbers, priority=600)
