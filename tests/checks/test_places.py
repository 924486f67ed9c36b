"""Each letter that a rule sees stands where its place says, whatever construct it is in; code is not seen."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from fleuron.checks.reading.catalogue import read_translations
from fleuron.checks.reading.markdown import MarkdownReader, make_parser
from fleuron.checks.sources import MARKUP, OPAQUE, Text
from fleuron.sphinx_defaults import DEFAULTS_FOR_PUBLICATIONS
from tests.support.publications import ROOT

PARSER = make_parser(cast(list[str], DEFAULTS_FOR_PUBLICATIONS["myst_enable_extensions"]))
EVERY_CONSTRUCT = ROOT / "tests/conservation/every_construct.md"
CATALOGUE = ROOT / "locale/tr/LC_MESSAGES/articles/footnote.po"


def texts_of(path: Path) -> tuple[Text, ...]:
    if path.suffix == ".po":
        return read_translations(PARSER, path, "a.po", ("en", "tr"), "articles/footnote").texts
    return MarkdownReader(PARSER, "a.md", "articles/a", "en", path.read_text("utf-8")).read().texts


@pytest.mark.parametrize("path", [EVERY_CONSTRUCT, CATALOGUE], ids=lambda path: path.name)
def test_each_letter_stands_at_its_place(path: Path) -> None:
    lines = path.read_text("utf-8").split("\n")
    seen = 0
    for text in texts_of(path):
        assert len(text.words) == len(text.source)
        for offset, letter in enumerate(text.words):
            place = text.place(offset)
            if letter not in (MARKUP, OPAQUE, "\n") and letter == text.source[offset] and place.column:
                assert lines[place.line - 1][place.column - 1] == letter, (text.source, offset)
                seen += 1
    assert seen > 1000


def test_code_formulas_addresses_and_words_in_other_languages_are_not_seen() -> None:
    source = (
        "Seen `code` $x - y$ [words](a-b.md) <https://a.org> [متن]{.language-fa} {footcite}`k{p. 1-2}` ![alt](p.png)\n"
    )
    (text,) = MarkdownReader(PARSER, "a.md", "a", "en", source).read().texts
    assert text.words.replace(MARKUP, "").replace(OPAQUE, "").split() == ["Seen", "words"]
