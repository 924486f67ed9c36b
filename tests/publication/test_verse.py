"""Verse, and paragraphs of abstracts: lines keep their indents, and what follows is a paragraph, in every format."""

from __future__ import annotations

import re

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

| no | table |
| as | it lacks dashes |

- [A link](https://example.org/) alone
- [data](data.csv) and {download}`too <data.csv>`

[^n]: A note.

    | Verse in
    |   a note
"""


def lines_of(element: object, prefix: str, depth: int = 0) -> list[tuple[int, str]]:
    """List the lines of the line blocks in an element, with their depth."""
    found = []
    for line in element.xpath(f"//{prefix}div[@class='line']", namespaces={"h": "http://www.w3.org/1999/xhtml"}):  # type: ignore[attr-defined]
        found.append(
            (sum(1 for outer in line.iterancestors() if outer.get("class") == "line-block") - 1, text_of(line))
        )
    return found


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
    (0, "Verse in"),
    (1, "a note"),
]


def test_verse_keeps_its_indents_and_what_follows_is_a_paragraph(make: Maker) -> None:
    publication = make({"articles/one.md": VERSE, "articles/data.csv": "a,b\n1,2\n"})
    result = publication.publish("pdf", "epub", "html", languages="en", options="-W")
    assert result.code == 0, result.output
    book = part(publication.build / "epub" / "small-en.epub", "articles/one.xhtml")
    page = publication.page("en", "articles/one")
    assert lines_of(book, "h:") == lines_of(page, "") == EXPECTED
    for paragraphs in (find(book, "//h:p"), page.xpath("//p")):
        texts = [text_of(paragraph) for paragraph in paragraphs]
        assert {"After the first.", "After the second.", "A first paragraph on two lines.", "A second one."} <= set(
            texts
        )
        assert "| no | table | | as | it lacks dashes |" in texts
    printed = "\n".join(pdf_pages(publication.build / "pdf" / "en" / "one.pdf"))
    edges = {match[2]: len(match[1]) for match in re.finditer(r"^( *)(\S[^\n]*)$", printed, re.MULTILINE)}
    assert edges["After the second."] < edges["A second stanza"] < edges["and this one is set in,"]
    assert edges["and this one is set in,"] < edges["this one further."]
    assert re.search(r"A link alone\n.*data and too", printed)


def test_a_blank_line_in_a_folded_string_begins_a_paragraph() -> None:
    for style in (">-", ">", "|"):
        text = f"---\nabstract: {style}\n  one\n  two\n\n  three\n---\n"
        value = read_front_matter(text).entries["abstract"].value
        assert [" ".join(each.split()) for each in value.strip().split("\n\n")] == ["one two", "three"]
