"""Collect what an edition's PDFs are made from, once the PDF builder has written all documents as HTML."""

from __future__ import annotations

import datetime
import html
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from docutils import nodes
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from fleuron.content.addresses import addresses_of
from fleuron.content.article_citation import citation_node, volume_citation_node
from fleuron.content.books.back_sections import part_of_contributors, source_paragraphs
from fleuron.content.books.imprint import Imprint, imprint_of, imprint_of_issue, signatories_of
from fleuron.content.books.index_entries import article_authors, article_keywords
from fleuron.content.books.indexes import IndexEntry
from fleuron.content.contents.table_of_contents import table_of_contents
from fleuron.content.edition_context import EditionContext
from fleuron.content.mark import MARK, publication_mark
from fleuron.content.work_records import work_of
from fleuron.csl.rendering.compiled_style import CompiledStyle
from fleuron.editions.edition_names import publication_name
from fleuron.editions.interface_words import interface_words
from fleuron.manuscript.notices.issue_books import IssueBook
from fleuron.manuscript.notices.journal_line import place_in_words
from fleuron.manuscript.notices.printed_pages import counted_documents
from fleuron.manuscript.records import publication_records
from fleuron.metadata.citation_exports import MEDIA_TYPES, citation_files, exported_item
from fleuron.metadata.journal_place import source_of
from fleuron.metadata.work import Work
from fleuron.paged.binding.bound_document import Attachment
from fleuron.paged.layout.program_versions import layout_programs
from fleuron.paged.sheets.fragments import Fragment
from fleuron.paged.sheets.page_style import style_of
from fleuron.paged.sheets.pdf_input import BackSection, Chapter, OffprintDetails, PdfInput
from fleuron.paged.sheets.sheet_faces import SheetFaces
from fleuron.publication.article import Article
from fleuron.publication.contents import without_sections
from fleuron.publication.document_names import article_name, is_article, volume_anchor
from fleuron.publication.source_date import source_moment
from fleuron.publication.values.places import NO_PAGES, PageRange

# The date of an article's files without a date: the earliest that every archive format can express.
EPOCH = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)


@dataclass
class WrittenDocuments:
    """What the builder has written: fragments, biographies and ids by document, pictures by document and name.

    ``preface`` is the text of the root document as HTML; ``entries`` are those of the index of names, by document.
    """

    fragments: dict[str, Fragment] = field(default_factory=dict)
    biographies: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, dict[str, bytes]] = field(default_factory=dict)
    ids: dict[str, list[str]] = field(default_factory=dict)
    entries: dict[str, list[IndexEntry]] = field(default_factory=dict)
    preface: str = ""


@dataclass(frozen=True)
class EditionDocuments:
    """The documents of an edition, and what is needed to make its PDFs from them.

    ``volume`` are the documents of the volume, ``signatories`` the pages of the articles' authors, both in order;
    ``style`` is the citation style; ``html_of`` writes a node as HTML; ``issue`` is the issue that these are of, if
    they are not the whole volume.
    """

    context: EditionContext
    volume: list[str]
    signatories: list[str]
    written: WrittenDocuments
    style: CompiledStyle
    faces: SheetFaces
    html_of: Callable[[nodes.Element], str]
    issue: IssueBook | None = None


