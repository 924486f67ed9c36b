"""Report what a document has not of its source file, when it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from markdown_it import MarkdownIt
from myst_parser.config.main import MdParserConfig
from sphinx.application import Sphinx
from sphinx.config import Config

from fleuron.config import has_own_theme
from fleuron.conservation.comparison import compare
from fleuron.conservation.reading.node_words import forget_parts, parts_of, words_of_nodes
from fleuron.conservation.reading.parts import WHOLE, is_foreign, lost_in_part
from fleuron.conservation.reading.recorder import (
    ParsedText,
    Record,
    RecordingParser,
    RecordingRenderer,
    recording_markdown_parser,
)
from fleuron.conservation.reading.source_words import Loss, loss_of, unread_words, used_labels
from fleuron.conservation.reading.token_words import TokenReader
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.reporting import places_with_errors, report

# At most as many losses of a document are reported: where one thing goes wrong, much that follows may be lost.
MOST = 8


# The word that stands for a part of the source (`token_words.name_of_part`).
PART_NAME = re.compile(r"⟨\w+ \d+⟩")


class CheckingRenderer(RecordingRenderer):
    """Render as notes need it, and report what a translation of a catalogue has and its nodes have not.

    `MessageParser` takes that for a reason not to use the translation.
    """

    def nested_render_text(self, text: str, lineno: int, inline: bool = False, *options: Any, **named: Any) -> None:
        is_message, place = self.open_part is None and not self.record.texts, self.current_node
        super().nested_render_text(text, lineno, inline, *options, **named)
        if is_message:
            check(place, self.record, self.sphinx_env.config)


class CheckingParser(RecordingParser):
    """Parse a document, and report each word of its source that it lacks."""

    def parse(self, inputstring: str, document: nodes.document) -> None:
        super().parse(inputstring, document)
        check(document, self.record, document.settings.env.config)

    @staticmethod
    def markdown_parser(config: MdParserConfig) -> MarkdownIt:
        return recording_markdown_parser(config, CheckingRenderer)


def check(root: nodes.Element, record: Record, config: Config) -> None:
    """Report what the nodes below one lack of the texts that they were parsed from."""
    losses = list(losses_of(root, record, has_own_extensions=has_own_theme(config)))
    forget_parts(root)
    report_losses(losses)


def losses_of(root: nodes.Element, record: Record, *, has_own_extensions: bool = False) -> Iterator[Loss]:
    """Yield what the nodes below one lack of the texts that they were parsed from.

    A project that ``has_own_extensions`` knows what they make of what they are given, such as an example.
    """
    everything, reached = list(all_texts(record)), parts_of(root)
    labels = {label for text in everything for token in text.tokens for label in used_labels([token])}
    for text in everything:
        yield from unread_words(text, record.parts, labels)
    reader = TokenReader(record.parts, reached)
    for text in record.texts:
        reader.read(text)
    yield from (loss_of(loss, WHOLE) for loss in compare(reader.streams, words_of_nodes(root.children)))
    for part in record.parts.values():
        if has_own_extensions and (part.kind == "role" or is_foreign(part)):
            continue
        if part in reached or not part.is_spread:
            yield from lost_in_part(part, TokenReader(record.parts, reached - {part}))


def all_texts(record: Record) -> Iterator[ParsedText]:
    yield from record.texts
    for part in record.parts.values():
        yield from part.texts


def report_losses(losses: list[Loss]) -> None:
    """Report losses at their lines; what was reported for a line is not reported again."""
    told = set(places_with_errors())
    number = 0
    for loss in losses:
        place = line_of_words(loss)
        if place in told:
            continue
        told.add(place)
        if number == MOST:
            report(Finding(Diagnostic.MORE_WORDS_UNREAD, place[1], {"number": len(losses) - number}), place[0])
            return
        number += 1
        words, shown = PART_NAME.sub("…", loss.words), PART_NAME.sub("…", loss.before)
        before = f" (after “{shown}”)" if shown else ""
        values = {"words": words, "before": before, "problem": loss.problem, "reason": loss.reason}
        report(Finding(Diagnostic.UNREAD_WORDS, place[1], values), place[0])


def line_of_words(loss: Loss) -> tuple[str, int]:
    """Return the file and the line that has the first of the lost words."""
    path, first = Path(loss.lines.path), loss.lines.first
    if not path.is_file() or loss.lines.last <= first:
        return str(path), first
    lines = path.read_text("utf-8", errors="replace").splitlines()
    words = loss.words.removesuffix(" …").split()
    for count in (3, 2, 1):
        for number in range(first, min(loss.lines.last, len(lines)) + 1):
            if squeezed(" ".join(words[:count])) in squeezed(lines[number - 1]):
                return str(path), number
    return str(path), first


def squeezed(text: str) -> str:
    """Return the letters and digits of a text."""
    return "".join(filter(str.isalnum, text))


def setup(app: Sphinx) -> None:
    """Read MyST files with our parser; the texts of a project with notebooks are read by that of `notes`."""
    if "myst_parser" in app.extensions and "myst_nb" not in app.extensions:
        app.add_source_parser(CheckingParser, override=True)
