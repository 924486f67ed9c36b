"""The records of articles, and of pages that are none, read and checked from their front matter."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.diagnostics.similar_names import did_you_mean, suggestion
from fleuron.publication.front_matter import FrontMatter

# ISO 26324 (DOI): the prefix “10.” with the registrant, a slash, and a suffix of printable characters.
DOI = re.compile(r"10\.\d{4,9}(\.\d+)*/[!-~]+")
# An identifier of the SPDX License List, or a web address.
LICENSE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*|https?://\S+")
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
    """

    title: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    date: datetime.date | None = None
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    doi: str = ""
    license: str = ""
    lines: Mapping[str, int] | None = None


@dataclass(frozen=True)
class Page:
    """A page about the publication, such as “About”; ``title`` is empty if the first heading is the title."""

    title: str = ""
    kind: str = PAGE


@dataclass(frozen=True)
class ArticleTexts:
    """An article's texts in the language of one edition, without its title.

    ``subtitle_language`` (BCP 47) is that of the subtitle, or "" if it is the edition's. ``abstract`` has one text for
    each paragraph; ``keywords`` are in the order of the front matter.
    """

    subtitle: str = ""
    subtitle_language: str = ""
    abstract: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


class BadValueError(ValueError):
    """A value in front matter has the wrong type or form; the message says what it must be."""


def as_text(value: Any) -> str:
    if isinstance(value, str) and value.strip():
        return " ".join(value.split())
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise BadValueError("a string")


def as_paragraphs(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadValueError("a string")
    return value.strip()


def as_texts(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    try:
        return tuple(as_text(each) for each in values)
    except BadValueError:
        raise BadValueError("a list of strings") from None


def as_keywords(value: Any) -> tuple[str, ...]:
    """Return the keywords of a list, or of a string with commas between them."""
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    return as_texts(value)


def as_date(value: Any) -> datetime.date:
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    try:
        # Not fromisoformat, which takes 2026-W01 and 20260102 as well.
        return datetime.datetime.strptime(str(value), "%Y-%m-%d").date()
    except ValueError:
        raise BadValueError("a date (year-month-day), such as 2022-11-18") from None


def as_doi(value: Any) -> str:
    text = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:)", "", str(value).strip())
    if not DOI.fullmatch(text):
        raise BadValueError("a DOI, such as 10.5555/12345678")
    return text


def as_license(value: Any) -> str:
    if not isinstance(value, str) or not LICENSE.fullmatch(value):
        raise BadValueError("an SPDX identifier of a licence, such as CC-BY-4.0, or its web address")
    return value


def as_kind(value: Any) -> str:
    if value != PAGE:
        raise BadValueError(f"“{PAGE}”{did_you_mean(str(value), [PAGE])}")
    return PAGE


FIELDS: Mapping[str, Callable[[Any], Any]] = {
    "title": as_text,
    "subtitle": as_text,
    "authors": as_texts,
    "date": as_date,
    "abstract": as_paragraphs,
    "keywords": as_keywords,
    "doi": as_doi,
    "license": as_license,
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
            described = {"key": key, "value": entry.value, "expected": error}
            findings.append(Finding(Diagnostic.BAD_VALUE, entry.line, described))
    return values, findings


def read_article(front_matter: FrontMatter, contributors: Collection[str]) -> tuple[Article, list[Finding]]:
    """Return the record of an article; ``contributors`` are those that have a file in authors/.

    An article may have no authors: an editorial or an obituary is often unsigned.
    """
    values, findings = read_fields(front_matter, FIELDS)
    known = []
    for author in values.get("authors", ()):
        if author in contributors:
            known.append(author)
        else:
            unknown = {"author": author, "suggestion": suggestion(author, contributors)}
            findings.append(Finding(Diagnostic.UNKNOWN_AUTHOR, front_matter.line_of("authors"), unknown))
    lines = {key: entry.line for key, entry in front_matter.entries.items()}
    return Article(**(values | {"authors": tuple(known)}), lines=lines), findings


def read_page(front_matter: FrontMatter) -> tuple[Page, list[Finding]]:
    """Return the record of a page that is no article, and what is wrong with its front matter."""
    values, findings = read_fields(front_matter, PAGE_FIELDS)
    return Page(**values), findings


def says_page(front_matter: FrontMatter) -> bool:
    """Return whether front matter makes a page of its document."""
    return "kind" in front_matter.entries and front_matter.entries["kind"].value == PAGE
