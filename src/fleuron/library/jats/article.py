"""Write an article as JATS 1.1 (ANSI/NISO Z39.96-2015), with its whole text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from docutils import nodes
from lxml import etree

from fleuron.editions.interface_words import interface_words
from fleuron.library.article_text import ArticleText
from fleuron.library.jats.blocks import BlockConverter
from fleuron.library.jats.citations import reference_element
from fleuron.library.jats.dtd_rules import make_valid
from fleuron.library.jats.elements import LANG, element
from fleuron.library.jats.front import article_meta, history_notes, journal_meta
from fleuron.library.jats.front_credits import funding_of
from fleuron.manuscript.notices.history import CHANGES, WITHDRAWAL
from fleuron.manuscript.notices.journal_line import JOURNAL_LINE
from fleuron.metadata.work import Work
from fleuron.publication.journal.notices import Relation
from fleuron.publication.values.genres import GENRES

VERSION = "1.1"
PUBLISHING_DOCTYPE = (
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.1 20151215//EN" '
    '"JATS-journalpublishing1.dtd">'
)
# For articles without an ISSN or a date, which the publishing DTD requires and this one does not.
ARCHIVING_DOCTYPE = (
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.1 20151215//EN" '
    '"JATS-archivearticle1.dtd">'
)


# The parts of an article's head that repeat its record, from which the `front` is made.
OF_RECORD: tuple[tuple[type[nodes.Element], str], ...] = (
    *((nodes.paragraph, name) for name in ("genre", "byline", "dateline", "history", JOURNAL_LINE)),
    *((nodes.container, name) for name in ("notice", "reviewed", CHANGES, WITHDRAWAL)),
)
# The types of notices.
NOTICE_TYPES: Mapping[Relation, str] = {
    "retracts": "retraction",
    "corrects": "correction",
    "comments-on": "article-commentary",
}


# The type of an article that is nothing else.
PLAIN = "research-article"


@dataclass
class ArticleParts:
    """The nodes of an article's doctree that belong in the `front` of a record, and those of its `body`."""

    title: nodes.Element | None = None
    subtitle: nodes.Element | None = None
    abstract: nodes.Element | None = None
    keywords: nodes.Element | None = None
    acknowledgements: nodes.Element | None = None
    biographies: list[nodes.Element] = field(default_factory=list)
    body: list[nodes.Node] = field(default_factory=list)


def is_head_part(node: nodes.Node, kind: type[nodes.Element], name: str) -> bool:
    """Return whether a node is a part of the article's head, as `manuscript.article_head` marks them."""
    return isinstance(node, kind) and name in node["classes"]


def has_keywords(node: nodes.Node) -> bool:
    """Return whether a container has a label and a list, as keywords have; authors may give its class to others."""
    kinds = [type(child) for child in node.children]
    items = list(node.findall(nodes.list_item))
    return kinds == [nodes.paragraph, nodes.bullet_list] and all(len(item) == 1 for item in items) and bool(items)


def split_article(document: nodes.document) -> ArticleParts:
    """Split a doctree: the article's head is in its first section, the biographies follow the last."""
    parts = ArticleParts()
    first = next((child for child in document.children if isinstance(child, nodes.section)), None)
    for child in document.children:
        if child is first:
            parts.body += body_of(first, parts)
        elif is_head_part(child, nodes.container, "biographies"):
            parts.biographies += [biography for biography in child.children if isinstance(biography, nodes.Element)]
        else:
            parts.body.append(child)
    return parts


def body_of(section: nodes.section, parts: ArticleParts) -> Iterator[nodes.Node]:
    """Yield the nodes of an article's section that are not part of its head; store the others in ``parts``."""
    for child in section.children:
        if isinstance(child, nodes.title) and parts.title is None:
            parts.title = child
        elif is_head_part(child, nodes.paragraph, "subtitle") and parts.subtitle is None:
            parts.subtitle = child  # type: ignore[assignment]  # it is a paragraph
        elif is_head_part(child, nodes.topic, "abstract") and parts.abstract is None:
            parts.abstract = child  # type: ignore[assignment]
        elif is_head_part(child, nodes.container, "keywords") and has_keywords(child) and parts.keywords is None:
            parts.keywords = child  # type: ignore[assignment]
        elif is_head_part(child, nodes.container, "article-notes"):
            parts.acknowledgements = acknowledgements_in(child)  # type: ignore[arg-type]
        elif not any(is_head_part(child, kind, name) for kind, name in OF_RECORD):
            yield child


