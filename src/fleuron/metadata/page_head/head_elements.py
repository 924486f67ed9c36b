"""Describe an article in the meta and link elements of its page: Highwire Press, Dublin Core, Open Graph, Signposting.

The elements are records for templates, which escape what they print.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from babel.core import get_global, parse_locale

from fleuron.metadata.identifiers import absolute_address, doi_address, linkable_address, orcid_address, valid_doi
from fleuron.metadata.plain_text import DESCRIPTION_LENGTH, one_line, shortened
from fleuron.metadata.references import Reference
from fleuron.metadata.work import Work
from fleuron.publication.edition import USAGE
from fleuron.publication.journal.notices import Relation
from fleuron.publication.language_tags import locale_name
from fleuron.publication.values.organizations import Funder

NameAttribute = Literal["name", "property"]
# The types of what the page is about, and of the page (FAIR Signposting Profile).
SIGNPOSTING_TYPES = ("https://schema.org/ScholarlyArticle", "https://schema.org/AboutPage")


@dataclass(frozen=True)
class Meta:
    """A ``meta`` element; ``attribute`` is the one that holds its name."""

    name: str
    content: str
    attribute: NameAttribute = "name"


@dataclass(frozen=True)
class Link:
    """A ``link`` element; attributes that are empty are not printed, nor is the ``profile``, which HTML has not."""

    rel: str
    href: str
    media_type: str = ""
    title: str = ""
    hreflang: str = ""
    profile: str = ""


# The namespaces of Dublin Core's prefixes; nothing is fetched from there.
SCHEMAS = (Link("schema.DC", "http://purl.org/dc/elements/1.1/"), Link("schema.DCTERMS", "http://purl.org/dc/terms/"))


# A notice of retraction stands in the place of what it retracts.
DUBLIN_CORE_RELATIONS: Mapping[Relation, str] = {
    **{"retracts": "DCTERMS.replaces", "retracted-by": "DCTERMS.isReplacedBy"},
    **{"corrects": "DCTERMS.references", "corrected-by": "DCTERMS.isReferencedBy"},
    **{"comments-on": "DCTERMS.references", "commented-by": "DCTERMS.isReferencedBy"},
}


def meta_elements(pairs: Iterable[tuple[str, str]], attribute: NameAttribute = "name") -> list[Meta]:
    """Make a meta element of each name and content, except where the content is empty."""
    lines = ((name, one_line(content)) for name, content in pairs)
    return [Meta(name, content, attribute) for name, content in lines if content]


def link_elements(candidates: Iterable[Link]) -> list[Link]:
    """Keep each link once, and only if its address is absolute or that of another file of the site."""
    return list(dict.fromkeys(link for link in candidates if linkable_address(link.href)))


def highwire(work: Work) -> list[Meta]:
    """Describe an article in the tags of Highwire Press, which Google Scholar and Zotero read first.

    See Google Scholar's “Inclusion Guidelines for Webmasters”, section “Configure the meta-tags”. Tags that need
    an absolute address are left out without one. There is none for translators.
    """
    return meta_elements(highwire_pairs(work))


def highwire_pairs(work: Work) -> Iterator[tuple[str, str]]:
    yield "citation_title", work.full_title
    for author in work.signed_by:
        yield "citation_author", author.inverted
        # These two are about the author they follow.
        yield "citation_author_orcid", orcid_address(author.orcid)
        for affiliation in author.affiliations:
            yield "citation_author_institution", affiliation.name
    yield "citation_publication_date", work.date.isoformat().replace("-", "/") if work.date else ""
    yield "citation_journal_title", work.publication
    yield "citation_issn", work.issn
    yield "citation_volume", work.volume
    yield "citation_issue", work.issue
    yield "citation_firstpage", work.pages.first
    yield "citation_lastpage", work.pages.last
    yield "citation_elocation_id", work.elocation_id
    yield "citation_publisher", work.publisher
    yield "citation_article_type", work.genre_word
    for funder in work.funding.funders:
        yield "citation_funding_source", funding_source(funder)
    yield "citation_language", work.language
    for keyword in work.keywords:
        yield "citation_keywords", keyword
    yield "citation_doi", work.doi
    yield "citation_license", absolute_address(work.licence.address) if work.licence else ""
    page = absolute_address(work.address)
    # Abstract and text are on one page.
    yield "citation_public_url", page
    yield "citation_abstract_html_url", page
    yield "citation_fulltext_html_url", page
    yield "citation_pdf_url", absolute_address(work.pdf.address) if work.pdf else ""
    for reference in work.references:
        yield "citation_reference", highwire_reference(reference)


def highwire_reference(reference: Reference) -> str:
    """Return a cited source in the form of its tag: fields and values, between semicolons."""
    fields = [
        ("title", reference.title),
        *(("author", author) for author in reference.authors),
        ("journal_title" if reference.is_in_serial else "inbook_title", reference.container),
        ("volume", reference.volume),
        ("issue", reference.issue),
        ("firstpage", reference.first_page),
        ("lastpage", reference.last_page),
        ("publication_date", reference.year),
        ("publisher", reference.publisher),
        ("isbn", reference.isbn),
        ("doi", reference.doi),
    ]
    return "; ".join(f"citation_{name}={value.replace(';', ',')}" for name, value in fields if value)


def funding_source(funder: Funder) -> str:
    """Return a funder and the numbers of its grants, as PubMed Central writes them: with a semicolon between them."""
    parts = [f"citation_funder={funder.name}", *(f"citation_grant_number={grant}" for grant in funder.grants)]
    return ";".join(parts)


def dublin_core(work: Work) -> list[Meta]:
    """Describe an article in Dublin Core; a page with these elements has the links of `SCHEMAS` too.

    See DCMI, “Expressing Dublin Core metadata using HTML/XHTML meta and link elements”.
    """
    return meta_elements(dublin_core_pairs(work))


def dublin_core_pairs(work: Work) -> Iterator[tuple[str, str]]:
    yield "DC.title", work.full_title
    for author in work.signed_by:
        yield "DC.creator", author.inverted
    for translator in work.translated_by:
        yield "DC.contributor", translator.inverted
    for keyword in work.keywords:
        yield "DC.subject", keyword
    for editor in work.edited_by:
        yield "DC.contributor", editor.inverted
    yield "DC.publisher", work.publisher
    yield "DC.date", work.date.isoformat() if work.date else ""
    yield "DCTERMS.dateSubmitted", work.received.isoformat() if work.received else ""
    yield "DCTERMS.dateAccepted", work.accepted.isoformat() if work.accepted else ""
    yield "DCTERMS.modified", work.updated.isoformat() if work.updated else ""
    for other in work.related:
        yield DUBLIN_CORE_RELATIONS[other.relation], doi_address(other.doi) or absolute_address(other.address)
    yield "DC.type", "Text"  # of the DCMI Type Vocabulary
    yield "DC.type", work.genre_word
    for reviewed in work.reviewed:
        yield "DCTERMS.references", doi_address(valid_doi(reviewed.doi)) or reviewed.text
    yield "DC.format", "text/html"
    yield "DC.identifier", doi_address(work.doi)
    yield "DC.identifier", absolute_address(work.address)
    yield "DC.language", work.language
    if work.licence:
        yield "DC.rights", work.licence.name
        yield "DCTERMS.license", absolute_address(work.licence.address)
    yield "DCTERMS.rightsHolder", work.copyright
    yield "DCTERMS.abstract", work.abstract
    yield "DCTERMS.isPartOf", work.publication


def open_graph(work: Work) -> list[Meta]:
    """Describe an article in Open Graph (https://ogp.me), by which other sites show a link to it."""
    return meta_elements(open_graph_pairs(work), "property")


def website(title: str, publication: str, address: str, language: str) -> list[Meta]:
    """Describe any other page of the site in Open Graph."""
    pairs = {
        "og:type": "website",
        "og:title": title,
        "og:url": absolute_address(address),
        "og:site_name": publication,
        "og:locale": territorial(language),
    }
    return meta_elements(pairs.items(), "property")


def open_graph_pairs(work: Work) -> Iterator[tuple[str, str]]:
    yield "og:type", "article"
    yield "og:title", work.full_title
    yield "og:description", shortened(work.abstract, DESCRIPTION_LENGTH)
    yield "og:url", absolute_address(work.address)
    yield "og:site_name", work.publication
    locale = territorial(work.language)
    yield "og:locale", locale
    for other in dict.fromkeys(territorial(translation.language) for translation in work.translations):
        yield "og:locale:alternate", other if other != locale else ""
    yield "article:published_time", work.date.isoformat() if work.date else ""
    yield "article:modified_time", work.updated.isoformat() if work.updated else ""
    for author in work.signed_by:
        yield "article:author", absolute_address(author.address) or orcid_address(author.orcid)
    yield "article:section", work.section
    for keyword in work.keywords:
        yield "article:tag", keyword


def territorial(language: str) -> str:
    """Return a language with the territory it is most likely of, ``tr_TR``; an empty text for an unknown tag."""
    try:
        code, territory, script, *_ = parse_locale(locale_name(USAGE.get(language, language)))
        likely = get_global("likely_subtags")
        full = likely.get(f"{code}_{script}") or likely.get(code, "")
        territory = territory or parse_locale(full)[1]
    except ValueError:
        return ""
    return f"{code}_{territory}" if territory else ""


def signposting(work: Work) -> list[Link]:
    """Link an article's identifier, authors, licence, types, records and own files.

    See the FAIR Signposting Profile, https://signposting.org/FAIR/.
    """
    return link_elements(signposting_links(work))


def signposting_links(work: Work) -> Iterator[Link]:
    yield Link("cite-as", doi_address(work.version_doi or work.doi) or absolute_address(work.address))
    for author in work.signed_by:
        yield Link("author", orcid_address(author.orcid) or author.address)
    if work.licence:
        yield Link("license", absolute_address(work.licence.address))
    for kind in SIGNPOSTING_TYPES:
        yield Link("type", kind)
    for rel, files in (("describedby", work.records), ("item", work.own_copies)):
        for file in files:
            yield Link(rel, file.address, file.media_type, profile=file.profile)
    yield Link("linkset", work.linkset, "application/linkset+json")
