"""The sample's catalogues are whole: nothing empty, nothing fuzzy, nothing lost on the way."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from fleuron.notes.markup.citation_syntax import parse_citation
from tests.support.publications import ROOT, Publication, copy_sample

CATALOGUES = sorted((ROOT / "locale").rglob("*.po"))
# What a translator must bring over as it stands: calls of notes, links' targets, spans' attributes.
KEPT = re.compile(r"\{footcite[^}]*\}`[^`]+`|\[\^[^\]]+\]|\]\([^)]*\)|\]\{[^}]*\}")


def messages(path: Path) -> list[Message]:
    with path.open("rb") as stream:
        return [message for message in read_po(stream) if message.id]


def test_there_is_a_catalogue_for_every_page_and_language() -> None:
    folders = ("issues", "articles", "authors")
    pages = [ROOT / "index.md", *(path for folder in folders for path in ROOT.glob(f"{folder}/*.md"))]
    names = {str(page.relative_to(ROOT).with_suffix(".po")) for page in pages}
    for language in ("tr", "ru", "fa"):
        folder = ROOT / "locale" / language / "LC_MESSAGES"
        assert {str(path.relative_to(folder)) for path in CATALOGUES if folder in path.parents} == names


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT / "locale")))
def test_no_message_is_empty_or_fuzzy(path: Path) -> None:
    for message in messages(path):
        assert message.string, message.id
        assert not message.fuzzy, message.id


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT / "locale")))
def test_a_translation_keeps_calls_links_and_spans(path: Path) -> None:
    """The words around a source are the author's, and translated; which source it is, and where in it, is not."""
    for message in messages(path):
        kept, translated = (Counter(map(bare, KEPT.findall(str(text)))) for text in (message.id, message.string))
        assert kept == translated, message.id


def bare(call: str) -> str:
    """Take the words in a citation that are a translator's to word."""
    role, mark, text = call.partition("`")
    if not role.startswith("{footcite"):
        return call
    sources = [(each.key, each.locators) for each in parse_citation(text.rstrip("`"))[0]]
    return f"{role}{mark}{sources}"


def test_the_catalogues_are_those_of_the_sources(tmp_path: Path) -> None:
    """`make translations` finds nothing to change, wherever the publication lies."""
    (tmp_path / "source").mkdir()
    publication = Publication(copy_sample(tmp_path / "source"))
    before = {path: path.read_bytes() for path in publication.source.rglob("*.po")}
    result = publication.run("translations")
    assert result.code == 0, result.output
    assert {path: path.read_bytes() for path in publication.source.rglob("*.po")} == before
    assert not list(publication.source.rglob("*.pot"))
