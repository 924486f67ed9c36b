"""Describe an article as schema.org's ScholarlyArticle, in JSON-LD 1.1."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from fleuron.metadata.identifiers import absolute_address, doi_address, linkable_address
from fleuron.metadata.page_head.schema_credits import credits_of
from fleuron.metadata.page_head.schema_things import Record, author_of, named_thing, thing
from fleuron.metadata.plain_text import one_line, shortened
from fleuron.metadata.work import Copy, RelatedWork, Translation, Work
from fleuron.publication.journal.notices import INVERSE, Relation

# Search engines cut a headline that is longer.
HEADLINE_LENGTH = 110
# What could end the script element or begin a comment in it (HTML, 4.12.1.3), what JavaScript once took for the
# end of a line, and what UTF-8 cannot carry.
UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def scholarly_article(work: Work) -> Record:
    """Describe an article; properties without a value are left out."""
    address = absolute_address(work.address)
    described = thing(
        "ScholarlyArticle",
        {
            "@id": address,
            "url": address,
            "headline": shortened(work.title, HEADLINE_LENGTH),
            "name": work.full_title,
            "alternativeHeadline": work.subtitle,
            "abstract": work.abstract,
            "inLanguage": work.language,
            "version": work.version,
            "articleSection": work.section,
            "datePublished": work.date.isoformat() if work.date else "",
            "dateModified": work.updated.isoformat() if work.updated else "",
            "creativeWorkStatus": status(work),
            "correction": corrections(work),
            "about": [article_link(other) for other in related_articles(work, *INVERSE)],
            "comment": [comment_link(other) for other in related_articles(work, "commented-by")],
            "author": [author_of(author) for author in work.signed_by],
            "translator": [author_of(translator) for translator in work.translated_by],
            "keywords": [keyword for keyword in map(one_line, work.keywords) if keyword],
            "isPartOf": part_of(work),
            "pageStart": work.pages.first,
            "pageEnd": work.pages.last,
            "pagination": "" if work.pages.first else work.elocation_id,
            "publisher": named_thing("Organization", work.publisher),
            "license": absolute_address(work.licence.address) if work.licence else "",
            "identifier": doi(work.doi),
            "sameAs": doi_address(work.doi),
            "encoding": media(work.own_copies),
            "isAccessibleForFree": True,
            **translation_links(work),
            **credits_of(work),
        },
    )
    # A review is an article as well: a record may have two types.
    kinds = {"@type": ["ScholarlyArticle", "Review"]} if work.reviewed else {}
    return {"@context": "https://schema.org"} | described | kinds


def status(work: Work) -> str:
    """Return whether the article is withdrawn or retracted."""
    return "Withdrawn" if work.withdrawn else "Retracted" if work.related_by("retracted-by") else ""


def corrections(work: Work) -> list[Any]:
    """Describe what was changed in the article, and link the notices that correct or retract it."""
    changes = [
        thing("CorrectionComment", {"text": change.text, "datePublished": change.date.isoformat()})
        for change in work.changes
    ]
    return [*changes, *(article_link(other) for other in related_articles(work, "retracted-by", "corrected-by"))]


def related_articles(work: Work, *relations: Relation) -> list[RelatedWork]:
    """List the articles that are related to this one in some ways, and have an address on the web or a DOI."""
    return [other for other in work.related_by(*relations) if absolute_address(other.address) or other.doi]


def article_link(other: RelatedWork) -> Record:
    address = absolute_address(other.address)
    properties = {"@id": address or doi_address(other.doi), "name": other.title, "sameAs": doi_address(other.doi)}
    return thing("ScholarlyArticle", properties)


def comment_link(other: RelatedWork) -> Record:
    return thing("Comment", {"@id": absolute_address(other.address) or doi_address(other.doi), "name": other.title})


def part_of(work: Work) -> Record:
    """Describe the issue, the volume and the review that the article is in, as far as it has them."""
    whole = periodical(work)
    if work.volume and whole:
        whole = thing("PublicationVolume", {"volumeNumber": work.volume, "isPartOf": whole})
    if work.issue and whole:
        whole = thing("PublicationIssue", {"issueNumber": work.issue, "isPartOf": whole})
    return whole


def periodical(work: Work) -> Record:
    """Describe the review, with the files of the whole volume."""
    volume = media(tuple(copy for copy in work.copies if copy.of_volume))
    if not one_line(work.publication):
        return {}
    address = absolute_address(work.publication_address)
    editors = [author_of(editor) for editor in work.editors]
    named: Record = {"name": work.publication, "@id": address, "url": address, "issn": work.issn}
    named |= {"editor": editors, "encoding": volume}
    return thing("Periodical", named)


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
        if linkable_address(copy.address)
    ]


def translation_links(work: Work) -> Record:
    """Link the translations of an original, or the original of a translation."""
    others = [other for other in work.translations if absolute_address(other.address)]
    if work.is_original:
        return {"workTranslation": [translation(other) for other in others]}
    if work.untranslated:
        return {}
    original = next((other for other in others if other.language == work.original_language), None)
    return {"translationOfWork": translation(original)} if original else {}


def translation(other: Translation) -> Record:
    return thing("ScholarlyArticle", {"@id": other.address, "inLanguage": other.language})


def json_ld(record: Mapping[str, Any]) -> str:
    """Write a record as JSON that is safe in a script element, and reads back as the same."""
    text = json.dumps(record, ensure_ascii=False, sort_keys=True)
    # These characters occur only within JSON's strings, where such an escape means the same.
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
