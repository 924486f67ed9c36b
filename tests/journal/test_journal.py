"""A journal of three issues in three languages, with a correction, a retraction, a review and a withdrawal."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from fleuron.paged.printing.preflight import faults_of
from tests.support.journal_publication import FILES, JOURNAL, LANGUAGES
from tests.support.publications import Publication, pdf_pages, text_of

RETRACTED = {
    "en": "RETRACTED: A disputed article",
    "tr": "GERİ ÇEKİLDİ: Tartışmalı bir makale",
    "ru": "РЕТРАГИРОВАНА: Спорная статья",
}


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """The journal, with PDFs in one language; nobody may change it but the last test."""
    publication = Publication(tmp_path_factory.mktemp("journal") / "source")
    for name, text in JOURNAL.items():
        publication.write(name, text)
    assert publication.publish("pdf", languages="en", options="-W").code == 0
    result = publication.publish("epub", "html", options="-W")
    assert result.code == 0 and "WARNING" not in result.output, result.output
    return publication


def line_of(journal: Publication, language: str, name: str) -> str:
    return text_of(journal.page(language, f"articles/{name}").xpath("//*[@class='journal-line']")[0])


def test_pages_count_through_the_issues_of_a_volume_and_begin_anew_in_the_next(journal: Publication) -> None:
    names = ("2026-1/disputed", "2026-1/first", "2026-2/second", "2026-2/review", "2026-2/erratum", "2027-1/retraction")
    assert [line_of(journal, "en", name) for name in names] == [
        "Test Review 7, no. 1 (2026), p. 3",
        "Test Review 7, no. 1 (2026), p. 5",
        "Test Review 7, no. 2 (2026), p. 9",
        "Test Review 7, no. 2 (2026), p. 11",
        "Test Review 7, no. 2 (2026), p. 13",
        "Test Review 8, no. 1 (2027), p. 3",
    ]
    assert line_of(journal, "tr", "2026-1/first") == "Test Review 7, sayı 1 (2026)", "there is no Turkish PDF"


def test_the_place_of_an_article_is_the_same_wherever_it_stands(journal: Publication) -> None:
    page = journal.page("en", "articles/2026-2/review")
    metas = {str(each.get("name")): str(each.get("content")) for each in page.iter("meta")}
    assert (metas["citation_firstpage"], metas["citation_volume"], metas["citation_issue"]) == ("11", "7", "2")
    assert "p. 11" in text_of(page.xpath("//*[@class='citation']")[0])
    offprint = " ".join(pdf_pages(journal.build / "pdf/en/2026-2/review.pdf")[0].split())
    assert offprint.startswith("Test Review 7, no. 2 (2026), p. 11") and "Pages 11" in offprint
    record = json.loads((journal.build / "html/en/articles/2026-2/review.json").read_text("utf-8"))[0]
    assert (record["page"], record["volume"], record["issue"]) == ("11", "7", "2")


def test_each_issue_has_its_books_in_each_language(journal: Publication) -> None:
    books = {path.relative_to(journal.build).as_posix() for path in journal.build.glob("*/issues/*/*.*")}
    issues = ("2026-1", "2026-2", "2027-1")
    epubs = {f"epub/issues/{each}/review-{each}-{issue}.epub" for each in LANGUAGES for issue in issues}
    assert books - {name for name in books if name.startswith("html/")} == epubs | {
        f"pdf/issues/en/review-en-{issue}.pdf" for issue in issues
    }


@pytest.mark.parametrize(
    ("language", "captions"),
    [
        ("en", ["Articles", "Reviews", "Notices"]),
        ("tr", ["Makaleler", "Kitap tanıtımları", "Notices"]),
        ("ru", ["Статьи", "Рецензии", "Notices"]),
    ],
)
def test_the_sections_of_an_issue_are_translated_on_its_page_and_in_its_book(
    journal: Publication, language: str, captions: list[str]
) -> None:
    page = journal.page(language, "issues/2026-2")
    assert [text_of(each.find("span")) for each in page.xpath("//p[@class='caption']")] == captions
    with zipfile.ZipFile(journal.build / f"epub/issues/{language}/review-{language}-2026-2.epub") as epub:
        navigation = etree.fromstring(epub.read("nav.xhtml"))
        assert {"_static/book.css", "_images/figure.svg"} <= set(epub.namelist())
    points = [text_of(each[0]) for each in next(navigation.iter("{*}nav")).iter("{*}li")]
    assert [point for point in points if point in captions] == captions


def test_the_section_of_an_article_is_in_its_records_in_the_language_of_the_edition(journal: Publication) -> None:
    for language, section in (("en", "Reviews"), ("tr", "Kitap tanıtımları")):
        page = journal.page(language, "articles/2026-2/review")
        [record] = page.xpath("//script[@type='application/ld+json']/text()")
        assert json.loads(record)["articleSection"] == section
        assert page.xpath("//meta[@property='article:section']/@content") == [section]
        ris = (journal.build / f"html/{language}/articles/2026-2/review.ris").read_text("utf-8")
        assert f"SE  - {section}" in ris.splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notice_and_its_article_link_each_other_in_every_language(journal: Publication, language: str) -> None:
    for one, other in (("2026-1/first", "2026-2/erratum"), ("2026-1/disputed", "2027-1/retraction")):
        for here, there in ((one, other), (other, one)):
            (notice,) = journal.page(language, f"articles/{here}").find_class("notice")
            assert [link.get("href") for link in notice.iter("a")] == [f"../{there}.html"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_retracted_article_says_so_in_its_title_everywhere(journal: Publication, language: str) -> None:
    page = journal.page(language, "articles/2026-1/disputed")
    assert text_of(page.xpath("//h1")[0]).rstrip("¶").strip() == RETRACTED[language]
    (script,) = page.xpath("//script[@type='application/ld+json']/text()")
    record: dict[str, Any] = json.loads(script)
    assert record["creativeWorkStatus"] == "Retracted" and "Claims" not in RETRACTED[language]
    assert [each["@type"] for each in record["correction"]] == ["ScholarlyArticle"]
    with zipfile.ZipFile(journal.build / f"epub/issues/{language}/review-{language}-2026-1.epub") as epub:
        book = etree.fromstring(epub.read("articles/2026-1/disputed.xhtml"))
        assert text_of(next(book.iter("{*}h1"))) == RETRACTED[language]
        assert RETRACTED[language] in text_of(etree.fromstring(epub.read("nav.xhtml")))
        assert not [name for name in epub.namelist() if "gone" in name]


def test_a_retracted_article_says_so_in_print(journal: Publication) -> None:
    offprint = [" ".join(page.split()) for page in pdf_pages(journal.build / "pdf/en/2026-1/disputed.pdf")]
    assert RETRACTED["en"] in offprint[0] and RETRACTED["en"] in offprint[2] and "Retraction notice" in offprint[2]
    issue = [" ".join(page.split()) for page in pdf_pages(journal.build / "pdf/issues/en/review-en-2026-1.pdf")]
    assert any("Contents" in page and RETRACTED["en"] in page for page in issue)
    assert not any("Secret" in page for page in issue)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_withdrawn_article_leaves_its_record_at_its_address(journal: Publication, language: str) -> None:
    page = text_of(journal.page(language, "articles/2026-1/gone").xpath("//article")[0])
    assert "A withdrawn article" in page and "The author asked for it." in page and "Secret" not in page


def digests(journal: Publication) -> dict[str, bytes]:
    """Return the PDFs of the first two issues and of their articles."""
    folder: Path = journal.build / "pdf"
    old = [*folder.glob("en/2026-*/*.pdf"), *folder.glob("issues/en/*2026-*.pdf")]
    return {path.name: path.read_bytes() for path in old}


def test_nothing_old_is_made_anew_by_a_new_article_and_a_single_issue_is_the_same(journal: Publication) -> None:
    before = digests(journal)
    assert len(before) == 7
    journal.write("articles/2027-1/new.md", "---\nauthors: [ada]\ndate: 2027-05-02\n---\n# A new article\n\nText.\n")
    journal.write(
        "articles/numbered.md",
        "---\nauthors: [ada]\ndate: 2027-06-01\nissue: 2027-1\nelocation-id: e7\n---\n# Numbered\n\nText.\n",
    )
    assert journal.publish("pdf", languages="en", options="-W").code == 0
    assert digests(journal) == before
    book = journal.build / "pdf/issues/en/review-en-2027-1.pdf"
    whole = book.read_bytes()
    result = journal.publish("pdf", languages="en", options="-W", issue="2027-1")
    assert result.code == 0 and "no file has changed" in result.output, result.output
    assert book.read_bytes() == whole
    result = journal.publish("pdf", languages="en", options="-W", article="2026-2/review")
    assert "no file has changed" in result.output, "its link to an article of another issue is there"
    numbered = " ".join(pdf_pages(journal.build / "pdf/en/numbered.pdf")[0].split())
    assert numbered.startswith("Test Review 8, no. 1 (2027), art. e7") and "Pages 1" in numbered
    [contents] = [page for page in pdf_pages(book) if "Numbered" in page and "A new article" in page]
    assert re.search(r"Numbered +e7$", contents, re.MULTILINE), "its pages count from 1, which finds nothing"


def test_volume_and_issues_have_printers_files_where_conf_py_says_so(journal: Publication) -> None:
    before = {path: path.read_bytes() for path in journal.build.glob("pdf/**/*.pdf")}
    conf = FILES["conf.py"] + 'fleuron_print = {"paper": "0.2mm", "crop_marks": True}\n'
    journal.write("conf.py", conf)
    result = journal.publish("pdf", languages="en", options="-W", issue="2027-1")
    issue = journal.build / "pdf/print/en/review-en-2027-1-print.pdf"
    pages = len(pdf_pages(issue))
    told = f"{pages} pages of 165 × 240 mm; the spine is {pages / 10:.1f} mm wide, with leaves of 0.2 mm"
    assert result.code == 0 and f"pdf/print/en/review-en-2027-1-print.pdf: {told}" in result.output, result.output
    assert pages % 2 == 0 and pages - len(pdf_pages(journal.build / "pdf/issues/en/review-en-2027-1.pdf")) in (0, 1)
    assert faults_of(issue.read_bytes()) == []
    assert journal.publish("pdf", languages="en", options="-W").code == 0
    names = ["review-en-2026-1-print.pdf", "review-en-2026-2-print.pdf", "review-en-2027-1-print.pdf"]
    assert sorted(path.name for path in issue.parent.iterdir()) == [*names, "review-en-print.pdf"]
    assert {path: path.read_bytes() for path in before} == before, "no page for the screen has changed"
    journal.write("conf.py", FILES["conf.py"])
    assert journal.publish("pdf", languages="en", options="-W").code == 0
    assert not list(journal.build.glob("pdf/print/**/*.pdf"))


def test_a_profile_that_cannot_be_used_ends_the_build_before_anything_is_laid_out(journal: Publication) -> None:
    for value, told in (
        ('{"profile": "refs.bib"}', "the profile “refs.bib” is not an ICC profile"),
        ('{"profile": "../x.icc"}', "the profile “../x.icc” is outside the publication’s folder"),
        ('{"trim": "A3"}', 'fleuron_page = "297mm 420mm"'),
        ('"pot"', "did you mean “pod”?"),
    ):
        journal.write("conf.py", f"{FILES['conf.py']}fleuron_print = {value}\n")
        result = journal.publish("pdf", languages="en")
        assert result.code == 1 and told in result.output and "Traceback" not in result.output
    journal.write("conf.py", FILES["conf.py"])
