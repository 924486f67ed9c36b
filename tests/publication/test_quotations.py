"""Epigraphs and pull quotes keep all that stands in them, and each source stands below its own quotation."""

from __future__ import annotations

import pytest

from fleuron.manuscript.quotations.attributed_quotations import quotations_of
from tests.mistakes.test_mistakes import HEAD
from tests.support.publications import Maker, text_of

CONTENTS = {
    "One.": [("One.", "")],
    "One.\n\n-- A. Author": [("One.", "-- A. Author")],
    "One.\n\n-- A. Author,\n   *Title*": [("One.", "-- A. Author,\n   *Title*")],
    "One.\n\n-- A\n\nTwo.\n\n-- B": [("One.", "-- A"), ("Two.", "-- B")],
    "One.\n\n-- A\n\nTwo.": [("One.", "-- A"), ("Two.", "")],
    "One.\n\n-- not\na source": [("One.\n\n-- not\na source", "")],
    "```{note}\nIn.\n\n-- C\n```\n\n-- A": [("```{note}\nIn.\n\n-- C\n```", "-- A")],
    "::::{pull-quote}\n:::{note}\nIn.\n\n-- C\n:::\n::::": [
        ("::::{pull-quote}\n:::{note}\nIn.\n\n-- C\n:::\n::::", "")
    ],
}


@pytest.mark.parametrize(("content", "quotations"), CONTENTS.items())
def test_each_attribution_ends_a_quotation(content: str, quotations: list[tuple[str, str]]) -> None:
    lines = content.split("\n")
    assert [
        ("\n".join(lines[start:attribution]).strip(), "\n".join(lines[attribution:end]).strip())
        for start, attribution, end in quotations_of(lines)
    ] == quotations


@pytest.mark.slow
def test_quotations_within_each_other_have_their_own_sources(make: Maker) -> None:
    text = (
        "::::{highlights}\nOuter words.\n\n:::{pull-quote}\nInner words.\n\n-- Inner *source*\n:::\n\n"
        "-- Outer source\n\nMore words.\n::::\n"
    )
    publication = make({"articles/one.md": HEAD + text})
    result = publication.publish("html", languages="en", options="-W")
    assert result.code == 0, result.output
    page = publication.page("en", "articles/one")
    first, inner, second = page.cssselect("blockquote")
    assert [each.get("class") for each in (first, inner, second)] == ["highlights", "pull-quote", "highlights"]
    assert text_of(inner).replace("—", "") == "Inner words. Inner source"
    assert [text_of(source) for source in first.cssselect(".attribution")] == ["—Inner source", "—Outer source"]
    assert text_of(second) == "More words."
