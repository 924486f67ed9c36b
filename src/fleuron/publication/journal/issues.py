"""The records of a journal's issues, read from the front matter of files in issues/, and the articles of each."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.diagnostics.similar_names import suggestion
from fleuron.publication.article import Article, read_fields
from fleuron.publication.front_matter import FrontMatter
from fleuron.publication.reading_order import reading_order
from fleuron.publication.values.places import as_number
from fleuron.publication.values.plain_values import as_date, as_text, as_texts

ISSUE_FOLDER = "issues/"


def issue_document(name: str) -> str:
    """Return the document of an issue: ``issues/2026-2`` for ``2026-2``, as an article names its issue."""
    return ISSUE_FOLDER + name


def book_name(language: str, publication: str, issue: str) -> str:
    """Return the path of an issue's book below the folder of its format, without its ending."""
    return f"{ISSUE_FOLDER}{language}/{publication}-{language}-{issue}"


@dataclass(frozen=True)
class Issue:
    """The checked front matter of an issue; ``editors`` are names of files in authors/, ``cover`` is a picture's path.

    ``title`` is empty if the first heading is the title. ``sections`` are the sections that articles name, in order.
    """

    title: str = ""
    volume: str = ""
    issue: str = ""
    date: datetime.date | None = None
    editors: tuple[str, ...] = ()
    cover: str = ""
    sections: tuple[str, ...] = ()
    lines: Mapping[str, int] | None = None


FIELDS: Mapping[str, Callable[[Any], Any]] = {
    "title": as_text,
    "volume": as_number,
    "issue": as_number,
    "date": as_date,
    "editors": as_texts,
    "cover": as_text,
    "sections": as_texts,
}


def says_issue(document: str, front_matter: FrontMatter) -> bool:
    """Return whether a document is that of an issue: in issues/, with a number of a volume or an issue."""
    return document.startswith(ISSUE_FOLDER) and not {"volume", "issue"}.isdisjoint(front_matter.entries)


def read_issue(front_matter: FrontMatter, contributors: Collection[str]) -> tuple[Issue, list[Finding]]:
    """Return the record of an issue, and what is wrong with it."""
    values, findings = read_fields(front_matter, FIELDS)
    known = []
    for editor in values.get("editors", ()):
        if editor in contributors:
            known.append(editor)
        else:
            unknown = {"author": editor, "suggestion": suggestion(editor, contributors)}
            findings.append(Finding(Diagnostic.UNKNOWN_AUTHOR, front_matter.line_of("editors"), unknown))
    lines = {key: entry.line for key, entry in front_matter.entries.items()}
    return Issue(**(values | {"editors": tuple(known)}), lines=lines), findings


def issues_of_articles(issues: Collection[str], includes: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the issue of each document that an issue's tables of contents list; the first by name, if several do."""
    found: dict[str, str] = {}
    for issue in sorted(issues):
        for document in reading_order(issue, includes)[1:]:
            found.setdefault(document, issue)
    return found


def placed(article: Article, name: str, issue: Issue | None) -> Article:
    """Return an article with the volume and the number of its issue, given with its document, where it has none."""
    if issue is None:
        return article
    number = issue.issue if issue_document(article.issue) == name else article.issue or issue.issue
    return replace(article, volume=article.volume or issue.volume, issue=number)


def newest_first(issues: Mapping[str, Issue]) -> list[str]:
    """Sort the documents of issues by date, the newest first; those without a date come last, by name."""
    return sorted(sorted(issues, reverse=True), key=lambda name: str(issues[name].date or ""), reverse=True)
