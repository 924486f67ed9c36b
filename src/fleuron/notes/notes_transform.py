"""Number the note calls of a document in reading order, word their citations, and put the notes in their places."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any, cast

from docutils import nodes
from docutils.transforms.references import Footnotes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinxcontrib.bibtex.citation_target import CitationTarget
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.roles import CitationRef

from fleuron.adopted import is_left_to_sphinx
from fleuron.adopted.citations import keeps_citations
from fleuron.csl.processor import Processor
from fleuron.csl.rendering.context import Position
from fleuron.csl.rendering.positions import Citation, positions
from fleuron.csl.text.runs import Run
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.diagnostics.similar_names import did_you_mean, suggestion
from fleuron.manuscript.source_positions import line_of, position_of_words
from fleuron.notes.bibliography_files import all_files_exist
from fleuron.notes.citation_settings import CitationSetting, citation_settings, split_at_calls
from fleuron.notes.cited_sources import compiled_style, notes_domain
from fleuron.notes.markup.calls import (
    KEEPS_FOOTNOTES,
    has_kept_footnotes,
    label_unlabelled_notes,
    remove_note_places,
    replace_footnote_references,
)
from fleuron.notes.markup.citation_syntax import (
    CitationProblem,
    NumberedNote,
    ParsedCite,
    csl_citations,
    parse_citation,
)
from fleuron.notes.markup.lookalikes import find_fences_with_backticks, find_lookalikes
from fleuron.notes.markup.note_call import cites_of, enclosing_note, note_call, replace_call, strip_space_before
from fleuron.notes.markup.template_tags import find_other_attributes, find_template_tags
from fleuron.notes.note_nodes import (
    NoteNodes,
    author_names,
    block_of,
    drop_stop_after,
    fit_into_text,
    full_source_of,
    lowercase_first_term,
    style_within_sentence,
    textual_citation,
    without_full_stop,
)
from fleuron.notes.note_placement import detach, place_notes
from fleuron.notes.sources import item_digest
from fleuron.publication.language_tags import language_tag
from fleuron.reporting import report
from fleuron.sphinx_versions import application_of

NOTES_WORDED = "fleuron-notes-worded"
"""Sphinx event, emitted for each document that has notes, when they are worded and in their places.

