"""Conversations, verse with its source, dedications and lists are read, translated and marked for their design."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

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
    files = {"conf.py": CONF, "articles/one.md": ARTICLE, "locale/tr/LC_MESSAGES/articles/one.po": CATALOGUE}
    for name, text in {**SMALL, **files}.items():
        made.write(name, text)
    result = made.publish("html", "records", options="-W")
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
def test_the_source_stands_behind_an_empty_line(lines: list[str], count: int) -> None:
    assert lines_of_verse(lines) == count
