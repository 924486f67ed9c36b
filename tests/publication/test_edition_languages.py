"""Editions in a language that the interface lacks, and languages that a publication has no longer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from docutils.languages import LanguageImporter, get_language
from docutils.parsers.rst.languages import RstLanguageImporter
from docutils.parsers.rst.languages import get_language as get_rst_language

from fleuron.csl.style.locales import base_locale
from fleuron.editions.interface_words import interface_catalogue, interface_words
from fleuron.editions.library_languages import use_docutils_languages
from tests.mistakes.test_mistakes import told
from tests.support.epub_books import find, part
from tests.support.publications import SMALL, Maker, pdf_pages, text_of

pytestmark = pytest.mark.slow

GRAFTON = (
    "@book{grafton1997, author = {Grafton, Anthony}, title = {The Footnote}, address = {Cambridge, MA}, "
    "year = {1997}, langid = {english}}\n"
)
ARTICLE = SMALL["articles/one.md"].replace("date:", "abstract: Kurz.\nkeywords: [Wort]\ndate:")


def test_a_language_that_the_interface_lacks(make: Maker) -> None:
    """A language of the other direction than English, in which the words of the interface are."""
    conf = SMALL["conf.py"].replace('"en", "tr"', '"he"')
    publication = make({"conf.py": conf, "articles/one.md": ARTICLE})
    result = publication.publish("html", "epub", options="-W")
    assert result.code == 0, result.output
    assert len([line for line in told(result) if line.startswith("fleuron: the interface has no texts in")]) == 1
    texts = interface_catalogue("tr")
    for name in ("articles/one", "index", "authors/ada", "search", "colophon"):
        found = {str(text).strip(): marks_of(text) for text in publication.page("he", name).xpath("//body//text()")}
        shown = {text: marks for text, marks in found.items() if text in texts}
        assert "Search" in shown and (name != "articles/one" or {"Abstract", "Keywords", "Previous"} <= shown.keys())
        assert set(shown.values()) == {("en", "ltr")}, shown
    nav = part(publication.build / "epub/small-he.epub", "nav.xhtml")
    assert {marks_of(each) for each in find(nav, "//h:h1/text()")} == {("en", "ltr")}


def test_only_the_words_that_a_publication_does_not_give_are_missing(make: Maker) -> None:
    words = {"Abstract": "תקציר", "Back to the text": "חזרה", "Next": "הבא"}
    conf = SMALL["conf.py"].replace('"en", "tr"', '"he"') + f'fleuron_words = {{"he": {words!r}}}\n'
    publication = make({"conf.py": conf, "articles/one.md": f"{ARTICLE}\nA note.[^a]\n\n[^a]: Here.\n"})
    result = publication.publish("html", options="-W")
    [line] = [line for line in told(result) if line.startswith("fleuron: the interface lacks texts in")]
    assert "“Contents”" in line and "“Keywords”" in line
    assert not [text for text in words if f"“{text}”" in line]
    page = publication.page("he", "articles/one")
    assert {marks_of(each) for each in page.xpath("//text()[.='תקציר']")} == {("he", "rtl")}
    assert {marks_of(each) for each in page.xpath("//text()[.='Keywords']")} == {("en", "ltr")}
    assert [link.get("lang") for link in page.cssselect("a.backlink, a.footnote-reference")] == ["en", None]


def marks_of(text: Any) -> tuple[str, str]:
    """Return the language and the direction of a text, as an element around it has them."""
    element = text.getparent().getparent() if text.is_tail else text.getparent()
    language, direction = (element.xpath(f"string((ancestor-or-self::*/@{name})[last()])") for name in ("lang", "dir"))
    return language, direction


REGIONS = {
    "en": "English",
    "pt-BR": "Português (Brasil)",
    "sr-Latn": "Srpski (latinica)",
    "zh-Hant": "中文 (繁體)",
    "ar": "العربية",
}
NOTES = {
    "en": "Cambridge, MA, 1997, p. 12.",
    "pt-BR": "Cambridge, MA, 1997, p. 12.",
    "sr-Latn": "Cambridge, MA, 1997, str. 12.",
    "zh-Hant": "Cambridge, MA, 1997, 頁 12.",
    "ar": "Cambridge, MA، 1997، ص 12.",
}
TABLES = {"en": "Table 1", "pt-BR": "Tabela 1", "sr-Latn": "Tabela 1", "zh-Hant": "表格 1", "ar": "جدول 1"}
DATES = {
    "en": "1 January 2024",
    "pt-BR": "1 de janeiro de 2024",
    "sr-Latn": "1. januar 2024.",
    "zh-Hant": "2024年1月1日",
    "ar": "1 يناير 2024",
}
MIXED = """\
---
authors: [ada]
date: 2024-01-01
keywords: [codes, names]
---