A handler is called with ``(app, docname, notes)``, where ``notes`` is a list of `WordedNote` in the order of their
numbers. It may change the nodes of the notes in place; what it returns is ignored. The event is emitted after the
document is translated, so the notes are in the language of the edition, and before references are resolved. A document
that is taken from the environment's cache emits none.
"""


@dataclass(frozen=True)
class WordedNote:
    """A note in its document: its number (from 1), its node, and the keys of the sources it cites, in order.

    ``has_own_text`` is true if an author wrote the note's text, and false if it consists of citations alone.
    """

    number: int
    node: nodes.footnote
    keys: tuple[str, ...]
    has_own_text: bool


@dataclass(frozen=True)
class WordedCitation:
    """A citation worded as a sentence and as a phrase within one, with the positions of its cites."""

    citation: Citation
    sentence: Sequence[Run]
    phrase: Sequence[Run]
    positions: Sequence[Position]


class NotesTransform(SphinxTransform):
    """Replace the calls of a document by numbers, and put their notes at its end or in the places for notes.

    It runs before docutils' own transform of footnotes and replaces it: MyST's and docutils' lists of
    footnotes are empty afterwards. On the pages of another project, a document that cites nothing in notes keeps them.
    """

    default_priority = Footnotes.default_priority - 3

    def apply(self, **kwargs: Any) -> None:
        self.name = self.env.current_document.docname
        if has_kept_footnotes(self.document):
            self.document[KEEPS_FOOTNOTES] = True
            self.record_citations_in_text()
            self.report_lookalikes()
            remove_note_places(self.document)
            return
        label_unlabelled_notes(self.document)
        # Those of the abstract and the subtitle did not pass through our parser.
        replace_footnote_references(self.document)
        self.report_lookalikes()
        self.definitions = {name: note for note in self.document.findall(nodes.footnote) for name in note["names"]}
        self.define_notes_in_text()
        calls = [call for call in self.document.findall(note_call) if enclosing_note(call) is None]
        self.record_citations_in_text()
        if calls or self.definitions:
            self.items = notes_domain(self.env).items
            self.report_problems()
            self.number_calls(calls)
        self.remove_leftovers()

    def record_citations_in_text(self) -> None:
        """Record the sources of `{cite}`, so that the document is read again when one of them changes."""
        if keeps_citations(self.env):
            return
        roles = [node for node in self.document.findall(pending_xref) if node.get("refdomain") == "cite"]
        keys = {cite.key for node in roles for cite in parse_citation(node["reftarget"])[0]}
        if keys:
            items = notes_domain(self.env).items
            notes_domain(self.env).cited[self.name] = {key: item_digest(items.get(key)) for key in sorted(keys)}

    def report_lookalikes(self) -> None:
        """Report what looks like a call, and is text; in a publication, what looks like other markup as well.

        On the pages of another project, only what names our role is meant as a call.
        """
        found = find_lookalikes(self.document, lambda: notes_domain(self.env).items)
        kinds = {Diagnostic.LOOKS_LIKE_NOTE: found}
        if is_left_to_sphinx(application_of(self.env)):
            kinds[Diagnostic.LOOKS_LIKE_NOTE] = (each for each in found if "footcite" in each.words)
        else:
            kinds[Diagnostic.BACKTICK_FENCE] = find_fences_with_backticks(self.document)
            kinds[Diagnostic.TEMPLATE_TAG] = find_template_tags(self.document)
            kinds[Diagnostic.OTHER_ATTRIBUTES] = find_other_attributes(self.document)
        for diagnostic, found in kinds.items():
            for lookalike in found:
                self.report(diagnostic, lookalike.node, lookalike.words, words=lookalike.words, advice=lookalike.advice)

    def define_notes_in_text(self) -> None:
        """Give each own note that stands in a text, `^[words]`, a label and a definition as any other has."""
        for number, call in enumerate(found for found in self.document.findall(note_call) if "own_words" in found):
            label = f"^{number}"
            paragraph = nodes.paragraph("", "", *call.children)
            definition = nodes.footnote("", paragraph, names=[label])
            for node in (definition, paragraph):
                node.source, node.line = self.document["source"], line_of(call)
            call.children, call["label"] = [], label
            self.definitions[label] = definition
            self.document.append(definition)

    def report_problems(self) -> None:
        """Report bad citations, unknown sources and unknown notes; record which sources the document cites."""
        cited: dict[str, str] = {}
        for call in self.document.findall(note_call):
            problems: list[CitationProblem] = call.get("problems", [])
            for problem in problems:
                self.report(Diagnostic.BAD_CITATION, call, problem.text, citation=problem.text, advice=problem.advice)
            for cite in cites_of(call):
                cited[cite.key] = item_digest(self.items.get(cite.key))
                if not self.config.bibtex_bibfiles:
                    report(Finding(Diagnostic.NO_SOURCES), self.env.srcdir / "refs.bib", once=True)
                elif cite.key not in self.items and all_files_exist(self.env):
                    near = did_you_mean(cite.key, self.items)  # a bibliography is too long to list
                    self.report(Diagnostic.UNKNOWN_SOURCE, call, cite.key, key=cite.key, suggestion=near)
            if "label" in call and call["label"] not in self.definitions:
                label, near = call["label"], suggestion(call["label"], self.definitions)
                self.report(Diagnostic.UNKNOWN_NOTE, call, f"[^{label}]", label=label, suggestion=near)
        if cited:
            cited |= notes_domain(self.env).cited.get(self.name, {})
            notes_domain(self.env).cited[self.name] = dict(sorted(cited.items()))

    def report(self, diagnostic: Diagnostic, call: nodes.Node, text: str, **values: str) -> None:
        """Report a problem at the line, of a source file or a catalogue, that has a text of a call."""
        path, line = position_of_words(self.env, self.name, call, text)
        report(Finding(diagnostic, line, values), path)

    def number_calls(self, calls: list[note_call]) -> None:
        """Number the calls that open a note, point the others to theirs, and word the notes."""
        numbers: dict[str, int] = {}
        notes: list[NumberedNote] = []
        first_calls: list[note_call] = []
        called = {call["label"] for call in calls if "label" in call}
        for label in sorted(called & set(self.definitions)):
            self.insert_nested_notes(self.definitions[label], called, (label,))
        for call in calls:
            label = call.get("label")
            if label is not None and label in numbers:
                self.repeat_call(call, numbers[label])
                continue
            if label is not None and label not in self.definitions:
                replace_call(call, [nodes.problematic("", f"[^{label}]")])
                continue
            note = self.numbered_note(len(notes) + 1, call)
            if label is not None:
                numbers[label] = note.number
            notes.append(note)
            first_calls.append(call)
        self.word_notes(notes, first_calls, numbers)

    def numbered_note(self, number: int, call: note_call) -> NumberedNote:
        if "label" not in call:
            return NumberedNote(number, (self.known_cites(call),))
        definition = self.definitions[call["label"]]
        inner = [found for found in definition.findall(note_call) if "label" not in found]
        cites = tuple(self.known_cites(found) for found in inner)
        return NumberedNote(number, cites, has_own_text=True, sources_only=has_sources_only(definition))

    def known_cites(self, call: note_call) -> tuple[ParsedCite, ...]:
        return tuple(cite for cite in cites_of(call) if cite.key in self.items)

    def word_notes(self, notes: list[NumberedNote], calls: list[note_call], numbers: dict[str, int]) -> None:
        """Word the notes, put them in their places, and replace their calls by their numbers."""
        note_nodes = NoteNodes(self.name, language_tag(self.config.language), len(notes))
        processor = Processor(compiled_style(self.env), self.items)
        inner_processor = Processor(style_within_sentence(processor.compiled), self.items)
        citations = csl_citations(notes)
        near = processor.compiled.citation.number("near-note-distance", 5)
        worded_citations = map(
            WordedCitation,
            citations,
            processor.render_citations(citations),
            inner_processor.render_citations(citations),
            positions(citations, near),
        )
        worded: list[WordedNote] = []
        for note, call in zip(notes, calls, strict=True):
            cited = [next(worded_citations) for _call in note.calls]
            if note.prevents_ibid:
                next(worded_citations)
            source = full_source_of(note.number, (each.citation for each in cited), processor, note_nodes)
            if note.has_own_text:
                node = self.author_note(note, call, note_nodes, numbers, cited, inner_processor, source)
            else:
                runs = cited[0].sentence
                node = note_nodes.citation_note(
                    note.number, note_nodes.inline_nodes(runs) or unknown_keys(call), source
                )
                self.record_citation(call, note_nodes.call_id(note.number))
                node["markup"] = call.rawsource  # what a word processor hides behind the words
            keys = [cite.key for cites in note.calls for cite in cites]
            node["sources"] = keys  # read by the index of names and the records for libraries
            worded.append(WordedNote(note.number, node, tuple(keys), note.has_own_text))
        place_notes(self.document, [(call, note.node) for call, note in zip(calls, worded, strict=True)])
        for note, call in zip(notes, calls, strict=True):
            names = author_names(self.known_cites(call), processor, note_nodes) if call.get("textual") else []
            if not names:
                strip_space_before(call)
            replace_call(call, [*names, note_nodes.call(note.number)])
        note_nodes.name_repeated_calls(self.document)
        if worded:
            self.env.events.emit(NOTES_WORDED, self.name, worded)

    def author_note(
        self,
        note: NumberedNote,
        call: note_call,
        note_nodes: NoteNodes,
        numbers: dict[str, int],
        cited: Sequence[WordedCitation],
        inner_processor: Processor,
        source: nodes.Node | None,
    ) -> nodes.footnote:
        """Build a note of an author's own text, with the citations that it calls set within the text."""
        definition = self.definitions[call["label"]]
        for inner in [found for found in definition.findall(note_call) if "label" in found]:
            self.replace_nested_call(inner, note_nodes, numbers)
        calls = list(definition.findall(note_call))
        settings: dict[int, CitationSetting] = {}
        for block in {id(block): block for block in map(block_of, calls)}.values():
            settings |= citation_settings(block, note_nodes.language)
        for inner, worded in zip(calls, cited, strict=True):
            self.record_citation(inner, note_nodes.call_id(note.number))
            set_citation(inner, worded, settings[id(inner)], inner_processor, note_nodes)
        blocks = [child for child in definition.children if not isinstance(child, nodes.label)]
        blocks += [source] if source else []
        detach(definition)
        return note_nodes.note(note.number, blocks)

    def insert_nested_notes(self, note: nodes.footnote, numbered: Set[str], within: tuple[str, ...]) -> None:
        """Insert into a note the notes that nothing but notes calls; ``within`` are the labels of the notes around it.

        It is done before the notes are numbered, so that what the inserted notes cite is cited by the note.
        """
        for call in [found for found in note.findall(note_call) if "label" in found]:
            label = call["label"]
            if label in numbered or label in within or label not in self.definitions:
                continue
            inserted = self.definitions[label].deepcopy()
            self.insert_nested_notes(inserted, numbered, (*within, label))
            blocks = [child for child in inserted.children if not isinstance(child, nodes.label)]
            inlines: list[nodes.Node] = []
            for paragraph in blocks:
                if isinstance(paragraph, nodes.paragraph):
                    inlines += [nodes.Text(" "), *paragraph.children] if inlines else paragraph.children
            others = [block for block in blocks if not isinstance(block, nodes.paragraph)]
            block = block_of(call)
            index = block.parent.index(block) + 1
            block.parent[index:index] = others
            replace_call(call, fit_into_text(call, inlines, without_full_stop(inlines)))
            self.definitions[label]["called"] = True

    def replace_nested_call(self, call: note_call, note_nodes: NoteNodes, numbers: dict[str, int]) -> None:
        """Replace a call in a note by the other note's number, or by its label if the notes call each other."""
        label = call["label"]
        if label in numbers:
            replace_call(call, [note_nodes.call(numbers[label], repeated=True)])
        else:
            replace_call(call, [nodes.Text(f"[^{label}]")])

    def repeat_call(self, call: note_call, number: int) -> None:
        strip_space_before(call)
        note_nodes = NoteNodes(self.name, language_tag(self.config.language), number)
        replace_call(call, [note_nodes.call(number, repeated=True)])

    def record_citation(self, call: note_call, identifier: str) -> None:
        """Record in sphinxcontrib-bibtex's domain what was cited, so that `{bibliography}` lists it."""
        domain = cast(BibtexDomain, self.env.get_domain("cite"))
        targets = [CitationTarget(cite.key, "", "") for cite in self.known_cites(call)]
        if targets:
            domain.citation_refs.append(CitationRef(identifier, self.name, call.line or 0, targets))

    def remove_leftovers(self) -> None:
        """Remove notes without a call, which are reported, empty places, and docutils' lists of footnotes."""
        for label, definition in self.definitions.items():
            if definition.parent is not None:
                detach(definition)
                if not definition.get("called"):
                    finding = Finding(Diagnostic.UNCALLED_NOTE, definition.line or 1, {"label": label})
                    report(finding, self.document["source"])
        remove_note_places(self.document)
        self.document.footnotes, self.document.autofootnotes = [], []
        self.document.footnote_refs, self.document.autofootnote_refs = {}, []
        self.document.symbol_footnotes, self.document.symbol_footnote_refs = [], []


