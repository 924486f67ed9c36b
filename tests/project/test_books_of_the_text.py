"""The site offers the PDFs and EPUBs of the text that it shows, each article's under a name of its own."""

from __future__ import annotations

import os
from pathlib import Path
from unittest.mock import patch

import pytest
from lxml import html

import fleuron
from tests.support.publications import Maker, Publication, pdf_pages, text_of

pytestmark = pytest.mark.slow

ONE_LANGUAGE = 'project = "Small"\nextensions = ["fleuron"]\nfleuron_epub_fonts = False\n'
EDITORIALS: dict[str, str | None] = {
    "conf.py": f'{ONE_LANGUAGE}html_baseurl = "https://review.example/"\nfleuron_imprint = {{"email": "a@b.org"}}\n',
    "index.md": "# Small\n\n```{toctree}\narticles/2026-1/editorial\narticles/2026-2/editorial\narticles/one\n```\n",
    **{
        f"articles/2026-{issue}/editorial.md": f"---\nauthors: [ada]\ndate: 2026-0{issue}-01\ndoi: 10.5555/e{issue}\n"
        f"---\n# Editorial\n\nThe text of issue {issue}.\n"
        for issue in (1, 2)
    },
}


def offered(publication: Publication, page: str = "articles/one", language: str = "en") -> dict[str, str]:
    """Return the downloads that a page offers: their titles by their paths in the site of the edition."""
    folder = publication.build / "html" / language
    here = (folder / page).parent
    return {
        Path(os.path.normpath(here / str(link.get("href")))).relative_to(folder).as_posix(): text_of(link)
        for link in publication.page(language, page).cssselect(".downloads a")
    }


def test_articles_of_one_file_name_have_files_of_their_own(make: Maker) -> None:
    publication = make(EDITORIALS)
    result = publication.publish("pdf", "epub", "html", "records", options="-W --keep-going")
    assert result.code == 0, result.output
    site = publication.build / "html" / "en"
    for issue in (1, 2):
        name = f"2026-{issue}/editorial"
        assert f"articles/{name}.pdf" in offered(publication, f"articles/{name}")
        assert f"issue {issue}." in " ".join(pdf_pages(site / "articles" / f"{name}.pdf"))
        page = publication.page("en", f"articles/{name}")
        [address] = page.xpath("//meta[@name='citation_pdf_url']/@content")
        assert address == f"https://review.example/en/articles/{name}.pdf"
        assert address in (publication.build / f"records/en/{name}.datacite.json").read_text() + str(
            html.tostring(page)
        )
        assert f"10.5555/e{issue}" in (publication.build / f"records/{name}.crossref.xml").read_text()
    colophon = [str(link.get("href")) for link in publication.page("en", "colophon").cssselect("a[download]")]
    assert len(set(colophon)) == len(colophon) == 5


def test_an_article_in_a_folder_is_built_alone_by_its_path_or_by_a_name_that_is_its_own(make: Maker) -> None:
    publication = make(EDITORIALS | {"articles/2026-2/review.md": "---\nauthors: [ada]\n---\n# Review\n\nA review.\n"})
    ambiguous = publication.publish("epub", article="editorial")
    assert ambiguous.code == 1
    assert "write one of: 2026-1/editorial, 2026-2/editorial" in ambiguous.output
    for article in ("2026-1/editorial", "review"):
        result = publication.publish("epub", article=article)
        assert result.code == 0, result.output
    found = [
        path.relative_to(publication.build / "epub").as_posix() for path in publication.build.glob("epub/**/*.epub")
    ]
    assert sorted(found) == ["en/2026-1/editorial.epub", "en/2026-2/review.epub"]


def test_a_book_of_another_text_is_not_offered(make: Maker) -> None:
    publication = make({"conf.py": ONE_LANGUAGE, "articles/two.md": "---\nauthors: [ada]\n---\n# Two\n\nThe second.\n"})
    publication.write("index.md", "# Small\n\nText.\n\n```{toctree}\narticles/one\narticles/two\n```\n")
    with patch.dict(os.environ, {"SOURCE_DATE_EPOCH": "1700000000"}):
        publication.publish("pdf", "epub", "html")
    everything = {"articles/one.pdf", "downloads/small-en.pdf", "downloads/small-en.epub"}
    assert set(offered(publication)) == everything
    text = (publication.source / "articles/one.md").read_text()
    publication.write("articles/one.md", text.replace("The first text.", "Other words."))
    publication.publish("html")
    assert offered(publication) == {}
    assert set(offered(publication, "articles/two")) == {"articles/two.pdf"}, "a page that has not changed itself"
    assert set(offered(publication, "index")) == set()
    assert not (publication.build / "html/en/articles/one.pdf").exists()

    publication.publish("html", options="-D fleuron_older_books=1")
    assert offered(publication)["articles/one.pdf"] == "This article as PDF (as of 14 November 2023)"
    assert offered(publication, "articles/two")["articles/two.pdf"] == "This article as PDF"
    assert not publication.page("en", "articles/one").xpath("//meta[@name='citation_pdf_url']")

    publication.write("articles/one.md", text)
    publication.publish("html")
    assert set(offered(publication)) == everything, "the text is again what the books were made from"


def test_a_changed_style_of_the_publication_words_the_notes_again_and_outdates_the_books(make: Maker) -> None:
    style = (Path(fleuron.__file__).parent / "csl/style/house_styles/opcit.csl").read_text("utf-8")
    files = {
        "conf.py": f'{ONE_LANGUAGE}fleuron_note_style = "own"\n',
        "styles/own.csl": style,
        "refs.bib": "@book{roe, author={Roe, Jane}, title={Other}, year={2001}, edition={2}}\n",
        "articles/one.md": "---\nauthors: [ada]\ndate: 2026-01-02\n---\n# One\n\nA text.{footcite}`roe`\n",
    }
    publication = make(files)
    assert publication.publish("epub", "html").code == 0
    assert "Other" in text_of(publication.page("en", "articles/one").cssselect("[role=doc-footnote]")[0])
    assert [name for name in offered(publication, "index") if name.endswith(".epub")]
    publication.write("styles/own.csl", style.replace('variable="title"', 'variable="title" suffix=" [sic]"'))
    assert publication.publish("html").code == 0
    assert "Other [sic]" in text_of(publication.page("en", "articles/one").cssselect("[role=doc-footnote]")[0])
    assert not [name for name in offered(publication, "index") if name.endswith(".epub")]


def test_a_volume_of_one_article_does_not_stand_for_the_volume(make: Maker) -> None:
    publication = make({"conf.py": ONE_LANGUAGE})
    publication.publish("pdf", "html")
    publication.write("articles/two.md", "---\nauthors: [ada]\n---\n# Two\n\nThe second.\n")
    publication.write("index.md", "# Small\n\nA small publication.\n\n```{toctree}\narticles/one\narticles/two\n```\n")
    publication.publish("html")
    assert set(offered(publication)) == {"articles/one.pdf"}
    publication.publish("pdf", article="two")
    publication.publish("html")
    assert set(offered(publication, "articles/two")) == {"articles/two.pdf"}