def collect_pdf_input(documents: EditionDocuments, issues: Iterable[IssueBook] = ()) -> PdfInput:
    """Collect all that an edition's PDFs are made from, those of ``issues`` too.

    Raises StyleSheetError, and OSError where Pango is not installed.
    """
    config, env, written = documents.context.config, documents.context.env, documents.written
    issue, imprint = documents.issue, imprint_of_book(documents)
    language = documents.context.edition.language
    # The PDF of one article alone has no front matter, back sections or indexes.
    alone = bool(config.fleuron_article)
    return PdfInput(
        imprint=imprint,
        edition=documents.context.edition,
        chapters=tuple(
            chapter_of(documents, document) for document in documents.volume if document in written.fragments
        ),
        back_sections=() if alone else (*contributors(documents), *sources(documents)),
        names=() if alone else (*article_authors(env, documents.volume, language), *entries_of(documents)),
        keywords=() if alone else tuple(article_keywords(env, documents.volume)),
        style=style_of(
            config.fleuron_page, Path(env.srcdir), config.fleuron_pdf_css, direction=documents.context.edition.direction
        ),
        font_set=documents.faces.font_set,
        faces=documents.faces,
        programs=layout_programs(),
        mode=config.fleuron_folios,
        openings=config.fleuron_openings,
        version=str(config.release or config.version),
        identifier=identifier_of(config, issue),
        date=moment(imprint.date),
        modified=moment(last_change(documents) or imprint.date),
        mark={MARK: publication_mark(config, Path(env.srcdir))},
        pictures=written.pictures.get(config.root_doc, {}),
        addresses=site_addresses(documents),
        contents=without_sections(table_of_contents(env, issue.document if issue else "")),
        root=volume_anchor(config.root_doc),
        counted=counted_documents(env),
        issues={each.name: collect_pdf_input(documents_of_issue(documents, each)) for each in issues},
        numbers_back=not issue or config.fleuron_folios != "volume",
    )


def documents_of_issue(documents: EditionDocuments, issue: IssueBook) -> EditionDocuments:
    """Return the documents of an edition that are those of an issue."""
    signatories = signatories_of(documents.context.env, issue.volume, issue.editors)
    return replace(documents, volume=list(issue.volume), signatories=signatories, issue=issue)


def entries_of(documents: EditionDocuments) -> Iterator[IndexEntry]:
    """Yield the entries of the index of names that refer to the documents."""
    for document in documents.volume:
        yield from documents.written.entries.get(document, ())


def imprint_of_book(documents: EditionDocuments) -> Imprint:
    """Return the imprint of the volume, or of an issue."""
    context = documents.context
    if documents.issue:
        return imprint_of_issue(context, documents.issue)
    cited = documents.html_of(volume_citation_node(context, documents.volume, documents.style))
    return imprint_of(context, documents.volume, documents.written.preface, cited)


def identifier_of(config: Config, issue: IssueBook | None) -> str:
    """Return the identifier of the volume, or of an issue."""
    if issue:
        return f"{publication_name(config)}-{issue.name}"
    return str(config.fleuron_imprint.get("doi") or config.fleuron_imprint.get("isbn") or publication_name(config))


def last_change(documents: EditionDocuments) -> datetime.date | None:
    """Return the day on which a text of the volume was published or changed last."""
    articles = publication_records(documents.context.env).articles
    listed = [articles[name] for name in documents.volume if name in articles]
    days = (day for article in listed for day in (article.date, article.last_update))
    return max(filter(None, days), default=None)


def moment(day: datetime.date | None) -> datetime.datetime | None:
    """Return the beginning of a day; without one, the build's SOURCE_DATE_EPOCH, if it is set."""
    if day:
        return datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    return source_moment()


def chapter_of(documents: EditionDocuments, document: str) -> Chapter:
    """Return the chapter of a document that has been written."""
    fragment, pictures = documents.written.fragments[document], documents.written.pictures[document]
    if not is_article(document):
        return Chapter(fragment, pictures)
    return chapter_of_article(documents, document)


def chapter_of_article(documents: EditionDocuments, document: str, pages: PageRange = NO_PAGES) -> Chapter:
    """Return the chapter of an article, with what its offprint needs; its ``pages`` are known when it is laid out.

    Only one of a journal, where its author gives it none, is said to be on them.
    """
    fragment, pictures = documents.written.fragments[document], documents.written.pictures[document]
    work, edition = work_of(documents.context, document), documents.context.edition
    is_to_be_placed = (work.volume or work.issue) and not (work.pages.first or work.elocation_id)
    if is_to_be_placed and documents.context.config.fleuron_folios != "article":
        work = replace(work, pages=pages)
    article = Article(date=work.date, volume=work.volume, issue=work.issue, pages=work.pages)
    article = replace(article, elocation_id=work.elocation_id)
    licence = work.licence.name if work.licence else ""

    def cite(pages: str) -> str:
        return documents.html_of(citation_node(work, documents.style, pages))

    return Chapter(
        fragment,
        pictures,
        OffprintDetails(
            cite,
            work.address,
            work.doi,
            licence,
            work.subtitle,
            tuple(translator.name for translator in work.translated_by),
            place_in_words(article, edition, interface_words(edition.language)) if work.is_placed else "",
        ),
        work.abstract or work.subtitle,
        moment(work.date),
        moment(work.updated or work.date),
        source_of(work),
        tuple(attachments(Path(documents.context.env.doc2path(document)), document, work)),
        partial(chapter_of_article, documents, document),
        work.elocation_id if not work.pages.first else "",
    )


