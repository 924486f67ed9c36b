"""Set the notes of a document: number its calls in reading order, word its citations, put each note in its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from docutils import nodes
from docutils.transforms.references import Footnotes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinxcontrib.bibtex.citation_target import CitationTarget
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.roles import CitationRef

from fleuron.csl.processor import Processor
from fleuron.csl.text.runs import Run
from fleuron.diagnostics import Diagnostic, Finding, nearest
from fleuron.manuscript.source_positions import place_of
from fleuron.notes.calls import citations_of, name_nameless, note_call, note_place, take_calls
from fleuron.notes.citation_syntax import Citation, Slip
from fleuron.notes.cited_sources import compiled_style, records_of
from fleuron.notes.note_nodes import (
    Typesetting,
    full_source_of,
    in_a_sentence,
    names_in_text,
    within,
    within_words,
    without_stop,
)
from fleuron.notes.note_order import Note, clusters
from fleuron.notes.note_placement import detach, place
from fleuron.notes.sources import digest
from fleuron.reporting import report


class SetNotes(SphinxTransform):
    """Turn the calls of a document into numbers, and their notes into footnotes at its end or in their place.

    It does the work of docutils' own transform, and before it: MyST's and docutils' lists of
    footnotes are empty afterwards.
    """

    default_priority = Footnotes.default_priority - 3

    def apply(self, **kwargs: Any) -> None:
        name_nameless(self.document)
        take_calls(self.document)  # those of the abstract and the subtitle, which no parser of ours has seen
        self.name = self.env.current_document.docname
        self.definitions = {name: each for each in self.document.findall(nodes.footnote) for name in each["names"]}
        calls = [call for call in self.document.findall(note_call) if note_around(call) is None]
        if calls or self.definitions:
            self.items = records_of(self.env).items
            self.check(calls)
            self.set(calls)
        self.clear()

    def check(self, calls: list[note_call]) -> None:
        """Tell of sources that are in no bibliography, and note which the document cites."""
        cited: dict[str, str] = {}
        for call in self.document.findall(note_call):
            slips: list[Slip] = call.get("slips", [])
            for slip in slips:
                path, line = place_of(self.env, self.name, call, slip.words)
                told = {"words": slip.words, "advice": slip.advice}
                report(Finding(Diagnostic.BAD_CITATION, line, told), path)
            for citation in citations_of(call):
                cited[citation.key] = digest(self.items.get(citation.key))
                if citation.key not in self.items:
                    near = nearest_key(citation.key, self.items)
                    path, line = place_of(self.env, self.name, call, citation.key)
                    report(Finding(Diagnostic.UNKNOWN_SOURCE, line, {"key": citation.key, "nearest": near}), path)
            if "label" in call and call["label"] not in self.definitions:
                path, line = place_of(self.env, self.name, call, f"[^{call['label']}]")
                facts = {"label": call["label"], "nearest": nearest(call["label"], self.definitions)}
                report(Finding(Diagnostic.UNKNOWN_NOTE, line, facts), path)
        if cited:
            records_of(self.env).cited[self.name] = dict(sorted(cited.items()))

    def set(self, calls: list[note_call]) -> None:
        """Number the calls, word the notes, and put both into the tree."""
        numbered: dict[str, int] = {}
        notes: list[Note] = []
        first_calls: list[note_call] = []
        for call in calls:
            label = call.get("label")
            if label is not None and label in numbered:
                self.call_again(call, numbered[label])
                continue
            if label is not None and label not in self.definitions:
                put(call, [nodes.problematic("", f"[^{label}]")])
                continue
            note = self.note(len(notes) + 1, call)
            if label is not None:
                numbered[label] = note.number
            notes.append(note)
            first_calls.append(call)
        self.word(notes, first_calls, numbered)

    def note(self, number: int, call: note_call) -> Note:
        if "label" not in call:
            return Note(number, (self.known(call),))
        inner = [each for each in self.definitions[call["label"]].findall(note_call) if "label" not in each]
        return Note(number, tuple(self.known(each) for each in inner), own=True)

    def known(self, call: note_call) -> tuple[Citation, ...]:
        return tuple(each for each in citations_of(call) if each.key in self.items)

    def word(self, notes: list[Note], calls: list[note_call], numbered: dict[str, int]) -> None:
        setting = Typesetting(self.name, self.config.language.replace("_", "-"), len(notes))
        processor = Processor(compiled_style(self.app), self.items)
        inside = Processor(within_words(processor.compiled), self.items)
        together = clusters(notes)
        worded = iter(
            zip(together, processor.render_citations(together), inside.render_citations(together), strict=True)
        )
        footnotes: list[tuple[note_call, nodes.footnote]] = []
        for note, call in zip(notes, calls, strict=True):
            if note.own:
                cited = [next(worded) for _call in note.calls]
                next(worded)  # what keeps an ibid. from pointing to it
                again = full_source_of(note.number, (each[0] for each in cited), processor, setting)
                footnote = self.own_note(note, call, setting, numbered, cited, again)
            else:
                cluster, runs, _phrase = next(worded)
                again = full_source_of(note.number, [cluster], processor, setting)
                footnote = setting.footnote(note.number, setting.words(runs) or unknown(call), again)
                self.remember(call, setting.call_id(note.number))
            footnote["sources"] = [citation.key for cited in note.calls for citation in cited]  # for an index of names
            footnotes.append((call, footnote))
        place(self.document, footnotes)
        for note, call in zip(notes, calls, strict=True):
            names = names_in_text(self.known(call), processor, setting) if call.get("textual") else []
            if not names:
                tighten(call)
            put(call, [*names, setting.call(note.number)])

    def own_note(
        self,
        note: Note,
        call: note_call,
        setting: Typesetting,
        numbered: dict[str, int],
        cited: Sequence[tuple[Any, Sequence[Run], Sequence[Run]]],
        again: nodes.Node | None,
    ) -> nodes.footnote:
        """Make an author's own note, with the sources that it calls set within its words."""
        written = self.definitions[call["label"]]
        worded = iter(cited)
        for inner in list(written.findall(note_call)):
            if "label" in inner:
                self.nested(inner, setting, numbered)
                continue
            _cluster, runs, phrase = next(worded)
            self.remember(inner, setting.call_id(note.number))
            sentence = setting.words(runs) or unknown(inner)
            in_brackets = setting.words(in_a_sentence(phrase, setting.language)) or unknown(inner)
            put(inner, within(inner, sentence, in_brackets))
        blocks = [child for child in written.children if not isinstance(child, nodes.label)]
        blocks += [again] if again else []
        detach(written)
        return setting.own_footnote(note.number, blocks)

    def nested(self, call: note_call, setting: Typesetting, numbered: dict[str, int]) -> None:
        """Point from a note to another one, or set the words of one that only notes call in brackets."""
        label = call["label"]
        if label in numbered:
            put(call, [setting.call(numbered[label], again=True)])
            return
        written = self.definitions.get(label)
        if written is None or is_within(call, written):
            put(call, [nodes.Text(f"[^{label}]")])
            return
        words = [part.deepcopy() for block in written.findall(nodes.paragraph) for part in block.children]
        words = [part for part in words if not isinstance(part, note_call)]
        put(call, within(call, words, without_stop(words)))
        written["called"] = True

    def call_again(self, call: note_call, number: int) -> None:
        tighten(call)
        setting = Typesetting(self.name, self.config.language.replace("_", "-"), number)
        put(call, [setting.call(number, again=True)])

    def remember(self, call: note_call, name: str) -> None:
        """Tell sphinxcontrib-bibtex what was cited, so that `{bibliography}` lists it."""
        domain = cast(BibtexDomain, self.env.get_domain("cite"))
        targets = [CitationTarget(each.key, "", "") for each in self.known(call)]
        if targets:
            domain.citation_refs.append(CitationRef(name, self.name, call.line or 0, targets))

    def clear(self) -> None:
        """Take out what is left of MyST's own notes, and tell of those that nothing calls."""
        for label, written in self.definitions.items():
            if written.parent is not None:
                detach(written)
                if not written.get("called"):
                    facts = {"label": label}
                    report(Finding(Diagnostic.UNCALLED_NOTE, written.line or 1, facts), self.document["source"])
        for each in list(self.document.findall(note_place)):
            each.parent.remove(each)
        self.document.footnotes, self.document.autofootnotes = [], []
        self.document.footnote_refs, self.document.autofootnote_refs = {}, []


