"""Conversations, verse with its source, dedications and lists are read, translated and marked for their design."""

from __future__ import annotations

from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree, html

from fleuron.manuscript.literary.verse import lines_of_verse
from tests.support.publications import SMALL, Publication, text_of

ARTICLE = """---
authors: [ada]
date: 2026-09-15
---

# One

:::{dedication}
To *Anzor*
:::

:::{interview}
:questions: Editors

**Editors:** What was in the *cupboard*?

**Ada**: Letters.

They were many.
:::

:::{verse}
:numbered:

First line\\
    second | line

-- A *poet*, p. 1
:::

:::{verse}
| A bar
| -- no source
:::

:::{dramatis} The *persons*
- **Ada**, an engineer
:::

::::{gallery}
```{figure} ../_static/map.svg
:alt: A map

The *first* map.
```

![Hills](../_static/map.svg)
![A river](../_static/map.svg)

Two maps and a [river](https://example.org/).
::::

```{figure} ../_static/map.svg
:alt: A wide map
:class: full-width
```

> Quoted.

:::{attribution}
A book
:::
"""
CATALOGUE = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "**Editors:** What was in the *cupboard*?"
msgstr "**Redaksiyon:** *Dolapta* ne vardı?"

msgid "second | line"
msgstr "ikinci | dize"

msgid "Hills"
msgstr "Tepeler"

msgid "A *poet*, p. 1"
msgstr "Bir *şair*, s. 1"
"""
CONF = (
    'project = "Small"\nauthor = "A. Author"\nextensions = ["fleuron"]\nfleuron_languages = ["en", "tr"]\n'
    'html_baseurl = "https://small.example/"\nfleuron_edition_threshold = 0\n'
)


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    made = Publication(tmp_path_factory.mktemp("literary") / "source")
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>'
    files = {
        "_static/map.svg": drawing,
        "conf.py": CONF,
        "articles/one.md": ARTICLE,
        "locale/tr/LC_MESSAGES/articles/one.po": CATALOGUE,
    }
    for name, text in {**SMALL, **files}.items():
        made.write(name, text)
    result = made.publish("html", "epub", "records", options="-W")
    assert result.code == 0 and "WARNING" not in result.output, result.output
    return made


def of_class(publication: Publication, language: str, name: str) -> list[Any]:
    page = publication.page(language, "articles/one")
    return list(page.xpath(f"//article//*[contains(concat(' ', @class, ' '), ' {name} ')]"))


def test_turns_questions_and_speakers_are_marked_in_every_language(publication: Publication) -> None:
    for language, asks, question in (
        ("en", "Editors:", "Editors: What was in the cupboard?"),
        ("tr", "Redaksiyon:", "Redaksiyon: Dolapta ne vardı?"),
    ):
        assert [text_of(each) for each in of_class(publication, language, "question")] == [question]
        assert next(text_of(each) for each in of_class(publication, language, "speaker")) == asks
        assert len(of_class(publication, language, "turn")) == len(of_class(publication, language, "speaker")) == 2


def test_verse_has_lines_and_its_source(publication: Publication) -> None:
    for language, second, source in (
        ("en", "second | line", "—A poet, p. 1"),
        ("tr", "ikinci | dize", "—Bir şair, s. 1"),
    ):
        (quotation,) = of_class(publication, language, "verse")
        assert quotation.tag == "blockquote" and quotation.xpath(".//*[contains(@class, 'numbered')]")
        lines = [text_of(each) for each in quotation.xpath(".//*[@class='line']")]
        assert lines[1] == second and "\\" not in lines[0]
        assert [text_of(each) for each in quotation.xpath(".//*[@class='attribution']")] == [source]
    lines = [text_of(each) for each in of_class(publication, "en", "line")]
    assert lines[2:] == ["A bar", "-- no source"] or lines[2:] == ["A bar", "– no source"]


def test_blocks_have_the_names_of_their_directives(publication: Publication) -> None:
    assert text_of(of_class(publication, "en", "dedication")[0]) == "To Anzor"
    (persons,) = of_class(publication, "en", "dramatis")
    assert text_of(persons.xpath("./p[@class='rubric']")[0]) == "The persons"
    (quotation,) = of_class(publication, "en", "attribution")[-1:]
    assert text_of(quotation) == "—A book"


def test_a_gallery_makes_figures_of_the_pictures_in_it(publication: Publication) -> None:
    for language, hills in (("en", "Hills"), ("tr", "Tepeler")):
        (gallery,) = of_class(publication, language, "gallery")
        figures = gallery.xpath("./figure")
        assert [each.xpath("./img/@alt") for each in figures] == [["A map"], [hills], ["A river"]]
        assert [text_of(each)[-14:] for each in gallery.xpath(".//*[@class='caption-text']")] == ["The first map."]
        # Each opens as large as the window; a paragraph with other words stays as it is.
        assert [len(each.xpath("./*[@popover]/img[@alt]")) for each in figures] == [1, 1, 1]
        assert text_of(gallery.xpath("./p")[0]).removeprefix("EN ") == "Two maps and a river."
        assert publication.page(language, "articles/one").xpath(
            "//figure/img[contains(@class, 'full-width')]/@alt"
        ) == ["A wide map"]
    with ZipFile(next((publication.build / "epub").glob("*en*.epub"))) as book:
        page = html.document_fromstring(book.read("articles/one.xhtml"))
        sheet = book.read("_static/book.css").decode()
    assert page.xpath("//*[contains(@class, 'gallery')]/figure/img/@alt") == ["A map", "Hills", "A river"]
    assert page.xpath("//img[contains(@class, 'full-width')]")
    assert ".gallery figure {" in sheet and "img.full-width," in sheet


def test_library_records_keep_the_words(publication: Publication) -> None:
    article = etree.parse(publication.build / "records/en/one.jats.xml").getroot()
    body = article.find("body")
    assert body is not None
    for text in ("To Anzor", "Editors: What was", "They were many.", "A poet, p. 1", "an engineer", "A book"):
        assert text in text_of(body), text
    assert next(each.text for each in article.iter("attrib")) == "A "


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (["a", "", "-- b"], 1),
        (["a", "-- b"], 2),
        (["a", "", "b"], 3),
        (["-- a"], 1),
        (["a", "", "", "--- b", "  c", ""], 1),
    ],
)
def test_the_source_stands_after_an_empty_line(lines: list[str], count: int) -> None:
    assert lines_of_verse(lines) == count
