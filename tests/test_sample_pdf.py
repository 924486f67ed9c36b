"""The sample's PDFs, as they are built: text page by page, notes, contents, tags."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import page as pdf_validation
import pikepdf
import pytest
from lxml import etree
from publications import Publication, pdf_pages, text_of

LANGUAGES = {"en": "Contents", "tr": "İçindekiler", "ru": "Содержание"}
ARTICLES = ("moscow-format", "wakhan-corridor", "footnote")


def volume(sample: Publication, language: str) -> Path:
    return sample.build / "pdf" / f"marginalia-{language}.pdf"


def offprint(sample: Publication, language: str, name: str) -> Path:
    return sample.build / "pdf" / language / f"{name}.pdf"


def folded(text: str) -> str:
    """Fold white space, and join words that are hyphenated at a line's end."""
    return " ".join(re.sub(r"[‐\u00ad-]\n\s*", "", text).split())


def title_of(sample: Publication, language: str, name: str) -> str:
    return text_of(sample.page(language, f"articles/{name}").cssselect("h1")[0]).rstrip("¶").strip()


def opening_page(pages: list[str], title: str) -> int:
    """Find the number of the page on which an article opens, from 1."""
    words = folded(title)[:40]
    return next(number for number, text in enumerate(pages, 1) if number > 3 and folded(text).startswith(words))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_tell_the_true_pages(sample: Publication, language: str) -> None:
    pages = pdf_pages(volume(sample, language))
    contents = next(text for text in pages if text.strip().startswith(LANGUAGES[language]))
    told = [int(number) for number in re.findall(r"\.{3,}\s*(\d+)$", contents, re.MULTILINE)]
    true = [opening_page(pages, title_of(sample, language, name)) for name in ARTICLES]
    assert told == true
    assert all(number % 2 for number in true), "articles open on a recto"


@pytest.mark.parametrize("language", LANGUAGES)
def test_running_heads_and_folios(sample: Publication, language: str) -> None:
    pages = pdf_pages(volume(sample, language))
    first = opening_page(pages, title_of(sample, language, ARTICLES[0]))
    verso, recto = folded(pages[first]), folded(pages[first + 1])
    assert verso.lower().startswith(f"{first + 1} marginalia eurasiatica")
    assert recto.startswith(title_of(sample, language, ARTICLES[0])[:30])
    assert re.match(r".*\b" + str(first + 2), pages[first + 1].splitlines()[0])
    assert folded(pages[first - 1]).endswith(str(first)), "the folio of an opening page stands at its foot"


def notes_of(sample: Publication, language: str, name: str) -> list[str]:
    """Return an article's notes as its page numbers them."""
    root = sample.page(language, f"articles/{name}")
    return [text_of(note.cssselect(".label")[0]).strip("[]") for note in root.cssselect("aside.footnote")]


def calls_and_feet(path: Path) -> tuple[dict[str, int], dict[str, int]]:
    """Tell on which page each note is first called, and on which it is printed.

    A call is a number by itself, or numbers with a comma, in the smallest type; a note begins with
    its number and a stop in the type of the notes.
    """
    listed = subprocess.run(["pdftohtml", "-xml", "-i", "-stdout", str(path)], capture_output=True, check=True).stdout
    root = etree.fromstring(listed, etree.XMLParser(recover=True))
    sizes = {font.get("id"): int(str(font.get("size"))) for font in root.iter("fontspec")}
    calls: dict[str, int] = {}
    feet: dict[str, int] = {}
    for sheet in root.iter("page"):
        for piece in sheet.iter("text"):
            text, size = text_of(piece), sizes[piece.get("font")]
            if size <= 10 and re.fullmatch(r"\d+(,\d+)*", text):
                for number in text.split(","):
                    calls.setdefault(number, int(str(sheet.get("number"))))
            elif size == 13 and (note := re.match(r"(\d{1,3})\.( |$)", text)):
                feet.setdefault(note[1], int(str(sheet.get("number"))))
    return calls, feet


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ARTICLES)
def test_each_note_stands_once_at_the_foot_where_it_is_called(sample: Publication, language: str, name: str) -> None:
    numbers = notes_of(sample, language, name)
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    calls, feet = calls_and_feet(offprint(sample, language, name))
    assert list(feet) == numbers
    assert set(numbers) <= set(calls)
    # WeasyPrint 70 carries some notes over to the foot of the next page, whatever footnote-policy says.
    assert {feet[number] - calls[number] for number in numbers} <= {0, 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_alone_opens_on_its_first_page(sample: Publication, language: str) -> None:
    for name in ARTICLES:
        first = folded(pdf_pages(offprint(sample, language, name))[0])
        assert first.startswith(title_of(sample, language, name)[:30])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_is_whole_and_in_its_language(sample: Publication, language: str) -> None:
    for name in ARTICLES:
        printed = folded("\n".join(pdf_pages(offprint(sample, language, name))))
        headings = sample.page(language, f"articles/{name}").cssselect("article h2")
        assert len(headings) >= 3
        for heading in headings:
            assert text_of(heading).rstrip("¶").strip() in printed
        with pikepdf.open(offprint(sample, language, name)) as pdf:
            assert str(pdf.Root.Lang) == language
            assert str(pdf.docinfo["/Title"]) == title_of(sample, language, name)


def pdfs(sample: Publication) -> list[Path]:
    found = sorted((sample.build / "pdf").rglob("*.pdf"))
    assert len(found) == len(LANGUAGES) * (len(ARTICLES) + 1)
    return found


def test_every_pdf_is_sound_tagged_and_accessible(sample: Publication) -> None:
    for path in pdfs(sample):
        done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        report = pdf_validation.validate_pdf(path, profile="ua1")
        assert [(fault.rule_id, fault.message) for fault in report.failures] == [], path


def test_every_pdf_embeds_the_press_s_own_faces(sample: Publication) -> None:
    """A face from elsewhere means a character that neither has: the page would differ by machine."""
    for path in pdfs(sample):
        listed = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout
        faces = {re.sub(r"^[A-Z]{6}\+", "", line.split()[0]).split("-")[0] for line in listed.splitlines()[2:]}
        assert faces <= {"Vollkorn", "Amiri"}, path
