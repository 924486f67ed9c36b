"""Describe in schema.org's terms what an article is, what it reviews, and the people and means behind it."""

from __future__ import annotations

from collections.abc import Iterator

from fleuron.metadata.identifiers import absolute_address, doi_address, ror_address, valid_doi
from fleuron.metadata.page_head.schema_things import Record, author_of, named_thing, organization, thing
from fleuron.metadata.plain_text import one_line
from fleuron.metadata.work import ReviewedWork, Work
from fleuron.publication.values.contributions import ROLES, role_address
from fleuron.publication.values.organizations import Funder

# The types of reviewed works, by their type in CSL; any other is a CreativeWork.
KINDS = {
    **{"book": "Book", "article-journal": "ScholarlyArticle", "chapter": "Chapter", "thesis": "Thesis"},
    **{"motion_picture": "Movie", "song": "MusicRecording", "dataset": "Dataset", "software": "SoftwareApplication"},
    **{"report": "Report", "webpage": "WebPage", "map": "Map", "performance": "Event"},
}


def credits_of(work: Work) -> Record:
    """Return the properties of an article that are about its genre, what it reviews, and who made it possible."""
    return {
        "genre": work.genre_word,
        "itemReviewed": [reviewed(each) for each in work.reviewed],
        "editor": [author_of(editor) for editor in work.edited_by],
        "contributor": list(contributions(work)),
        "funder": [organization(funder.name, address_of(funder)) for funder in work.funding.funders],
        "funding": list(grants(work)),
        "copyrightHolder": named_thing("Organization", work.copyright),
        "copyrightYear": work.date.year if work.copyright and work.date else "",
    }


def reviewed(work: ReviewedWork) -> Record:
    """Describe a reviewed work by what the bibliography has of it, or by its description."""
    if not work.title:
        return thing("CreativeWork", {"name": work.text})
    doi = doi_address(valid_doi(work.doi))
    kind = KINDS.get(work.kind, "CreativeWork")
    return thing(
        kind,
        {
            "@id": doi,
            "name": work.title,
            "author": [author_of(author) for author in work.authors],
            "publisher": named_thing("Organization", work.publisher),
            "datePublished": work.year,
            "isbn": work.isbn if kind == "Book" else "",
            "url": absolute_address(work.address),
        },
    )


def contributions(work: Work) -> Iterator[Record]:
    """Yield who has done what, by CRediT; the reviewers, for whom schema.org has no property of an article."""
    for author in work.signed_by:
        for role in author.roles:
            named = {"roleName": ROLES[role], "sameAs": role_address(role), "contributor": author_of(author)}
            yield thing("Role", named)
    for reviewer in work.reviewed_by:
        if one_line(reviewer.name):
            yield thing("Role", {"roleName": "Reviewer", "contributor": author_of(reviewer)})


def address_of(funder: Funder) -> str:
    return ror_address(funder.ror) or doi_address(valid_doi(funder.doi))


def grants(work: Work) -> Iterator[Record]:
    """Yield the grants, each with its funder."""
    for funder in work.funding.funders:
        for grant in funder.grants:
            yield thing("Grant", {"identifier": grant, "funder": organization(funder.name, address_of(funder))})
