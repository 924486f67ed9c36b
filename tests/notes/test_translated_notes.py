"""Notes in translations: they may be moved; lost and added ones are reported."""

from __future__ import annotations

import pytest
from lxml import html

from tests.mistakes.test_mistakes import CATALOGUE, HEAD, TURKISH, told
from tests.notes.test_built_notes import notes_of, numbers_of
from tests.support.publications import ROOT, Maker, Publication, Result, text_of

REFS = (ROOT / "refs.bib").read_text("utf-8")
SOURCE = (
    f"{HEAD}First.{{footcite}}`grafton1997` Second.{{footcite}}`rashid2000`\n\n"
    "## A head{footcite}`barfield2010`\n\nOwn[^x] and other[^y].\n\nThird.{footcite}`grafton1997`\n\n"
    "[^x]: X words.\n\n[^y]: Y words.\n"
)
FIRST = "First.{footcite}`grafton1997` Second.{footcite}`rashid2000`"


def translated(make: Maker, *messages: tuple[str, str]) -> tuple[Publication, Result]:
    catalogue = CATALOGUE + "\n".join(f'msgid "{source}"\nmsgstr "{target}"\n' for source, target in messages)
    publication = make({"articles/one.md": SOURCE, "refs.bib": REFS, TURKISH: catalogue})
    return publication, publication.publish("html", languages="tr")


def page_of(publication: Publication, result: Result) -> html.HtmlElement:
    assert result.code == 0, result.output
    assert "WARNING" not in result.output
    return publication.page("tr", "articles/one")


def test_moving_a_note_is_not_reported_and_the_numbers_follow(make: Maker) -> None:
    target = "İkinci.{footcite}`rashid2000` Birinci.{footcite}`grafton1997`"
    page = page_of(*translated(make, (FIRST, target)))
    assert numbers_of(page) == [str(number) for number in range(1, 7)]
    words = notes_of(page)
    assert words[0].startswith("Ahmed Rashid")
    assert words[1].startswith("Anthony Grafton")
    assert words[5] == "Grafton, a.g.e."


def test_moving_an_authors_own_note_is_not_reported(make: Maker) -> None:
    page = page_of(*translated(make, ("Own[^x] and other[^y].", "Öteki[^y] ve benim[^x].")))
    paragraph = next(each for each in page.cssselect("p") if "Öteki" in text_of(each))
    assert text_of(paragraph) == "Öteki4 ve benim5."
    # The notes themselves have no translation.
    assert [words for words in notes_of(page) if "words" in words] == ["EN Y words.", "EN X words."]


def test_a_note_in_a_translated_heading(make: Maker) -> None:
    page = page_of(*translated(make, ("A head{footcite}`barfield2010`", "{footcite}`barfield2010` Bir başlık")))
    (heading,) = [each for each in page.cssselect("h2") if "başlık" in text_of(each)]
    assert text_of(heading).startswith("3 Bir başlık")


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("Birinci.{footcite}`grafton1997`", ("leaves out “rashid2000”",)),
        (f"{FIRST.replace('First', 'İlk')} {{footcite}}`simsir2002`", ("adds “simsir2002”",)),
        ("Bir.{footcite}`grafton1997` İki.{footcite}`simsir2002`", ("leaves out “rashid2000”", "adds “simsir2002”")),
    ],
    ids=["lost", "added", "changed"],
)
def test_a_note_lost_or_added_is_reported_once_in_the_catalogue(
    make: Maker, target: str, words: tuple[str, ...]
) -> None:
    publication, result = translated(make, (FIRST, target))
    assert result.code == 0, result.output
    (warning,) = [line for line in told(result) if "WARNING" in line]
    assert warning.startswith(f"{TURKISH}:6:")
    assert all(word in warning for word in words)
    notes = notes_of(publication.page("tr", "articles/one"))
    assert ("Şimşir" in " ".join(notes)) is ("simsir" in target)


@pytest.mark.parametrize(
    ("target", "word"),
    [("Birinci.{footcite}`grafton1997{s. 3}` İkinci.{footcite}`rashid2000`", "“s. 3”")],
)
def test_a_bad_citation_in_a_translation_is_reported_in_the_catalogue(make: Maker, target: str, word: str) -> None:
    _publication, result = translated(make, (FIRST, target))
    (warning,) = [line for line in told(result) if "WARNING" in line]
    assert warning.startswith(f"{TURKISH}:6:")
    assert word in warning


def test_an_authors_words_around_a_source_are_translated(make: Maker) -> None:
    target = "Birinci.{footcite}`{krş.}grafton1997{p. 3, haritalı}` İkinci.{footcite}`rashid2000`"
    page = page_of(*translated(make, (FIRST, target)))
    assert notes_of(page)[0].startswith("krş. Anthony Grafton")
    assert notes_of(page)[0].endswith("s. 3, haritalı.")
