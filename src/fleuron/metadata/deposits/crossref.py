"""Write a deposit of articles with Crossref (metadata deposit schema 5.3.1, “doi_batch”)."""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from fleuron.metadata.deposits.crossref_citations import NUMBER_LENGTH, add_citations
from fleuron.metadata.deposits.crossref_credits import FUNDING, add_funding, identifiers_of
from fleuron.metadata.identifiers import (
    UUID_NAMESPACE,
    absolute_address,
    orcid_address,
    ror_address,
    valid_doi,
)
from fleuron.metadata.language_codes import ALPHA_3, subtag
from fleuron.metadata.plain_text import one_line, shortened
from fleuron.metadata.related_articles import Identified, identified_articles
from fleuron.metadata.related_editions import original_of, translations_of
from fleuron.metadata.work import PDF, Person, Work
from fleuron.metadata.xml import add_element, xml_bytes
from fleuron.publication.journal.notices import Relation

SCHEMA = "http://www.crossref.org/schema/5.3.1"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
JATS = "http://www.ncbi.nlm.nih.gov/JATS1"
ACCESS = "http://www.crossref.org/AccessIndicators.xsd"
RELATIONS = "http://www.crossref.org/relations.xsd"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Languages of ISO 639-1 that the schema's list lacks (language.atts).
UNLISTED = {"jv", "mh", "zu"}
# The schema's pattern of a part of a name.
NAME_PART = re.compile(r"[^\d?]*[^?\s]+[^\d]*")
NAME_LENGTH = 60
ORGANIZATION_LENGTH = 511
INSTITUTION_LENGTH = 1024
# The files that are offered for text mining.
TEXT_MINING_TYPES = (PDF, "application/epub+zip")
PREFIXES = {None: SCHEMA, "jats": JATS, "ai": ACCESS, "rel": RELATIONS, "fr": FUNDING, "xsi": INSTANCE}
LOCATION = f"{SCHEMA} https://www.crossref.org/schemas/crossref5.3.1.xsd"
ISSN = re.compile(r"\d{4}-?\d{3}[\dX]")
TITLE_LENGTH = 255
SUFFIX_LENGTH = 200
# The types of updates, and of relations between works, that the schema has for notices and comments.
UPDATES: Mapping[Relation, str] = {"corrects": "correction", "retracts": "retraction"}
COMMENTS: Mapping[Relation, str] = {"comments-on": "isCommentOn", "commented-by": "hasComment"}


@dataclass(frozen=True)
class Deposit:
    """Who deposits and when: a name, an e-mail address for Crossref's report, and the owner of the DOIs.

    ``moment`` is when the deposit is made: of two for one DOI the later counts. ``issn`` is that of the review, and
    ``policy`` the DOI of its policy on corrections and retractions.
    """

    depositor: str
    email: str
    registrant: str
    moment: datetime.datetime
    issn: str = ""
    policy: str = ""

    @property
    def timestamp(self) -> str:
        return f"{self.moment:%Y%m%d%H%M%S}"

    def batch_id(self, works: Sequence[Work]) -> str:
        """Return an id made of a batch's DOIs and its time, so that the same batch has the same id."""
        return str(
            uuid.uuid5(UUID_NAMESPACE, "\n".join([self.registrant, self.timestamp, *(work.doi for work in works)]))
        )


def crossref(works: Sequence[Work], deposit: Deposit) -> bytes:
    """Write a deposit of the articles that have a DOI, an address on the web and a day of publication.

    They are articles of a journal if it has an ISSN; without one Crossref knows no journal, and they are posted
    content. A DOI that editions share is deposited once, with the original: it can have one record only.
    If there is nothing to deposit, the result is empty.
    """
    chosen = works_to_deposit(works)
    if not chosen:
        return b""
    root = etree.Element(f"{{{SCHEMA}}}doi_batch", nsmap=PREFIXES)  # type: ignore[arg-type]  # lxml-stubs 0.5 knows no default
    root.set("version", "5.3.1")
    root.set(f"{{{INSTANCE}}}schemaLocation", LOCATION)
    head = add_element(root, "head")
    add_element(head, "doi_batch_id", deposit.batch_id(chosen))
    add_element(head, "timestamp", deposit.timestamp)
    depositor = add_element(head, "depositor")
    add_element(depositor, "depositor_name", deposit.depositor)
    add_element(depositor, "email_address", deposit.email)
    add_element(head, "registrant", deposit.registrant)
    body = add_element(root, "body")
    host = min(chosen, key=lambda work: (not one_line(work.publication), not work.is_original))
    if one_line(host.publication) and ISSN.fullmatch(deposit.issn):
        journal = add_element(body, "journal")
        about = add_element(journal, "journal_metadata", language=schema_language(host.language))
        # One title for one ISSN, however the editions translate it.
        add_element(about, "full_title", shortened(host.publication, TITLE_LENGTH))
        add_element(about, "issn", deposit.issn, media_type="electronic")
        add_issue(journal, host, max(work.date for work in chosen if work.date))
        for work in chosen:
            add_article(journal, work, works, deposit)
    else:
        for work in chosen:
            add_posted(body, work, works)
    return xml_bytes(root)


