"""Collect the metadata of a book, an edition or a single article, from the records of the publication."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from lxml import etree
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from fleuron.config import is_set, languages_of
from fleuron.editions.edition_names import publication_name
from fleuron.editions.interface_words import interface_words
from fleuron.epub.package_metadata import AccessibilityMetadata, Agent, BookMetadata, edition_identifier
from fleuron.manuscript.notices.issue_books import IssueBook
from fleuron.manuscript.people.translators import translators_of as named_translators
from fleuron.manuscript.pictures.descriptions import is_described
from fleuron.manuscript.records import publication_records
from fleuron.metadata.work import person
from fleuron.publication.document_names import article_name, contributor_document
from fleuron.publication.edition import Edition
from fleuron.publication.licence import licence_of
from fleuron.publication.source_date import source_moment

XHTML = "{http://www.w3.org/1999/xhtml}"
MATHML = "{http://www.w3.org/1998/Math/MathML}math"
RECORDINGS = (f"{XHTML}audio", f"{XHTML}video")
PICTURES = (f"{XHTML}img", "{http://www.w3.org/2000/svg}svg")
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class BookContext:
    """What a book is made from: configuration, documents and what else its metadata depends on.

    ``volume`` are the documents of the edition in reading order, ``documents`` those in the book; ``single_article``
    is the document of a book of one article, else empty; ``issue`` is the issue of a book of one; ``marks_pages`` is
    whether it has the printed page numbers.
    """

    config: Config
    env: BuildEnvironment
    edition: Edition
    volume: Sequence[str]
    documents: Set[str]
    single_article: str
    marks_pages: bool
    issue: IssueBook | None = None


def collect_metadata(context: BookContext, pages: Iterable[Path] = ()) -> BookMetadata:
    """Collect the metadata of a book; ``pages`` are its XHTML files, which are searched for pictures and the like."""
    config, env, records = context.config, context.env, publication_records(context.env)
    imprint, language = config.fleuron_imprint, context.edition.language
    # In reading order, then by name: parallel reading fills the records in any order.
    order = [*context.volume, *sorted(records.articles)]
    articles = [name for name in dict.fromkeys(order) if name in records.articles and name in context.documents]
    texts = [records.article_texts[name] for name in articles if name in records.article_texts]
    article = articles[0] if context.single_article and articles else ""
    dates = [date for name in articles if (date := records.articles[name].date)]
    issue = context.issue
    date = (issue.date if issue else None) or max(dates, default=None)
    changes = [day for name in articles if (day := records.articles[name].last_update)]
    licences = {records.articles[name].license for name in articles}
    licence = licence_of(licences.pop() if len(licences) == 1 else "")
    title = env.titles[config.root_doc].astext()
    return BookMetadata(
        identifiers=tuple(identifiers(context, article)),
        title=issue.title if issue else env.titles[article or config.root_doc].astext(),
        language=language,
        direction=context.edition.direction,
        creators=tuple(authors_of(context, articles)),
        editors=() if context.single_article else tuple(editors_of(context)),
        contributors=tuple(translators_of(context, articles)),
        publisher=config.epub_publisher if is_set(config, "epub_publisher") else config.author,
        rights=str(config.copyright or ""),
        licence=licence.address if licence else "",
        date=date,
        modified=last_change([*dates, *changes]),
        subjects=tuple(dict.fromkeys(keyword for text in texts for keyword in text.keywords)),
        description=" ".join(" ".join(texts[0].abstract).split()) if article and texts else "",
        source=f"urn:isbn:{imprint['isbn'].replace('-', '')}" if imprint.get("isbn") else f"{title} (PDF, {language})",
        series=title if issue else imprint.get("series", "") or (title if article else ""),
        number=place_of_issue(context) if issue else imprint.get("number", ""),
        part_of=issue.line if issue else "",
        issn=imprint.get("issn", ""),
        version=str(config.release or config.version),
        received=records.articles[article].received if article else None,
        accepted=records.articles[article].accepted if article else None,
        accessibility=accessibility_of(context, pages),
    )


def place_of_issue(context: BookContext) -> str:
    """Return volume and number of an issue as the position in its journal, “7.2”, if they are numbers."""
    record = publication_records(context.env).issues[context.issue.document] if context.issue else None
    numbers = list(filter(None, [record.volume, record.issue])) if record else []
    return ".".join(numbers) if all(number.isascii() and number.isdigit() for number in numbers) else ""


def last_change(days: Iterable[datetime.date]) -> datetime.datetime:
    """Return when a book was changed last: the moment of its release, or a later day of its texts; never the clock."""
    moments = [datetime.datetime.combine(day, datetime.time(), datetime.UTC) for day in days]
    return max([*moments, *filter(None, [source_moment()])], default=EPOCH)


def identifiers(context: BookContext, article: str) -> Iterator[str]:
    """Yield the identifiers of a book: a UUID of its own, and the DOI, which its editions may share."""
    config = context.config
    part = context.issue.document if context.issue else article_name(article)
    own = edition_identifier(publication_name(config), context.edition.language, part)
    articles = publication_records(context.env).articles
    of_volume = "" if context.issue else config.fleuron_imprint.get("doi", "")
    record = articles[article] if article else None
    doi = record.doi_in(context.edition.language) if record else of_volume
    doi_address = f"https://doi.org/{doi}" if doi else ""
    # If there is only one edition, or it has a DOI of its own, that identifies it.
    is_its_own = len(languages_of(config)) == 1 or bool(record and record.dois)
    ordered = (doi_address, own) if is_its_own else (own, doi_address)
    return (identifier for identifier in ordered if identifier)


def authors_of(context: BookContext, articles: Iterable[str]) -> Iterator[Agent]:
    """Yield the authors of articles, each once, in the order of the articles."""
    records = publication_records(context.env)
    authors = dict.fromkeys(name for article in articles for name in records.articles[article].authors)
    yield from agents(context, authors, "aut")


def editors_of(context: BookContext) -> Iterator[Agent]:
    """Yield the editors of the volume, or of the issue."""
    yield from agents(context, context.issue.editors if context.issue else context.config.fleuron_editors, "edt")


def agents(context: BookContext, names: Iterable[str], role: str) -> Iterator[Agent]:
    """Yield contributors, by the names of their files, in a role."""
    for contributor in names:
        document = contributor_document(contributor)
        name, record = context.env.titles[document].astext(), publication_records(context.env).contributors[document]
        yield Agent(name, person(name, is_organization=record.organization).inverted, role)


def translators_of(context: BookContext, articles: Iterable[str]) -> Iterator[Agent]:
    """Yield the translators of articles, each once."""
    translators = dict.fromkeys(
        translator for article in articles for translator in named_translators(context.env, article)
    )
    organizations = {
        record.name for record in publication_records(context.env).contributors.values() if record.organization
    }
    for translator in translators:
        if translator.contributor:
            yield from agents(context, [translator.contributor], "trl")
        else:
            is_organization = translator.name in organizations
            yield Agent(translator.name, person(translator.name, is_organization=is_organization).inverted, "trl")


def accessibility_of(context: BookContext, pages: Iterable[Path]) -> AccessibilityMetadata:
    """Describe the accessibility of a book from what its pages contain."""
    elements = [element for page in pages for element in etree.fromstring(page.read_bytes()).iter()]
    tags = {element.tag for element in elements}
    described = all(map(has_description, elements))
    word = interface_words(context.edition.language)
    summary = [word("Headings, notes linked in both directions, and a table of contents.")]
    summary += [word("Pictures have alternative texts.")] if described and tags & set(PICTURES) else []
    summary += [word("Formulas are MathML.")] if MATHML in tags else []
    summary += [word("The pages of the printed volume are marked.")] if context.marks_pages else []
    return AccessibilityMetadata(
        pictures=bool(tags & set(PICTURES)),
        described=described,
        formulas=MATHML in tags,
        pages=context.marks_pages,
        recordings=bool(tags & set(RECORDINGS)),
        summary=" ".join(summary),
        certifier=context.config.fleuron_epub_certifier,
    )


def has_description(element: etree._Element) -> bool:
    """Return whether an element is not a picture, or one with an alternative text, which is empty for an ornament."""
    if element.tag == PICTURES[0]:
        return "alt" in element.attrib
    is_drawing = element.tag == PICTURES[1] and "formula" not in (element.get("class") or "")
    return not is_drawing or is_described(element)
