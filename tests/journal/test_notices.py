"""Notices are related to the articles that they name, both ways; names that are wrong, and circles, are refused."""

from __future__ import annotations

import datetime

import pytest

from fleuron.diagnostics import Diagnostic
from fleuron.manuscript.notices.tombstone import title_alone
from fleuron.publication.article import Article, read_article
from fleuron.publication.front_matter import read_front_matter
from fleuron.publication.journal.notices import RelatedArticle, find_notices
from fleuron.publication.values.history import Change, Withdrawal

DAY = datetime.date(2026, 5, 3)


def article(front_matter: str) -> Article:
    return read_article(read_front_matter(f"---\n{front_matter}\n---\n"), [])[0]


def findings(front_matter: str) -> list[tuple[Diagnostic, int, str]]:
    found = read_article(read_front_matter(f"---\n{front_matter}\n---\n"), [])[1]
    return [(each.diagnostic, each.line, each.text) for each in found]


def test_a_notice_and_its_article_name_each_other() -> None:
    articles = {
        "articles/1/first": Article(),
        "articles/2/erratum": article("date: 2026-05-03\ncorrects: first"),
        "articles/2/later": article("date: 2026-05-04\ncorrects: 1/first\nretracts: [other]"),
        "articles/2/reply": article("comments-on: 1/first"),
        "articles/other": Article(),
    }
    notices = find_notices(articles)
    assert notices.findings == {}
    assert notices.related["articles/1/first"] == (
        RelatedArticle("corrected-by", "articles/2/erratum"),
        RelatedArticle("corrected-by", "articles/2/later"),
        RelatedArticle("commented-by", "articles/2/reply"),
    )
    assert notices.related["articles/2/later"] == (
        RelatedArticle("retracts", "articles/other"),
        RelatedArticle("corrects", "articles/1/first"),
    )
    retracted = [name for name in articles if notices.is_retracted(name)]
    assert retracted == ["articles/other"]


def test_a_name_of_no_article_or_of_several_is_an_error_at_its_line() -> None:
    articles = {
        "articles/1/editorial": Article(),
        "articles/2/editorial": Article(),
        "articles/erratum": article("date: 2026-05-03\ncorrects: editorial\nretracts: editorail"),
    }
    found = find_notices(articles).findings["articles/erratum"]
    assert {each.diagnostic for each in found} == {Diagnostic.UNKNOWN_ARTICLE} and found[0].diagnostic.is_error
    assert [(each.line, each.text) for each in found] == [
        (4, "“retracts: editorail” names no article; did you mean “2/editorial”?"),
        (3, "“corrects: editorial” names no article; write one of: 1/editorial, 2/editorial"),
    ]


@pytest.mark.parametrize(
    "about",
    [
        {"a": "corrects: a"},
        {"a": "corrects: b", "b": "retracts: a"},
        {"a": "corrects: b", "b": "comments-on: c", "c": "corrects: a"},
    ],
)
def test_a_circle_is_refused_in_each_of_its_articles(about: dict[str, str]) -> None:
    articles = {f"articles/{name}": article(text) for name, text in about.items()}
    articles["articles/outside"] = article("corrects: a")
    found = find_notices(articles).findings
    assert sorted(found) == [f"articles/{name}" for name in sorted(about)]
    (first,) = found["articles/a"]
    assert first.diagnostic is Diagnostic.CIRCULAR_NOTICES and first.line == 2
    assert " → ".join([*about, "a"]) in first.text


def test_dates_and_changes_are_read_and_must_be_in_order() -> None:
    written = (
        "received: 2026-01-02\naccepted: 2026-02-03\ndate: 2026-03-04\n"
        "changes:\n  - date: 2026-05-03\n    text: Second.\n  - date: 2026-04-01\n    text: First."
    )
    read = article(written)
    assert findings(written) == []
    assert read.changes == (Change(datetime.date(2026, 4, 1), "First."), Change(DAY, "Second."))
    assert read.last_update == DAY and article("updated: 2026-06-01").last_update == datetime.date(2026, 6, 1)
    ((diagnostic, line, text),) = findings("received: 2026-01-02\ndate: 2026-01-01\nupdated: 2026-01-03")
    assert (diagnostic, line) == (Diagnostic.DATES_OUT_OF_ORDER, 3)
    assert text == "“date: 2026-01-01” is before “received: 2026-01-02”; correct one of the two"


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ("changes: corrected", "a list of changes"),
        ("changes:\n  - date: 2026-05-03", "a list of changes"),
        ("changes:\n  - date: 2026-13-03\n    text: x", "“2026-13-03: x” is not a date"),
        ("withdrawn: 2026-05-03", "and “reason: …”"),
        ("withdrawn:\n  date: 2026-05-03\n  reason: ''", "is not a string"),
    ],
)
def test_a_change_without_its_day_or_its_text_is_reported(wrong: str, expected: str) -> None:
    ((diagnostic, line, text),) = findings(wrong)
    assert (diagnostic, line) == (Diagnostic.BAD_VALUE, 2)
    assert expected in text and "{" not in text


def test_a_key_that_a_change_has_twice_is_an_error() -> None:
    ((diagnostic, line, text),) = findings("changes:\n  - date: 2026-05-03\n    text: One.\n    text: Two.")
    assert (diagnostic, line) == (Diagnostic.BAD_FRONT_MATTER, 5) and "“text” is here twice" in text


def test_a_withdrawn_article_keeps_nothing_but_its_record() -> None:
    read = article("abstract: Gone.\nkeywords: [gone]\nsubtitle: Kept\nwithdrawn:\n  date: 2026-05-03\n  reason: Why.")
    assert (read.abstract, read.keywords, read.subtitle) == ("", (), "Kept")
    assert read.withdrawn == Withdrawal(DAY, "Why.")


@pytest.mark.parametrize("title", ["# Title", "Title\n=====", "Title *of\ntwo* lines\n---"])
def test_only_the_first_heading_of_a_withdrawn_text_is_left_in_its_place(title: str) -> None:
    text = f"---\nx: y\n---\n\n<!-- a -->\n\n{title}\n\nBody.\n\n## Section\n\n```\n# code\n```\n"
    left = title_alone(text, has_title=False)
    assert left.count("\n") == text.count("\n")
    assert left.split() == ["---", "x:", "y", "---", *title.split()]
    assert left.index(title) == text.index(title) - len("<!-- a -->")
    assert title_alone(text, has_title=True).split() == ["---", "x:", "y", "---"]
