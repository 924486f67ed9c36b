"""An article for DataCite: its Metadata Schema 4.6 (kernel-4) in the JSON of its REST API."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fleuron.metadata.identifiers import registered, spdx_identifier
from fleuron.metadata.plain_text import folded
from fleuron.metadata.related_editions import Relative, original, translations
from fleuron.metadata.web_addresses import absolute, orcid_address
from fleuron.metadata.work import Copy, Person, Work

Record = dict[str, Any]
KERNEL = "http://datacite.org/schema/kernel-4"


def datacite(work: Work, editions: Sequence[Work] = ()) -> str:
    """Write an article's record; what has no value is left out, though DataCite may demand it to register a DOI.

    ``editions`` may hold the records of the article's other editions: their own DOIs are then linked.
    """
    return json.dumps(facts(work, editions), ensure_ascii=False, indent=2, sort_keys=False) + "\n"


def facts(work: Work, editions: Sequence[Work]) -> Record:
    doi = registered(work.doi)
    return filled(
        {
            "doi": doi,
            "prefix": doi.partition("/")[0],
            "suffix": doi.partition("/")[2],
            "url": absolute(work.address),
            "creators": [creator(author) for author in work.signed_by],
            "titles": titles(work),
            "publisher": filled({"name": work.publisher}),
            "publicationYear": f"{work.date.year:04}" if work.date else "",
            "subjects": [{"subject": each, "lang": work.language} for each in keywords(work)],
            "dates": [{"date": work.date.isoformat(), "dateType": "Issued"}] if work.date else [],
            "language": work.language,
            "types": {"resourceTypeGeneral": "JournalArticle"},
            "relatedIdentifiers": list(related_identifiers(work, editions)),
            "relatedItems": review(work),
            "sizes": sizes(work),
            "formats": list(dict.fromkeys(filter(None, (folded(copy.media_type) for copy in linked(work))))),
            "rightsList": rights(work),
            "descriptions": descriptions(work),
            "schemaVersion": KERNEL,
        }
    )


def filled(facts: Mapping[str, Any]) -> Record:
    """Return the facts that are not empty, their texts in one line."""
    told = {name: folded(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
    return {name: fact for name, fact in told.items() if fact not in ("", None, [], {})}


def creator(author: Person) -> Record:
    """Describe who signs (property 2)."""
    orcid = orcid_address(author.orcid)
    scheme = {"nameIdentifier": orcid, "nameIdentifierScheme": "ORCID", "schemeUri": "https://orcid.org"}
    return filled(
        {
            "name": author.inverted,
            "nameType": "Organizational" if author.is_body else "Personal",
            "givenName": "" if author.is_body else author.given,
            "familyName": "" if author.is_body else author.family,
            "nameIdentifiers": [scheme] if orcid else [],
            "affiliation": [{"name": folded(author.affiliation)}] if folded(author.affiliation) else [],
        }
    )


def titles(work: Work) -> list[Record]:
    """Tell the title, and the subtitle as such (property 3)."""
    main = filled({"title": work.title, "lang": work.language})
    sub = filled({"title": work.subtitle, "titleType": "Subtitle", "lang": work.language})
    return [title for title in (main, sub) if "title" in title]


def keywords(work: Work) -> list[str]:
    """Return the keywords, each once, since a list of DataCite's has no two that are alike."""
    return list(dict.fromkeys(filter(None, map(folded, work.keywords))))


def related_identifiers(work: Work, editions: Sequence[Work]) -> Iterator[Record]:
    """Link the other editions (property 12).

    Schema 4.6 of December 2024 brought IsTranslationOf and HasTranslation. Before, a translation had to pass for
    IsVariantFormOf, which is for the same content “in a different form” such as a format: that is not said here.
    """
    if source := original(work, editions):
        yield relation("IsTranslationOf", source)
    for translation in translations(work, editions):
        yield relation("HasTranslation", translation)


def relation(kind: str, other: Relative) -> Record:
    identified = (other.doi, "DOI") if other.doi else (other.address, "URL")
    identifier = dict(zip(("relatedIdentifier", "relatedIdentifierType"), identified, strict=True))
    return identifier | {"relationType": kind, "resourceTypeGeneral": "JournalArticle"}


def review(work: Work) -> list[Record]:
    """Describe the review that the article is published in (property 20)."""
    if not folded(work.publication):
        return []
    address = absolute(work.publication_address)
    identifier = {"relatedItemIdentifier": address, "relatedItemIdentifierType": "URL"}
    return [
        filled(
            {
                "relatedItemIdentifier": identifier if address else {},
                "relatedItemType": "Journal",
                "relationType": "IsPublishedIn",
                "titles": [{"title": folded(work.publication)}],
                "publisher": work.publisher,
            }
        )
    ]


def linked(work: Work) -> list[Copy]:
    return [copy for copy in work.own_copies if absolute(copy.address)]


def sizes(work: Work) -> list[str]:
    return list(dict.fromkeys(f"{copy.size} bytes" for copy in linked(work) if copy.size is not None))


def rights(work: Work) -> list[Record]:
    """Tell the licence, by its identifier in SPDX's list where it has one (property 16)."""
    if not work.licence:
        return []
    scheme = {"rightsIdentifierScheme": "SPDX", "schemeUri": "https://spdx.org/licenses/"}
    identifier = spdx_identifier(work.licence)
    named = filled({"rights": work.licence.name, "rightsUri": absolute(work.licence.address)})
    told = named | ({"rightsIdentifier": identifier} | scheme if identifier else {})
    return [told] if told else []


def descriptions(work: Work) -> list[Record]:
    """Tell the abstract (property 17)."""
    abstract = folded(work.abstract)
    return [{"description": abstract, "descriptionType": "Abstract", "lang": work.language}] if abstract else []
