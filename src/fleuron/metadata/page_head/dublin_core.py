"""Dublin Core in a page's head (DCMI, “Expressing Dublin Core metadata using HTML/XHTML meta and link elements”)."""

from __future__ import annotations

from collections.abc import Iterator

from fleuron.metadata.page_head.tags import Link, Meta, metas
from fleuron.metadata.web_addresses import absolute, doi_address
from fleuron.metadata.work import Work

# What the prefixes stand for; they are names and nothing is fetched from there.
SCHEMAS = (Link("schema.DC", "http://purl.org/dc/elements/1.1/"), Link("schema.DCTERMS", "http://purl.org/dc/terms/"))


def dublin_core(work: Work) -> list[Meta]:
    """Describe an article; a page that has these tags has the links of `SCHEMAS` too."""
    return metas(facts(work))


def facts(work: Work) -> Iterator[tuple[str, str]]:
    yield "DC.title", work.full_title
    for author in work.signed_by:
        yield "DC.creator", author.inverted
    for keyword in work.keywords:
        yield "DC.subject", keyword
    yield "DC.publisher", work.publisher
    yield "DC.date", work.date.isoformat() if work.date else ""
    yield "DC.type", "Text"  # of the DCMI Type Vocabulary
    yield "DC.format", "text/html"
    yield "DC.identifier", doi_address(work.doi)
    yield "DC.identifier", absolute(work.address)
    yield "DC.language", work.language
    if work.licence:
        yield "DC.rights", work.licence.name
        yield "DCTERMS.license", absolute(work.licence.address)
    yield "DCTERMS.abstract", work.abstract
    yield "DCTERMS.isPartOf", work.publication
