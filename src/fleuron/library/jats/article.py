"""An article as JATS 1.1 (ANSI/NISO Z39.96-2015): its whole text, with what the DTD knows of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from docutils import nodes
from lxml import etree

from fleuron.editions.interface_words import words
from fleuron.library.jats.article_text import Text
from fleuron.library.jats.blocks import Blocks
from fleuron.library.jats.citations import reference
from fleuron.library.jats.dtd_rules import settle
from fleuron.library.jats.elements import LANG, element
from fleuron.library.jats.front import article_meta, journal_meta
from fleuron.metadata.work import Work

VERSION = "1.1"
PUBLISHING = (
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.1 20151215//EN" '
    '"JATS-journalpublishing1.dtd">'
)
# What the publishing DTD asks of every article, and this one leaves open: an ISSN and a date.
ARCHIVING = (
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.1 20151215//EN" '
    '"JATS-archivearticle1.dtd">'
)


@dataclass
class Parts:
    """The parts of an article's doctree: what stands in the front of a record, and the rest, which is its body."""

    title: nodes.Element | None = None
    subtitle: nodes.Element | None = None
    abstract: nodes.Element | None = None
    keywords: nodes.Element | None = None
    biographies: list[nodes.Element] = field(default_factory=list)
    body: list[nodes.Node] = field(default_factory=list)


def is_opening(node: nodes.Node, kind: type[nodes.Element], name: str) -> bool:
    """Tell whether a node is a part of the opening that `manuscript.opening` set."""
    return isinstance(node, kind) and name in node["classes"]


def has_keywords(node: nodes.Node) -> bool:
    """Tell whether a container has a label and a list of keywords; an author may have given its class to another."""
    kinds = [type(child) for child in node.children]
    items = list(node.findall(nodes.list_item))
    return kinds == [nodes.paragraph, nodes.bullet_list] and all(len(item) == 1 for item in items) and bool(items)


def parts_of(document: nodes.document) -> Parts:
    """Part a doctree: the opening stands in its first section, the biographies behind the last."""
    parts = Parts()
    first = next((child for child in document.children if isinstance(child, nodes.section)), None)
    for child in document.children:
        if child is first:
            parts.body += body_of(first, parts)
        elif is_opening(child, nodes.container, "biographies"):
            parts.biographies += [each for each in child.children if isinstance(each, nodes.Element)]
        else:
            parts.body.append(child)
    return parts


def body_of(section: nodes.section, parts: Parts) -> Iterator[nodes.Node]:
    """Yield what of an article's section is no part of its opening, and keep what is."""
    for child in section.children:
        if isinstance(child, nodes.title) and parts.title is None:
            parts.title = child
        elif is_opening(child, nodes.paragraph, "subtitle") and parts.subtitle is None:
            parts.subtitle = child  # type: ignore[assignment]  # it is a paragraph
        elif is_opening(child, nodes.topic, "abstract") and parts.abstract is None:
            parts.abstract = child  # type: ignore[assignment]
        elif is_opening(child, nodes.container, "keywords") and has_keywords(child) and parts.keywords is None:
            parts.keywords = child  # type: ignore[assignment]
        elif not is_opening(child, nodes.paragraph, "byline") and not is_opening(child, nodes.paragraph, "dateline"):
            yield child


def set_front(work: Work, text: Text, parts: Parts, blocks: Blocks) -> etree._Element:
    """Set the `front`: what the record of the article says, in the words and the markup of its opening."""
    front = element("front", journal_meta(work, text), article_meta(work, blocks, parts.biographies))
    group = front.find("article-meta/title-group")
    assert group is not None
    if parts.title is not None:
        group[0] = blocks.line("article-title", parts.title)
        section = parts.title.parent
        blocks.mark(group[0], section)
    if parts.subtitle is not None:
        group.append(blocks.line("subtitle", parts.subtitle))
    meta = front[1]
    if parts.abstract is not None:
        meta.append(set_abstract(parts.abstract, blocks))
    if parts.keywords is not None:
        meta.append(set_keywords(work, parts.keywords, blocks))
    return front


def set_abstract(topic: nodes.Element, blocks: Blocks) -> etree._Element:
    titles = [blocks.line("title", child) for child in topic.children if isinstance(child, nodes.title)]
    said = blocks.paragraphs(child for child in topic.children if not isinstance(child, nodes.title))
    return element("abstract", *titles, *said)


def set_keywords(work: Work, container: nodes.Element, blocks: Blocks) -> etree._Element:
    labels = [child for child in container.children if isinstance(child, nodes.paragraph)]
    titles = [blocks.line("title", child) for child in labels]
    items = [item for listing in container.findall(nodes.bullet_list) for item in listing.findall(nodes.paragraph)]
    keywords = [blocks.line("kwd", item) for item in items]
    return element("kwd-group", *titles, *keywords, lang=work.language, kwd_group_type="author")


def set_back(work: Work, text: Text, blocks: Blocks) -> Iterable[etree._Element]:
    """Set the notes and the list of the sources that are cited."""
    if blocks.notes:
        yield element("fn-group", *blocks.notes)
    if text.sources:
        title = element("title", words(work.language)("Sources"))
        yield element("ref-list", title, *(reference(source, blocks) for source in text.sources))


def article(work: Work, text: Text) -> etree._Element:
    """Make the `article` of a work in one edition; a translation says that it is one."""
    blocks, parts = Blocks(text), parts_of(text.document)
    kind = "research-article" if work.is_original else "translation"
    made = element("article", set_front(work, text, parts, blocks), article_type=kind, dtd_version=VERSION)
    made.set(LANG, work.language)
    body = etree.SubElement(made, "body")
    blocks.sections(body, parts.body)
    if back := list(set_back(work, text, blocks)):
        made.append(element("back", *back))
    settle(made, blocks.ids)
    return made


def jats(work: Work, text: Text) -> bytes:
    """Write an article as JATS: by the publishing DTD where it has what that asks for, or else the archiving DTD."""
    made = article(work, text)
    etree.cleanup_namespaces(made, keep_ns_prefixes=["xlink"])
    doctype = PUBLISHING if text.issn and work.date else ARCHIVING
    return etree.tostring(made, encoding="UTF-8", xml_declaration=True, doctype=doctype) + b"\n"