def works_to_deposit(works: Sequence[Work]) -> list[Work]:
    """Return the works that can be deposited, one for each DOI; they are the same in either case (DOI Handbook)."""
    chosen: dict[str, Work] = {}
    for work in works:
        doi = valid_doi(work.doi).lower()
        fits = 0 < len(doi.partition("/")[2]) <= SUFFIX_LENGTH and absolute_address(work.address)
        known = chosen.get(doi)
        if fits and work.date and one_line(work.title) and (not known or work.is_original > known.is_original):
            chosen[doi] = work
    return list(chosen.values())


def schema_language(tag: str) -> str:
    """Return a language's code if the schema lists it, else an empty text."""
    language = subtag(tag)
    return language if language in ALPHA_3 and language not in UNLISTED else ""


def add_article(journal: etree._Element, work: Work, works: Sequence[Work], deposit: Deposit) -> None:
    element = add_element(
        journal, "journal_article", publication_type="full_text", language=schema_language(work.language)
    )
    add_titles(element, work, works)
    add_contributors(element, work)
    add_abstract(element, work)
    add_date(element, "publication_date", work.date)
    add_date(element, "acceptance_date", work.accepted)
    add_pages(element, work)
    updated = updated_articles(work)
    if updated and deposit.policy:  # the schema has updates only beside the publisher's policy on them
        add_crossmark(element, work, updated, deposit)
    else:
        add_funding(element, work)
        add_access(element, work)
    add_relations(element, work, works)
    add_doi_data(element, work)
    add_citations(element, work)


def add_issue(journal: etree._Element, host: Work, date: datetime.date) -> None:
    """Add the issue that the articles are in, if it has a number or editors; ``date`` is that of its newest article."""
    people = [editor for editor in host.editors if has_crossref_name(editor)]
    if people or host.volume or host.issue:
        issue = add_element(journal, "journal_issue")
        if people:
            add_people(issue, [(person, "editor") for person in people])
        add_date(issue, "publication_date", date)
        if host.volume:
            add_element(add_element(issue, "journal_volume"), "volume", shortened(host.volume, NUMBER_LENGTH))
        if host.issue:
            add_element(issue, "issue", shortened(host.issue, NUMBER_LENGTH))


def add_pages(parent: etree._Element, work: Work) -> None:
    """Add the pages of an article, or its number in the journal."""
    if work.pages.first:
        pages = add_element(parent, "pages")
        add_element(pages, "first_page", work.pages.first)
        if work.pages.last:
            add_element(pages, "last_page", work.pages.last)
    if work.elocation_id:
        item = add_element(parent, "publisher_item")
        add_element(item, "item_number", shortened(work.elocation_id, NUMBER_LENGTH), item_number_type="article_number")


def add_posted(body: etree._Element, work: Work, works: Sequence[Work]) -> None:
    element = add_element(body, "posted_content", type="other", language=schema_language(work.language))
    add_contributors(element, work)
    add_titles(element, work, works)
    add_date(element, "posted_date", work.date)
    add_date(element, "acceptance_date", work.accepted)
    if one_line(work.publisher):
        add_element(
            add_element(element, "institution"), "institution_name", shortened(work.publisher, INSTITUTION_LENGTH)
        )
    add_abstract(element, work)
    add_funding(element, work)
    add_access(element, work)
    add_relations(element, work, works)
    add_doi_data(element, work)
    add_citations(element, work)


def add_titles(parent: etree._Element, work: Work, works: Sequence[Work]) -> None:
    titles = add_element(parent, "titles")
    add_element(titles, "title", work.title)
    if one_line(work.subtitle):
        add_element(titles, "subtitle", work.subtitle)
    source = original_of(work, works)
    if source and source.work and one_line(source.work.title):
        add_element(titles, "original_language_title", source.work.title, language=schema_language(source.language))
        if one_line(source.work.subtitle):
            add_element(titles, "subtitle", source.work.subtitle)


def add_contributors(parent: etree._Element, work: Work) -> None:
    people = [(author, "author") for author in work.signed_by]
    people += [(translator, "translator") for translator in work.translated_by]
    people += [(editor, "editor") for editor in work.edited_by]
    add_people(parent, [(person, role) for person, role in people if has_crossref_name(person)])


def has_crossref_name(person: Person) -> bool:
    """Return whether the schema takes the name of a person or an organisation."""
    return person.is_organization or bool(NAME_PART.fullmatch(surname(person)))


def add_people(parent: etree._Element, people: Sequence[tuple[Person, str]]) -> None:
    """Add people, if there are any, each in a role."""
    contributors = add_element(parent, "contributors") if people else parent
    for place, (person, role) in enumerate(people):
        add_contributor(
            contributors, person, {"sequence": "additional" if place else "first", "contributor_role": role}
        )


