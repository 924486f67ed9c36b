"""The other editions of an article, by what catalogues can link: a DOI of their own, or an address on the web."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fleuron.metadata.identifiers import registered
from fleuron.metadata.web_addresses import absolute
from fleuron.metadata.work import Work


@dataclass(frozen=True)
class Relative:
    """Another edition of an article; ``work`` is its record where that is known, and a DOI or an address is."""

    language: str
    doi: str = ""
    address: str = ""
    work: Work | None = None


def original(work: Work, editions: Sequence[Work] = ()) -> Relative | None:
    """Return what a translation was made from."""
    if work.is_original:
        return None
    return next((other for other in others(work, editions) if other.language == work.original_language), None)


def translations(work: Work, editions: Sequence[Work] = ()) -> list[Relative]:
    """Return what was made from an original."""
    return list(others(work, editions)) if work.is_original else []


def others(work: Work, editions: Sequence[Work] = ()) -> Iterator[Relative]:
    """Yield each other edition once, in the work's order; ``editions`` may hold their records among others."""
    told = {work.language}
    for translation in work.translations:
        record = edition_in(work, translation.language, editions)
        # A DOI that editions share says nothing of one of them; case does not count in DOIs (DOI Handbook, 2.4).
        doi = registered(record.doi) if record and record.doi.lower() != work.doi.lower() else ""
        address = absolute(translation.address)
        if (doi or address) and translation.language not in told:
            told.add(translation.language)
            yield Relative(translation.language, doi, address, record)


def edition_in(work: Work, language: str, editions: Sequence[Work]) -> Work | None:
    """Return an article's record in a language."""
    return next((one for one in editions if (one.name, one.language) == (work.name, language)), None)
