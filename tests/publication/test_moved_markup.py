"""A translator moves, drops and adds marked-up pieces: what she wrote is printed, and what she lost is reported.

A build prints each piece as what it is, or reports the message at its line and prints the source; `fleuron check` names
each message that has lost or gained a piece, and none in which the pieces only stand in another order.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import html

from fleuron.checks.reading.catalogue import read_translations
from fleuron.checks.reading.markdown import make_parser
from fleuron.checks.run import check
from fleuron.checks.sources import Sources
from fleuron.editions.catalogue_reader import content_of
from fleuron.sphinx_defaults import DEFAULTS_FOR_PUBLICATIONS
from tests.mistakes.test_mistakes import CATALOGUE, HEAD, SOURCE, TURKISH, told
from tests.support.publications import SMALL, Publication

NIGHTLY = bool(os.environ.get("FLEURON_NIGHTLY"))
# What an author writes around a word; ``t`` is a number that no other piece has.
MARKUP = {
    **{"words": "{w}", "emphasis": "*{w}*", "strong": "**{w}**", "code": "`code{t}`", "html": "<kbd>{w}</kbd>"},
    **{"link": "[{w}](https://example.org/{t})", "reference": "{{ref}}`{w} <second>`", "role": "{{abbr}}`{w} (x)`"},
    **{"formula": "$x_{{{t}}}$", "note": "[^n{t}]", "own note": "^[{w}]"},
    **{"citation": "{{footcite}}`basran2020{{p. {t}}}`"},
}
NOTES = ("note", "own note", "citation")
EMPHASIS = ("emphasis", "strong")
# Kinds of which a translation has as many as its source, whatever their words.
COUNTED = ("reference", "role", "own note", "html")
KINDS = st.sampled_from(sorted(MARKUP))


@dataclass(frozen=True)
class Piece:
    """A piece of a message: its kind, and its number."""

    kind: str
    number: int

    def written(self, word: str) -> str:
        return MARKUP[self.kind].format(w=f"{word}{self.number}", t=self.number)

    @property
    def key(self) -> str:
        return self.kind if self.kind in COUNTED else f"{self.kind} {self.number}"


@dataclass(frozen=True)
class Message:
    """The pieces of a message in the source, and those of its translation."""

    source: tuple[Piece, ...]
    translation: tuple[Piece, ...]

    def changed(self, *kinds: str) -> Counter[str]:
        """Return the pieces of some kinds that only one side has."""
        ours, theirs = (
            Counter(piece.key for piece in side if piece.kind in kinds) for side in (self.source, self.translation)
        )
        return (ours - theirs) + (theirs - ours)

    @property
    def is_changed(self) -> bool:
        """Whether a piece is lost or added, or all emphasis is."""
        emphasised = [any(piece.kind in EMPHASIS for piece in side) for side in (self.source, self.translation)]
        kept = [kind for kind in MARKUP if kind not in (*EMPHASIS, "words")]
        # A reference that stands there once more leads nowhere else.
        return emphasised[0] != emphasised[1] or bool(self.changed(*kept))


@st.composite
def messages(draw: st.DrawFn, count: int) -> list[Message]:
    made = []
    for number in range(count):
        first = 1000 + 20 * number
        source = [Piece(kind, first + at) for at, kind in enumerate(draw(st.lists(KINDS, min_size=1, max_size=5)))]
        moved = draw(st.permutations(source))
        kept = moved[: draw(st.integers(0, len(moved)))] if draw(st.booleans()) else moved
        added = [Piece(kind, first + 10 + at) for at, kind in enumerate(draw(st.lists(KINDS, max_size=2)))]
        # A reference to a heading that the source refers to as well may be repeated, and is no other.
        added = [piece for piece in added if piece.kind not in ("note", "reference")]
        at = draw(st.integers(0, len(kept)))
        made.append(Message(tuple(source), (*kept[:at], *(added if draw(st.booleans()) else ()), *kept[at:])))
    return made


def escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"")


def texts(message: Message, number: int) -> tuple[str, str]:
    """Return the text of a message and its translation."""
    source = " ".join([f"Source{number}.", *(piece.written("source") for piece in message.source)])
    return source, " ".join([f"Çeviri{number}.", *(piece.written("kelime") for piece in message.translation)])


def catalogue_of(found: Sequence[Message]) -> str:
    """Return a catalogue; each translation is on a line of its own, three after the one before."""
    pairs = [texts(message, number) for number, message in enumerate(found)]
    return CATALOGUE + "\n".join(f'msgid "{escaped(ours)}"\nmsgstr "{escaped(theirs)}"\n' for ours, theirs in pairs)


def line_of(number: int) -> int:
    return CATALOGUE.count("\n") + 2 + 3 * number


@settings(
    max_examples=2000 if NIGHTLY else 60,
    derandomize=not NIGHTLY,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(found=messages(count=4))
def test_a_check_names_each_message_that_has_lost_or_gained_a_piece_and_no_other(
    tmp_path_factory: pytest.TempPathFactory, found: list[Message]
) -> None:
    path = tmp_path_factory.getbasetemp() / "moved.po"
    path.write_text(catalogue_of(found), "utf-8")
    content_of.cache_clear()  # the file changes within the time that tells two versions of it apart
    parser = make_parser(cast(list[str], DEFAULTS_FOR_PUBLICATIONS["myst_enable_extensions"]))
    catalogue = read_translations(parser, path, path.name, ("en", "tr"), "articles/one")
    violations = check(Sources(path.parent, "en", (), (catalogue,)))
    told_lines = {
        violation.place.line
        for violation in violations
        if violation.rule in ("differing-markup", "differing-link", "differing-note")
    }
    changed = {line_of(number) for number, message in enumerate(found) if message.is_changed}
    assert told_lines == changed, [texts(message, number) for number, message in enumerate(found)]


def article_of(found: Sequence[Message]) -> str:
    """Return an article with the messages, and with the notes that they call."""
    notes = [piece for message in found for piece in message.source if piece.kind == "note"]
    paragraphs = [texts(message, number)[0] for number, message in enumerate(found)]
    definitions = [f"[^n{piece.number}]: Note{piece.number}." for piece in notes]
    return HEAD + "\n\n".join([*paragraphs, "(second)=\n## Second", "Last.", *definitions]) + "\n"


def is_printed(piece: Piece, block: html.HtmlElement, page: str) -> bool:
    """Return whether a paragraph of a page has a piece of a translation as what it is."""
    word = f"kelime{piece.number}"
    selectors = {"emphasis": "em", "strong": "strong", "role": "abbr", "html": "kbd", "reference": "a[href='#second']"}
    if selector := selectors.get(piece.kind):
        return any(word in element.text_content() for element in block.cssselect(selector))
    if piece.kind == "link":
        links = block.cssselect(f"a[href='https://example.org/{piece.number}']")
        return any(word in element.text_content() for element in links)
    if piece.kind == "code":
        return any(f"code{piece.number}" == element.text_content() for element in block.cssselect("code"))
    if piece.kind == "formula":
        return any(str(piece.number) == element.text for element in block.iter("mn", "{*}mn"))
    if piece.kind == "words":
        return word in block.text_content()
    return {"note": f"Note{piece.number}.", "own note": word, "citation": str(piece.number)}[piece.kind] in page


@pytest.mark.slow
@settings(
    max_examples=25 if NIGHTLY else 1,
    derandomize=not NIGHTLY,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(found=messages(count=60))
def test_each_piece_is_printed_as_what_it_is_or_the_message_is_reported(
    tmp_path_factory: pytest.TempPathFactory, found: list[Message]
) -> None:
    publication = Publication(tmp_path_factory.mktemp("moved") / "source")
    files = {"articles/one.md": article_of(found), TURKISH: catalogue_of(found), "refs.bib": SOURCE}
    for name, text in {**SMALL, **files}.items():
        publication.write(name, text)
    result = publication.publish("html", languages="tr")
    assert result.code == 0, result.output
    reported = {int(at[1]) for line in told(result) if (at := re.match(rf"{TURKISH}:(\d+): WARNING", line))}
    page = publication.page("tr", "articles/one")
    whole = page.text_content()
    blocks = {}
    for block in page.cssselect("section > p"):
        if at := re.match(r"(?:EN )?(Source|Çeviri)(\d+)\.", block.text_content()):
            blocks[int(at[2])] = (at[1], block)
    assert sorted(blocks) == list(range(len(found)))
    for number, message in enumerate(found):
        side, block = blocks[number]
        if side == "Source" or message.changed(*NOTES):
            assert line_of(number) in reported, texts(message, number)
        if side == "Çeviri":
            lost = [piece for piece in message.translation if not is_printed(piece, block, whole)]
            assert not lost, (texts(message, number), html.tostring(block, encoding="unicode"))
            calls = sum(piece.kind in NOTES for piece in message.translation)
            assert len(block.cssselect("a.footnote-reference")) == calls, texts(message, number)
