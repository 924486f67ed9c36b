"""Write what a JATS article's front says of its genre, what it reviews, and the people and means behind it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from fleuron.editions.interface_words import interface_words
from fleuron.library.jats.elements import element
from fleuron.metadata.identifiers import doi_address, ror_address, valid_doi
from fleuron.metadata.plain_text import one_line
from fleuron.metadata.work import Person, ReviewedWork, Work
from fleuron.publication.values.contributions import ROLES, role_address
from fleuron.publication.values.organizations import Affiliation, Funder


def categories(work: Work) -> Iterator[etree._Element]:
    """Yield what the article stands under in the contents (JATS4R): the section of its issue, or else its genre.

    Both are in the language of the edition.
    """
    genre = interface_words(work.language)(work.genre_word) if work.genre_word else ""
    named = [("heading", one_line(work.section)), ("genre", genre)] if one_line(work.section) else [("heading", genre)]
    groups = [element("subj-group", element("subject", text), subj_group_type=kind) for kind, text in named if text]
    if groups:
        yield element("article-categories", *groups)


def institution(affiliation: Affiliation) -> Iterator[etree._Element]:
    """Yield the name of an institution, with its identifier if it has one."""
    yield named_institution(affiliation.name, ("ror", ror_address(affiliation.ror)))


def named_institution(name: str, *identifiers: tuple[str, str]) -> etree._Element:
    named = element("institution", one_line(name))
    given = [element("institution-id", each, institution_id_type=kind) for kind, each in identifiers if each]
    return element("institution-wrap", *given, named) if given else named


def roles(author: Person) -> Iterator[etree._Element]:
    """Yield what an author has done; JATS 1.1 has no other attribute for the address in the taxonomy (JATS4R)."""
    for role in author.roles:
        yield element("role", ROLES[role], content_type=role_address(role))


def interests(work: Work) -> Iterator[etree._Element]:
    """Yield the statement on competing interests; “coi-statement” came with JATS 1.2."""
    if text := one_line(work.competing_interests):
        yield element("author-notes", element("fn", element("p", text), fn_type="conflict"))


def products(work: Work) -> Iterator[etree._Element]:
    """Yield the works that the article reviews."""
    yield from map(product, work.reviewed)


def product(work: ReviewedWork) -> etree._Element:
    if not work.title:
        return element("product", one_line(work.text))
    parts: list[etree._Element] = []
    people = [person_name(author) for author in work.authors if one_line(author.name)]
    if people:
        parts.append(element("person-group", *people, person_group_type="author"))
    texts = [("source", work.title), ("publisher-name", work.publisher), ("year", work.year), ("isbn", work.isbn)]
    parts += [element(tag, one_line(text)) for tag, text in texts if one_line(text)]
    if doi := valid_doi(work.doi):
        parts.append(element("ext-link", doi, ext_link_type="doi", href=doi_address(doi)))
    kind = {"product_type": one_line(work.kind)} if one_line(work.kind) else {}
    return element("product", *parts, **kind)


def person_name(author: Person) -> etree._Element:
    if author.is_organization:
        return element("collab", one_line(author.name))
    if not author.family or not author.given:
        return element("string-name", one_line(author.name))
    return element("name", element("surname", one_line(author.family)), element("given-names", one_line(author.given)))


def funding_of(work: Work) -> Iterator[etree._Element]:
    """Yield the `funding-group`: an `award-group` for each funder, and the statement in words."""
    groups = [award_group(funder) for funder in work.funding.funders if one_line(funder.name)]
    if statement := one_line(work.funding.statement):
        groups.append(element("funding-statement", statement))
    if groups:
        yield element("funding-group", *groups)


def award_group(funder: Funder) -> etree._Element:
    identifiers = (("ror", ror_address(funder.ror)), ("doi", doi_address(valid_doi(funder.doi))))
    named = named_institution(funder.name, *identifiers)
    source = element("funding-source", named if named.tag == "institution-wrap" else one_line(funder.name))
    return element("award-group", source, *(element("award-id", one_line(grant)) for grant in funder.grants))


def copyright_of(work: Work) -> Iterator[etree._Element]:
    """Yield who holds the copyright, and since when."""
    holder = one_line(work.copyright)
    if holder:
        year = f"{work.date.year:04}" if work.date else ""
        yield element("copyright-statement", f"© {year} {holder}" if year else f"© {holder}")
        if year:
            yield element("copyright-year", year)
        yield element("copyright-holder", holder)