def set_citation(
    call: note_call,
    worded: WordedCitation,
    setting: CitationSetting,
    inner_processor: Processor,
    note_nodes: NoteNodes,
) -> None:
    """Replace a call in an author's own note by its citation, as it fits what stands before and after it."""
    if call.get("textual") and worded.citation.cites:
        words = textual_citation(worded.citation, worded.positions, inner_processor, note_nodes)
        before, after = setting.before, "." if setting.at_end else ""
    else:
        runs = worded.sentence if setting.ends else worded.phrase
        if not setting.begins:
            runs = lowercase_first_term(runs, note_nodes.language)
        words = note_nodes.inline_nodes(runs) or unknown_keys(call)
        before, after = setting.before, setting.after
    if setting.joined:
        strip_space_before(call)
    parts = [nodes.Text(before), *words] if before else words
    parts = [*parts, nodes.Text(after)] if after else parts
    drop_stop_after(call, parts)
    replace_call(call, parts)


def has_sources_only(definition: nodes.footnote) -> bool:
    """Return whether an author's own note is one paragraph of citations and punctuation."""
    blocks = [child for child in definition.children if not isinstance(child, nodes.label)]
    if len(blocks) != 1 or not isinstance(blocks[0], nodes.paragraph):
        return False
    texts, calls = split_at_calls(blocks[0])
    return bool(calls) and not any(letter.isalnum() for text in texts for letter in text)


def unknown_keys(call: note_call) -> list[nodes.Node]:
    """Return the text of a note whose sources are all unknown: their keys, for the author to see."""
    keys = ", ".join(cite.key for cite in cites_of(call))
    return [nodes.Text(f"[{keys or call.rawsource}]")]


def setup(app: Sphinx) -> None:
    app.add_event(NOTES_WORDED)
    app.add_transform(NotesTransform)
