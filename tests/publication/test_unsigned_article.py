"""An article without authors: it is published in every format, without a warning and without a byline."""

from __future__ import annotations

import json

import pytest

from tests.support.epub_books import find, part
from tests.support.publications import Maker, pdf_pages

UNSIGNED = {"articles/one.md": "---\ndate: 2026-01-02\ndoi: 10.5555/1\n---\n# One\n\nThe first text.\n"}


@pytest.mark.slow
def test_an_unsigned_article_is_published_in_every_format(make: Maker) -> None:
    publication = make(UNSIGNED)
    result = publication.publish("html", "epub", "pdf", "records", languages="en", options="-W")
    assert result.code == 0 and "WARNING" not in result.output
    page = publication.page("en", "articles/one")
    assert not page.xpath("//*[@class='byline'] | //meta[@name='citation_author']")
    assert page.xpath("string(//*[contains(@class, 'entry')])").strip().startswith("“One”")
    book = publication.build / "epub" / "small-en.epub"
    assert not find(part(book, "content.opf"), "//*[local-name() = 'creator']")
    assert "“One”, Small, 2026" in pdf_pages(publication.build / "pdf" / "en" / "one.pdf")[0]
    record = json.loads((publication.build / "records" / "en" / "one.datacite.json").read_text("utf-8"))
    assert record["creators"] == [{"name": "A. Author", "nameType": "Organizational"}]
