"""PDFs of small publications: notes on the pages of their calls, folios, and volumes read from right to left."""

from __future__ import annotations

import re

import pytest

from tests.sample.test_sample_pdf import calls_and_feet, folded
from tests.support.publications import Maker, pdf_pages

pytestmark = pytest.mark.slow

LINE = "Words that fill a line of the page so that the one below it is pushed down a little further. "
SOURCE = "@book{a, author={Author, A.}, title={Title}, publisher={House}, address={Town}, year={2000}}\n"


def test_a_note_stays_with_its_call_where_the_biography_has_no_room(make: Maker) -> None:
    """The last note of an article is on the page of its call, however much space is left below."""
    last = LINE * 3 + "Last.{footcite}`a` " + LINE * 3
    biography = "---\nname: Ada\n---\n" + LINE * 8
    files = {
        "refs.bib": SOURCE,
        "authors/ada.md": biography,
        "index.md": "# S\n\n```{toctree}\n:glob:\n\narticles/*\n```\n",
    }
    names = [f"n{lines}" for lines in range(25, 30)]
    for name in names:
        text = "\n\n".join([LINE] * int(name[1:]))
        files[f"articles/{name}.md"] = f"---\nauthors: [ada]\n---\n# Title\n\n{text}\n\n{last}\n"
    publication = make({**files, "articles/one.md": None})
    assert publication.publish("pdf", languages="en", options="-W").code == 0
    for name in names:
        path = publication.build / "pdf" / "en" / f"{name}.pdf"
        calls, feet = calls_and_feet(path)
        assert calls == feet and list(feet) == ["1"], name
        assert len(pdf_pages(path)) == feet["1"] + 1, "the biography stands on a page of its own"


def test_line_breaks_in_the_source_of_a_note_are_spaces_on_the_page(make: Maker) -> None:
    note = "[^a]: A note that\n    its author wrote\n    in four lines, of\n    a few *words\n    each*.\n"
    publication = make({"articles/one.md": f"---\nauthors: [ada]\n---\n# Title\n\nText.[^a]\n\n{note}"})
    assert publication.publish("pdf", languages="en", options="-W").code == 0
    pages = pdf_pages(publication.build / "pdf" / "en" / "one.pdf")
    assert "A note that its author wrote in four lines, of a few words each." in "\n".join(pages)


def test_articles_begin_on_odd_pages_in_a_right_to_left_volume(make: Maker) -> None:
    conf = 'project = "Small"\nextensions = ["fleuron"]\nfleuron_languages = ["fa"]\nlanguage = "fa"\n'
    publication = make({"conf.py": conf})
    assert publication.publish("pdf", options="-W").code == 0
    pages = pdf_pages(publication.build / "pdf" / "small-fa.pdf")
    # Before it stand half-title, title, imprint and contents, and two blank pages.
    assert [number for number, page in enumerate(pages, 1) if re.search(r"\bfirst\b", page)] == [7]


VOLUME = {
    "index.md": "# S\n\nText.\n\n```{toctree}\narticles/one\narticles/two\n```\n",
    "articles/two.md": "---\nauthors: [ada]\n---\n# Two\n\nOf {index}`vellum` see [the first](one.md).\n",
}


def test_one_article_alone_has_the_pages_that_it_has_in_the_volume(make: Maker) -> None:
    publication = make(VOLUME)
    assert publication.publish("pdf", languages="en", options="-W").code == 0
    before = publication.files()
    assert set(before) == {"pdf/small-en.pdf", "pdf/en/one.pdf", "pdf/en/two.pdf"}
    index = folded(pdf_pages(publication.build / "pdf" / "small-en.pdf")[-1])
    assert "Author, Ada, 1, 3" in index and "vellum, 3" in index
    (publication.build / "pdf" / "en" / "two.pdf").unlink()
    assert publication.publish("pdf", article="two", languages="en", options="-W").code == 0
    assert publication.files() == before


def test_an_article_that_is_not_in_the_volume_is_reported(make: Maker) -> None:
    publication = make(VOLUME)
    result = publication.publish("pdf", article="tow", languages="en")
    assert result.code != 0
    assert "no article “tow”" in result.output and "“two”" in result.output
    assert "Traceback" not in result.output and not publication.files()