def acknowledgements_in(notes: nodes.Element) -> nodes.Element | None:
    """Return the acknowledgements among the notes at the end of an article; the others are parts of its record."""
    blocks = (each for each in notes.findall(nodes.container) if "acknowledgements" in each["classes"])
    return next(blocks, None)


def front_of(work: Work, text: ArticleText, parts: ArticleParts, converter: BlockConverter) -> etree._Element:
    """Return the `front`: the article's metadata, with title, abstract and keywords as marked up in its head."""
    front = element("front", journal_meta(work, text), article_meta(work, converter, parts.biographies))
    group = front.find("article-meta/title-group")
    assert group is not None
    if parts.title is not None:
        group[0] = converter.convert_line("article-title", parts.title)
        section = parts.title.parent
        converter.copy_ids(section, group[0])
    if parts.subtitle is not None:
        group.append(converter.convert_line("subtitle", parts.subtitle))
    meta = front[1]
    if parts.abstract is not None:
        meta.append(abstract_of(parts.abstract, converter))
    if parts.keywords is not None:
        meta.append(keywords_of(work, parts.keywords, converter))
    meta.extend(funding_of(work))
    front.extend(history_notes(work))
    return front


def abstract_of(topic: nodes.Element, converter: BlockConverter) -> etree._Element:
    titles = [converter.convert_line("title", child) for child in topic.children if isinstance(child, nodes.title)]
    blocks = converter.convert_paragraphs(child for child in topic.children if not isinstance(child, nodes.title))
    return element("abstract", *titles, *blocks)


def keywords_of(work: Work, container: nodes.Element, converter: BlockConverter) -> etree._Element:
    labels = [child for child in container.children if isinstance(child, nodes.paragraph)]
    titles = [converter.convert_line("title", child) for child in labels]
    items = [item for items in container.findall(nodes.bullet_list) for item in items.findall(nodes.paragraph)]
    keywords = [converter.convert_line("kwd", item) for item in items]
    return element("kwd-group", *titles, *keywords, lang=work.language, kwd_group_type="author")


def back_of(work: Work, text: ArticleText, parts: ArticleParts, converter: BlockConverter) -> Iterable[etree._Element]:
    """Yield the acknowledgements, the notes and the list of cited sources."""
    if parts.acknowledgements is not None:
        label, *paragraphs = parts.acknowledgements.findall(nodes.paragraph)
        acknowledgements = element("ack", converter.convert_line("title", label))
        converter.convert_sections(acknowledgements, paragraphs)
        yield acknowledgements
    if converter.notes:
        yield element("fn-group", *converter.notes)
    if text.sources:
        title = element("title", interface_words(work.language)("Sources"))
        yield element("ref-list", title, *(reference_element(source, converter) for source in text.sources))


def article_type(work: Work) -> str:
    """Return what kind of article it is: a notice, what its genre is, a translation, or none of these."""
    kinds = [NOTICE_TYPES[kind] for kind in NOTICE_TYPES if work.related_by(kind)]
    genre = GENRES[work.genre].article_type if work.genre in GENRES else PLAIN
    if genre not in (PLAIN, "other") or (work.genre and work.is_original):
        kinds.append(genre)
    return next(iter(kinds), "translation" if work.is_translation else PLAIN)


def article_element(work: Work, text: ArticleText) -> etree._Element:
    """Return the `article` of a work in one edition."""
    converter, parts = BlockConverter(text), split_article(text.document)
    article = element(
        "article", front_of(work, text, parts, converter), article_type=article_type(work), dtd_version=VERSION
    )
    article.set(LANG, work.language)
    body = etree.SubElement(article, "body")
    converter.convert_sections(body, parts.body)
    if back := list(back_of(work, text, parts, converter)):
        article.append(element("back", *back))
    make_valid(article, converter.ids)
    return article


def jats(work: Work, text: ArticleText) -> bytes:
    """Serialise an article as JATS, by the publishing DTD if it has an ISSN and a date, else by the archiving DTD."""
    article = article_element(work, text)
    etree.cleanup_namespaces(article, keep_ns_prefixes=["xlink"])
    doctype = PUBLISHING_DOCTYPE if text.issn and work.date else ARCHIVING_DOCTYPE
    return etree.tostring(article, encoding="UTF-8", xml_declaration=True, doctype=doctype) + b"\n"
