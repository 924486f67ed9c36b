"""The notes of the sample publication: the same exact words in the site, the EPUBs and the PDFs of each language."""

from __future__ import annotations

import re
import zipfile
from typing import cast

import pytest
from lxml import etree

from tests.notes.test_built_notes import notes_of
from tests.support.publications import Publication, pdf_pages, text_of

PERSIAN = "پایان نشست مسکو؛ نمایندگان کشورها خواهان آشتی ملی و تشکیل حکومت فراگیر در افغانستان شدند"
ENGLISH = "Taliban Divergence in Russia-Iran Relations?"
# The house style, word by word: the first three notes of the first article.
WORDS = {
    "en": (
        f"“{PERSIAN}”, Afintl, (Date of Accession: 18.11.2022).",
        f"Doğacan Başaran, “{ENGLISH}”, ANKASAM, (Date of Accession: 18.11.2022).",
        f"“{PERSIAN}”, op.cit.",
    ),
    "tr": (
        f"“{PERSIAN}”, Afintl, (Erişim Tarihi: 18.11.2022).",
        f"Doğacan Başaran, “{ENGLISH}”, ANKASAM, (Erişim Tarihi: 18.11.2022).",
        f"“{PERSIAN}”, a.g.e.",
    ),
    "ru": (
        f"«{PERSIAN}», Afintl, (Дата обращения: 18.11.2022).",
        f"Doğacan Başaran, «{ENGLISH}», ANKASAM, (Дата обращения: 18.11.2022).",
        f"«{PERSIAN}», указ. соч.",
    ),
    "fa": (
        f"«{PERSIAN}»، Afintl، (تاریخ دسترسی: 18.11.2022).",
        f"Doğacan Başaran، «{ENGLISH}»، ANKASAM، (تاریخ دسترسی: 18.11.2022).",
        f"«{PERSIAN}»، پیشین.",
    ),
}
IBID = {"en": "Ibid., chap. 2.", "tr": "Aynı yer, böl. 2.", "ru": "Там же, гл. 2.", "fa": "همان، فصل 2."}
XHTML = {"h": "http://www.w3.org/1999/xhtml"}


def find(element: etree._Element, path: str) -> list[etree._Element]:
    return cast(list[etree._Element], element.xpath(path, namespaces=XHTML))


LANGUAGES = tuple(WORDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_house_style_on_the_page(sample: Publication, language: str) -> None:
    assert tuple(notes_of(sample.page(language, "articles/moscow-format"))[:3]) == WORDS[language]
    assert IBID[language] in notes_of(sample.page(language, "articles/footnote"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_house_style_in_the_epub(sample: Publication, language: str) -> None:
    book = sample.build / "epub" / f"marginalia-{language}.epub"
    with zipfile.ZipFile(book) as archive:
        name = next(each for each in archive.namelist() if each.endswith("moscow-format.xhtml"))
        page = etree.fromstring(archive.read(name))
    found = find(page, "//h:aside[@role='doc-footnote']/h:p")
    # Between the number and the link back to the call.
    notes = (text_of(each).partition(" ")[2].removesuffix("↩︎").strip() for each in found[:3])
    assert tuple(notes) == WORDS[language]
    foreign = find(found[0], "h:bdi")
    isolated = (None, "ltr") if language == "fa" else ("fa", "rtl")
    assert [(each.get("lang"), each.get("dir")) for each in foreign] == [isolated]
    # A window that a reading system opens shows the whole source as well.
    full = find(page, "(//h:aside[@role='doc-footnote'])[3]/h:div[@class='full-source']")
    assert [PERSIAN in text_of(each) and "18.11.2022" in text_of(each) for each in full] == [True]


def letters(text: str) -> str:
    """Return the letters and figures of a text; how right-to-left words are put on a page is the PDF reader's."""
    return "".join(re.findall(r"[^\W_\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_house_style_at_the_foot_of_the_page(sample: Publication, language: str) -> None:
    text = letters("".join(pdf_pages(sample.build / "pdf" / language / "moscow-format.pdf")).replace("-\n", ""))
    for words in WORDS[language]:
        # From right to left, the parts of a note are in another order.
        for part in words.split("،") if language == "fa" else [words]:
            assert letters(part) in text


def test_the_same_notes_in_every_edition(sample: Publication) -> None:
    """As many, and each with its locators, wherever the translator put it."""
    for name in ("moscow-format", "wakhan-corridor", "footnote"):
        counts = {len(notes_of(sample.page(language, f"articles/{name}"))) for language in LANGUAGES}
        assert len(counts) == 1, name
