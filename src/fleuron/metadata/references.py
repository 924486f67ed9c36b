"""Describe the sources that an article cites, as registries take them: one record each, made of its CSL-JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fleuron.csl.dates.date_values import read_date
from fleuron.csl.sources.latex.writer import plain_text
from fleuron.metadata.identifiers import absolute_address, valid_doi
from fleuron.metadata.plain_text import one_line

Item = Mapping[str, Any]


@dataclass(frozen=True)
class Reference:
    """A source that an article cites; ``type`` is CSL's, ``authors`` are names as they are sorted, “Family, Given”.

    ``text`` is its entry in a list of sources, in plain text; it is empty where nobody has worded it.
    """

    key: str
    type: str = ""
    title: str = ""
    container: str = ""
    authors: tuple[str, ...] = ()
    year: str = ""
    volume: str = ""
    issue: str = ""
    first_page: str = ""
    last_page: str = ""
    publisher: str = ""
    edition: str = ""
    isbn: str = ""
    issn: str = ""
    doi: str = ""
    address: str = ""
    text: str = ""

    @property
    def is_in_serial(self) -> bool:
        """Whether it is an article of a journal, a magazine or a newspaper."""
        return self.type.startswith("article-")

    @property
    def wording(self) -> str:
        """Its entry or, where nobody has worded one, its parts in a row."""
        parts = ("; ".join(self.authors), self.title, self.container, self.publisher, self.year, self.doi)
        return self.text or ". ".join(filter(None, parts))


def text_of(item: Item, variable: str) -> str:
    """Return a variable as text, without its markup."""
    value = item.get(variable)
    return one_line(plain_text(str(value))) if isinstance(value, str | int | float) else ""


def pages_of(item: Item) -> tuple[str, str]:
    """Return the first and the last page of a source; both are empty if its pages are not a simple range."""
    page = text_of(item, "page")
    first, dash, last = (part.strip() for part in page.replace("–", "-").partition("-"))
    if not first or (dash and not last) or "-" in last or "," in page:
        return "", ""
    return first, last


def name_of(name: Mapping[str, Any]) -> str:
    """Return a name as it is sorted: “van der Berg, Ada”, or that of an organisation."""
    particles = (text_of(name, "dropping-particle"), text_of(name, "non-dropping-particle"))
    family = " ".join(filter(None, (*particles, text_of(name, "family"))))
    return ", ".join(filter(None, (family, text_of(name, "given")))) or text_of(name, "literal")


def names_of(item: Item) -> tuple[str, ...]:
    """Return the authors of a source, or else its editors."""
    for role in ("author", "editor"):
        names = item.get(role)
        listed = [name_of(name) for name in names if isinstance(name, Mapping)] if isinstance(names, list) else []
        if any(listed):
            return tuple(filter(None, listed))
    return ()


def reference_of(key: str, item: Item, text: str = "") -> Reference:
    """Make the record of a source from its item of CSL-JSON; ``text`` is its entry in a list of sources."""
    issued, (first, last) = read_date(item.get("issued")), pages_of(item)
    return Reference(
        key=key,
        type=text_of(item, "type"),
        title=text_of(item, "title"),
        container=text_of(item, "container-title"),
        authors=names_of(item),
        year=str(issued.start.year) if issued and issued.start and issued.start.year else "",
        volume=text_of(item, "volume"),
        issue=text_of(item, "issue"),
        first_page=first,
        last_page=last,
        publisher=text_of(item, "publisher"),
        edition=text_of(item, "edition"),
        isbn=text_of(item, "ISBN"),
        issn=text_of(item, "ISSN"),
        doi=valid_doi(text_of(item, "DOI")),
        address=absolute_address(text_of(item, "URL")),
        text=one_line(text),
    )
