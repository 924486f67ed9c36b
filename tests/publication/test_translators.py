"""Who has translated an article is named beside its authors, as its front matter or its catalogue says."""

from __future__ import annotations

from pathlib import Path

import pytest

from fleuron.diagnostics import Diagnostic
from fleuron.editions.catalogues import catalogue_translators
from fleuron.publication.article import read_article
from fleuron.publication.front_matter import read_front_matter
from tests.publication.test_front_matter import findings_of
from tests.support.publications import SMALL, Publication, text_of

HEADER = 'msgid ""\nmsgstr ""\n"{}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
ENTRY = 'msgid "Text."\nmsgstr "Metin."\n'


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("Last-Translator: Ana Luz <ana@example.org>", ("Ana Luz",)),
        ("Last-Translator: Ömer Seyfettin", ("Ömer Seyfettin",)),
        ("Last-Translator: صادق هدایت <s@example.org>", ("صادق هدایت",)),
        ("Last-Translator: FULL NAME <EMAIL@ADDRESS>", ()),
        ("Last-Translator: Automatically generated", ()),
        ("Last-Translator: Weblate <noreply@weblate.org>", ()),
        ("Last-Translator: ana@example.org", ()),
        ("Last-Translator: <ana@example.org>", ()),
        ("Last-Translator: ", ()),
        ("X-Translators: Ana Luz <a@example.org>; Rui; Ana Luz", ("Ana Luz", "Rui")),
        ("Language: tr", ()),
    ],
)
def test_a_header_names_people_without_their_addresses(field: str, names: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_text(HEADER.format(field) + ENTRY, "utf-8")
    assert catalogue_translators(path) == names


def test_a_catalogue_without_a_translation_and_one_that_cannot_be_read_have_no_translator(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_text(HEADER.format("Last-Translator: Ana Luz") + 'msgid "Text."\nmsgstr ""\n', "utf-8")
    assert catalogue_translators(path) == ()
    path.write_bytes(b'msgid "\xff')
    assert catalogue_translators(path) == ()


def test_front_matter_names_translators_by_language() -> None:
    text = "---\ntranslators:\n  tr: [ada, Rui Luz]\n  no: Ola\n---\n"
    article, findings = read_article(read_front_matter(text), {"ada"})
    assert article.translators == {"tr": ("ada", "Rui Luz"), "no": ("Ola",)}
    assert findings == []


@pytest.mark.parametrize(
    ("yaml", "diagnostic"),
    [
        ("translators: [ada]", Diagnostic.BAD_VALUE),
        ("translators: {turkish: ada}", Diagnostic.BAD_VALUE),
        ("translators: {tr: {a: b}}", Diagnostic.BAD_VALUE),
        ("translators: {tr: [adda]}", Diagnostic.UNKNOWN_TRANSLATOR),
    ],
)
def test_what_is_no_translator_is_reported_at_its_line(yaml: str, diagnostic: Diagnostic) -> None:
    assert findings_of(yaml) == [(diagnostic, 2)]


FILES = {
    "articles/one.md": (
        "---\nauthors: [ada]\ndate: 2026-01-02\ntranslators:\n  tr: [selin, Bo <b>K</b>]\n---\n# One\n\nText.\n"
    ),
    "articles/two.md": "---\nauthors: [ada]\ndate: 2026-01-02\n---\n# Two\n\nText.\n",
    "authors/selin.md": "---\nname: Selin Kaya\n---\nSelin translates.\n",
    "index.md": "# S\n\nText.\n\n```{toctree}\narticles/one\narticles/two\n```\n",
    "locale/tr/LC_MESSAGES/articles/one.po": HEADER.format("Last-Translator: Rui <secret@example.org>") + ENTRY,
    "locale/tr/LC_MESSAGES/articles/two.po": HEADER.format("Last-Translator: Selin Kaya <secret@example.org>") + ENTRY,
}


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    made = Publication(tmp_path_factory.mktemp("translators") / "source")
    for name, text in {**SMALL, **FILES}.items():
        made.write(name, text)
    result = made.publish("html", languages="en tr")
    assert result.code == 0 and "WARNING" not in result.output, result.output
    return made


def lines(publication: Publication, language: str, name: str) -> list[str]:
    return [text_of(line) for line in publication.page(language, name).cssselect("p.translators")]


def test_the_page_names_them_in_its_language_and_links_who_has_a_page(publication: Publication) -> None:
    assert lines(publication, "tr", "articles/one") == ["Çeviren: Selin Kaya, Bo <b>K</b>"]
    assert lines(publication, "tr", "articles/two") == ["Çeviren: Selin Kaya"]
    for name in ("articles/one", "articles/two"):
        links = publication.page("tr", name).cssselect("p.translators a")
        assert [link.get("href") for link in links] == ["../authors/selin.html"]
    assert lines(publication, "en", "articles/one") == lines(publication, "en", "articles/two") == []


def test_files_that_cite_name_them_and_nothing_has_an_address_of_theirs(publication: Publication) -> None:
    published = publication.files()
    assert "translator = {Kaya, Selin and <b>K</b>, Bo}" in published["html/tr/articles/one.bib"].decode()
    assert b"translator" not in published["html/en/articles/one.bib"]
    assert not [name for name, content in published.items() if b"secret@example" in content]