def surname(author: Person) -> str:
    """Return the family name, or the whole name if it is not split."""
    return shortened(author.family if author.given else author.name, NAME_LENGTH)


def add_contributor(parent: etree._Element, author: Person, role: Mapping[str, str]) -> None:
    if author.is_organization:
        add_element(parent, "organization", shortened(author.name, ORGANIZATION_LENGTH), **role)
        return
    person = add_element(parent, "person_name", **role)
    given = shortened(author.given, NAME_LENGTH)
    if NAME_PART.fullmatch(given):
        add_element(person, "given_name", given)
    add_element(person, "surname", surname(author))
    affiliations = add_element(person, "affiliations") if author.named_affiliations else person
    for affiliation in author.named_affiliations:
        institution = add_element(affiliations, "institution")
        add_element(institution, "institution_name", shortened(affiliation.name, INSTITUTION_LENGTH))
        if address := ror_address(affiliation.ror):
            add_element(institution, "institution_id", address, type="ror")
    if orcid_address(author.orcid):
        add_element(person, "ORCID", orcid_address(author.orcid), authenticated="false")


def add_abstract(parent: etree._Element, work: Work) -> None:
    if one_line(work.abstract):
        abstract = etree.SubElement(parent, f"{{{JATS}}}abstract", {LANG: work.language})
        add_element(abstract, "p", work.abstract)


def add_date(parent: etree._Element, name: str, day: datetime.date | None) -> None:
    if day:
        date = add_element(parent, name, media_type="online")
        for part, number in (("month", f"{day.month:02}"), ("day", f"{day.day:02}"), ("year", f"{day.year:04}")):
            add_element(date, part, number)


def updated_articles(work: Work) -> list[Identified]:
    """Return the articles with a DOI that a notice corrects or retracts."""
    return [other for other in identified_articles(work) if other.doi and other.related.relation in UPDATES]


def add_crossmark(parent: etree._Element, work: Work, updated: Sequence[Identified], deposit: Deposit) -> None:
    """Add what a notice corrects or retracts, and the terms of access, which the schema then wants here."""
    crossmark = add_element(parent, "crossmark")
    add_element(crossmark, "crossmark_policy", deposit.policy)
    updates = add_element(crossmark, "updates")
    for other in updated:
        day = work.date.isoformat() if work.date else ""
        add_element(updates, "update", other.doi, type=UPDATES[other.related.relation], date=day)
    custom = add_element(crossmark, "custom_metadata")
    add_funding(custom, work)
    add_access(custom, work)


def add_access(parent: etree._Element, work: Work) -> None:
    """Add the terms of access."""
    access = etree.SubElement(parent, f"{{{ACCESS}}}program", name="AccessIndicators")
    add_element(access, "free_to_read")
    if work.licence and absolute_address(work.licence.address):
        add_element(access, "license_ref", work.licence.address, applies_to="vor")


def add_relations(parent: etree._Element, work: Work, works: Sequence[Work]) -> None:
    """Add the relations to the other editions, and to comments."""
    source = original_of(work, works)
    related = [("hasTranslation", translation) for translation in translations_of(work, works)]
    if source:
        related = [("isTranslationOf", source)]
    comments = [(COMMENTS[other.related.relation], other) for other in comments_of(work)]
    reviewed = [(kind, identifier) for each in work.reviewed for kind, identifier in identifiers_of(each)]
    if related or comments or reviewed:
        relations = etree.SubElement(parent, f"{{{RELATIONS}}}program", name="relations")
        for kind, edition in related:
            add_relation(relations, "intra_work_relation", kind, edition.doi, edition.address)
        for kind, comment in comments:
            add_relation(relations, "inter_work_relation", kind, comment.doi, comment.address)
        for scheme, identifier in reviewed:
            attributes = {"relationship-type": "isReviewOf", "identifier-type": scheme}
            add_element(add_element(relations, "related_item"), "inter_work_relation", identifier, **attributes)


def comments_of(work: Work) -> list[Identified]:
    """Return the comments on an article, or what it comments on."""
    return [other for other in identified_articles(work) if other.related.relation in COMMENTS]


def add_relation(relations: etree._Element, name: str, kind: str, doi: str, address: str) -> None:
    attributes = {"relationship-type": kind, "identifier-type": "doi" if doi else "uri"}
    add_element(add_element(relations, "related_item"), name, doi or address, **attributes)


def add_doi_data(parent: etree._Element, work: Work) -> None:
    data = add_element(parent, "doi_data")
    add_element(data, "doi", work.doi)
    add_element(data, "resource", work.address, mime_type="text/html", content_version="vor")
    texts = [
        copy for copy in work.own_copies if copy.media_type in TEXT_MINING_TYPES and absolute_address(copy.address)
    ]
    if texts:
        collection = add_element(data, "collection", property="text-mining")
        for copy in texts:
            item = add_element(collection, "item")
            add_element(item, "resource", copy.address, mime_type=copy.media_type, content_version="vor")
