"""Write an article's record for DataCite: Metadata Schema 4.6 (kernel-4), in the JSON of its REST API."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from fleuron.metadata.deposits.datacite_references import described_references, identified_references
from fleuron.metadata.identifiers import (
    absolute_address,
    doi_address,
    is_isbn,
    orcid_address,
    ror_address,
    spdx_identifier,
    valid_doi,
)
from fleuron.metadata.plain_text import distinct, one_line, without_empty
from fleuron.metadata.related_articles import DATACITE_RELATIONS, identified_articles
from fleuron.metadata.related_editions import RelatedEdition, original_of, translations_of
from fleuron.metadata.work import Copy, Person, Work
from fleuron.publication.values.organizations import Affiliation

Record = dict[str, Any]
KERNEL = "http://datacite.org/schema/kernel-4"


def datacite(work: Work, editions: Sequence[Work] = ()) -> str:
    """Write an article's record; what has no value is left out, though DataCite may demand it to register a DOI.

    ``editions`` may hold the records of the article's other editions: their own DOIs are then linked.
    """
    return json.dumps(attributes(work, editions), ensure_ascii=False, indent=2, sort_keys=False) + "\n"


def datacite_of_version(work: Work, editions: Sequence[Work] = ()) -> str:
    """Write the record by which the DOI of a version is registered; empty for a work without one."""
    if not valid_doi(work.version_doi):
        return ""
    record = attributes(in_version(work), [in_version(edition) for edition in editions])
    all_versions = relation("IsVersionOf", RelatedEdition(work.language, valid_doi(work.doi), work.address))
    record["relatedIdentifiers"] = [all_versions, *record.get("relatedIdentifiers", [])]
    return json.dumps(record, ensure_ascii=False, indent=2, sort_keys=False) + "\n"


def in_version(work: Work) -> Work:
    """Return an article as its version alone: with the DOI and the address of that."""
    doi, address = work.version_doi or work.doi, work.version_address or work.address
    return replace(work, doi=doi, address=address, version_doi="")


def attributes(work: Work, editions: Sequence[Work]) -> Record:
    doi = valid_doi(work.doi)
    return without_empty(
        {
            "doi": doi,
            "prefix": doi.partition("/")[0],
            "suffix": doi.partition("/")[2],
            "url": absolute_address(work.address),
            "creators": [creator(author) for author in work.creators],
            "contributors": list(contributors(work)),
            "titles": titles(work, editions),
            "publisher": without_empty({"name": work.publisher}),
            "publicationYear": f"{work.date.year:04}" if work.date else "",
            "subjects": [{"subject": keyword, "lang": work.language} for keyword in distinct(work.keywords)],
            "dates": list(dates(work)),
            "language": work.language,
            "types": without_empty({"resourceTypeGeneral": "JournalArticle", "resourceType": work.genre_word}),
            "relatedIdentifiers": once([*related_identifiers(work, editions), *identified_references(work)]),
            "relatedItems": [*review(work), *described_references(work)],
            "version": work.version,
            "sizes": sizes(work),
            "formats": distinct(copy.media_type for copy in web_copies(work)),
            "rightsList": rights(work),
            "descriptions": descriptions(work),
            "fundingReferences": list(funding_references(work)),
            "schemaVersion": KERNEL,
        }
    )


def dates(work: Work) -> Iterator[Record]:
    """Yield the dates of the article (property 8)."""
    given = [("Submitted", work.received), ("Accepted", work.accepted), ("Issued", work.date)]
    given += [("Updated", work.updated), ("Withdrawn", work.withdrawn.date if work.withdrawn else None)]
    yield from ({"date": day.isoformat(), "dateType": kind} for kind, day in given if day)


def contributors(work: Work) -> Iterator[Record]:
    """Yield translators, and those who have edited and reviewed the article (property 7)."""
    roles = [("Translator", work.translated_by), ("Editor", work.edited_by), ("Other", work.reviewed_by)]
    for kind, people in roles:
        yield from (creator(each) | {"contributorType": kind} for each in people if one_line(each.name))


def creator(author: Person) -> Record:
    """Describe an author (property 2), or a translator (property 7), which schema 4.6 has brought."""
    orcid = orcid_address(author.orcid)
    scheme = {"nameIdentifier": orcid, "nameIdentifierScheme": "ORCID", "schemeUri": "https://orcid.org"}
    return named(author) | without_empty(
        {
            "nameIdentifiers": [scheme] if orcid else [],
            "affiliation": [affiliation_of(each) for each in author.named_affiliations],
        }
    )


def affiliation_of(affiliation: Affiliation) -> Record:
    """Describe an affiliation, with its identifier if it has one (property 2.5)."""
    identifier = ror_address(affiliation.ror)
    scheme = {"affiliationIdentifier": identifier, "affiliationIdentifierScheme": "ROR", "schemeUri": "https://ror.org"}
    return {"name": one_line(affiliation.name)} | (scheme if identifier else {})


def funding_references(work: Work) -> Iterator[Record]:
    """Yield the funders, one for each of their grants (property 19)."""
    for funder in work.funding.funders:
        ror, doi = ror_address(funder.ror), doi_address(valid_doi(funder.doi))
        identifier = {"funderIdentifier": ror or doi, "funderIdentifierType": "ROR" if ror else "Crossref Funder ID"}
        for grant in funder.grants or ("",):
            yield without_empty({"funderName": funder.name, **(identifier if ror or doi else {}), "awardNumber": grant})


def named(contributor: Person) -> Record:
    """Return the name of a person or an organisation, as creators and contributors have it."""
    return without_empty(
        {
            "name": contributor.inverted,
            "nameType": "Organizational" if contributor.is_organization else "Personal",
            "givenName": "" if contributor.is_organization else contributor.given,
            "familyName": "" if contributor.is_organization else contributor.family,
        }
    )


def titles(work: Work, editions: Sequence[Work]) -> list[Record]:
    """Return the title, the subtitle, and the titles of translations with the same DOI as such (property 3)."""
    main = without_empty({"title": work.title, "lang": work.language})
    sub = without_empty({"title": work.subtitle, "titleType": "Subtitle", "lang": work.language})
    translated = [
        without_empty({"title": each.full_title, "titleType": "TranslatedTitle", "lang": each.language})
        for each in editions
        if (each.name, each.doi) == (work.name, work.doi) and work.is_original and work.doi and each.is_translation
    ]
    return [title for title in (main, sub, *translated) if "title" in title]


def related_identifiers(work: Work, editions: Sequence[Work]) -> Iterator[Record]:
    """Link the other editions, reviewed works, and the notices (property 12).

    Schema 4.6 of December 2024 brought IsTranslationOf and HasTranslation. Before that there was only
    IsVariantFormOf, which means the same content “in a different form” such as a format; it is not used here.
    """
    if version := valid_doi(work.version_doi):
        yield relation("HasVersion", RelatedEdition(work.language, version))
    if source := original_of(work, editions):
        yield relation("IsTranslationOf", source)
    for translation in translations_of(work, editions):
        yield relation("HasTranslation", translation)
    for reviewed in work.reviewed:
        if doi := valid_doi(reviewed.doi):
            yield {"relatedIdentifier": doi, "relatedIdentifierType": "DOI", "relationType": "Reviews"}
        elif is_isbn(reviewed.isbn):
            yield {"relatedIdentifier": reviewed.isbn, "relatedIdentifierType": "ISBN", "relationType": "Reviews"}
    for other in identified_articles(work):
        kind = DATACITE_RELATIONS[other.related.relation]
        yield relation(kind, RelatedEdition(work.language, other.doi, other.address))


def once(identifiers: Iterable[Record]) -> list[Record]:
    """Return each related identifier once: what an article comments on may be among what it cites."""
    kept = {(each["relatedIdentifier"], each["relationType"]): each for each in identifiers}
    return list(kept.values())


def relation(kind: str, other: RelatedEdition) -> Record:
    identified = (other.doi, "DOI") if other.doi else (other.address, "URL")
    identifier = dict(zip(("relatedIdentifier", "relatedIdentifierType"), identified, strict=True))
    return identifier | {"relationType": kind, "resourceTypeGeneral": "JournalArticle"}


def review(work: Work) -> list[Record]:
    """Return the review that the article is published in (property 20)."""
    if not one_line(work.publication):
        return []
    address = absolute_address(work.publication_address)
    identifier = {"relatedItemIdentifier": address, "relatedItemIdentifierType": "URL"} if address else {}
    if work.issn:
        identifier = {"relatedItemIdentifier": work.issn, "relatedItemIdentifierType": "ISSN"}
    return [
        without_empty(
            {
                "relatedItemIdentifier": identifier,
                "relatedItemType": "Journal",
                "relationType": "IsPublishedIn",
                "titles": [{"title": one_line(work.publication)}],
                "volume": work.volume,
                "issue": work.issue,
                "firstPage": work.pages.first,
                "lastPage": work.pages.last,
                **({"number": work.elocation_id, "numberType": "Article"} if work.elocation_id else {}),
                "publisher": work.publisher,
                "contributors": [named(editor) | {"contributorType": "Editor"} for editor in work.editors],
            }
        )
    ]


def web_copies(work: Work) -> list[Copy]:
    return [copy for copy in work.own_copies if absolute_address(copy.address)]


def sizes(work: Work) -> list[str]:
    return list(dict.fromkeys(f"{copy.size} bytes" for copy in web_copies(work) if copy.size is not None))


def rights(work: Work) -> list[Record]:
    """Return the licence, with its identifier in SPDX's list if it has one (property 16)."""
    holder = [{"rights": f"© {one_line(work.copyright)}"}] if one_line(work.copyright) else []
    if not work.licence:
        return holder
    scheme = {"rightsIdentifierScheme": "SPDX", "schemeUri": "https://spdx.org/licenses/"}
    identifier = spdx_identifier(work.licence)
    named = without_empty({"rights": work.licence.name, "rightsUri": absolute_address(work.licence.address)})
    licence = named | ({"rightsIdentifier": identifier} | scheme if identifier else {})
    return [*([licence] if licence else []), *holder]


def descriptions(work: Work) -> list[Record]:
    """Return the abstract, what was changed, and why the article was withdrawn (property 17)."""
    texts = [("Abstract", work.abstract), *(("Other", f"{each.date}: {each.text}") for each in work.changes)]
    if work.withdrawn:
        texts.append(("Other", work.withdrawn.reason))
    described = [(kind, one_line(text)) for kind, text in texts]
    return [{"description": text, "descriptionType": kind, "lang": work.language} for kind, text in described if text]
