"""Check that a document keeps its words while it is read, between its parser and the builder that writes it.

Transforms and handlers may add words, such as those of citations; what they drop or move is reported.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.transforms.i18n import Locale
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import get_filetype

from fleuron.config import has_own_theme
from fleuron.conservation.comparison import LostWord, missing_words, repeated_words
from fleuron.conservation.doctree_words import UNSEEN
from fleuron.conservation.loss_reports import report_losses
from fleuron.conservation.raw_html import text_of_raw
from fleuron.conservation.reading.front_matter import report_lost_fields
from fleuron.conservation.reading.parts import DOCTEST_FLAGS
from fleuron.conservation.reading.rst_words import report_unread
from fleuron.conservation.reading.translations import CheckTranslations
from fleuron.conservation.words import BODY, Streams, Word, as_printed, note_stream
from fleuron.content.extension_nodes import is_of_extension
from fleuron.diagnostics import Diagnostic
from fleuron.formulas.definitions import definitions_in
from fleuron.manuscript.article_head import INSERTED
from fleuron.manuscript.equations.numbering import REFERENCE
from fleuron.manuscript.notices.history import CHANGES, WITHDRAWAL
from fleuron.manuscript.notices.journal_line import JOURNAL_LINE
from fleuron.manuscript.records import publication_records
from fleuron.notes.cited_sources import notes_domain
from fleuron.notes.markup.note_call import cites_of, note_call
from fleuron.publication.document_names import contributor_document, is_article, is_contributor

# The attribute of a document with its words at the stage before.
WORDS = "fleuron_words"
# What later stages replace, or leave out because the author says so.
CONDITIONAL = frozenset({"only", "ifconfig", "todo_node", "docinfo"})
# What shows a text of its own until it is resolved.
PLACEHOLDERS = (
    nodes.substitution_reference,
    nodes.problematic,
    nodes.footnote_reference,
    nodes.citation_reference,
)
# What will show a text that is written elsewhere.
GROWING = (addnodes.toctree, nodes.substitution_reference)
LINKS = (nodes.reference, addnodes.pending_xref)
# The stream of what stands between the title and the text, made from front matter: a keyword may repeat the title.
HEAD = "the head"
HEAD_CLASSES = frozenset(
    {
        *("subtitle", "byline", "dateline", "affiliation", "abstract", "keywords"),
        *("reviewed", "article-notes", "history", "notice", CHANGES, JOURNAL_LINE, WITHDRAWAL),
    }
)
LABEL = re.compile(r"note \[\^(.*)\]")


def without_doctest_flags(text: nodes.Text) -> str:
    """Return a text; of an example in Python's console without its flags, which Sphinx 9.0 takes out of any code."""
    is_example = isinstance(text.parent, nodes.literal_block | nodes.doctest_block) and ">>>" in text
    return DOCTEST_FLAGS.sub("", text) if is_example else str(text)


@dataclass
class StageWords(Streams):
    """The words of a document at a stage, and the streams to which later ones may add words that they have already.

    The numbers of notes are not known (``is_numbered``) where their calls are docutils' own, as in reStructuredText.
    """

    growing: set[str] = field(default_factory=set)
    is_numbered: bool = True


