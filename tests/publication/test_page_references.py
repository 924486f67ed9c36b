"""References to pages: a folio in print, in the same article or another, and a title where there are no pages."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest

from tests.support.publications import Maker, Publication, pdf_pages, text_of

pytestmark = pytest.mark.slow

FRONT = "---\nauthors: [ada]\ndate: 2026-01-02\n---\n"
FILES = {
    "index.md": "# Small\n\nText.\n\n```{toctree}\narticles/one\narticles/two\n```\n",
    "articles/one.md": (
        FRONT
        + "# One\n\nSee {page}`there` and {page}`far`.\n\n"
        + "A line of words. " * 900
        + "\n\n(there)=\n## There\n\nText.\n"
    ),
    "articles/two.md": FRONT + "# Two\n\nBack to {page}`there`, on to {page}`far`.\n\n(far)=\n## Far off\n\nText.\n",
}


def folio_of(pages: list[str], words: str) -> int:
    """Return the folio of the page that has a line with only these words."""
    page = next(each for each in pages if re.search(rf"^\s*{words}\s*$", each, re.MULTILINE))
    lines = [line.strip() for line in page.splitlines() if line.strip()]
    return int(next(found[0] for line in (lines[0], lines[-1]) if (found := re.search(r"\b\d+\b", line))))


@pytest.mark.parametrize(("language", "letter"), [("en", "p."), ("tr", "s.")])
def test_a_reference_shows_the_folio_wherever_the_target_is(make: Maker, language: str, letter: str) -> None:
    publication = make(FILES)
    result = publication.publish("pdf", languages=language, options="-W")
    assert result.code == 0, result.output
    volume = publication.build / "pdf" / f"small-{language}.pdf"
    text = " ".join("\n".join(pdf_pages(volume)).replace("\xa0", " ").split())
    there, far = (folio_of(pdf_pages(volume), words) for words in ("There", "Far off"))
    assert there > 5 and far > there
    back = f"Back to {letter} {there}, on to {letter} {far}."
    assert f"See {letter} {there} and {letter} {far}." in text and back in text
    offprint = " ".join("\n".join(pdf_pages(publication.build / "pdf" / language / "two.pdf")).split())
    assert back in offprint.replace("\xa0", " "), "an offprint has the folios of the volume"


def test_a_reference_is_a_link(make: Maker) -> None:
    publication = make(FILES)
    assert publication.publish("pdf", languages="en", options="-W").code == 0
    assert destinations(publication.build / "pdf" / "small-en.pdf") >= {"d-articles/one--there", "d-articles/two--far"}


def destinations(path: Path) -> set[str]:
    with pikepdf.open(path) as pdf:
        links = [link for page in pdf.pages for link in page.obj.get("/Annots", ())]
        return {str(link.Dest) for link in links if "/Dest" in link}


def test_without_pages_the_title_is_shown(make: Maker) -> None:
    publication = make(FILES)
    assert publication.publish("html", "epub", options="-W", languages="en").code == 0
    paragraph = next(
        each
        for each in publication.page("en", "articles/one").cssselect("article p")
        if text_of(each).startswith("See")
    )
    assert text_of(paragraph) == "See There and Far off."
    assert [link.get("href") for link in paragraph.cssselect("a")] == ["#there", "two.html#far"]


def test_a_label_that_is_nowhere(make: Maker) -> None:
    publication: Publication = make({"articles/one.md": FRONT + "# One\n\nSee {page}`nowhere`.\n"})
    result = publication.publish("html", languages="en")
    assert result.code == 1
    assert "articles/one.md:7" in result.output and "nowhere" in result.output
