"""Links for machines that come to an article's page (FAIR Signposting Profile, https://signposting.org/FAIR/)."""

from __future__ import annotations

from collections.abc import Iterator

from fleuron.metadata.addresses import absolute, doi_address, linkable, orcid_address
from fleuron.metadata.tags import Link, links
from fleuron.metadata.work import Work

# What the page is about, and what the page is.
TYPES = ("https://schema.org/ScholarlyArticle", "https://schema.org/AboutPage")


def signposting(work: Work) -> list[Link]:
    """Link an article's identifier, authors, licence, types, records and files."""
    return links(signposts(work))


def signposts(work: Work) -> Iterator[Link]:
    if lasting := doi_address(work.doi) or absolute(work.address):
        yield Link("cite-as", lasting)
    for author in work.authors:
        if known := orcid_address(author.orcid) or linkable(author.address):
            yield Link("author", known)
    if work.licence and absolute(work.licence.address):
        yield Link("license", work.licence.address)
    for kind in TYPES:
        yield Link("type", kind)
    for rel, files in (("describedby", work.records), ("item", work.copies)):
        for file in files:
            if file.address:
                yield Link(rel, file.address, file.media_type)
