"""Notes in the title and the heads of tables, however a table is written, in every format."""

from __future__ import annotations

import re

import pytest

from tests.support.epub_books import COUNTED, find, messages, part
from tests.support.publications import SMALL, Publication, pdf_pages, text_of

pytestmark = pytest.mark.slow

LONG = "".join(f"* - row {number}\n  - cell\n" for number in range(60))
TABLES = f"""---
authors: [ada]
---
# One

~~~{{list-table}} A list {{footcite}}`basran2020{{1}}`
:header-rows: 1
:stub-columns: 1

* - Head[^a]
  - Other {{footcite}}`basran2020{{2}}`
* - Stub[^b]
  - cell
~~~

~~~{{csv-table}} Values[^c]
:header: First[^d], Second

1, 2
~~~

| Piped[^e] | Cited {{footcite}}`basran2020{{3}}` |
|---|---|
| 1 | 2 |

:::{{table}} A title {{footcite}}`basran2020{{4}}`
| a[^f] |
|---|
| 1 |
:::

:::{{list-table}} Long
:header-rows: 1

* - Repeated[^g]
  - {{footcite}}`basran2020{{5}}`
{LONG}:::

{"".join(f"[^{name}]: Own note {name}.{chr(10) * 2}" for name in "abcdefg")}"""
SOURCE = "@misc{basran2020,\n  author = {Basran, B.},\n  title = {Title},\n  year = {2020},\n}\n"
# The notes, in the order of their calls.
ORDER = ["p. 1", "note a", "p. 2", "note b", "note c", "note d", "note e", "p. 3", "p. 4", "note f", "note g", "p. 5"]


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    made = Publication(tmp_path_factory.mktemp("tables") / "source")
    for name, text in {**SMALL, "articles/one.md": TABLES, "refs.bib": SOURCE}.items():
        made.write(name, text)
    result = made.publish("html", "epub", "pdf", languages="en", options="-W")
    assert result.code == 0, result.output
    return made


def test_on_the_site(publication: Publication) -> None:
    page = publication.page("en", "articles/one")
    calls = [text_of(call) for call in page.cssselect("table a[role=doc-noteref]")]
    assert calls == [str(number) for number in range(1, len(ORDER) + 1)]
    notes = [text_of(note) for note in page.cssselect("aside[role=doc-footnote]")]
    assert all(words in note for words, note in zip(ORDER, notes, strict=True))
    assert [text_of(head) for head in page.cssselect("caption .caption-text")] == [
        "A list1",
        "Values5",
        "A title9",
        "Long",
    ]


def test_in_the_epub(publication: Publication) -> None:
    book = publication.build / "epub" / "small-en.epub"
    assert len(find(part(book, "articles/one.xhtml"), "//h:table//h:a[@role='doc-noteref']")) == len(ORDER)


@pytest.mark.java
@pytest.mark.nightly
def test_the_epub_is_valid(publication: Publication) -> None:
    book = publication.build / "epub" / "small-en.epub"
    assert [found for found in messages(book) if found[0] != COUNTED] == []


def test_in_print_each_note_is_once_at_a_foot_though_a_head_is_repeated(publication: Publication) -> None:
    pages = pdf_pages(publication.build / "pdf" / "en" / "one.pdf")
    assert sum("Repeated" in page for page in pages) > 1
    text = "\n".join(pages)
    for number, words in enumerate(ORDER, 1):
        assert len(re.findall(rf"^\s*{number}\. .*{words}\.", text, re.MULTILINE)) == 1, words
