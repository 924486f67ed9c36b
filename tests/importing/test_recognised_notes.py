"""Notes of word processors are recognised as citations of known sources, and none as that of a wrong one.

`notes_*.txt` have twenty notes each, in the order of a text. Below each is what it cites: for each part between
semicolons “full”, “short” or “repeat” with the key and the locator; “words” for a note that cites no source of
`refs.bib`; “unsure” for a citation that only its author can tell. `styles_*.txt` have as many again in the styles of
Chicago, the MLA, GOST and Turkish publishers; “new” is a source that refs.bib has not, or a repeat of one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from fleuron.csl.sources.bibtex import read_bibliography
from fleuron.importing.recognised_notes import NoteReader, RecognisedNote, RecognisedPart, recognise_notes

FOLDER = Path(__file__).parent
SOURCES, _ = read_bibliography((FOLDER / "refs.bib").read_text("utf-8"))
LANGUAGES = ("en", "tr", "ru")


@dataclass(frozen=True)
class Expected:
    """What a part of a note cites."""

    kind: str
    key: str = ""
    locator: str = ""


def corpus(language: str) -> list[tuple[str, list[Expected]]]:
    lines = (FOLDER / f"notes_{language}.txt").read_text("utf-8").splitlines()
    answers = [[Expected(*part.split(" ", 2)) for part in line[2:].split("; ")] for line in lines[1::2]]
    return list(zip(lines[::2], answers, strict=True))


def styled(language: str) -> list[tuple[RecognisedPart, Expected]]:
    """Return the parts of the notes in many styles, read with the new entries that they propose."""
    lines = (FOLDER / f"styles_{language}.txt").read_text("utf-8").splitlines()
    reader = NoteReader(SOURCES, accepts=True)
    found = []
    for note, answer in zip(lines[::2], lines[1::2], strict=True):
        wanted = [Expected(*part.strip().split(" ", 2)) for part in answer[2:].split(";")]
        found += list(zip(reader.read(note).parts, wanted, strict=True))
    return found


def read(language: str) -> list[tuple[RecognisedNote, list[Expected]]]:
    notes, answers = zip(*corpus(language), strict=True)
    return list(zip(recognise_notes(notes, SOURCES), answers, strict=True))


def parts() -> list[tuple[RecognisedPart, Expected]]:
    """Return all parts of all notes, each with what is expected of it."""
    found = []
    for language in LANGUAGES:
        for note, wanted in read(language):
            assert len(note.parts) == len(wanted), note.text
            found += list(zip(note.parts, wanted, strict=True))
    return found


def is_right(part: RecognisedPart, wanted: Expected) -> bool:
    return (part.key, part.locator) == (wanted.key, wanted.locator)


def test_the_corpus_has_sixty_notes() -> None:
    assert [len(corpus(language)) for language in LANGUAGES] == [20, 20, 20]


@pytest.mark.parametrize(("kinds", "least"), [(("full", "short"), 0.95), (("repeat",), 0.98)])
def test_citations_are_recognised(kinds: tuple[str, ...], least: float) -> None:
    of_kind = [(part, wanted) for part, wanted in parts() if wanted.kind in kinds]
    wrong = [(part, wanted) for part, wanted in of_kind if not is_right(part, wanted)]
    assert 1 - len(wrong) / len(of_kind) >= least, wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_in_many_styles_are_recognised(language: str) -> None:
    parts_of_language = styled(language)
    assert len(parts_of_language) >= 20
    wrong = [(part, wanted) for part, wanted in parts_of_language if not is_right(part, wanted)]
    assert wrong == []
    assert all(part.problem or part.candidates for part, wanted in parts_of_language if wanted.kind == "unsure")


def test_no_source_is_cited_that_the_note_does_not_cite() -> None:
    assert [(part, wanted) for part, wanted in parts() if part.key and part.key != wanted.key] == []


def test_what_is_unsure_stays_as_it_is_with_a_reason() -> None:
    unsure = [part for part, wanted in parts() if wanted.kind == "unsure"]
    assert unsure
    assert all(part.problem and part.text and not part.key for part in unsure)
    assert not any(part.problem for part, wanted in parts() if wanted.kind != "unsure")


def test_words_are_words_and_an_introduction_is_kept() -> None:
    (see, own, both) = recognise_notes(
        [
            "See also Grafton, The Footnote, 12, with a map.",
            "A remark.",
            "Compare Barfield, Afghanistan, p. 3; the rest is mine.",
        ],
        SOURCES,
    )
    assert see.markup() == "{footcite}`{See also}grafton1997{p. 12, with a map}`"
    assert own.markup() == "A remark."
    assert both.markup() == "Compare {footcite}`barfield2010{p. 3}`; the rest is mine."


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("Grafton 1997, 45.", "grafton1997 p. 45"),
        ("GRAFTON, Anthony. The footnote. Harvard, 1997, p. 12.", "grafton1997 p. 12"),
        ("Barfield, Afghanistan: A Cultural and Political History, esp. chapter 4.", "barfield2010 ch. 4"),
        ("Лотман Ю.М. Беседы о русской культуре. СПб., 1994. С. 45–47, 50.", "lotman1994 pp. 45-47, 50"),
        ("İnalcık, 1980: 290", "inalcik1980 p. 290"),
        ("Mackinder, “Geographical Pivot,” 425.", "mackinder1904 p. 425"),
        ("Gibbon, Decline and Fall, ch. 15, n. 3.", "gibbon1776 ch. 15, n. 3"),
        # A sentence about a book, other books of the same authors, a translation, and one of several in a year.
        ("The Footnote is the title of Grafton’s book of 1997, which argues that notes tell a second story.", ""),
        ("As Barfield, Afghanistan, p. 3, says, the king was a guest.", ""),
        ("Ahmed Rashid, Descent into Chaos (London: Penguin, 2008), 12.", ""),
        ("Anthony Grafton and Megan Williams, Christianity and the Book (Cambridge, MA: Harvard, 2006), 3.", ""),
        ("Лотман Ю. М. Структура художественного текста. М., 1970. С. 3.", ""),
        ("İlber Ortaylı, Osmanlı’yı Yeniden Keşfetmek, Timaş, İstanbul 2006, s. 10.", ""),
        ("T. Barfield, Afganistan: Kültürel ve Siyasi Tarih, İstanbul 2012, s. 4.", ""),
        ("Grafton, p. 3.", ""),
    ],
)
def test_a_note_by_itself(note: str, expected: str) -> None:
    (part,) = recognise_notes([note], SOURCES)[0].parts
    assert f"{part.key} {part.locator}".strip() == expected


@pytest.mark.parametrize(
    ("note", "key"),
    [
        (
            "Anthony Grafton, “The Footnote from De Thou to Ranke,” History and Theory 33, no. 4 (1994): 53–76.",
            "grafton1994",
        ),
        ("Grafton, op. cit., 61.", "grafton1994"),
        ("Rashid, Ahmed. Jihad: The Rise of Militant Islam. New Haven: Yale UP, 2002. 5. Print.", "rashid2002"),
        ("Barnett R. Rubin, Afghanistan: What Everyone Needs to Know (New York: OUP, 2020), 12.", "rubin2020"),
        ("Коргун В. Г. Россия и Афганистан. М.: URSS, 2009. С. 10.", "korgun2009"),
        ("Коргун В. Г. Указ. соч. С. 12.", "korgun2009"),
        ("Лотман Ю. М. Беседы с Пушкиным. М.: Наука, 1995. С. 4.", "lotman1995"),
        ("İlber Ortaylı, Gelenekten Geleceğe, Hil Yayın, İstanbul 1982, s. 5.", "ortayli1982"),
        ("Halil İnalcık, Osmanlı İmparatorluğu’nun Tarihi, Eren Yayıncılık, İstanbul 2000, s. 89.", "inalcik2000"),
    ],
)
def test_another_source_of_an_author_is_proposed_and_none_of_them_cited(note: str, key: str) -> None:
    """Those that repeat follow the first of their author here."""
    firsts = {
        "grafton1994": "Anthony Grafton, “The Footnote from De Thou to Ranke,” History and Theory 33 (1994): 53–76.",
        "korgun2009": "Коргун В. Г. Россия и Афганистан. М.: URSS, 2009. С. 10.",
    }
    reader = NoteReader(SOURCES)
    if key in firsts:
        reader.read(firsts[key])
    (part,) = reader.read(note).parts
    assert (part.key, part.proposed) == ("", key)


def test_a_word_that_no_entry_has_is_told() -> None:
    note = "Halil İnalcık, Osmanlı İmparatorluğu: Klasik Çağ (1300-1600), çev. Ruşen Sezer, İstanbul 2003, s. 89."
    (part,) = recognise_notes([note], SOURCES)[0].parts
    assert (part.key, part.left_out) == ("inalcik2003", ("Ruşen", "Sezer"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_lost_but_those_of_the_source(language: str) -> None:
    """What the markup of a note has not is in the entry, or is a word of citations."""
    for note, wanted in read(language):
        if all(each.kind in ("words", "unsure") for each in wanted):
            assert re.findall(r"\w+", note.markup()) == re.findall(r"\w+", note.text)
