"""Find the other editions of an article that a record can link: by a DOI of their own, or an address on the web."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fleuron.metadata.identifiers import absolute_address, valid_doi
from fleuron.metadata.work import Work


@dataclass(frozen=True)
class RelatedEdition:
    """Another edition of an article, with a DOI or an address; ``work`` is its record if it is known."""

    language: str
    doi: str = ""
    address: str = ""
    work: Work | None = None


def original_of(work: Work, editions: Sequence[Work] = ()) -> RelatedEdition | None:
    """Return the original of a translation."""
    if not work.is_translation:
        return None
    return next((other for other in other_editions(work, editions) if other.language == work.original_language), None)


def translations_of(work: Work, editions: Sequence[Work] = ()) -> list[RelatedEdition]:
    """Return the translations of an original."""
    if not work.is_original:
        return []
    return [other for other in other_editions(work, editions) if not other.work or other.work.is_translation]


def other_editions(work: Work, editions: Sequence[Work] = ()) -> Iterator[RelatedEdition]:
    """Yield each other edition once, in the work's order; ``editions`` may hold their records among others."""
    languages = {work.language}
    for translation in work.translations:
        record = find_edition(work, translation.language, editions)
        # A DOI that editions share identifies none of them; case does not count in DOIs (DOI Handbook, 2.4).
        doi = valid_doi(record.doi) if record and record.doi.lower() != work.doi.lower() else ""
        address = absolute_address(translation.address)
        if (doi or address) and translation.language not in languages:
            languages.add(translation.language)
            yield RelatedEdition(translation.language, doi, address, record)


def find_edition(work: Work, language: str, editions: Sequence[Work]) -> Work | None:
    """Return an article's record in a language."""
    return next((edition for edition in editions if (edition.name, edition.language) == (work.name, language)), None)
