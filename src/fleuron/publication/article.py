"""An article as the record that pages, books and catalogues are made from."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from fleuron.diagnostics import Diagnostic, Finding, nearest
from fleuron.publication.front_matter import FrontMatter

# ISO 26324 (DOI): prefix 10.registrant, a slash, a suffix of printing characters.
DOI = re.compile(r"10\.\d{4,9}(\.\d+)*/[!-~]+")
# An identifier of the SPDX list, or the address of a licence.
LICENSE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*|https?://\S+")
# Read by MyST and Sphinx themselves, and left to them.
PASSED_ON = frozenset({"myst", "orphan", "tocdepth", "nocomments", "no-search", "html_meta", "substitutions"})


@dataclass(frozen=True)
class Article:
    """The front matter of one article, checked; ``authors`` are names of files in authors/.

    ``title`` is empty where the first heading is the title; ``lines`` tells on which line of
    the file a field stands (from 1).
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
class ArticleTexts:
    """An article's texts in the language of one edition, without its title.

    ``abstract`` has one text for each paragraph; ``keywords`` are in the order of the front matter.
    """

    subtitle: str = ""
    abstract: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


class RefusalError(ValueError):
    """A value of the wrong form; the message says which form is right."""


def as_text(value: Any) -> str:
    if isinstance(value, str) and value.strip():
        return " ".join(value.split())
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise RefusalError("a text")


def as_paragraphs(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise RefusalError("a text")
    return value.strip()


def as_texts(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    try:
        return tuple(as_text(each) for each in values)
    except RefusalError:
        raise RefusalError("a list of texts") from None


def as_keywords(value: Any) -> tuple[str, ...]:
    """Take a list, or one line with commas."""
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
        raise RefusalError("a date, year-month-day, such as 2022-11-18") from None


def as_doi(value: Any) -> str:
    text = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:)", "", str(value).strip())
    if not DOI.fullmatch(text):
        raise RefusalError("a DOI, such as 10.5555/12345678")
    return text


def as_license(value: Any) -> str:
    if not isinstance(value, str) or not LICENSE.fullmatch(value):
        raise RefusalError("a licence: an SPDX identifier such as CC-BY-4.0, or an address")
    return value


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


def checked(matter: FrontMatter, fields: Mapping[str, Callable[[Any], Any]]) -> tuple[dict[str, Any], list[Finding]]:
    """Check front matter against the fields a record has; what is refused is left out."""
    values: dict[str, Any] = {}
    findings = list(matter.findings)
    for key, entry in matter.entries.items():
        if key in PASSED_ON:
            continue
        if key not in fields:
            near = nearest(key, fields)
            findings.append(Finding(Diagnostic.UNKNOWN_KEY, entry.line, {"key": key, "nearest": near}))
            continue
        try:
            values[key] = fields[key](entry.value)
        except RefusalError as refusal:
            facts = {"key": key, "value": entry.value, "expected": refusal}
            findings.append(Finding(Diagnostic.BAD_VALUE, entry.line, facts))
    return values, findings


def read_article(matter: FrontMatter, contributors: Collection[str]) -> tuple[Article, list[Finding]]:
    """Make the record of an article; ``contributors`` are those that have a file in authors/."""
    values, findings = checked(matter, FIELDS)
    known = []
    for author in values.get("authors", ()):
        if author in contributors:
            known.append(author)
        else:
            facts = {"author": author, "nearest": nearest(author, contributors)}
            findings.append(Finding(Diagnostic.UNKNOWN_AUTHOR, matter.line_of("authors"), facts))
    silent = "authors" not in matter.entries or matter.entries["authors"].value == []
    if silent and all(finding.diagnostic is not Diagnostic.BAD_FRONT_MATTER for finding in findings):
        findings.append(Finding(Diagnostic.NO_AUTHOR, matter.line_of("authors")))
    lines = {key: entry.line for key, entry in matter.entries.items()}
    return Article(**(values | {"authors": tuple(known)}), lines=lines), findings
