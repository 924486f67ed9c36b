"""Verse, and paragraphs of abstracts: lines keep their indents, and what follows is a paragraph, in every format."""

from __future__ import annotations

import re

from lxml import etree

from fleuron.publication.front_matter import read_front_matter
from tests.support.epub_books import find, part
from tests.support.publications import Maker, pdf_pages, text_of

VERSE = """---
authors: [ada]
abstract: >-
  A first paragraph
  on two lines.

  A second one.
---
# One

Verse follows.

```{line-block}
One *line* of
    verse set in
Third line
```

After\u2028the first.

| Bars *begin* these[^n] lines,
|     and this one is set in,
|       this one further.
|
| A second *stanza
| goes over* its lines.
After the second.

> | Quoted
> |   verse

---

{.numbered}
| First
|   Second
| Third
|
|   Fourth
| Fifth
| Sixth

```{figure} map.svg
:alt: A map

Its caption.

{.credit}
Photograph: a library.
```

| no | table |
| as | it lacks dashes |

- [A link](https://example.org/) alone
- [data](data.csv) and {download}`too <data.csv>`

[^n]: A note.

    | Verse in
    |   a note
"""


MAP = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="30" height="20"/></svg>'


def lines_of(element: object, prefix: str, depth: int = 0) -> list[tuple[int, str]]:
    """List the lines of the line blocks in an element, with their depth."""
    found = []
    for line in element.xpath(f"//{prefix}div[@class='line']", namespaces={"h": "http://www.w3.org/1999/xhtml"}):  # type: ignore[attr-defined]
        found.append((sum(1 for outer in line.iterancestors() if is_verse(outer)) - 1, text_of(line)))
    return found


def is_verse(element: object) -> bool:
    return "line-block" in (element.get("class") or "").split()  # type: ignore[attr-defined]


EXPECTED = [
    (0, "One line of"),
    (1, "verse set in"),
    (0, "Third line"),
    (0, "Bars begin these1 lines,"),
    (1, "and this one is set in,"),
    (2, "this one further."),
    (2, ""),
    (0, "A second stanza"),
    (0, "goes over its lines."),
    (0, "Quoted"),
    (1, "verse"),
    (0, "First"),
    (1, "Second"),
    (0, "Third"),
    (0, ""),
    (1, "Fourth"),
    (0, "Fifth"),
    (0, "Sixth"),
    (0, "Verse in"),
    (1, "a note"),
]


def test_verse_keeps_its_indents_and_what_follows_is_a_paragraph(make: Maker) -> None:
    publication = make({"articles/one.md": VERSE, "articles/data.csv": "a,b\n1,2\n", "articles/map.svg": MAP})
    result = publication.publish("pdf", "epub", "html", languages="en", options="-W")
    assert result.code == 0, result.output
    book = part(publication.build / "epub" / "small-en.epub", "articles/one.xhtml")
    page = publication.page("en", "articles/one")
    assert lines_of(page, "") == EXPECTED
    # An EPUB has the numbers of lines in its text: a device may show nothing that only a style sheet has.
    assert lines_of(book, "h:") == [(depth, text if text != "Fifth" else "Fifth 5") for depth, text in EXPECTED]
    for paragraphs in (find(book, "//h:p"), page.xpath("//p")):
        texts = [text_of(paragraph) for paragraph in paragraphs]
        assert {"After the first.", "After the second.", "A first paragraph on two lines.", "A second one."} <= set(
            texts
        )
        assert "| no | table | | as | it lacks dashes |" in texts
    assert [(line.get("data-line"), text_of(line)) for line in page.iter() if line.get("data-line")] == [("5", "Fifth")]
    assert [text_of(each) for each in find(book, "//h:span[@class='line-number']")] == ["5"]
    for root in (book, page):
        [credit] = [element for element in root.iter() if element.get("class") == "credit"]
        assert text_of(credit) == "Photograph: a library."
        assert any(etree.QName(outer).localname == "figcaption" for outer in credit.iterancestors())
    printed = "\n".join(pdf_pages(publication.build / "pdf" / "en" / "one.pdf"))
    edges = {match[2]: len(match[1]) for match in re.finditer(r"^( *)(\S[^\n]*)$", printed, re.MULTILINE)}
    # The first line of a paragraph is indented as far as verse is.
    assert edges["After the second."] <= edges["A second stanza"] < edges["and this one is set in,"]
    assert edges["and this one is set in,"] < edges["this one further."]
    assert re.search(r"^ *Fifth +5$", printed, re.MULTILINE)
    assert len(re.findall(r"^ *(?:First|Second|Third|Fourth|Sixth)$", printed, re.MULTILINE)) == 5
    assert re.search(r"A link alone\n.*data and too", printed)


def test_a_blank_line_in_a_folded_string_begins_a_paragraph() -> None:
    for style in (">-", ">", "|"):
        text = f"---\nabstract: {style}\n  one\n  two\n\n  three\n---\n"
        value = read_front_matter(text).entries["abstract"].value
        assert [" ".join(each.split()) for each in value.strip().split("\n\n")] == ["one two", "three"]
