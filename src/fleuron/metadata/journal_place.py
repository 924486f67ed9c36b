"""Say in English where an article stands in its review, as library records do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fleuron.metadata.plain_text import one_line
from fleuron.metadata.work import Work
from fleuron.publication.values.places import NO_PAGES


def place_note(work: Work) -> str:
    """Return volume, issue, year and pages: “Vol. 7, no. 2 (2026), p. 13-27”; empty if none is known."""
    year = f" ({work.date.year})" if work.date and (work.volume or work.issue) else ""
    numbers = [f"vol. {work.volume}" if work.volume else "", f"no. {work.issue}" if work.issue else ""]
    pages = f"p. {work.pages.joined('-')}" if work.pages.first else work.elocation_id
    note = ", ".join(filter(None, [", ".join(filter(None, numbers)) + year, pages]))
    return note[:1].upper() + note[1:]


def source_of(work: Work) -> str:
    """Return what an article is part of and where it stands there: “Marginalia, ISSN 2049-3630, Vol. 7, p. 13-27”.

    It is empty for an article of which neither an ISSN nor a place is known.
    """
    known = (f"ISSN {work.issn}" if work.issn else "", place_note(work) if work.is_placed else "")
    return ", ".join(filter(None, [work.publication, *known])) if any(known) else ""


def enumeration(work: Work) -> str:
    """Return volume, issue and first page in the form of MARC's 773 $q: “7:2<13”."""
    numbers = ":".join(filter(None, [work.volume, work.issue]))
    return f"{numbers}<{work.pages.first}" if numbers and work.pages.first else numbers


def first_in_serial(works: Iterable[Work]) -> Work | None:
    """Return the oldest article of a journal, with its place there but without pages; None if there is no journal.

    A journal has an ISSN, or articles with a volume or an issue.
    """
    dated = (work for work in works if work.date and work.is_original and one_line(work.publication))
    placed = [work for work in dated if work.issn or work.volume or work.issue]
    oldest = min(placed, key=lambda work: (str(work.date), work.volume, work.issue, work.name), default=None)
    return replace(oldest, pages=NO_PAGES, elocation_id="") if oldest else None
