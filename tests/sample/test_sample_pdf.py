"""The sample's PDFs, as they are built: text page by page, notes, contents, tags."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from fleuron.archive.validation.verapdf import verapdf
from fleuron.publication.edition import Edition
from tests.support.bound_book import faults
from tests.support.publications import Publication, in_latin_digits, pdf_pages, text_of

LANGUAGES = {"en": "Contents", "tr": "İçindekiler", "ru": "Содержание", "fa": "فهرست"}
ARTICLES = ("moscow-format", "wakhan-corridor", "footnote")
# The texts of the volume in order: the issues, their articles, and the notice that corrects one of these.
TEXTS = ("issues/2026-1", *ARTICLES[:2], "issues/2026-2", *ARTICLES[2:], "thirteen-months")
ISSUES = ("2026-1", "2026-2")
# What stands after the articles.
BACKS = {
    "en": ("Contributors", "Sources", "Index of names", "Index of keywords"),
    "tr": ("Yazarlar", "Kaynaklar", "Adlar dizini", "Anahtar sözcükler dizini"),
    "ru": ("Об авторах", "Источники", "Указатель имён", "Указатель ключевых слов"),
    "fa": ("نویسندگان", "منابع", "نمایهٔ نام‌ها", "نمایهٔ کلیدواژه‌ها"),
}
NUMERAL = r"(\d+|[ivxl]+)"
ARABIC = "[\u0600-\u06ff]"


def volume(sample: Publication, language: str) -> Path:
    return sample.build / "pdf" / f"marginalia-{language}.pdf"


def offprint(sample: Publication, language: str, name: str) -> Path:
    return sample.build / "pdf" / language / f"{name}.pdf"


def folded(text: str) -> str:
    """Fold white space, and join words that are hyphenated at a line's end.

    Arabic letters have neither marks nor spaces: a mark is where it is printed, and a space may be between two letters.
    """
    joined = re.sub(r"[‐\u00ad-]\n\s*", "", text)
    bare = "".join(letter for letter in joined if not unicodedata.combining(letter))
    return re.sub(rf"(?<={ARABIC})\s+(?={ARABIC})", "", " ".join(bare.split()))


def title_of(sample: Publication, language: str, name: str) -> str:
    page = sample.page(language, name if "/" in name else f"articles/{name}")
    return text_of(page.cssselect("h1")[0]).rstrip("¶").strip()


def openings(sample: Publication, language: str) -> list[str]:
    """List the titles of what the volume's contents tell."""
    return [*(title_of(sample, language, name) for name in TEXTS), *BACKS[language]]


def opening_page(pages: list[str], title: str) -> int:
    """Find the page on which an article opens, from 0, or what is after the articles, which opens on any line."""
    if runs_on(title):
        return max(number for number, text in enumerate(pages) if number > 4 and stands_alone(title, text))
    words = folded(title)[:40]
    return next(number for number, text in enumerate(pages) if number > 4 and folded(text).startswith(words))


def stands_alone(title: str, text: str) -> bool:
    return folded(title) in map(folded, text.splitlines())


def runs_on(title: str) -> bool:
    return any(title in titles for titles in BACKS.values())


def folio_of(text: str) -> str:
    """Read the folio of a page: beside its running head, or at the foot of one that has none."""
    lines = [line.strip() for line in text.splitlines() if line.strip()] or [""]
    for line, place in ((lines[0], rf"{NUMERAL}\s{{3,}}.*"), (lines[0], rf".*\s{{3,}}{NUMERAL}"), (lines[-1], NUMERAL)):
        if found := re.fullmatch(place, line):
            return in_latin_digits(found[1])
    return ""


def links_of(path: Path) -> set[str]:
    """Return the addresses that a PDF links."""
    with pikepdf.open(path) as pdf:
        links = (link for page in pdf.pages for link in page.obj.get("/Annots", ()))
        return {str(link.A.URI) for link in links if "/A" in link}


