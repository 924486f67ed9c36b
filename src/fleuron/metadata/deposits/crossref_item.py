"""An article in a deposit with Crossref: a journal_article or a posted_content (schema 5.3.1)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from lxml import etree

from fleuron.metadata.language_codes import ALPHA_3, subtag
from fleuron.metadata.plain_text import folded, shortened
from fleuron.metadata.related_editions import original, translations
from fleuron.metadata.web_addresses import absolute, orcid_address
from fleuron.metadata.work import PDF, Person, Work
from fleuron.metadata.xml import add

JATS = "http://www.ncbi.nlm.nih.gov/JATS1"
ACCESS = "http://www.crossref.org/AccessIndicators.xsd"
RELATIONS = "http://www.crossref.org/relations.xsd"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Languages of ISO 639-1 that the schema's list lacks (language.atts).
UNLISTED = {"jv", "mh", "zu"}
# What the schema asks of a part of a name.
NAME = re.compile(r"[^\d?]*[^?\s]+[^\d]*")
NAME_LENGTH = 60
ORGANIZATION_LENGTH = 511
INSTITUTION_LENGTH = 1024
# What is read by those who mine texts.
TEXTS = (PDF, "application/epub+zip")


def listed(tag: str) -> str:
    """Return a language as the schema lists it; nothing for one that it does not."""
    language = subtag(tag)
    return language if language in ALPHA_3 and language not in UNLISTED else ""


def add_article(journal: etree._Element, work: Work, works: Sequence[Work]) -> None:
    element = add(journal, "journal_article", publication_type="full_text", language=listed(work.language))
    add_titles(element, work, works)
    add_contributors(element, work)
    add_abstract(element, work)
    add_date(element, "publication_date", work.date)
    add_programs(element, work, works)
    add_doi_data(element, work)


def add_posted(body: etree._Element, work: Work, works: Sequence[Work]) -> None:
    element = add(body, "posted_content", type="other", language=listed(work.language))
    add_contributors(element, work)
    add_titles(element, work, works)
    add_date(element, "posted_date", work.date)
    if folded(work.publisher):
        add(add(element, "institution"), "institution_name", shortened(work.publisher, INSTITUTION_LENGTH))
    add_abstract(element, work)
    add_programs(element, work, works)
    add_doi_data(element, work)


def add_titles(parent: etree._Element, work: Work, works: Sequence[Work]) -> None:
    titles = add(parent, "titles")
    add(titles, "title", work.title)
    if folded(work.subtitle):
        add(titles, "subtitle", work.subtitle)
    source = original(work, works)
    if source and source.work and folded(source.work.title):
        add(titles, "original_language_title", source.work.title, language=listed(source.language))
        if folded(source.work.subtitle):
            add(titles, "subtitle", source.work.subtitle)


def add_contributors(parent: etree._Element, work: Work) -> None:
    signed_by = [author for author in work.signed_by if author.is_body or NAME.fullmatch(surname(author))]
    if signed_by:
        contributors = add(parent, "contributors")
        for place, author in enumerate(signed_by):
            add_contributor(contributors, author, "additional" if place else "first")


def surname(author: Person) -> str:
    """Return the family name, or the whole name of one that is not split."""
    return shortened(author.family if author.given else author.name, NAME_LENGTH)


def add_contributor(parent: etree._Element, author: Person, sequence: str) -> None:
    role = {"sequence": sequence, "contributor_role": "author"}
    if author.is_body:
        add(parent, "organization", shortened(author.name, ORGANIZATION_LENGTH), **role)
        return
    person = add(parent, "person_name", **role)
    given = shortened(author.given, NAME_LENGTH)
    if NAME.fullmatch(given):
        add(person, "given_name", given)
    add(person, "surname", surname(author))
    if folded(author.affiliation):
        institution = add(add(person, "affiliations"), "institution")
        add(institution, "institution_name", shortened(author.affiliation, INSTITUTION_LENGTH))
    if orcid_address(author.orcid):
        add(person, "ORCID", orcid_address(author.orcid), authenticated="false")


def add_abstract(parent: etree._Element, work: Work) -> None:
    if folded(work.abstract):
        abstract = etree.SubElement(parent, f"{{{JATS}}}abstract", {LANG: work.language})
        add(abstract, "p", work.abstract)


def add_date(parent: etree._Element, name: str, day: datetime.date | None) -> None:
    if day:
        date = add(parent, name, media_type="online")
        for part, number in (("month", f"{day.month:02}"), ("day", f"{day.day:02}"), ("year", f"{day.year:04}")):
            add(date, part, number)


def add_programs(parent: etree._Element, work: Work, works: Sequence[Work]) -> None:
    """Tell the terms of access, and the other editions."""
    access = etree.SubElement(parent, f"{{{ACCESS}}}program", name="AccessIndicators")
    add(access, "free_to_read")
    if work.licence and absolute(work.licence.address):
        add(access, "license_ref", work.licence.address, applies_to="vor")
    source = original(work, works)
    kin = [("isTranslationOf", source)] if source else [("hasTranslation", each) for each in translations(work, works)]
    if kin:
        relations = etree.SubElement(parent, f"{{{RELATIONS}}}program", name="relations")
        for kind, other in kin:
            told = {"relationship-type": kind, "identifier-type": "doi" if other.doi else "uri"}
            add(add(relations, "related_item"), "intra_work_relation", other.doi or other.address, **told)


def add_doi_data(parent: etree._Element, work: Work) -> None:
    data = add(parent, "doi_data")
    add(data, "doi", work.doi)
    add(data, "resource", work.address, mime_type="text/html", content_version="vor")
    texts = [copy for copy in work.own_copies if copy.media_type in TEXTS and absolute(copy.address)]
    if texts:
        collection = add(data, "collection", property="text-mining")
        for copy in texts:
            item = add(collection, "item")
            add(item, "resource", copy.address, mime_type=copy.media_type, content_version="vor")
