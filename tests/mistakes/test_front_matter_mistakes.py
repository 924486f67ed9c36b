"""Mistakes in front matter: a warning at its line where the page is sound without it, else an error."""

from __future__ import annotations

import re

import pytest

from tests.mistakes.test_mistakes import assert_refused, assert_told, told
from tests.support.publications import Maker

ARTICLE, AUTHOR = "articles/one.md", "authors/ada.md"
SIGNED, NAMED = "authors: [ada]\n", "name: Ada Author\n"


def matter(entries: str) -> str:
    """Return the text of an article, or of a contributor, that has these entries; they begin on line 2."""
    return f"---\n{entries}---\n# One\n\nThe text.\n"


def biography(entries: str) -> str:
    return f"---\n{entries}---\nThe text.\n"


WARNINGS = {
    "misspelt key": (ARTICLE, matter("autors: [ada]\n"), 2, ("“autors”", "“authors”")),
    "foreign key": (ARTICLE, matter(SIGNED + "colour: red\n"), 3, ("“colour”", "abstract", "doi")),
    "no such day": (ARTICLE, matter(SIGNED + "date: 2026-13-45\n"), 3, ("date: 2026-13-45", "year-month-day")),
    "no date": (ARTICLE, matter(SIGNED + "date: yesterday\n"), 3, ("date: yesterday", "year-month-day")),
    "week": (ARTICLE, matter(SIGNED + "date: 2026-W01\n"), 3, ("date: 2026-W01", "year-month-day")),
    "no timestamp": (ARTICLE, matter(SIGNED + "date: !!timestamp x\n"), 3, ("date: x", "year-month-day")),
    "repeated key": (ARTICLE, matter(SIGNED + "date: 2026-01-02\ndate: 2026-01-03\n"), 4, ("“date”", "twice")),
    "unknown author": (ARTICLE, matter("authors: [adda]\n"), 2, ("“adda”", "“ada”")),
    "doi": (ARTICLE, matter(SIGNED + "\ndoi: 11.1/x\n"), 4, ("doi: 11.1/x", "a DOI")),
    "license": (ARTICLE, matter(SIGNED + "license: all rights reserved\n"), 3, ("license: all rights", "SPDX")),
    "check digit": (AUTHOR, biography(NAMED + "orcid: 0000-0002-1825-0098\n"), 3, ("0000-0002-1825-0098", "digit")),
    "language": (AUTHOR, biography(NAMED + "lang: turkish\n"), 3, ("lang: turkish", "language tag")),
    "contributor's key": (AUTHOR, biography(NAMED + "afiliation: x\n"), 3, ("“afiliation”", "“affiliation”")),
}


@pytest.mark.parametrize("mistake", WARNINGS)
def test_a_warning_is_an_error_where_warnings_are(make: Maker, mistake: str) -> None:
    file, text, line, words = WARNINGS[mistake]
    publication = make({file: text})
    assert_refused(publication.publish("html", languages="en", options="-W"), f"{file}:{line}:", "WARNING", *words)
    assert not publication.files()


def test_pages_with_warnings_are_published(make: Maker) -> None:
    """Each mistake in a file of its own, all in one publication."""
    files = {f"{WARNINGS[name][0][:-3]}{number}.md": name for number, name in enumerate(WARNINGS)}
    texts = {file: WARNINGS[name][1] for file, name in files.items()}
    publication = make(texts | {"index.md": "# Small\n\n```{toctree}\n:glob:\narticles/*\n```\n"})
    result = publication.publish("html", languages="en")
    assert result.code == 0, result.output
    for file, name in files.items():
        _, _, line, words = WARNINGS[name]
        assert_told(result, f"{file}:{line}:", "WARNING", *words)
        assert "The text." in publication.page("en", file[:-3]).text_content()


ERRORS = [
    pytest.param(ARTICLE, matter(SIGNED + "keywords: [a, b\ndate: 2026-01-02\n"), (3, 4), "YAML", id="bracket"),
    pytest.param(ARTICLE, matter(SIGNED + "subtitle: 'A\nx: 1\ny: 2\nz: 3\n"), (3,), "YAML", id="quotation-mark"),
    pytest.param(ARTICLE, matter(SIGNED + "subtitle: A: b\n"), (3,), "YAML", id="colon"),
    pytest.param(ARTICLE, matter("- authors\n- date\n"), (2,), "key: value", id="list"),
    pytest.param(ARTICLE, "---\nauthors: [ada]\n\n# One\n\nThe text.\n", (1,), "---", id="fence"),
    pytest.param(AUTHOR, biography("lang: tr\n"), (1,), "name", id="name"),
]


@pytest.mark.parametrize(("file", "text", "lines", "word"), ERRORS)
def test_an_error(make: Maker, file: str, text: str, lines: tuple[int, ...], word: str) -> None:
    result = make({file: text}).publish("html", languages="en")
    assert_refused(result, f"{file}:", word)
    named = [int(match[1]) for line in told(result) if (match := re.match(rf"{file}:(\d+): ERROR", line))]
    assert named, result.output
    assert set(named) <= set(lines), result.output


def test_a_mistake_in_the_text_of_a_field(make: Maker) -> None:
    """Subtitle and abstract are Markdown, and what is wrong in them is reported at their line."""
    publication = make({ARTICLE: matter(SIGNED + "date: 2026-01-02\nsubtitle: A {nocturne}`x`\n")})
    assert_refused(publication.publish("html", languages="en"), f"{ARTICLE}:4:", "nocturne")
