"""Write the `journal-meta` and the `article-meta` of a JATS article from its metadata."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from docutils import nodes
from lxml import etree

from fleuron.library.article_text import ArticleText
from fleuron.library.jats.blocks import BlockConverter
from fleuron.library.jats.elements import ALI, LANG, element
from fleuron.library.jats.front_credits import categories, copyright_of, institution, interests, products, roles
from fleuron.metadata.identifiers import absolute_address, orcid_address
from fleuron.metadata.plain_text import one_line
from fleuron.metadata.related_articles import JATS_RELATIONS, identified_articles
from fleuron.metadata.work import PDF, Person, Work
from fleuron.publication.values.organizations import Affiliation


def journal_meta(work: Work, text: ArticleText) -> etree._Element:
    meta = element("journal-meta", element("journal-id", text.publication, journal_id_type="publisher-id"))
    meta.append(element("journal-title-group", element("journal-title", one_line(work.publication))))
    if text.issn:
        meta.append(element("issn", text.issn, publication_format="electronic"))
    if work.publisher:
        meta.append(element("publisher", element("publisher-name", one_line(work.publisher))))
    if address := absolute_address(work.publication_address):
        meta.append(element("self-uri", href=address))
    return meta


def article_meta(work: Work, converter: BlockConverter, biographies: Sequence[nodes.Element]) -> etree._Element:
    """Return the `article-meta` without abstract and keywords, which the caller appends."""
    meta = element("article-meta", *identifiers(work))
    meta.extend(categories(work))
    meta.append(element("title-group", element("article-title", one_line(work.title))))
    meta.extend(contributors(work, converter, biographies))
    meta.extend(interests(work))
    if work.date:
        meta.append(publication_date(work))
    meta.extend([*place_of(work), *products(work)])
    if days := list(history(work)):
        meta.append(element("history", *days))
    if work.licence or one_line(work.copyright):
        meta.append(permissions(work))
    meta.extend([*own_addresses(work), *translations(work), *related_articles(work)])
    return meta


def identifiers(work: Work) -> Iterator[etree._Element]:
    if work.doi:
        yield element("article-id", work.doi, pub_id_type="doi")
    yield element("article-id", one_line(work.name), pub_id_type="publisher-id")


def contributors(
    work: Work, converter: BlockConverter, biographies: Sequence[nodes.Element]
) -> Iterator[etree._Element]:
    """Yield the `contrib-group`, that of editors and reviewers, and one `aff` for each affiliation."""
    everyone = (*work.authors, *work.translators, *work.edited_by, *work.reviewed_by)
    affiliations = dict.fromkeys(each for person in everyone for each in person.named_affiliations)
    ids = {affiliation: f"aff.{number}" for number, affiliation in enumerate(affiliations, 1)}
    people = []
    for number, author in enumerate(work.authors):
        if one_line(author.name):
            biography = biographies[number] if number < len(biographies) else None
            people.append(contributor(author, ids, converter, biography))
    people += [contributor(each, ids, converter, None, "translator") for each in work.translated_by]
    others = [
        contributor(each, ids, converter, None, kind)
        for kind, group in (("editor", work.edited_by), ("reviewer", work.reviewed_by))
        for each in group
        if one_line(each.name)
    ]
    if people:
        yield element("contrib-group", *people)
    if others:
        yield element("contrib-group", *others, content_type="editors")
    if people or others:
        yield from (element("aff", *institution(affiliation), id=name) for affiliation, name in ids.items())


def contributor(
    author: Person,
    ids: Mapping[Affiliation, str],
    converter: BlockConverter,
    biography: nodes.Element | None,
    kind: str = "author",
) -> etree._Element:
    """Return the `contrib` of a person or an organisation, with a biography (`bio`) if there is one."""
    contrib = element("contrib", contrib_type=kind)
    if orcid := orcid_address(author.orcid):
        contrib.append(element("contrib-id", orcid, contrib_id_type="orcid"))
    contrib.append(name_element(author))
    if biography is not None and (bio := biography_element(biography, converter)) is not None:
        contrib.append(bio)
    if address := absolute_address(author.address):
        contrib.append(element("uri", address, href=address, content_type="author-page"))
    contrib.extend(roles(author))
    for affiliation in author.named_affiliations:
        contrib.append(element("xref", rid=ids[affiliation], ref_type="aff"))
    return contrib


def name_element(author: Person) -> etree._Element:
    """Return surname and given names, a `string-name` where they are not known, or an organisation's `collab`."""
    if author.is_organization:
        return element("collab", one_line(author.name))
    if not author.family or not author.given:
        return element("name-alternatives", element("string-name", one_line(author.name)))
    return element("name", element("surname", one_line(author.family)), element("given-names", one_line(author.given)))


