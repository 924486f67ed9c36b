"""Add the sources that an article cites to a Crossref deposit (schema 5.3.1, `citation_list`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from fleuron.metadata.identifiers import is_isbn
from fleuron.metadata.plain_text import shortened
from fleuron.metadata.references import Reference
from fleuron.metadata.work import Work
from fleuron.metadata.xml import add_element
from fleuron.option_checks import is_issn

NUMBER_LENGTH = 32
EDITION_LENGTH = 15
YEAR = re.compile("[0-9]{4}")


def add_citations(parent: etree._Element, work: Work) -> None:
    """Add the sources of an article, numbered in the order of first citation, if it cites any."""
    if work.references:
        listed = add_element(parent, "citation_list")
        for number, reference in enumerate(work.references, 1):
            citation = add_element(listed, "citation", key=f"ref{number}")
            for name, text in citation_parts(reference):
                if text:
                    add_element(citation, name, text)


def citation_parts(reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield the elements of a citation in the order that the schema has them in; texts may be empty."""
    in_serial, in_book = reference.is_in_serial, bool(reference.container) and not reference.is_in_serial
    yield "issn", reference.issn if is_issn(reference.issn) else ""
    yield "journal_title", reference.container if in_serial else ""
    yield "author", next(iter(reference.authors), "")  # “first author”, whom Crossref matches by
    yield "volume", shortened(reference.volume, NUMBER_LENGTH)
    yield "issue", shortened(reference.issue, NUMBER_LENGTH)
    yield "first_page", shortened(reference.first_page, NUMBER_LENGTH)
    yield "cYear", reference.year if YEAR.fullmatch(reference.year) else ""
    yield "doi", reference.doi
    yield "isbn", reference.isbn if is_isbn(reference.isbn) else ""
    yield "volume_title", reference.container if in_book else "" if in_serial else reference.title
    yield "edition_number", reference.edition if len(reference.edition) <= EDITION_LENGTH else ""
    yield "article_title", reference.title if in_serial or in_book else ""
    yield "unstructured_citation", reference.wording
