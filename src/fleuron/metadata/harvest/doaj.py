"""Write the articles of a review for the Directory of Open Access Journals (its schema doajArticles.xsd, 1.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from fleuron.metadata.identifiers import orcid_address, valid_doi
from fleuron.metadata.language_codes import marc_code
from fleuron.metadata.plain_text import distinct, one_line
from fleuron.metadata.related_editions import find_edition
from fleuron.metadata.work import Person, Work
from fleuron.metadata.xml import add_element, xml_bytes

# The schema's pattern of an address: no host without a dot, and none on this machine.
ADDRESS = re.compile(r"https?://([^/:]+\.[^\W\d_]{2,10}|([0-9]{1,3}\.){3}[0-9]{1,3})(:[0-9]+)?(.*)?")


def doaj(works: Sequence[Work]) -> bytes:
    """Write a record of each article, in the language that it was written in, with the titles and abstracts of others.

    DOAJ knows a journal by its ISSN, and an article by the address of its text: without these, and a day of
    publication, an article is left out. If none is left, the result is empty.
    """
    root = etree.Element("records")
    for work in works:
        has_all = work.issn and work.date and one_line(work.title) and one_line(work.publication)
        if work.is_original and not work.withdrawn and has_all and ADDRESS.fullmatch(work.address):
            translations = [find_edition(work, other.language, works) for other in work.translations]
            add_article(root, work, [each for each in translations if each and each.is_translation])
    return xml_bytes(root) if len(root) else b""


def add_article(root: etree._Element, work: Work, translations: Sequence[Work]) -> None:
    """Add the record of an article, its elements in the order of the schema."""
    record = add_element(root, "record")
    editions = [work, *translations]
    day = work.date.isoformat() if work.date else ""
    before = (
        ("language", marc_code(work.language)),
        ("publisher", work.publisher),
        ("journalTitle", work.publication),
        ("eissn", work.issn),
        ("publicationDate", day),
        ("volume", work.volume),
        ("issue", work.issue),
        ("startPage", work.pages.first or work.elocation_id),
        ("endPage", work.pages.last),
        ("doi", valid_doi(work.doi)),
        ("publisherRecordId", work.name),
        ("documentType", "article"),
    )
    for name, text in before:
        if one_line(text):
            add_element(record, name, text)
    for edition in editions:
        add_element(record, "title", edition.full_title, language=marc_code(edition.language))
    add_people(record, work.signed_by)
    for edition in editions:
        if one_line(edition.abstract):
            add_element(record, "abstract", edition.abstract, language=marc_code(edition.language))
    # The page has the whole text; DOAJ takes one address.
    add_element(record, "fullTextUrl", work.address, format="html")
    for edition in editions:
        if keywords := distinct(edition.keywords):
            listed = add_element(record, "keywords", language=marc_code(edition.language))
            for keyword in keywords:
                add_element(listed, "keyword", keyword)


def add_people(record: etree._Element, people: Sequence[Person]) -> None:
    """Add the authors, and the list of their affiliations, which they name by numbers."""
    if not people:
        return
    affiliations = distinct(person.affiliation for person in people)
    authors = add_element(record, "authors")
    for person in people:
        author = add_element(authors, "author")
        add_element(author, "name", person.name)
        if one_line(person.affiliation):
            add_element(author, "affiliationId", str(affiliations.index(one_line(person.affiliation)) + 1))
        if orcid := orcid_address(person.orcid):  # the schema spells it so
            add_element(author, "orchid_id", orcid)
    if affiliations:
        listed = add_element(record, "affiliationsList")
        for number, affiliation in enumerate(affiliations, 1):
            add_element(listed, "affiliationName", affiliation, affiliationId=str(number))
