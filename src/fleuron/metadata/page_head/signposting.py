"""Links for machines that come to an article's page (FAIR Signposting Profile, https://signposting.org/FAIR/)."""

from __future__ import annotations

from collections.abc import Iterator

from fleuron.metadata.page_head.tags import Link, links
from fleuron.metadata.web_addresses import absolute, doi_address, orcid_address
from fleuron.metadata.work import Work

# What the page is about, and what the page is.
TYPES = ("https://schema.org/ScholarlyArticle", "https://schema.org/AboutPage")


def signposting(work: Work) -> list[Link]:
    """Link an article's identifier, authors, licence, types, records and files."""
    return links(signposts(work))


def signposts(work: Work) -> Iterator[Link]:
    yield Link("cite-as", doi_address(work.doi) or absolute(work.address))
    for author in work.signed_by:
        yield Link("author", orcid_address(author.orcid) or author.address)
    if work.licence:
        yield Link("license", absolute(work.licence.address))
    for kind in TYPES:
        yield Link("type", kind)
    for rel, files in (("describedby", work.records), ("item", work.copies)):
        for file in files:
            yield Link(rel, file.address, file.media_type)
