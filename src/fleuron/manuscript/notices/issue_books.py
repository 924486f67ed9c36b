"""Say what the book of one issue of a journal is about: its title, its place in the journal, its editors and texts."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sphinx.environment import BuildEnvironment

from fleuron.diagnostics.similar_names import suggestion
from fleuron.editions.interface_words import interface_words
from fleuron.manuscript.file_access import is_inside
from fleuron.manuscript.records import publication_records, volume_of
from fleuron.publication.edition import Edition
from fleuron.publication.journal.issues import ISSUE_FOLDER, issue_document


@dataclass(frozen=True)
class IssueBook:
    """An issue that is built as a book of its own.

    ``document`` is that of the issue, ``name`` its path below issues/, ``line`` says where it stands in the journal,
    ``editors`` are names of files in authors/, ``cover`` is a picture's path below the sources, or "". ``volume`` are
    the documents of the book in order, its own first.
    """

    document: str
    name: str
    title: str
    line: str
    editors: tuple[str, ...]
    date: datetime.date | None
    cover: str
    volume: Sequence[str]


def issue_book(env: BuildEnvironment, language: str) -> IssueBook | None:
    """Return the issue that ``fleuron_issue`` names; None if it names none. To be used when all documents are read.

    Raises SystemExit if there is no such issue.
    """
    name, records = env.config.fleuron_issue, publication_records(env)
    if not name:
        return None
    if issue_document(name) not in records.issues:
        known = [each.removeprefix(ISSUE_FOLDER) for each in records.issues]
        raise SystemExit(f"fleuron: there is no issue “{name}”{suggestion(name, known)}")
    return book_of_issue(env, language, name)


def issue_books(env: BuildEnvironment, language: str) -> list[IssueBook]:
    """List the issues, by name; to be used when all documents are read."""
    names = sorted(publication_records(env).issues.keys() & env.found_docs)
    return [book_of_issue(env, language, name.removeprefix(ISSUE_FOLDER)) for name in names]


def book_of_issue(env: BuildEnvironment, language: str, name: str) -> IssueBook:
    """Return what the book of an issue is about."""
    document = issue_document(name)
    issue = publication_records(env).issues[document]
    word = interface_words(language)
    edition = Edition(language)
    number = word("no. {number}").format(number=edition.numerals(issue.issue)) if issue.issue else ""
    numbers = edition.comma.join(filter(None, [edition.numerals(issue.volume), number]))
    if numbers and edition.direction == "rtl":
        # After a title in Latin letters, the number would be shown before it.
        numbers = f"\N{RIGHT-TO-LEFT MARK}{numbers}"
    year = f"({edition.numerals(issue.date.year)})" if issue.date else ""
    return IssueBook(
        document=document,
        name=name,
        title=env.titles[document].astext(),
        line=" ".join(filter(None, [env.titles[env.config.root_doc].astext(), numbers, year])),
        editors=issue.editors or tuple(env.config.fleuron_editors),
        date=issue.date,
        cover=cover_of(env, document, issue.cover),
        volume=volume_of(env, document),
    )


def cover_of(env: BuildEnvironment, document: str, cover: str) -> str:
    """Return the path of an issue's cover below the sources; "" if there is none in the publication."""
    path = env.relfn2path(cover, document)[0] if cover else ""
    return path if path and is_inside(env, path) and Path(env.srcdir, path).is_file() else ""
