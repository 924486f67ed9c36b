"""An article as schema.org's ScholarlyArticle, in JSON-LD 1.1."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from fleuron.metadata.plain_text import folded, shortened
from fleuron.metadata.web_addresses import absolute, doi_address, linkable, orcid_address
from fleuron.metadata.work import Copy, Person, Translation, Work

Record = dict[str, Any]
# Search engines cut a headline that is longer.
HEADLINE_LENGTH = 110
# What could end the script element or begin a comment in it (HTML, 4.12.1.3), what JavaScript once took for the
# end of a line, and what UTF-8 cannot carry.
UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def scholarly_article(work: Work) -> Record:
    """Describe an article; what has no value is left out."""
    address = absolute(work.address)
    return {"@context": "https://schema.org"} | thing(
        "ScholarlyArticle",
        {
            "@id": address,
            "url": address,
            "headline": shortened(work.title, HEADLINE_LENGTH),
            "name": work.full_title,
            "alternativeHeadline": work.subtitle,
            "abstract": work.abstract,
            "inLanguage": work.language,
            "datePublished": work.date.isoformat() if work.date else "",
            "author": [author_of(author) for author in work.signed_by],
            "keywords": [keyword for keyword in map(folded, work.keywords) if keyword],
            "isPartOf": periodical(work),
            "publisher": named("Organization", work.publisher),
            "license": absolute(work.licence.address) if work.licence else "",
            "identifier": doi(work.doi),
            "sameAs": doi_address(work.doi),
            "encoding": media(work.own_copies),
            "isAccessibleForFree": True,
            **kin(work),
        },
    )


def thing(kind: str, facts: Mapping[str, Any]) -> Record:
    """Make a record of a type from the facts that are not empty."""
    told = {name: folded(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
    return {"@type": kind} | {name: fact for name, fact in told.items() if fact not in ("", None, [], {})}


def named(kind: str, name: str) -> Record:
    return thing(kind, {"name": name}) if folded(name) else {}


def author_of(author: Person) -> Record:
    facts = {"name": author.name, "url": absolute(author.address), "sameAs": orcid_address(author.orcid)}
    if author.is_body:
        return thing("Organization", facts | {"parentOrganization": named("Organization", author.affiliation)})
    names = {"familyName": author.family, "givenName": author.given}
    return thing("Person", facts | names | {"affiliation": named("Organization", author.affiliation)})


def periodical(work: Work) -> Record:
    """Describe the review, with the files that hold the article among others."""
    volume = media(tuple(copy for copy in work.copies if copy.of_volume))
    if not folded(work.publication):
        return {}
    address = absolute(work.publication_address)
    return thing("Periodical", {"name": work.publication, "@id": address, "url": address, "encoding": volume})


def doi(identifier: str) -> Record:
    if not identifier:
        return {}
    return thing("PropertyValue", {"propertyID": "DOI", "value": identifier, "url": doi_address(identifier)})


def media(copies: tuple[Copy, ...]) -> list[Record]:
    return [
        thing(
            "MediaObject",
            {
                "contentUrl": copy.address,
                "encodingFormat": copy.media_type,
                "name": copy.title,
                "contentSize": f"{copy.size} B" if copy.size is not None else "",
            },
        )
        for copy in copies
        if linkable(copy.address)
    ]


def kin(work: Work) -> Record:
    """Link the translations of an original, or the original of a translation."""
    others = [other for other in work.translations if absolute(other.address)]
    if work.is_original:
        return {"workTranslation": [translated(other) for other in others]}
    original = next((other for other in others if other.language == work.original_language), None)
    return {"translationOfWork": translated(original)} if original else {}


def translated(other: Translation) -> Record:
    return thing("ScholarlyArticle", {"@id": other.address, "inLanguage": other.language})


def json_ld(record: Mapping[str, Any]) -> str:
    """Write a record as JSON that may stand in a script element, and reads back as the same."""
    written = json.dumps(record, ensure_ascii=False, sort_keys=True)
    # These signs stand only within JSON's strings, where such an escape means the same.
    return UNSAFE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", written)