def nearest_key(key: str, items: Any) -> str:
    """Word the nearest key, and no list of all of them: a bibliography is long."""
    near = nearest(key, items)
    return near if near.startswith("; did you mean") else ""


def unknown(call: note_call) -> list[nodes.Node]:
    """Return what stands in a note whose sources are all unknown: their keys, for the author to see."""
    keys = ", ".join(each.key for each in citations_of(call))
    return [nodes.Text(f"[{keys or call.rawsource}]")]


def note_around(call: nodes.Node) -> nodes.footnote | None:
    """Return the note in which a call stands, or None where it stands in the text."""
    parent = call.parent
    while parent is not None and not isinstance(parent, nodes.footnote):
        parent = parent.parent
    return parent


def tighten(call: note_call) -> None:
    """Take the space from before a call, which stands at its word."""
    at = call.parent.index(call)
    before = call.parent[at - 1] if at else None
    if isinstance(before, nodes.Text):
        # By its place: docutils finds a text by its characters, and may find another one.
        kept = before.astext().rstrip()
        call.parent[at - 1 : at] = [nodes.Text(kept)] if kept else []


def put(call: note_call, parts: Sequence[nodes.Node]) -> None:
    """Put nodes in a call's place, without the ids that Sphinx gave it."""
    call.parent.replace(call, list(parts))


def is_within(node: nodes.Node, element: nodes.Element) -> bool:
    parent: nodes.Node | None = node
    while parent is not None and parent is not element:
        parent = parent.parent
    return parent is element


def setup(app: Sphinx) -> None:
    app.add_transform(SetNotes)