# The media types of articles' sources.
SOURCE_TYPES = {".ipynb": "application/x-ipynb+json", ".md": "text/markdown", ".rst": "text/x-rst"}


def attachments(path: Path, document: str, work: Work) -> Iterator[Attachment]:
    """Yield an article's source and its records as attached files (PDF/A-3, ISO 19005-3)."""
    date, name = moment(work.date) or EPOCH, article_name(document)
    media_type = SOURCE_TYPES.get(path.suffix, "text/plain")
    yield Attachment(f"{name}{path.suffix}", media_type, path.read_bytes(), f"Source: {work.title}", "Source", date)
    for ending, text in citation_files(exported_item(work)).items():
        yield Attachment(f"{name}.{ending}", MEDIA_TYPES[ending], text.encode(), f"Record: {work.title}", "Data", date)


def contributors(documents: EditionDocuments) -> Iterator[BackSection]:
    """Yield the section of the biographies of all authors, in the order of the volume, unless it is empty.

    It has the title of the part of the contents that lists these pages, if there is one.
    """
    bodies = []
    for document in documents.signatories:
        name = documents.context.env.titles[document].astext()
        title = f'<h2 id="{volume_anchor(document)}">{html.escape(name)}</h2>'
        bodies.append(f'<div class="contributor">{title}{documents.written.biographies.get(document, "")}</div>')
    if bodies:
        word = interface_words(documents.context.edition.language)
        own = part_of_contributors(table_of_contents(documents.context.env))
        body = "\n".join(bodies)
        shown = [documents.written.pictures.get(document, {}) for document in documents.signatories]
        pictures = {name: content for each in shown for name, content in each.items()}
        title = own or word("Contributors")
        yield BackSection(title, "b-contributors", body, has_own_title=bool(own), pictures=pictures)


def sources(documents: EditionDocuments) -> Iterator[BackSection]:
    """Yield the section of all sources that the volume cites, in the style of its notes, unless it is empty."""
    context = documents.context
    if listed := source_paragraphs(context.env, documents.volume, documents.style, context.edition.language):
        title = interface_words(context.edition.language)("Sources")
        yield BackSection(title, "b-sources", "".join(documents.html_of(entry) for entry in listed))


def site_addresses(documents: EditionDocuments) -> dict[str, str]:
    """Map the ids of articles in the volume to their addresses on the site; empty where the site has none."""
    addresses = addresses_of(documents.context.config)
    found = {volume_anchor(page): address for page in documents.signatories if (address := addresses.page(page))}
    # Those of other articles are not written where one is built alone: they have the ids that references lead to.
    labels = ids_of_labels(documents.context.env)
    others = {document: labels.get(document, []) for document in documents.volume}
    for document, ids in (others | documents.written.ids).items():
        if page := addresses.page(document):
            own = volume_anchor(document)
            found[own] = page
            found |= {name: f"{page}#{name.removeprefix(f'{own}--')}" for name in ids if name != own}
    return found


def ids_of_labels(env: BuildEnvironment) -> dict[str, list[str]]:
    """Return the ids in the volume of the labels of each document."""
    found: dict[str, list[str]] = {}
    for document, name in sorted(set(env.domains.standard_domain.anonlabels.values())):
        found.setdefault(document, []).append(f"{volume_anchor(document)}--{name}")
    return found
