"""Read the DOI of an article, or one for each of its editions, and find those that two articles share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fleuron.publication.values.plain_values import BadValueError, as_doi
from fleuron.publication.values.translators import as_tag


def as_dois(value: Any) -> str | dict[str, str]:
    """Return the DOI of a work in all its editions, or that of each edition, by its language tag."""
    if not isinstance(value, dict):
        return as_doi(value)
    if not value:
        raise BadValueError("a DOI, or one for each language, such as {en: 10.5555/1, tr: 10.5555/1.tr}")
    return {as_tag(language): as_doi(doi) for language, doi in value.items()}


def shared_dois(dois: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, str, str]]:
    """Yield each DOI that is not an article's own: document, DOI, and the document before it that has the DOI too.

    ``dois`` are those of each article by document. Case does not count in DOIs (DOI Handbook, 2.4).
    """
    first: dict[str, str] = {}
    for document in sorted(dois):
        for doi in sorted(dois[document]):
            other = first.setdefault(doi.lower(), document)
            if other != document:
                yield document, doi, other
