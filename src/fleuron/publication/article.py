"""The records of articles, and of other pages, read and checked from their front matter."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.diagnostics.similar_names import did_you_mean, suggestion
from fleuron.publication.front_matter import FrontMatter
from fleuron.publication.values.contributions import as_roles, roles_of_others
from fleuron.publication.values.dois import as_dois, shared_dois
from fleuron.publication.values.genres import as_genre
from fleuron.publication.values.history import Change, Withdrawal, as_changes, as_withdrawal
from fleuron.publication.values.organizations import NO_FUNDING, Funding, as_funding
from fleuron.publication.values.places import NO_PAGES, PageRange, as_number, as_pages
from fleuron.publication.values.plain_values import (
    BadValueError,
    as_boolean,
    as_date,
    as_keywords,
    as_license,
    as_paragraphs,
    as_text,
    as_texts,
)
from fleuron.publication.values.translators import as_translators, unknown_translators

# The value of “kind” in front matter that makes a page of a document outside the folder of pages.
PAGE = "page"
# Keys that MyST and Sphinx read themselves.
SPHINX_KEYS = frozenset(
    {
        *("html_meta", "myst", "nocomments", "no-search", "orphan", "substitutions", "tocdepth"),
        *("file_format", "jupytext", "kernelspec", "language_info", "mystnb"),  # of notebooks
    }
)


@dataclass(frozen=True)
class Article:
    """The checked front matter of an article; ``authors`` are names of files in authors/, without ending.

    ``title`` is empty if the first heading is the title; ``lines`` has the line (from 1) of each field in the file.
    ``translators`` are those of each language, as names of files in authors/ or as names of people.
    ``corrects``, ``retracts`` and ``comments_on`` are the articles that a notice is about, as its author names them. An
    article that is ``withdrawn`` has neither abstract nor keywords. ``volume``, ``issue``, and ``pages`` or
    ``elocation_id`` say where it stands in a journal, ``section`` in which section of its issue. ``reviews`` are
    the works that it reviews: keys of the bibliography, or their descriptions. ``roles`` are those of each author;
    ``edited_by`` and ``reviewed_by`` are names of files in authors/, or of people; ``copyright`` is who holds it.
    ``doi`` is that of all editions; if they have their own, it is empty and ``dois`` has them by language.
    One that is ``featured`` stands at the top of the first page.
    """

    title: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    date: datetime.date | None = None
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    doi: str = ""
    license: str = ""
    translators: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lines: Mapping[str, int] | None = None
    received: datetime.date | None = None
    accepted: datetime.date | None = None
    updated: datetime.date | None = None
    changes: tuple[Change, ...] = ()
    corrects: tuple[str, ...] = ()
    retracts: tuple[str, ...] = ()
    comments_on: tuple[str, ...] = ()
    withdrawn: Withdrawal | None = None
    volume: str = ""
    issue: str = ""
    pages: PageRange = NO_PAGES
    elocation_id: str = ""
    genre: str = ""
    reviews: tuple[str, ...] = ()
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    edited_by: tuple[str, ...] = ()
    reviewed_by: tuple[str, ...] = ()
    acknowledgements: str = ""
    funding: Funding = NO_FUNDING
    competing_interests: str = ""
    copyright: str = ""
    section: str = ""
    featured: bool = False
    dois: Mapping[str, str] = field(default_factory=dict)

    def doi_in(self, language: str) -> str:
        """Return the DOI of an edition: its own, or that of the work; "" if it has none."""
        return self.dois.get(language, "") if self.dois else self.doi

    @property
    def last_update(self) -> datetime.date | None:
        """The day of the last change: the one that is given, or that of the newest of ``changes``."""
        return self.updated or (self.changes[-1].date if self.changes else None)


@dataclass(frozen=True)
class Page:
    """A page about the publication, such as “About”; ``title`` is empty if the first heading is the title."""

    title: str = ""
    kind: str = PAGE


@dataclass(frozen=True)
class ArticleTexts:
    """An article's texts in the language of one edition, without its title, and who translated it into that.

    ``translators`` are names of files in authors/, or names of people. ``subtitle_language`` (BCP 47) is that of the
    subtitle, or "" if it is the edition's. ``abstract`` has one text for each paragraph, of which the first is in
    ``abstract_language``; ``keywords`` and ``changes`` are in the order of the article's record. ``withdrawal`` is the
    reason why it was withdrawn. ``funding`` is the statement in words; ``reviewed`` has a text for each of the
    article's ``reviews``, "" for one that is in the bibliography.
    """

    subtitle: str = ""
    subtitle_language: str = ""
    abstract: tuple[str, ...] = ()
    abstract_language: str = ""
    keywords: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    withdrawal: str = ""
    acknowledgements: tuple[str, ...] = ()
    funding: str = ""
    competing_interests: str = ""
    reviewed: tuple[str, ...] = ()


def as_kind(value: Any) -> str:
    if value != PAGE:
        raise BadValueError(f"“{PAGE}”{did_you_mean(str(value), [PAGE])}")
    return PAGE


FIELDS: Mapping[str, Callable[[Any], Any]] = {
    "title": as_text,
    "subtitle": as_text,
    "authors": as_texts,
    "translators": as_translators,
    "date": as_date,
    "abstract": as_paragraphs,
    "keywords": as_keywords,
    "doi": as_dois,
    "license": as_license,
    "received": as_date,
    "accepted": as_date,
    "updated": as_date,
    "changes": as_changes,
    "corrects": as_texts,
    "retracts": as_texts,
    "comments-on": as_texts,
    "withdrawn": as_withdrawal,
    "volume": as_number,
    "issue": as_number,
    "pages": as_pages,
    "elocation-id": as_number,
    "genre": as_genre,
    "reviews": as_texts,
    "roles": as_roles,
    "edited-by": as_texts,
    "reviewed-by": as_texts,
    "acknowledgements": as_paragraphs,
    "funding": as_funding,
    "competing-interests": as_text,
    "copyright": as_text,
    "section": as_text,
    "featured": as_boolean,
}
PAGE_FIELDS: Mapping[str, Callable[[Any], Any]] = {"title": as_text, "kind": as_kind}


def read_fields(
    front_matter: FrontMatter, fields: Mapping[str, Callable[[Any], Any]]
) -> tuple[dict[str, Any], list[Finding]]:
    """Return the values of a record's fields, and what is wrong with the front matter; bad values are left out."""
    values: dict[str, Any] = {}
    findings = list(front_matter.findings)
    for key, entry in front_matter.entries.items():
        if key in SPHINX_KEYS:
            continue
        if key not in fields:
            unknown = {"key": key, "suggestion": suggestion(key, fields)}
            findings.append(Finding(Diagnostic.UNKNOWN_KEY, entry.line, unknown))
            continue
        try:
            values[key] = fields[key](entry.value)
        except BadValueError as error:
            described = {"key": key, "value": shown(entry.value), "expected": error}
            findings.append(Finding(Diagnostic.BAD_VALUE, entry.line, described))
    return values, findings