def labels_of(path: Path) -> list[str]:
    with pikepdf.open(path) as pdf:
        return [str(page.label) for page in pdf.pages]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_tell_the_true_folios(sample: Publication, language: str) -> None:
    pages, labels = pdf_pages(volume(sample, language)), labels_of(volume(sample, language))
    contents = next(text for text in pages if folded(text).startswith(LANGUAGES[language]))
    told = re.findall(r"^(\d+) {3,}|(?<= {3})(\d+)$", contents, re.MULTILINE)
    true = [opening_page(pages, title) for title in openings(sample, language)]
    told = [in_latin_digits("".join(each)) for each in told]
    assert told == [folio_of(pages[number]) for number in true] == [labels[number] for number in true]
    assert told[0] == "1" and all(int(folio) % 2 for folio in told[: len(TEXTS)]), "texts open on a recto"
    back = [int(folio) for folio in told[len(TEXTS) :]]
    assert back == sorted(back) and len(set(back)) < len(back), "what is after them runs on"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_labelled_with_its_folio(sample: Publication, language: str) -> None:
    path = volume(sample, language)
    pages, labels = pdf_pages(path), labels_of(path)
    first = labels.index("1")
    roman = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
    assert labels == [*roman[:first], *(str(number) for number in range(1, len(pages) - first + 1))]
    assert first % 2 == 0, "folio 1 is a recto"
    told = [folio_of(text) for text in pages]
    silent = [number for number, text in enumerate(pages) if not text.strip()]
    # Half-title, its blank back, title page and imprint have none.
    assert [number for number, folio in enumerate(told) if not folio] == sorted({0, 1, 2, 3, *silent})
    assert [folio for folio in told if folio] == [label for label, folio in zip(labels, told, strict=True) if folio]


@pytest.mark.parametrize("language", LANGUAGES)
def test_running_heads(sample: Publication, language: str) -> None:
    pages, labels = pdf_pages(volume(sample, language)), labels_of(volume(sample, language))
    first = opening_page(pages, title_of(sample, language, ARTICLES[0]))
    folio = int(labels[first])
    told = [in_latin_digits(folded(pages[first + number])) for number in range(3)]
    verso = told[1].lower()
    assert verso.startswith(
        (f"{folio + 1} marginalia eurasiatica", f"marginalia eurasiatica {folio + 1}")[language == "fa"]
    )
    title = folded(title_of(sample, language, ARTICLES[0]))[:30]
    assert told[2].removeprefix(f"{folio + 2}").lstrip().startswith(title)
    assert told[0].endswith(str(folio)), "the folio of an opening page stands at its foot"


def notes_of(sample: Publication, language: str, name: str) -> list[str]:
    """Return an article's notes as its page numbers them."""
    root = sample.page(language, f"articles/{name}")
    return [text_of(note.cssselect(".label")[0]).strip("[]") for note in root.cssselect("aside.footnote")]


def calls_and_feet(path: Path) -> tuple[dict[str, int], dict[str, int]]:
    """Tell on which page each note is first called, and on which it is printed.

    A call is a number by itself, or numbers with a comma, in the smallest type; a note begins with
    its number and a stop in the type of the notes, in which pieces from right to left are read backwards.
    """
    listed = subprocess.run(["pdftohtml", "-xml", "-i", "-stdout", str(path)], capture_output=True, check=True).stdout
    root = etree.fromstring(listed, etree.XMLParser(recover=True))
    sizes = {font.get("id"): int(str(font.get("size"))) for font in root.iter("fontspec")}
    calls: dict[str, int] = {}
    feet: dict[str, int] = {}
    for sheet in root.iter("page"):
        for piece in sheet.iter("text"):
            text, size = in_latin_digits(text_of(piece)), sizes[piece.get("font")]
            if size <= 10 and re.fullmatch(r"\d+(,\d+)*", text):
                for number in text.split(","):
                    calls.setdefault(number, int(str(sheet.get("number"))))
            elif size == 13 and (note := re.match(r"(\d{1,3})\.( |$)|\.(\d{1,3})$", text)):
                feet.setdefault(note[1] or note[3], int(str(sheet.get("number"))))
    return calls, feet


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ARTICLES)
def test_each_note_stands_once_at_the_foot_where_it_is_called(sample: Publication, language: str, name: str) -> None:
    numbers = [in_latin_digits(number) for number in notes_of(sample, language, name)]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    calls, feet = calls_and_feet(offprint(sample, language, name))
    assert list(feet) == numbers
    assert set(numbers) <= set(calls)
    # WeasyPrint 70 carries some notes over to the foot of the next page, whatever footnote-policy says.
    assert {feet[number] - calls[number] for number in numbers} <= {0, 1}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ARTICLES)
