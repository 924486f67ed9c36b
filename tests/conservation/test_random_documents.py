"""No word of a random document is lost in any format and edition, and what is written is valid.

A document is grown from a seed; many make one publication. ``FLEURON_RANDOM_DOCUMENTS`` is the number of documents,
with other seeds at each run: that of the night has 2,000. Without it there are always the same. A failure names the
seeds; what it finds is mended with a small test of its own, and added to `past_failures`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import page as pdf_validation
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from fleuron.archive.validation.site_validators import check_links
from fleuron.archive.validation.verapdf import verapdf
from tests.conservation.random_documents.documents import Document, document
from tests.conservation.random_documents.page_markup import faults_of_page
from tests.conservation.random_documents.past_failures import PAST_FAILURES
from tests.conservation.random_documents.publication import LANGUAGES, translate, write
from tests.conservation.random_documents.reading import texts_of_pdf, words_of_book, words_of_page
from tests.conservation.random_documents.words import by_stream, in_order
from tests.support.epub_books import COUNTED, messages
from tests.support.publications import Publication

pytestmark = [pytest.mark.slow, pytest.mark.java]

NUMBER = os.environ.get("FLEURON_RANDOM_DOCUMENTS", "")
# In one publication: a PDF takes the time of ten pages.
ON_SCREEN, IN_PRINT = 50, 6 if NUMBER else 3
# The editions that are made. By day these are those with most to go wrong: a translation that runs from right to left,
# and in print the source's language too.
SCREEN_LANGUAGES = LANGUAGES if NUMBER else ("fa",)
PRINT_LANGUAGES = LANGUAGES if NUMBER else ("en", "fa")
# The editions whose EPUBs and PDFs are validated, which takes more time than to make them.
VALIDATED = LANGUAGES if NUMBER else ("fa",)
Seeds = st.lists(st.integers(0, 2**32 - 1), min_size=ON_SCREEN, max_size=ON_SCREEN, unique=True)


def repeated(test: Callable[..., None]) -> Callable[..., None]:
    """Run a test for as many documents as are wanted."""
    return settings(
        max_examples=max(1, int(NUMBER or ON_SCREEN) // ON_SCREEN),
        derandomize=not NUMBER,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )(given(seeds=Seeds)(test))


def published(folder: Path, documents: Sequence[Document], languages: Sequence[str], *formats: str) -> Publication:
    """Publish documents in some languages; nothing is reported."""
    publication = Publication(folder / "source")
    write(publication, documents)
    made = publication.run("translations", languages=" ".join(languages))
    assert made.code == 0 and "WARNING" not in made.output, made.output
    translate(publication)
    result = publication.publish(*formats, languages=" ".join(languages), options="-W --keep-going")
    assert result.code == 0 and "WARNING" not in result.output, result.output
    return publication


def editions(documents: Sequence[Document], languages: Sequence[str]) -> Iterator[tuple[str, str, Document]]:
    """Yield each edition of each document: its language, the name of its article, and the document."""
    for language in languages:
        for number, each in enumerate(documents):
            yield language, f"d{number}", each


def found_of(words: Sequence[str], expected: Sequence[str]) -> list[str]:
    """Return the invented words of an article, and the brackets around its notes."""
    known = {"(", ")", *expected}
    return [word for word in words if word in known or (len(word) == 7 and word[0] in "qx")]


def check_screen(publication: Publication, documents: Sequence[Document], languages: Sequence[str]) -> None:
    """Check the pages and EPUBs: their words in order, and the markup of pages."""
    for language, name, each in editions(documents, languages):
        expected, where = in_order(each.events, language), (language, name, each.seed)
        page = publication.build / "html" / language / f"articles/{name}.html"
        book = publication.build / "epub" / f"small-{language}.epub"
        assert found_of(list(words_of_page(page)), expected) == expected, where
        assert found_of(list(words_of_book(book, f"articles/{name}")), expected) == expected, where
        assert faults_of_page(page) == [], where
    assert check_links(publication.build / "html")["faults"] == []


def check_books(publication: Publication) -> None:
    """Check that the EPUBs are valid."""
    for language in VALIDATED:
        told = messages(publication.build / "epub" / f"small-{language}.epub")
        assert [each for each in told if each[0] != COUNTED] == [], language


@repeated
def test_each_word_is_on_its_page_and_in_its_epub(tmp_path_factory: pytest.TempPathFactory, seeds: list[int]) -> None:
    documents = [PAST_FAILURES, *(document(seed, number) for number, seed in enumerate(seeds[1:]))]
    publication = published(tmp_path_factory.mktemp("random"), documents, SCREEN_LANGUAGES, "html", "epub")
    check_screen(publication, documents, SCREEN_LANGUAGES)
    check_books(publication)


@repeated
def test_each_word_is_in_its_pdf(tmp_path_factory: pytest.TempPathFactory, seeds: list[int]) -> None:
    documents = [PAST_FAILURES, *(document(seed, number) for number, seed in enumerate(seeds[1:IN_PRINT]))]
    publication = published(tmp_path_factory.mktemp("random"), documents, PRINT_LANGUAGES, "pdf", "epub", "html")
    for language, name, each in editions(documents, PRINT_LANGUAGES):
        where = (language, name, each.seed)
        pdf = publication.build / "pdf" / language / f"{name}.pdf"
        texts = texts_of_pdf(pdf)
        for stream, words in by_stream(each.events, language).items():
            assert lost_words(texts.get(stream, ""), words) == [], (*where, stream)
        for profile in ("pdfua-1", "pdfa-3a") if language in VALIDATED else ():
            assert failures_of(pdf, profile) == [], where
    assert verapdf(sorted((publication.build / "pdf").rglob("*.pdf")), publication.build)["failures"] == {}
    # The pages of print are marked on the pages and in the EPUBs; `test_page_marks` has these validated by day too.
    check_screen(publication, documents, PRINT_LANGUAGES)
    if NUMBER:
        check_books(publication)


def lost_words(text: str, words: Sequence[str]) -> list[str]:
    """Return the words that a text without spaces lacks, has in another order, or has too often."""
    lost, at = [], 0
    for word in words:
        found = text.find(word, at)
        if found < 0 or text.count(word) != words.count(word):
            lost.append(word)
        at = max(at, found + len(word))
    return lost


def failures_of(pdf: Path, profile: str) -> list[str]:
    """Return the rules that a PDF breaks; that of the length of streams is refuted elsewhere (`validate_pdf`)."""
    found = pdf_validation.validate_pdf_bytes(pdf.read_bytes(), profile=profile).failures
    return [failure.message for failure in found if failure.rule_id != "PDFA3A-STREAM-LENGTH-001"]


PAGE = (
    '<html><body><article><p>qababab <a role="doc-noteref" href="#n">1</a> qacacac</p>'
    '<aside role="doc-footnote" id="n"><p>qadadad</p></aside></article></body></html>'
)


@pytest.mark.parametrize(
    ("found", "replacement", "words"),
    [
        ("", "", ["qababab", "(", "qadadad", ")", "qacacac"]),
        ("qacacac", "", ["qababab", "(", "qadadad", ")"]),
        ("<p>qadadad", "<p>qacacac", ["qababab", "(", "qacacac", ")", "qacacac"]),
        ("</a> qacacac", "</a>", ["qababab", "(", "qadadad", ")"]),
    ],
)
def test_the_reader_of_pages_sees_what_is_lost(tmp_path: Path, found: str, replacement: str, words: list[str]) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE.replace(found, replacement) if found else PAGE, "utf-8")
    assert found_of(list(words_of_page(page)), ["qababab", "qacacac", "qadadad"]) == words


@pytest.mark.parametrize(
    ("text", "lost"),
    [("qaaqbbqcc", []), ("qaaqcc", ["qbb"]), ("qaaqccqbb", ["qcc"]), ("qaaqbbqbbqcc", ["qbb"])],
)
def test_words_of_print_are_missed(text: str, lost: list[str]) -> None:
    assert lost_words(text, ["qaa", "qbb", "qcc"]) == lost


@pytest.mark.parametrize(
    "fault", ["<p><div>a</div></p>", "<b><i>a</b></i>", "<a id=x><a>b</a></a>", "<i id=x></i><i id=x></i>"]
)
def test_faults_of_markup_are_found(tmp_path: Path, fault: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<html><body>{fault}</body></html>", "utf-8")
    assert faults_of_page(page)
    page.write_text("<html><body><p id=x>a<br><a>b</a></p><ul><li>c<li>d</ul></body></html>", "utf-8")
    assert faults_of_page(page) == []
