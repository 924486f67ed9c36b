"""What JATS says of an article before its text: the `journal-meta` and the `article-meta`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docutils import nodes
from lxml import etree

from fleuron.library.jats.article_text import Text
from fleuron.library.jats.blocks import Blocks
from fleuron.library.jats.elements import ALI, LANG, element
from fleuron.metadata.plain_text import folded
from fleuron.metadata.web_addresses import absolute, orcid_address
from fleuron.metadata.work import PDF, Person, Work


def journal_meta(work: Work, text: Text) -> etree._Element:
    made = element("journal-meta", element("journal-id", text.serial, journal_id_type="publisher-id"))
    made.append(element("journal-title-group", element("journal-title", folded(work.publication))))
    if text.issn:
        made.append(element("issn", text.issn, publication_format="electronic"))
    if work.publisher:
        made.append(element("publisher", element("publisher-name", folded(work.publisher))))
    if address := absolute(work.publication_address):
        made.append(element("self-uri", href=address))
    return made


def article_meta(work: Work, blocks: Blocks, biographies: Sequence[nodes.Element]) -> etree._Element:
    """Make the `article-meta` without the abstract and the keywords, which are the last of it."""
    made = element("article-meta", *identifiers(work))
    made.append(element("title-group", element("article-title", folded(work.title))))
    made.extend(contributors(work, blocks, biographies))
    if work.date:
        made.append(publication_date(work))
    if work.licence:
        made.append(permissions(work))
    made.extend([*own_addresses(work), *translations(work)])
    return made


def identifiers(work: Work) -> Iterator[etree._Element]:
    if work.doi:
        yield element("article-id", work.doi, pub_id_type="doi")
    yield element("article-id", folded(work.name), pub_id_type="publisher-id")


def contributors(work: Work, blocks: Blocks, biographies: Sequence[nodes.Element]) -> Iterator[etree._Element]:
    """Yield the `contrib-group`, and the `aff` of each affiliation, once for all who share it."""
    affiliations = list(dict.fromkeys(folded(author.affiliation) for author in work.authors if author.affiliation))
    names = {each: f"aff.{number}" for number, each in enumerate(affiliations, 1)}
    people = []
    for number, author in enumerate(work.authors):
        if folded(author.name):
            biography = biographies[number] if number < len(biographies) else None
            people.append(contributor(author, names.get(folded(author.affiliation), ""), blocks, biography))
    if people:
        yield element("contrib-group", *people)
        yield from (element("aff", element("institution", each), id=name) for each, name in names.items())


def contributor(author: Person, affiliation: str, blocks: Blocks, biography: nodes.Element | None) -> etree._Element:
    """Make the `contrib` of a person, or of a body (`collab`), with a biography (`bio`)."""
    made = element("contrib", contrib_type="author")
    if orcid := orcid_address(author.orcid):
        made.append(element("contrib-id", orcid, contrib_id_type="orcid"))
    made.append(name_of(author))
    if biography is not None and (bio := set_biography(biography, blocks)) is not None:
        made.append(bio)
    if address := absolute(author.address):
        made.append(element("uri", address, href=address, content_type="author-page"))
    if affiliation:
        made.append(element("xref", rid=affiliation, ref_type="aff"))
    return made


def name_of(author: Person) -> etree._Element:
    """Name a person in parts; one whose name is not to be parted has a `string-name`, which is no guess."""
    if author.is_body:
        return element("collab", folded(author.name))
    if not author.family or not author.given:
        return element("name-alternatives", element("string-name", folded(author.name)))
    return element("name", element("surname", folded(author.family)), element("given-names", folded(author.given)))


def set_biography(topic: nodes.Element, blocks: Blocks) -> etree._Element | None:
    """Set a biography without the name, the affiliation and the ORCID iD, which the `contrib` has."""
    made = element("bio")
    blocks.sections(made, (child for child in topic.children if not is_known(child)))
    return made if len(made) else None


def is_known(node: nodes.Node) -> bool:
    """Tell whether a part of a biography says what the record of its author says."""
    classes: list[str] = node.get("classes", []) if isinstance(node, nodes.Element) else []
    return isinstance(node, nodes.title) or "orcid" in classes or "affiliation" in classes


def publication_date(work: Work) -> etree._Element:
    date = work.date
    assert date is not None
    numbers = (("day", f"{date.day:02}"), ("month", f"{date.month:02}"), ("year", f"{date.year:04}"))
    parts = [element(tag, number) for tag, number in numbers]
    kind = {"date_type": "pub", "publication_format": "electronic", "iso_8601_date": date.isoformat()}
    return element("pub-date", *parts, **kind)


def permissions(work: Work) -> etree._Element:
    """Name the licence for people (`license-p`), and for machines (`ali:license_ref`)."""
    assert work.licence is not None
    name, address = folded(work.licence.name), absolute(work.licence.address)
    if not address:
        return element("permissions", element("license", element("license-p", name)))
    link = element("ext-link", name, ext_link_type="uri", href=address)
    reference = element(f"{{{ALI}}}license_ref", address)
    return element("permissions", element("license", reference, element("license-p", link), href=address))


def own_addresses(work: Work) -> Iterator[etree._Element]:
    """Yield the addresses of the article's page and of its PDF."""
    copies = [("text/html", work.address), *((copy.media_type, copy.address) for copy in work.own_copies)]
    for kind, address in copies:
        if kind in ("text/html", PDF) and absolute(address):
            yield element("self-uri", content_type=kind, href=address)


def translations(work: Work) -> Iterator[etree._Element]:
    """Yield the same article in the other editions; one of them may be that of which this is a translation."""
    for other in work.translations:
        kind = "translated-article" if other.language == work.original_language else "translation"
        if absolute(other.address):
            link = element("related-article", related_article_type=kind, ext_link_type="uri", href=other.address)
            link.set(LANG, other.language)
            yield link