class StageReader:
    """Reads the words of a document at a stage: the text without calls, and its notes by label or number.

    ``known`` are the keys of the bibliography; the words around a citation belong to its note.
    """

    def __init__(self, known: Container[str]) -> None:
        self.streams = Streams()
        self.known = known
        self.numbers: dict[str, str] = {}
        self.called: set[str] = set()
        self.growing: set[str] = set()
        self.count = 0
        self.is_numbered = True

    def read(self, node: nodes.Node, stream: str = BODY) -> None:
        """Append the words of a node to a stream."""
        if isinstance(node, nodes.Text):
            self.streams.add(stream, without_doctest_flags(node), node.parent)
        elif isinstance(node, nodes.image):
            self.streams.add(stream, node.get("alt", ""), node)
        elif isinstance(node, nodes.raw):
            if "html" in node.get("format", "").split():
                self.streams.add(stream, text_of_raw(node.astext()), node)
        elif isinstance(node, note_call):
            self.read_call(node, stream)
        elif isinstance(node, nodes.footnote):
            self.read_all(node, note_stream(self.number_of(node)))
        elif isinstance(node, nodes.Element):
            self.streams.is_extended = self.streams.is_extended or is_of_extension(node)
            stream = HEAD if stream == BODY and not HEAD_CLASSES.isdisjoint(node.get("classes", ())) else stream
            if isinstance(node, GROWING) or (isinstance(node, LINKS) and not node.get("refexplicit", node.astext())):
                self.growing.add(stream)
            if isinstance(node, nodes.footnote_reference) and "refid" not in node:
                self.is_numbered = False
            if not self.is_unseen(node):
                self.read_all(node, stream)

    def read_all(self, node: nodes.Element, stream: str) -> None:
        for child in node.children:
            self.read(child, stream)

    def is_unseen(self, node: nodes.Element) -> bool:
        """Return whether the text of an element is not printed, or will be another."""
        return (
            isinstance(node, (*UNSEEN, *PLACEHOLDERS))
            or INSERTED in node
            or node.tagname in CONDITIONAL
            or (isinstance(node, nodes.field_list) and isinstance(node.parent, nodes.document))
            or (isinstance(node, nodes.topic) and "contents" in node["classes"])
            or (isinstance(node, nodes.math | nodes.math_block) and is_replaced(node.astext()))
            or (
                isinstance(node, addnodes.pending_xref) and (not node.get("refexplicit") or node["reftype"] == "numref")
            )
        )

    def read_call(self, call: note_call, stream: str) -> None:
        """Append the words that a call has to the stream of its note, and number that note."""
        label = call.get("label")
        into = stream
        if label is not None:
            self.called.add(label)
        if stream in (BODY, HEAD):
            if label is None or label not in self.numbers:
                self.count += 1
            number = str(self.count) if label is None else self.numbers.setdefault(label, str(self.count))
            into = note_stream(number)
        if call.get("textual"):
            self.growing.add(stream)
        if cites_of(call):
            self.growing.add(into)
        for cite in cites_of(call):
            if cite.key in self.known:
                self.streams.add(into, text_of_raw(cite.prefix), call)
                self.streams.add(into, text_of_raw(cite.suffix), call)
        self.read_all(call, into)

    def number_of(self, note: nodes.footnote) -> str:
        """Return the number of a note, or its label where it has none yet."""
        label = note.next_node(nodes.label)
        names = note.get("names") or note["ids"]
        return f"[^{names[0]}]" if names and (label is None or names[0] == label.astext()) else (label or note).astext()


def is_replaced(formula: str) -> bool:
    """Return whether a formula is a reference to another, or only defines commands for those that follow."""
    definitions, has_more = definitions_in(formula)
    return bool(REFERENCE.fullmatch(formula) or (definitions and not has_more))


def words_at_stage(document: nodes.document, known: Container[str]) -> StageWords:
    """Return the words of a document at a stage, notes by their number as far as it is known."""
    reader = StageReader(known)
    reader.read(document)
    words: dict[str, list[Word]] = {}
    for stream, found in reader.streams.words.items():
        label = LABEL.fullmatch(stream)
        # A note that is not called is reported.
        if label is None or label[1] in reader.called or not reader.is_numbered:
            name = note_stream(reader.numbers[label[1]]) if label and label[1] in reader.numbers else stream
            words.setdefault(name, []).extend(found)
    notes = Streams({name: found for name, found in words.items() if name != BODY}).changed(as_printed)
    growing = {note_stream(reader.numbers.get(name.removeprefix("note [^")[:-1], "")) for name in reader.growing}
    return StageWords(
        {BODY: words.get(BODY, [])} | notes.words,
        growing=reader.growing | growing,
        is_numbered=reader.is_numbered,
        is_extended=reader.streams.is_extended,
    )


