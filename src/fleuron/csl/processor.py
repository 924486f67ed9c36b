"""The `Processor`: renders citations and a bibliography of items in one compiled style."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from fleuron.csl.rendering.bibliography import BibliographyEntry, render_bibliography
from fleuron.csl.rendering.citations import render_citation
from fleuron.csl.rendering.compiled_style import Area, CompiledStyle
from fleuron.csl.rendering.context import Cite, Context, Disambiguation, Item, NameList, Position
from fleuron.csl.rendering.disambiguation import disambiguate, read_disambiguation_options
from fleuron.csl.rendering.item_values import read_item
from fleuron.csl.rendering.positions import Citation, positions
from fleuron.csl.rendering.sorting import sort_by
from fleuron.csl.text.run_writers import to_html
from fleuron.csl.text.runs import Run

# Cites are compared with each other, for disambiguation, as if their sources had been cited before.
COMPARED_POSITION = Position("subsequent", True, 0, 0)


@dataclass
class Processor:
    """Render citations and a bibliography of items in one compiled style.

    ``items`` are CSL-JSON items by id, in any order. An id that is not among them renders as nothing: the caller,
    who knows where it is cited, should report it.
    """

    compiled: CompiledStyle
    items: Mapping[str, Mapping[str, Any]]
    registered: tuple[str, ...] = field(default=(), init=False)
    first_notes: Mapping[str, int] = field(default_factory=dict, init=False)
    _read_items: dict[str, Item] = field(default_factory=dict, init=False, repr=False)
    _disambiguations: dict[str, Disambiguation] = field(default_factory=dict, init=False, repr=False)
    _citation_numbers: dict[str, int] = field(default_factory=dict, init=False, repr=False)

    def item(self, item_id: str) -> Item:
        """Return an item, read from its CSL-JSON once."""
        if item_id not in self._read_items:
            self._read_items[item_id] = read_item(self.items[item_id], self.compiled.locale)
        return self._read_items[item_id]

    def register(self, ids: Iterable[str], first_notes: Mapping[str, int] | None = None) -> None:
        """Set the sources of a text, in the order in which they are first cited, and disambiguate them.

        ``first_notes`` has, by id, the number of the note in which a source is cited first.
        """
        known = [item_id for item_id in dict.fromkeys(ids) if item_id in self.items]
        notes = self.first_notes if first_notes is None else first_notes
        if tuple(known) == self.registered and notes == self.first_notes:
            return
        self.registered, self.first_notes = tuple(known), notes
        self._disambiguations = {}
        self._citation_numbers = {item_id: number for number, item_id in enumerate(known, 1)}
        ordered = self.sort_ids(known)
        self._citation_numbers = {item_id: number for number, item_id in enumerate(ordered, 1)}
        options = read_disambiguation_options(self.compiled)
        if options.add_names or options.add_givens or options.year_suffix or self.compiled.has_disambiguate_tests:
            self._disambiguations = disambiguate(ordered, self.render_for_comparison, options)
            resorted = self.sort_ids(ordered)
            if resorted != ordered:
                self._citation_numbers = {item_id: number for number, item_id in enumerate(resorted, 1)}

    def sort_ids(self, ids: Sequence[str]) -> list[str]:
        """Sort ids as the style sorts its bibliography; a style without one keeps their order."""
        area = self.compiled.bibliography
        if area is None:
            return list(ids)
        return self.sort(ids, area, lambda item_id: self.context(Cite(item_id), bibliography=True))

    def sort(self, entries: Sequence[Any], area: Area, context_of: Callable[[Any], Context]) -> list[Any]:
        """Sort cites or ids by the sort keys of an area of the style."""
        return sort_by(entries, area, context_of, self.compiled.locale.language)

    def context(self, cite: Cite, position: Position | None = None, *, bibliography: bool = False) -> Context:
        """Return the context in which a cite, or an entry of the bibliography, is rendered."""
        return Context(
            self.item(cite.id),
            cite,
            position or Position(),
            self._disambiguations.get(cite.id, Disambiguation()),
            bibliography,
            self._citation_numbers.get(cite.id, 0),
        )

    def render_for_comparison(self, item_id: str, disambiguation: Disambiguation) -> tuple[str, list[NameList], int]:
        """Render a cite to compare it with others (see `disambiguation.RenderCite`)."""
        position = COMPARED_POSITION
        if self.compiled.citation.option("givenname-disambiguation-rule") != "by-cite":
            # “Rubin (n 4)” and “Rubin (n 5)” are not ambiguous.
            position = replace(COMPARED_POSITION, first_note=self.first_notes.get(item_id, 0))
        context = self.context(Cite(item_id), position)
        context.disambiguation, context.comparing = disambiguation, True
        runs = self.compiled.citation.render(context)
        return to_html(runs), context.name_lists, context.disambiguate_tests

    def render_citations(
        self, citations: Sequence[Citation], given_positions: Sequence[Sequence[Position]] | None = None
    ) -> list[tuple[Run, ...]]:
        """Render citations in document order; ``given_positions`` overrides the positions of their cites."""
        cited = [(cite.id, citation.note) for citation in citations for cite in citation.cites]
        self.register([*(item_id for item_id, _note in cited), *self.registered], dict(reversed(cited)))
        known = [
            Citation(tuple(cite for cite in citation.cites if cite.id in self.items), citation.note)
            for citation in citations
        ]
        ordered = [self.sort_cites(citation) for citation in known]
        near = self.compiled.citation.number("near-note-distance", 5)
        cite_positions = given_positions if given_positions is not None else positions(ordered, near)
        return [
            render_citation(list(zip(citation.cites, positions_of_cites, strict=True)), self.compiled, self.context)
            for citation, positions_of_cites in zip(ordered, cite_positions, strict=True)
        ]

    def sort_cites(self, citation: Citation) -> Citation:
        """Sort the cites of a citation by the sort keys of the style."""
        area = self.compiled.citation
        if not area.keys or len(citation.cites) < 2:
            return citation
        return Citation(tuple(self.sort(citation.cites, area, self.context)), citation.note)

    def render_bibliography(self, ids: Iterable[str] | None = None) -> list[BibliographyEntry]:
        """Render the bibliography of the registered sources, and of those in ``ids``."""
        if ids is not None:
            self.register([*self.registered, *ids])
        area = self.compiled.bibliography
        if area is None:
            return []
        ordered = self.sort_ids(self.registered)
        contexts = [self.context(Cite(item_id), bibliography=True) for item_id in ordered]
        return render_bibliography(contexts, self.compiled, area)
