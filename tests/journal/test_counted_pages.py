"""Folios of a journal count through the issues of a volume, in each issue, or in each article."""

from __future__ import annotations

import datetime

import pytest

from fleuron.publication.article import Article
from fleuron.publication.journal.counted_pages import counted_pages
from fleuron.publication.journal.issues import Issue
from fleuron.publication.page_plan import Counted, Mode, first_folios
from fleuron.publication.values.places import PageRange


def issue(volume: str, number: str, month: int) -> Issue:
    return Issue(volume=volume, issue=number, date=datetime.date(2026, month, 1))


ISSUES = {"issues/c": issue("8", "1", 9), "issues/b": issue("7", "2", 5), "issues/a": issue("7", "1", 1)}
# As a journal lists them, the newest first.
ORDER = ["issues/c", "five", "issues/b", "three", "numbered", "issues/a", "one", "two", "outside"]
ISSUE_OF = {"one": "issues/a", "two": "issues/a", "three": "issues/b", "numbered": "issues/b", "five": "issues/c"}
ARTICLES = {name: Article(volume="7") for name in ("one", "two", "three")} | {
    "five": Article(volume="8"),
    "numbered": Article(volume="7", elocation_id="e1"),
    "outside": Article(),
}


def counted(mode: Mode) -> Counted:
    return counted_pages(ORDER, ARTICLES, ISSUE_OF, ISSUES, mode)


@pytest.mark.parametrize(
    ("mode", "sequences"),
    [
        (
            "volume",
            {
                ("outside",),
                ("issues/a", "one", "two", "issues/b", "three"),
                ("numbered",),
                ("issues/c", "five"),
            },
        ),
        (
            "issue",
            {
                ("outside",),
                ("issues/a", "one", "two"),
                ("issues/b", "three"),
                ("numbered",),
                ("issues/c", "five"),
            },
        ),
        ("article", {(name,) for name in ORDER}),
    ],
)
def test_issues_count_from_the_oldest_on(mode: Mode, sequences: set[tuple[str, ...]]) -> None:
    found = counted(mode)
    assert set(found.sequences) == sequences and found.rectos == ISSUES.keys()


def test_a_new_issue_moves_no_page_of_an_older_one() -> None:
    newer = {**ISSUES, "issues/d": issue("7", "3", 12)}
    found = counted_pages(["issues/d", *ORDER], ARTICLES, ISSUE_OF, newer, "volume")
    (before,) = (each for each in counted("volume").sequences if "one" in each)
    (now,) = (each for each in found.sequences if "one" in each)
    assert now == (*before, "issues/d")


def test_a_publication_without_issues_counts_through_all_its_texts() -> None:
    articles = {"one": Article(volume="7", issue="2"), "two": Article()}
    assert counted_pages(["one", "two"], articles, {}, {}, "volume").sequences == (("one", "two"),)
    assert set(counted_pages(["one", "two"], articles, {}, {}, "issue").sequences) == {("one",), ("two",)}


def test_pages_that_an_author_gives_are_kept_and_what_follows_counts_on_from_them() -> None:
    articles = {"one": Article(pages=PageRange("13", "27")), "two": Article(), "roman": Article(pages=PageRange("xii"))}
    found = counted_pages(["one", "two", "roman"], articles, {}, {}, "volume")
    assert found.given == {"one": (13, 27)}
    (sequence,) = found.sequences
    counts = {"one": 4, "two": 2, "roman": 1}
    assert first_folios(sequence, counts, openings="any", counted=found) == {"one": 13, "two": 28, "roman": 30}
    issue_on_recto = Counted((("one", "two"),), rectos=frozenset({"two"}))
    assert first_folios(("one", "two"), {"one": 1}, openings="any", counted=issue_on_recto) == {"one": 1, "two": 3}