# Codes

Grafton’s *ibid.* and `x < y`, $a^2$ and قابوس‌نامه.{footcite}`grafton1997{p. 12}`

```python
if x < y:
```

:::{table} Things
| a |
|---|
| 1 |
:::
"""


def test_editions_of_regions_and_scripts(make: Maker) -> None:
    """Their words are those of the nearest tag in their script; English for what has none."""
    conf = SMALL["conf.py"].replace('["en", "tr"]', str([*REGIONS])).replace("Small", "Regions")
    conf += 'numfig = True\nmyst_enable_extensions = ["dollarmath", "colon_fence"]\nfleuron_edition_threshold = 0\n'
    translated = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Codes"\nmsgstr "Códigos"\n'
    publication = make(
        {
            "conf.py": conf,
            "articles/one.md": MIXED,
            "locale/pt_BR/LC_MESSAGES/articles/one.po": translated,
            "refs.bib": GRAFTON,
        }
    )
    books = publication.publish("pdf", "epub", languages="sr-Latn ar", options="-W")
    result = publication.publish("html", options="-W")
    assert (books.code, result.code) == (0, 0), books.output + result.output
    lacking = {line.split("(")[-1].split(")")[0] for line in told(result) if "the interface has no texts" in line}
    assert lacking == {"pt-BR", "sr-Latn"}
    for language in REGIONS:
        page = publication.page(language, "articles/one")
        assert page.get("lang") == language
        links = {str(link.get("hreflang")): text_of(link) for link in page.cssselect("main .also a[hreflang]")}
        assert links == {tag: name for tag, name in REGIONS.items() if tag != language}
        assert text_of(page.cssselect("aside.footnote")[0]).find(NOTES[language]) > 0
        assert text_of(page.cssselect(".caption-number")[0]) == TABLES[language]
        assert text_of(page.cssselect(".dateline")[0]) == DATES[language]
        assert page.cssselect(".highlight-python")[0].get("dir") == ("ltr" if language == "ar" else None)
    assert text_of(publication.page("pt-BR", "articles/one").cssselect("h1")[0]).startswith("Códigos")
    for language in ("sr-Latn", "ar"):
        package = part(publication.build / f"epub/regions-{language}.epub", "content.opf")
        assert [text_of(each) for each in find(package, "//d:language")] == [language]
        with pikepdf.open(publication.build / f"pdf/{language}/one.pdf") as pdf:
            assert str(pdf.Root.Lang) == language
    assert "str. 12" in " ".join(" ".join(pdf_pages(publication.build / "pdf/sr-Latn/one.pdf")).split())


def test_a_module_beside_a_publication_is_not_taken_for_a_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for importer in (LanguageImporter, RstLanguageImporter):
        monkeypatch.setattr(importer, "packages", importer.packages)
    use_docutils_languages()
    (tmp_path / "zu.py").write_text("raise SystemExit('was executed')", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert get_language("zu") is get_language("en") and get_rst_language("zu") is None
    assert [get_language(tag).labels["contents"] for tag in ("zh", "zh-TW")] == ["目录", "目錄"]


@pytest.mark.parametrize("language", ["ar", "de", "es", "fa", "fr", "ru", "tr", "zh", "zh-Hant"])
def test_words_that_csl_has_are_those_of_its_locales(language: str) -> None:
    word, locale = interface_words(language), base_locale(language)
    terms = {"p.": ("page", "short", False), "Page": ("page", "long", False), "Pages": ("page", "long", True)}
    other = {
        text: word(text)
        for text, (term, form, plural) in terms.items()
        if word(text).casefold() != str(locale.term(term, form, plural=plural)).casefold()
    }
    assert other == OTHER_WORDS.get(language, {})


# Before a number, and in modern spelling; with an article, at the head of a line.
OTHER_WORDS = {"fa": {"Page": "صفحهٔ", "Pages": "صفحه‌ها"}, "ar": {"Pages": "الصفحات"}}


def test_a_language_that_is_dropped_disappears(make: Maker) -> None:
    publication = make({})
    assert publication.publish("html", "epub").code == 0
    assert any("/tr/" in name or "-tr." in name for name in publication.files())
    publication.write("conf.py", SMALL["conf.py"].replace('"en", "tr"', '"en"'))
    result = publication.publish("html")
    assert result.code == 0, result.output
    assert "tr is not in fleuron_languages" in result.output
    assert not [name for name in publication.files() if "/tr/" in name or "-tr." in name]
    assert b'hreflang="tr"' not in publication.files()["html/en/articles/one.html"]
    assert not (publication.build / "editions/tr").exists()
    assert "tr is not in fleuron_languages" not in publication.publish("html").output
