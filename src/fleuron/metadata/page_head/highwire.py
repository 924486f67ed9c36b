"""The tags that Google Scholar and Zotero read first, called after Highwire Press.

See Google Scholar's “Inclusion Guidelines for Webmasters”, section “Configure the meta-tags”.
"""

from __future__ import annotations

from collections.abc import Iterator

from fleuron.metadata.page_head.tags import Meta, metas
from fleuron.metadata.web_addresses import absolute, orcid_address
from fleuron.metadata.work import Work


def highwire(work: Work) -> list[Meta]:
    """Describe an article; what needs an absolute address is left out without one."""
    return metas(facts(work))


def facts(work: Work) -> Iterator[tuple[str, str]]:
    yield "citation_title", work.full_title
    for author in work.signed_by:
        yield "citation_author", author.inverted
        # These two are about the author they follow.
        yield "citation_author_orcid", orcid_address(author.orcid)
        yield "citation_author_institution", author.affiliation
    yield "citation_publication_date", work.date.isoformat().replace("-", "/") if work.date else ""
    yield "citation_journal_title", work.publication
    yield "citation_publisher", work.publisher
    yield "citation_language", work.language
    for keyword in work.keywords:
        yield "citation_keywords", keyword
    yield "citation_doi", work.doi
    page = absolute(work.address)
    # Abstract and text stand on one page.
    yield "citation_public_url", page
    yield "citation_abstract_html_url", page
    yield "citation_fulltext_html_url", page
    yield "citation_pdf_url", absolute(work.pdf.address) if work.pdf else ""
