"""Read a catalogue (.po file) into a record for rules: the translations that are printed, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from markdown_it import MarkdownIt

from fleuron.checks.reading.inline_text import InlineReader, InlineText
from fleuron.checks.reading.markdown import texts_of
from fleuron.checks.reading.marks import plain_words
from fleuron.checks.sources import Catalogue, Link, Mark, Message, Passage, Piece, Text
from fleuron.checks.violation import Level, Place, Violation
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.editions.catalogue_checks import check_catalogue, doubts_about
from fleuron.editions.catalogue_reader import Translation, read_catalogue
from fleuron.manuscript.translated.message_parser import STRAY_MARKUP
from fleuron.publication.control_characters import control_character

STRING = re.compile(r'[^"]*"(?P<text>(?:\\.|[^"\\])*)"\s*$')
ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}
# A message that is a formula, and has no words; formulas within a text stand between dollar signs.
FORMULA = re.compile(r"\s*\$\$.*\$\$\s*|\s*\\begin\{.*|[^$`]*\\[A-Za-z]{2,}[^$`]*", re.DOTALL)


def read_translations(
    parser: MarkdownIt, file: Path, path: str, languages: tuple[str, str], document: str
) -> Catalogue:
    """Read the catalogue of a document; ``path`` is its path from the publication's folder.

    ``languages`` are those of the sources and of the catalogue.
    """
    source_language, language = languages
    if fault := check_catalogue(file):
        return Catalogue(path, language, document, problems=(violation_of(fault, path),))
    problems = [violation_of(doubt, path) for doubt in doubts_about(file)]
    lines = file.read_bytes().decode("utf-8-sig").split("\n")
    texts: list[Text] = []
    links: list[Link] = []
    messages: list[Message] = []
    for message, translation in read_catalogue(file).translations.items():
        if not translation.text or translation.is_fuzzy:
            continue
        line = (Piece(0, translation.line, 0),)
        if FORMULA.fullmatch(message):
            pairs = ((message, source_language), (translation.text, language))
            messages.append(
                Message(*(formula(text, Text(path, tag, "formula", text, "", line)) for text, tag in pairs))
            )
            continue
        found = inline_text(parser, translation.text)
        read = texts_of(found, path, language, "translation", pieces_of(translation, lines))
        texts += read
        unused = Diagnostic.UNUSED_TRANSLATION
        for problem in unprintable(translation.text, message, plain_words(found.tokens)[0]):
            problems.append(violation_of(Finding(unused, translation.line, {"problem": problem}), path))
        links += (Link(address, read[0].place(start), role) for start, address, role in found.links)
        source = inline_text(parser, message)
        source_text = texts_of(source, path, source_language, "message", line)[0]
        messages.append(Message(passage(source, source_text), passage(found, read[0])))
    return Catalogue(path, language, document, tuple(texts), tuple(links), tuple(problems), tuple(messages))


def inline_text(parser: MarkdownIt, text: str) -> InlineText:
    """Return what a translation has; it is a line of text whatever it begins with."""
    (inline,) = parser.parseInline(text, {})
    return InlineReader(text).read(inline.children or [])


def unprintable(translation: str, message: str, words: str) -> Iterator[str]:
    """Yield why a build does not use a translation whose text without markup is ``words``."""
    if control := control_character(translation):
        yield Diagnostic.CONTROL_CHARACTER.text({"code": control[0]})
    for mark in dict.fromkeys(STRAY_MARKUP.findall(words)):
        if mark not in message and f"\\{mark[0]}" not in translation:
            yield f"“{mark}” stands alone, as text"


def formula(source: str, text: Text) -> Passage:
    """Return a passage that is a formula as a whole."""
    return Passage(text, (Mark("formula", source.strip().removeprefix("$$").removesuffix("$$"), 0),), (), "", "")


def passage(found: InlineText, text: Text) -> Passage:
    plain, upright = plain_words(found.tokens)
    return Passage(text, tuple(found.marks), tuple(found.calls), plain, upright)


def violation_of(finding: Finding, path: str) -> Violation:
    level = Level.ERROR if finding.diagnostic.is_error else Level.WARNING
    return Violation(Place(path, finding.line), finding.text, level=level)


def pieces_of(translation: Translation, lines: Sequence[str]) -> tuple[Piece, ...]:
    """Return the parts of a translation that stand on one line with no escaped character before their last one."""
    letters = list(written_letters(lines, translation.line))
    if "".join(letter for letter, _line, _column in letters) != translation.text:
        return (Piece(0, translation.line, 0),)
    pieces = []
    expected = (0, 0)
    for offset, (_letter, line, column) in enumerate(letters):
        if (line, column) != expected:
            pieces.append(Piece(offset, line, column))
        expected = (line, column + 1)
    return tuple(pieces)


def written_letters(lines: Sequence[str], start: int) -> Iterator[tuple[str, int, int]]:
    """Yield the letters of a string of a .po file that begins on a line, each with its line and column (from 1)."""
    for number in range(start, len(lines) + 1):
        string = STRING.match(lines[number - 1])
        if string is None or (number > start and not lines[number - 1].lstrip().startswith('"')):
            return
        at = string.start("text")
        while at < string.end("text"):
            letter = lines[number - 1][at]
            if letter == "\\":
                following = lines[number - 1][at + 1]
                yield ESCAPED.get(following, following), number, at + 1
                at += 2
            else:
                yield letter, number, at + 1
                at += 1