def shown(value: Any) -> Any:
    """Return a value as a message shows it, one with keys of its own by a sign."""
    parts = value if isinstance(value, list) else [value]
    return "…" if any(isinstance(part, Mapping) for part in parts) else value


def read_article(front_matter: FrontMatter, contributors: Collection[str]) -> tuple[Article, list[Finding]]:
    """Return the record of an article; ``contributors`` are those that have a file in authors/.

    An article may have no authors: an editorial or an obituary is often unsigned.
    """
    values, findings = read_fields(front_matter, {**FIELDS, "kind": as_kind})
    values.pop("kind", None)  # a value that is known makes a page of the text
    known = []
    for author in values.get("authors", ()):
        if author in contributors:
            known.append(author)
        else:
            advice = f"; for several, write a list: [{author}]" if "," in author else suggestion(author, contributors)
            unknown = {"author": author, "suggestion": advice}
            findings.append(Finding(Diagnostic.UNKNOWN_AUTHOR, front_matter.line_of("authors"), unknown))
    translators = values.get("translators", {})
    findings += unknown_translators(translators, contributors, front_matter.line_of("translators"))
    for key in ("edited-by", "reviewed-by"):
        findings += unknown_translators({key: values.get(key, ())}, contributors, front_matter.line_of(key))
    findings += roles_of_others(values.get("roles", {}), known, front_matter.line_of("roles"))
    lines = {key: entry.line for key, entry in front_matter.entries.items()}
    if isinstance(values.get("doi"), Mapping):
        values["dois"] = values.pop("doi")
    fields = {key.replace("-", "_"): value for key, value in (values | {"authors": tuple(known)}).items()}
    article = Article(**fields, lines=lines)
    findings += dates_out_of_order(article)
    return without_text(article) if article.withdrawn else article, findings


def without_text(article: Article) -> Article:
    """Return the record of an article that is withdrawn."""
    return replace(
        article, abstract="", keywords=(), reviews=(), acknowledgements="", competing_interests="", funding=NO_FUNDING
    )


def dates_out_of_order(article: Article) -> Iterator[Finding]:
    """Yield what is wrong with the order of an article's dates, each at its line."""
    dates = [("received", article.received), ("accepted", article.accepted), ("date", article.date)]
    dates += [("changes", change.date) for change in article.changes]
    given = [(key, day) for key, day in (*dates, ("updated", article.updated)) if day]
    if article.withdrawn:
        given.append(("withdrawn", article.withdrawn.date))
    for (earlier, before), (key, day) in pairwise(given):
        if day < before:
            values = {"key": key, "day": day, "earlier": earlier, "before": before}
            yield Finding(Diagnostic.DATES_OUT_OF_ORDER, (article.lines or {}).get(key, 1), values)


def findings_of_dois(articles: Mapping[str, Article], languages: Collection[str]) -> dict[str, list[Finding]]:
    """Return what is wrong with the DOIs of articles, by document: those of others, and of no edition.

    ``languages`` are those of the publication; empty if they are not known.
    """
    dois = {name: frozenset(filter(None, (each.doi, *each.dois.values()))) for name, each in articles.items()}
    found: dict[str, list[Finding]] = {}

    def add(document: str, diagnostic: Diagnostic, values: Mapping[str, str]) -> None:
        line = (articles[document].lines or {}).get("doi", 1)
        found.setdefault(document, []).append(Finding(diagnostic, line, values))

    for document, doi, other in shared_dois(dois):
        add(document, Diagnostic.SHARED_DOI, {"doi": doi, "other": other})
    for document in sorted(articles) if languages else ():
        for language in sorted(articles[document].dois.keys() - set(languages)):
            expected = f"the DOI of an edition, and none is in “{language}”{suggestion(language, languages)}"
            values = {"key": f"doi: {language}", "value": articles[document].dois[language], "expected": expected}
            add(document, Diagnostic.BAD_VALUE, values)
    return found


def read_page(front_matter: FrontMatter) -> tuple[Page, list[Finding]]:
    """Return the record of a page that is not an article, and what is wrong with its front matter."""
    values, findings = read_fields(front_matter, PAGE_FIELDS)
    return Page(**values), findings


def says_page(front_matter: FrontMatter) -> bool:
    """Return whether front matter makes a page of its document."""
    return "kind" in front_matter.entries and front_matter.entries["kind"].value == PAGE