def test_an_offprint_is_the_very_pages_of_the_volume(sample: Publication, language: str, name: str) -> None:
    bound, alone = volume(sample, language), offprint(sample, language, name)
    pages, texts = pdf_pages(bound), pdf_pages(alone)
    title = title_of(sample, language, name)
    first = opening_page(pages, title)
    own = slice(first, first + len(texts) - 2)
    assert texts[2:] == pages[own]
    assert labels_of(alone) == ["", "", *labels_of(bound)[own]]
    assert texts[1].strip() == "", "the back of the title sheet"
    after = pages[own.stop] or pages[own.stop + 1]
    assert folded(after).startswith(tuple(folded(each)[:40] for each in openings(sample, language)))
    sheet = folded(texts[0])
    printed = [labels_of(bound)[first], labels_of(bound)[own.stop - 1]]
    assert folded(title) in sheet and "–".join(printed[:: -1 if language == "fa" else 1]) in sheet
    # Its lines may end anywhere in the address.
    assert f"https://marginalia.example/{language}/articles/{name}.html" in links_of(alone)
    assert folded(text_of(sample.page(language, f"articles/{name}").cssselect(".byline")[0])) in sheet


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_is_whole_and_in_its_language(sample: Publication, language: str) -> None:
    for name in ARTICLES:
        printed = folded("\n".join(pdf_pages(offprint(sample, language, name))))
        headings = sample.page(language, f"articles/{name}").cssselect("article h2:not(#article-sources)")
        assert len(headings) >= 3
        for heading in headings:
            assert folded(text_of(heading).rstrip("¶")) in printed
        keywords = [text_of(each) for each in sample.page(language, f"articles/{name}").cssselect(".keywords li")]
        assert folded(Edition(language).comma.join(keywords)) in printed
        with pikepdf.open(offprint(sample, language, name)) as pdf:
            assert str(pdf.Root.Lang) == language
            assert str(pdf.docinfo["/Title"]) == title_of(sample, language, name)


def pdfs(sample: Publication) -> list[Path]:
    found = sorted((sample.build / "pdf").rglob("*.pdf"))
    assert len(found) == len(LANGUAGES) * (len(ARTICLES) + 1 + len(ISSUES) + 1)
    return found


def test_every_pdf_is_sound_and_meets_both_standards(sample: Publication) -> None:
    """PDF/A-3a and PDF/UA-1 at once."""
    for path in pdfs(sample):
        done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        assert faults(path.read_bytes(), "3a") == [], path
        assert faults(path.read_bytes(), "ua1") == [], path


def test_verapdf_has_nothing_to_say(sample: Publication) -> None:
    assert verapdf(pdfs(sample), sample.build)["failures"] == {}


def test_every_pdf_embeds_the_press_s_own_faces(sample: Publication) -> None:
    """A face from elsewhere means a character that neither has: the page would differ by machine."""
    for path in pdfs(sample):
        listed = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout
        faces = {re.sub(r"^[A-Z]{6}\+", "", line.split()[0]).split("-")[0] for line in listed.splitlines()[2:]}
        assert faces <= {"Vollkorn", "Amiri"}, path
