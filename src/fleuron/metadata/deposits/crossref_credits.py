"""Write the parts of a deposit with Crossref that say who has paid for an article, and what it reviews."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from fleuron.metadata.identifiers import absolute_address, doi_address, is_isbn, ror_address, valid_doi
from fleuron.metadata.plain_text import one_line
from fleuron.metadata.work import ReviewedWork, Work

FUNDING = "http://www.crossref.org/fundref.xsd"


def add_funding(parent: etree._Element, work: Work) -> None:
    """Add the funders with the numbers of their grants (fundref.xsd), each by its ROR identifier or its name.

    The schema wants either, and takes the name from the registry where there is an identifier.
    """
    funders = [funder for funder in work.funding.funders if one_line(funder.name)]
    program = etree.SubElement(parent, f"{{{FUNDING}}}program", name="fundref") if funders else parent
    for funder in funders:
        group = assertion(program, "fundgroup")
        if address := ror_address(funder.ror):
            assertion(group, "ror", address)
        else:
            name = assertion(group, "funder_name", one_line(funder.name))
            if doi := doi_address(valid_doi(funder.doi)):
                assertion(name, "funder_identifier", doi)
        for grant in funder.grants:
            assertion(group, "award_number", one_line(grant))


def assertion(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    element = etree.SubElement(parent, f"{{{FUNDING}}}assertion", name=name)
    element.text = text or None
    return element


def identifiers_of(work: ReviewedWork) -> Iterator[tuple[str, str]]:
    """Yield the identifier of a reviewed work, with its scheme, if it has one."""
    if doi := valid_doi(work.doi):
        yield "doi", doi
    elif is_isbn(work.isbn):
        yield "isbn", work.isbn
    elif address := absolute_address(work.address):
        yield "uri", address