def lost_between(before: StageWords, after: Streams) -> Iterator[LostWord]:
    """Yield what a document lacks of the words that it had, or has twice.

    A note that only notes call may be in any of them, and one may have got another number. The transforms of another
    extension may number its own nodes, or set their titles: words may then stand in another order, as those of an
    exercise and its solution.
    """
    is_extended = before.is_extended or after.is_extended
    if not is_extended:
        yield from repeated_words(before, after, before.growing)
    for stream, words in before.words.items():
        expected = Streams({BODY: words})
        is_placed = stream in (BODY, HEAD) or (before.is_numbered and stream in after.words)
        notes = [name for name in after.words if name != BODY]
        places = [stream] if is_placed or not notes else notes
        losses = [missing_words(expected, Streams({BODY: after.words.get(place, [])})) for place in places]
        others = notes if stream not in (BODY, HEAD) and all(losses) else []
        if any(not missing_words(expected, Streams({BODY: after.words[name]})) for name in others):
            continue  # it has another number
        for loss in min(losses, key=len, default=[]):
            if not (is_extended and loss.diagnostic == Diagnostic.WORD_OUT_OF_ORDER):
                yield replace(loss, stream=stream)


def known_sources(env: BuildEnvironment) -> Container[str]:
    """Return the keys of all sources, which each document looks for several times, and so does not list."""
    return notes_domain(env).items


def compare_stages(env: BuildEnvironment, name: str, document: nodes.document) -> None:
    """Report what a document lacks of the words that were kept of it, and keep those that it has."""
    before, after = document.__dict__.pop(WORDS, None), words_at_stage(document, known_sources(env))
    if before is not None:
        report_losses(env, name, list(lost_between(before, after)), "document that is read")


class StageTransform(SphinxTransform):
    """Keep the words of a document, after reporting what it lacks of those that were kept."""

    def apply(self, **kwargs: Any) -> None:
        compare_stages(self.env, self.env.current_document.docname, self.document)
        setattr(self.document, WORDS, words_at_stage(self.document, known_sources(self.env)))


class KeepParsedWords(StageTransform):
    """Keep the words of a document as they were parsed."""

    default_priority = 0

    def apply(self, **kwargs: Any) -> None:
        super().apply(**kwargs)
        if get_filetype(self.config.source_suffix, self.document["source"]) == "restructuredtext":
            report_unread(self.document, has_own_extensions=has_own_theme(self.config))


class CompareBeforeTranslation(StageTransform):
    """Compare them with those that are translated, and front matter with the head that was made of it."""

    default_priority = Locale.default_priority - 1

    def apply(self, **kwargs: Any) -> None:
        name = self.env.current_document.docname
        compare_stages(self.env, name, self.document)
        records = publication_records(self.env)
        if is_article(name) or is_contributor(name) or name in records.pages or name in records.issues:
            report_lost_fields(self.document)


class KeepTranslatedWords(StageTransform):
    """Keep the words of a document as they were translated."""

    default_priority = Locale.default_priority + 5


class CompareAfterReading(StageTransform):
    """Compare them with those that are kept for the builder, after all other transforms and handlers."""

    default_priority = 999

    def apply(self, **kwargs: Any) -> None:
        compare_stages(self.env, self.env.current_document.docname, self.document)


class KeepReadWords(SphinxPostTransform):
    """Keep the words of a document as it was read."""

    default_priority = 0

    def run(self, **kwargs: Any) -> None:
        setattr(self.document, WORDS, words_at_stage(self.document, frozenset()))


def compare_resolved(app: Sphinx, doctree: nodes.document, name: str) -> None:
    """Compare the words of a document that is to be written with those that were read, its biographies as well."""
    compare_stages(app.env, name, doctree)
    article = publication_records(app.env).articles.get(name)
    if article is not None and article.authors and not article.withdrawn:
        text = words_at_stage(doctree, frozenset())
        for page in map(contributor_document, article.authors):
            biography = words_at_stage(app.env.get_doctree(page), frozenset())
            losses = list(lost_between(StageWords({BODY: biography.words[BODY]}, growing={BODY}), text))
            report_losses(app.env, page, losses, "biography in an article")


def setup(app: Sphinx) -> None:
    for transform in (
        KeepParsedWords,
        CompareBeforeTranslation,
        CheckTranslations,
        KeepTranslatedWords,
        CompareAfterReading,
    ):
        app.add_transform(transform)
    app.add_post_transform(KeepReadWords)
    # After all other handlers.
    app.connect("doctree-resolved", compare_resolved, priority=990)
