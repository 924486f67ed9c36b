"""Describe the sources that an article cites for DataCite (schema 4.6, properties 12 and 20).

One with a DOI is a related identifier, by which citations are counted; any other is described, as a related item.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fleuron.metadata.plain_text import without_empty
from fleuron.metadata.references import Reference
from fleuron.metadata.work import Work

RELATION = "References"
# The controlled list of general types, by CSL's types; a type that it lacks is a text.
TYPES: Mapping[str, str] = {
    **{"article-journal": "JournalArticle", "article-magazine": "JournalArticle", "article-newspaper": "Text"},
    **{"book": "Book", "chapter": "BookChapter", "thesis": "Dissertation", "report": "Report"},
    **{"paper-conference": "ConferencePaper", "dataset": "Dataset", "software": "Software", "standard": "Standard"},
    **{"graphic": "Image", "map": "Image", "motion_picture": "Audiovisual", "song": "Sound"},
}


def general_type(reference: Reference) -> str:
    return TYPES.get(reference.type, "Text")


def identified_references(work: Work) -> Iterator[dict[str, Any]]:
    """Yield the sources that have a DOI, as related identifiers."""
    for reference in work.references:
        if reference.doi:
            yield {
                "relatedIdentifier": reference.doi,
                "relatedIdentifierType": "DOI",
                "relationType": RELATION,
                "resourceTypeGeneral": general_type(reference),
            }


def described_references(work: Work) -> Iterator[dict[str, Any]]:
    """Yield the other sources as related items, which must have a title."""
    for reference in work.references:
        title = reference.title or reference.container
        if not reference.doi and title:
            yield without_empty(
                {
                    "relatedItemType": general_type(reference),
                    "relationType": RELATION,
                    "relatedItemIdentifier": identifier(reference),
                    "creators": [{"name": author} for author in reference.authors],
                    "titles": [{"title": title}],
                    "publicationYear": reference.year if len(reference.year) == 4 and reference.year.isdigit() else "",
                    "volume": reference.volume,
                    "issue": reference.issue,
                    "firstPage": reference.first_page,
                    "lastPage": reference.last_page,
                    "publisher": reference.publisher,
                    "edition": reference.edition,
                }
            )


def identifier(reference: Reference) -> dict[str, str]:
    """Return an identifier beside the DOI: the ISBN of a book, or an address on the web."""
    if reference.isbn and reference.type == "book":
        return {"relatedItemIdentifier": reference.isbn, "relatedItemIdentifierType": "ISBN"}
    if reference.address:
        return {"relatedItemIdentifier": reference.address, "relatedItemIdentifierType": "URL"}
    return {}
