"""Mistakes in a translator's .po files."""

from __future__ import annotations

import pytest

from tests.mistakes.test_mistakes import CATALOGUE, TURKISH, assert_refused, assert_told, told
from tests.support.publications import Maker, text_of

FOLLOWING = '\nmsgid "The first text."\nmsgstr "İlk metin."\n'

BROKEN = [
    pytest.param('msgid "One"\nmsgstr "Bir\n', 6, id="unterminated"),
    pytest.param('msgid "One"\nmsgstr "Bir" iki"\n', 6, id="quotation-mark"),
    pytest.param('msgid "One"\nmsgstr "Bir"\n\nrubbish\n', 8, id="rubbish"),
    pytest.param('msgid "One"\n', 5, id="untranslated"),
]


@pytest.mark.parametrize(("message", "line"), BROKEN)
def test_a_syntax_error(make: Maker, message: str, line: int) -> None:
    """The entry is left out, and the next one is used."""
    publication = make({TURKISH: CATALOGUE + message + FOLLOWING})
    result = publication.publish("html", languages="tr")
    assert result.code == 0
    assert_told(result, f"{TURKISH}:{line}: WARNING: this entry of the catalogue cannot be read")
    assert "İlk metin." in text_of(publication.page("tr", "articles/one"))


def test_a_catalogue_that_is_not_utf_8(make: Maker) -> None:
    publication = make({})
    publication.write(TURKISH, f'{CATALOGUE}msgid "One"\nmsgstr "Gö"\n'.encode("latin-1"))
    assert_refused(publication.publish("html", languages="tr"), f"{TURKISH}:6:", "UTF-8", "0xf6")


@pytest.mark.parametrize("charset", ["ISO-8859-9", "NONE-8"])
def test_a_catalogue_that_names_another_encoding(make: Maker, charset: str) -> None:
    """Sphinx reads catalogues as UTF-8, whatever they say of themselves."""
    publication = make({})
    text = CATALOGUE.replace("UTF-8", charset) + 'msgid "One"\nmsgstr "Gö"\n'
    publication.write(TURKISH, text.encode("iso-8859-9"))
    assert_refused(publication.publish("html", languages="tr"), f"{TURKISH}:")


def test_a_compiled_catalogue_without_its_source_is_reported(make: Maker) -> None:
    """It would translate here, and nowhere else."""
    publication = make({TURKISH: f'{CATALOGUE}msgid "One"\nmsgstr "Bir"\n'})
    assert publication.publish("html", languages="tr", options="-W").code == 0
    (publication.source / TURKISH).unlink()
    result = publication.publish("html", languages="tr", options="-W")
    assert_refused(result, TURKISH.replace(".po", ".mo"), "compiled from one.po, which no longer exists; delete")
    (publication.source / TURKISH).with_suffix(".mo").unlink()
    assert publication.publish("html", languages="tr", options="-W").code == 0
    assert "Bir" not in publication.page("tr", "articles/one").text_content()


ONE = 'msgid "One"\nmsgstr "Bir"\n'
DOUBTS = [
    pytest.param(f'{CATALOGUE}{ONE}\nmsgid "One"\nmsgstr "Tek"\n', 8, "“One” is in the catalogue twice", id="twice"),
    pytest.param(ONE, 1, "no header", id="no-header"),
    pytest.param(f'# A comment.\n\n{ONE}\nmsgid "Ada writes."\nmsgstr "Ğ"\n', 1, "no header", id="comment"),
]


@pytest.mark.parametrize(("catalogue", "line", "words"), DOUBTS)
def test_a_catalogue_that_can_be_read_in_spite_of_a_fault(make: Maker, catalogue: str, line: int, words: str) -> None:
    publication = make({TURKISH: catalogue})
    result = publication.publish("html", languages="tr")
    assert result.code == 0, result.output
    (message,) = [message for message in told(result) if "WARNING" in message or "ERROR" in message]
    assert message.startswith(f"{TURKISH}:{line}: WARNING: ")
    assert words in message
    assert text_of(publication.page("tr", "articles/one").cssselect("h1")[0]) == "Bir¶"
    assert publication.publish("html", languages="tr", options="-W").code != 0


def test_a_byte_order_mark_is_read(make: Maker) -> None:
    publication = make({TURKISH: f"\ufeff{CATALOGUE}{ONE}"})
    result = publication.publish("html", languages="tr", options="-W")
    assert result.code == 0, result.output
    assert text_of(publication.page("tr", "articles/one").cssselect("h1")[0]) == "Bir¶"


def test_a_catalogue_without_a_text_is_reported(make: Maker) -> None:
    gone = TURKISH.replace("one.po", "gone.po")
    publication = make({gone: f"{CATALOGUE}{ONE}"})
    result = publication.publish("html", languages="tr")
    assert result.code == 0, result.output
    assert_told(result, f"{gone}:1:", "WARNING", "no text for this catalogue", "fleuron translations")
