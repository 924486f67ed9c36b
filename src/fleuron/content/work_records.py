"""Make the record of an article in the edition that is being built (`Work`), from which metadata is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote

from sphinx.environment import BuildEnvironment

from fleuron.content.addresses import Addresses
from fleuron.content.downloads import LIBRARY_RECORDS
from fleuron.content.edition_context import EditionContext
from fleuron.editions.interface_words import interface_words
from fleuron.editions.translation_progress import progress_of
from fleuron.manuscript.people.named_people import NamedPerson
from fleuron.manuscript.people.named_people import people_of as named_people
from fleuron.manuscript.people.translators import translators_of as named_translators
from fleuron.manuscript.records import publication_records
from fleuron.metadata.citation_exports import MEDIA_TYPES
from fleuron.metadata.harvest.linkset import SUFFIX as LINKSET_SUFFIX
from fleuron.metadata.references import Reference, reference_of
from fleuron.metadata.work import Copy, Person, RelatedWork, Translation, Work, person
from fleuron.notes.cited_sources import keys_in_order, notes_domain
from fleuron.paratexts.reviewed_records import reviewed_works
from fleuron.publication.document_names import article_name, contributor_document, is_article
from fleuron.publication.journal.notices import INVERSE
from fleuron.publication.licence import licence_of
from fleuron.publication.values.version_dois import version_doi

# An event of Sphinx that is emitted when the record of an article is complete, once for each article, edition and
# format: `app.connect("fleuron-record-ready", handler)` calls ``handler(app, docname: str, work: Work)``, where
# ``work`` is a frozen `fleuron.metadata.work.Work`. What handlers return is ignored.
RECORD_READY = "fleuron-record-ready"

# The titles of the downloads, by kind; the interface's .po files translate them.
DOWNLOAD_TITLES = {
    "article": "This article as PDF",
    "issue": "This issue as PDF",
    "issue-epub": "This issue as EPUB",
    "volume": "The whole volume as PDF",
    "epub": "The whole volume as EPUB",
}
# Those that are of a page, not of the whole.
OF_PAGE = ("article", "issue", "issue-epub")
DOWNLOAD_MEDIA_TYPES = {".pdf": "application/pdf", ".epub": "application/epub+zip"}
# The records of an article for those who cite it: the suffix of the file, and the name of its format.
CITATION_FORMATS = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}


def author_names(env: BuildEnvironment, authors: Iterable[str]) -> list[str]:
    """List the names of contributors in the language of the edition."""
    titles = [(author, env.titles.get(contributor_document(author))) for author in authors]
    return [author if title is None else title.astext() for author, title in titles]


def downloads_of(context: EditionContext, page: str, addresses: Addresses) -> Iterator[Copy]:
    """List the downloads that a page offers: those of its article or issue, and those of the volume.

    The size of a volume is told on the first page only: an article's page and records stay the same when another
    article changes.
    """
    word, offered = interface_words(addresses.language), context.offered
    for file in (*offered.articles.get(page, ()), *offered.issues.get(page, ()), *offered.volume):
        title = word(DOWNLOAD_TITLES[file.kind])
        day = word("as of {date}").format(date=context.edition.date(file.older)) if file.older else ""
        yield Copy(
            DOWNLOAD_MEDIA_TYPES[file.path.suffix],
            addresses.file(page, file.name),
            f"{title} ({day})" if day else title,
            file.size if file.kind in OF_PAGE or page == context.config.root_doc else None,
            file.kind not in OF_PAGE,
            bool(file.older),
        )


def citation_files_of(page: str, addresses: Addresses) -> Iterator[Copy]:
    """List the records of an article that lie beside its page, for those who cite it."""
    for suffix, name in CITATION_FORMATS.items():
        yield Copy(MEDIA_TYPES[suffix], addresses.file(page, f"{page}.{suffix}"), name)


def library_records_of(context: EditionContext, page: str, addresses: Addresses) -> Iterator[Copy]:
    """List the records of an article for libraries that lie beside its page."""
    for file in context.offered.records.get(page, ()):
        form = LIBRARY_RECORDS[file.name.removeprefix(page)]
        yield Copy(form.media_type, addresses.file(page, file.name), form.name, profile=form.profile)


def authors_of(
    context: EditionContext, page: str, authors: tuple[str, ...], roles: Mapping[str, tuple[str, ...]] | None = None
) -> Iterator[Person]:
    """List the records of an article's authors, each with her roles in it."""
    env, addresses = context.env, context.addresses
    for author, name in zip(authors, author_names(env, authors), strict=True):
        contributor = publication_records(env).contributors[contributor_document(author)]
        yield person(
            name,
            is_organization=contributor.organization,
            orcid=contributor.orcid,
            affiliations=contributor.affiliation,
            roles=(roles or {}).get(author, ()),
            address=addresses.page_or_relative(page, contributor_document(author), addresses.language),
        )


def translators_of(context: EditionContext, page: str) -> Iterator[Person]:
    """List the records of an article's translators; without a page of their own they have only a name."""
    yield from people_of(context, page, named_translators(context.env, page))


def people_of(context: EditionContext, page: str, people: Iterable[NamedPerson]) -> Iterator[Person]:
    """List the records of people who are named by their files or in full."""
    contributors = publication_records(context.env).contributors.values()
    organizations = {contributor.name for contributor in contributors if contributor.organization}
    for each in people:
        if each.contributor:
            yield from authors_of(context, page, (each.contributor,))
        else:
            yield person(each.name, is_organization=each.name in organizations)


