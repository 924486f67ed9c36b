"""Links within an article: to ids in its author's HTML, and to what is missing."""

from __future__ import annotations

import re

from tests.mistakes.test_mistakes import HEAD, told
from tests.support.epub_books import messages, part
from tests.support.publications import SMALL, Maker, pdf_pages, text_of

TEXT = """
See [far](#far), [old](#old) and [gone](#gone), {ref}`away <nowhere>`, {term}`codex`.^[Or [lost](#lost).]

<p id="far">The far place.</p>

<a name='old'></a>

See [here](gone.md).
"""
TWO = {"index.md": SMALL["index.md"].replace("one\n", "one\narticles/two\n"), "articles/two.md": HEAD + TEXT}


def test_links_in_every_format(make: Maker) -> None:
    """A missing target is told with its line; the words of the link are printed, and no link leads nowhere."""
    publication = make({**TWO, "articles/one.md": HEAD + TEXT})
    result = publication.publish("html", "epub", "pdf", languages="en")
    assert result.code == 0, result.output
    places = [match[1] for line in told(result) if (match := re.match(r"articles/one\.md:(\d+): WARNING", line))]
    assert places == ["8", "8", "8", "8", "14"], result.output
    assert "ERROR" not in result.output
    page = publication.page("en", "articles/one").find(".//article")
    book = part(publication.build / "epub/small-en.epub", "articles/one.xhtml")
    for tree in (page, book):
        links = {text_of(link): link.get("href") for link in tree.iter("{*}a", "a")}
        assert (links["far"], links["old"]) == ("#far", "#old")
        assert not {"gone", "away", "codex", "lost", "here"} & set(links)
        assert all(word in text_of(tree) for word in ("gone", "away", "codex", "lost", "here"))
    assert messages(publication.build / "epub/small-en.epub") == []
    text = " ".join("".join(pdf_pages(publication.build / "pdf/small-en.pdf")).split())
    assert text.count("See far, old and gone, away, codex.") == 2
    assert text.count("Or lost.") == 2