def biography_element(topic: nodes.Element, converter: BlockConverter) -> etree._Element | None:
    """Convert a biography without the name, the affiliation and the ORCID iD, which the `contrib` has."""
    bio = element("bio")
    converter.convert_sections(bio, (child for child in topic.children if not repeats_record(child)))
    return bio if len(bio) else None


def repeats_record(node: nodes.Node) -> bool:
    """Return whether a part of a biography repeats the name, the affiliation or the ORCID iD of the record."""
    classes: list[str] = node.get("classes", []) if isinstance(node, nodes.Element) else []
    return isinstance(node, nodes.title) or "orcid" in classes or "affiliation" in classes


def publication_date(work: Work) -> etree._Element:
    assert work.date is not None
    kind = {"date_type": "pub", "publication_format": "electronic", "iso_8601_date": work.date.isoformat()}
    return element("pub-date", *date_parts(work.date), **kind)


def place_of(work: Work) -> Iterator[etree._Element]:
    """Yield where the article stands in its journal."""
    if work.volume:
        yield element("volume", work.volume)
    if work.issue:
        yield element("issue", work.issue)
    if work.pages.first:
        yield element("fpage", work.pages.first)
        if work.pages.last:
            yield element("lpage", work.pages.last)
    elif work.elocation_id:
        yield element("elocation-id", work.elocation_id)


def date_parts(date: datetime.date) -> list[etree._Element]:
    numbers = (("day", f"{date.day:02}"), ("month", f"{date.month:02}"), ("year", f"{date.year:04}"))
    return [element(tag, number) for tag, number in numbers]


def history(work: Work) -> Iterator[etree._Element]:
    """Yield the dates beside that of publication, by the types that JATS suggests."""
    given = [("received", work.received), ("accepted", work.accepted), ("corrected", work.updated)]
    given += [("retracted", other.date) for other in work.related_by("retracted-by")]
    given.append(("withdrawn", work.withdrawn.date if work.withdrawn else None))
    for kind, day in given:
        if day:
            yield element("date", *date_parts(day), date_type=kind, iso_8601_date=day.isoformat())


def history_notes(work: Work) -> Iterator[etree._Element]:
    """Yield what was changed in the article, and why it was withdrawn (`notes`)."""
    changes = [element("p", one_line(f"{change.date}: {change.text}")) for change in work.changes]
    reasons = [element("p", one_line(work.withdrawn.reason))] if work.withdrawn else []
    paragraphs = [*changes, *reasons]
    if paragraphs:
        yield element("notes", *paragraphs, notes_type="history")


def related_articles(work: Work) -> Iterator[etree._Element]:
    """Yield links to what a notice is about, and to the notices about an article."""
    for other in identified_articles(work):
        kind = {"related_article_type": JATS_RELATIONS[other.related.relation]}
        kind |= {"ext_link_type": "doi" if other.doi else "uri", "href": other.identifier}
        yield element("related-article", one_line(other.related.title), **kind)


def permissions(work: Work) -> etree._Element:
    """Return who holds the copyright, and the licence as text (`license-p`) and as an address (`ali:license_ref`)."""
    whole = element("permissions", *copyright_of(work))
    if work.licence:
        name, address = one_line(work.licence.name), absolute_address(work.licence.address)
        link = element("ext-link", name, ext_link_type="uri", href=address) if address else name
        reference = [element(f"{{{ALI}}}license_ref", address)] if address else []
        whole.append(element("license", *reference, element("license-p", link), href=address))
    return whole


def own_addresses(work: Work) -> Iterator[etree._Element]:
    """Yield the addresses of the article's page and of its PDF (`self-uri`)."""
    copies = [("text/html", work.address), *((copy.media_type, copy.address) for copy in work.own_copies)]
    for kind, address in copies:
        if kind in ("text/html", PDF) and absolute_address(address):
            yield element("self-uri", content_type=kind, href=address)


def translations(work: Work) -> Iterator[etree._Element]:
    """Yield links to the article in the other editions; the edition in the source language is the original."""
    for other in work.translations:
        kind = "translated-article" if other.language == work.original_language else "translation"
        if absolute_address(other.address):
            link = element("related-article", related_article_type=kind, ext_link_type="uri", href=other.address)
            link.set(LANG, other.language)
            yield link