def editors_of(context: EditionContext) -> tuple[Person, ...]:
    """Return the records of the editors of the volume."""
    return tuple(authors_of(context, context.config.root_doc, tuple(context.config.fleuron_editors)))


def work_of(context: EditionContext, page: str) -> Work:
    """Return the record of an article; made once for each context, and announced by `RECORD_READY`."""
    if page not in context.works:
        context.works[page] = work = make_work(context, page)
        context.env.events.emit(RECORD_READY, page, work)
    return context.works[page]


def works_of(context: EditionContext) -> dict[str, Work]:
    """Return the records of all articles of the edition, by document in alphabetical order.

    A builder that writes in parallel calls this before it starts its processes, or each would make them anew.
    """
    return {page: work_of(context, page) for page in sorted(context.env.found_docs) if is_article(page)}


def make_work(context: EditionContext, page: str) -> Work:
    """Make the record of an article."""
    env, config, records, addresses = context.env, context.config, publication_records(context.env), context.addresses
    article, texts = records.paged(page, records.articles[page]), records.article_texts[page]
    others = [language for language in context.editions_with(page) if language != context.language]
    return Work(
        name=article_name(page),
        language=context.language,
        title=env.titles[page].astext(),
        subtitle=texts.subtitle,
        abstract="\n".join(texts.abstract),
        authors=tuple(authors_of(context, page, article.authors, article.roles)),
        editors=editors_of(context),
        translators=tuple(translators_of(context, page)),
        date=article.date,
        keywords=texts.keywords,
        doi=article.doi_in(context.language),
        licence=licence_of(article.license),
        publication=context.publication_title,
        publisher=config.fleuron_imprint.get("publisher", config.author),
        publication_address=addresses.page(config.root_doc),
        address=addresses.page(page),
        copies=tuple(copy for copy in downloads_of(context, page, addresses) if not copy.older),
        records=(*citation_files_of(page, addresses), *library_records_of(context, page, addresses)),
        section=context.sections.get(page, ""),
        **version_of(context, page, article.doi_in(context.language)),
        linkset=addresses.file(page, f"{page}.{LINKSET_SUFFIX}"),
        translations=tuple(Translation(each, addresses.page_or_relative(page, page, each)) for each in others),
        original_language=context.languages[0],
        received=article.received,
        accepted=article.accepted,
        updated=article.last_update,
        changes=tuple(replace(change, text=text) for change, text in zip(article.changes, texts.changes, strict=False)),
        withdrawn=replace(article.withdrawn, reason=texts.withdrawal) if article.withdrawn else None,
        related=tuple(related_works(context, page)),
        volume=article.volume,
        issue=article.issue,
        pages=article.pages,
        elocation_id=article.elocation_id,
        issn=config.fleuron_imprint.get("issn", ""),
        untranslated=is_untranslated(context, page),
        references=() if article.withdrawn else tuple(references_of(env, page)),
        genre=article.genre,
        reviewed=tuple(reviewed_works(env, article, texts)),
        edited_by=tuple(people_of(context, page, named_people(env, article.edited_by))),
        reviewed_by=tuple(people_of(context, page, named_people(env, article.reviewed_by))),
        acknowledgements="\n".join(texts.acknowledgements),
        funding=replace(article.funding, statement=texts.funding),
        competing_interests=texts.competing_interests,
        copyright=article.copyright,
    )


def version_of(context: EditionContext, page: str, doi: str) -> dict[str, str]:
    """Return the version of a release, with the DOI and the address of an article in it.

    A PDF has none, since an article that has not changed has the same one in every version.
    """
    release = str(context.config.fleuron_release) if context.downloads.folder else ""
    if not release:
        return {}
    addresses = context.addresses
    address = f"{addresses.base}versions/{quote(release)}/{addresses.language}/{quote(page)}.html"
    return {
        "version": release,
        "version_doi": version_doi(context.config.fleuron_imprint, doi, release),
        "version_address": address if addresses.base else "",
    }


def is_untranslated(context: EditionContext, page: str) -> bool:
    """Return whether nothing of an article's text has been translated into the language of the edition."""
    if context.language == context.languages[0]:
        return False
    progress = progress_of(publication_records(context.env).messages.get(page, ()))
    return bool(progress.words and not progress.translated + progress.stale)


def references_of(env: BuildEnvironment, page: str) -> Iterator[Reference]:
    """List the sources that an article cites; their entries are worded by those who deposit them."""
    items = notes_domain(env).items
    for key in keys_in_order(env, page):
        yield reference_of(key, items[key])


def related_works(context: EditionContext, page: str) -> Iterator[RelatedWork]:
    """List the articles that an article corrects, retracts or comments on, and the notices about it."""
    records, addresses = publication_records(context.env), context.addresses
    articles = {**records.articles, **records.withheld}
    for each in records.notices.related.get(page, ()):
        notice = page if each.relation in INVERSE else each.document
        yield RelatedWork(
            each.relation,
            context.env.titles[each.document].astext(),
            addresses.page_or_relative(page, each.document, addresses.language),
            articles[each.document].doi_in(context.language),
            articles[notice].date,
        )
