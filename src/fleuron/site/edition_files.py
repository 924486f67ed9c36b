"""Write the files of an edition's site that are not pages: downloads, citation records, feed, search description."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from docutils import nodes

from fleuron.content.downloads import DOWNLOADS, LIBRARY_RECORDS
from fleuron.content.edition_context import EditionContext
from fleuron.content.mark import MARK, has_own_look
from fleuron.content.work_records import CITATION_FORMATS, RECORD_READY, works_of
from fleuron.content.written_files import WrittenFiles
from fleuron.editions.edition_names import publication_name
from fleuron.editions.interface_words import interface_words
from fleuron.editions.translation_progress import total_progress
from fleuron.extras import installed_version
from fleuron.manuscript.records import printed_progress, publication_records
from fleuron.metadata.citation_exports import citation_files, exported_item
from fleuron.metadata.feeds.atom import Feed, FeedEntry, atom_feed
from fleuron.metadata.feeds.opensearch import opensearch_description
from fleuron.metadata.harvest.linkset import SUFFIX as LINKSET_SUFFIX
from fleuron.metadata.harvest.linkset import linkset
from fleuron.metadata.work import Work
from fleuron.publication.document_names import is_article
from fleuron.site.colophon import translated_share
from fleuron.site.front.choices import latest_article, listed_articles
from fleuron.site.issues.issue_pages import issues_of

FEED = "feed.xml"
OPENSEARCH = "opensearch.xml"


def copy_downloads(context: EditionContext, outdir: Path) -> None:
    """Copy the downloads to their places in the site, with their times, and remove what is no longer offered."""
    shutil.rmtree(outdir / DOWNLOADS, ignore_errors=True)
    for document in filter(is_article, context.env.found_docs):
        for suffix in (".pdf", *LIBRARY_RECORDS):
            (outdir / f"{document}{suffix}").unlink(missing_ok=True)
    records = [file for files in context.offered.records.values() for file in files]
    for file in (*context.offered.files, *records):
        target = outdir / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file.path, target)


@dataclass(frozen=True)
class ArticleFiles:
    """The files of a site that are made from the records of its articles: citation records, and the feed.

    ``record`` is the file that keeps from what each was written; ``settings`` is a digest of conf.py.
    """

    context: EditionContext
    outdir: Path
    record: Path
    settings: str

    @cached_property
    def written(self) -> WrittenFiles:
        return WrittenFiles(self.outdir, self.record, f"fleuron {installed_version('fleuron')}, 3")

    @cached_property
    def are_current(self) -> bool:
        """Whether all are there, and would be written as they are.

        If an extension wants to be told of each record, the records are made all the same.
        """
        listeners = self.context.env.events.listeners.get(RECORD_READY)
        is_same = self.written.is_current(FEED, self.source())
        return is_same and not listeners and all((self.outdir / name).is_file() for name in self.written.before)

    def source(self) -> tuple[object, ...]:
        """Return what the records are made from, as a value whose representation is the same in each build."""
        context, env, records = self.context, self.context.env, publication_records(self.context.env)
        articles = [
            (page, records.placed(page, records.articles[page]), records.article_texts[page], env.titles[page].astext())
            for page in sorted(filter(is_article, env.found_docs))
        ]
        contributors = [
            (name, env.titles[name].astext() if name in env.titles else "", contributor)
            for name, contributor in sorted(records.contributors.items())
        ]
        editions = [context.editions_with(page) for page, *_ in articles]
        publication = (context.publication_title, summary_of_publication(context), records.notices.related)
        return articles, contributors, editions, publication, context.sections, context.offered, self.settings

    def write(self) -> None:
        """Write what is not current."""
        if not self.are_current:
            works = works_of(self.context)
            write_feed(self.context, self.outdir, works)
            write_citation_files(self.outdir, works, self.written)
            self.written.save()


def write_citation_files(outdir: Path, works: Mapping[str, Work], written: WrittenFiles) -> None:
    """Write beside the page of each article its records for those who cite it, and its links, unless they are there."""
    for document, work in works.items():
        suffixes = (*CITATION_FORMATS, LINKSET_SUFFIX)
        current = [written.is_current(f"{document}.{suffix}", work) for suffix in suffixes]
        if all(current):
            continue
        page = f"{quote(PurePosixPath(document).name)}.html"
        files = citation_files(exported_item(work)) | {LINKSET_SUFFIX: linkset(work, page)}
        for suffix, text in files.items():
            path = outdir / f"{document}.{suffix}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="")


def summary_of_publication(context: EditionContext) -> str:
    """Return the first paragraph of the table of contents, which says what the publication is."""
    paragraph = context.env.get_doctree(context.config.root_doc).next_node(nodes.paragraph)
    return paragraph.astext() if paragraph else ""


def feed_entry(work: Work, page: str) -> FeedEntry:
    """Make the feed's entry of an article."""
    return FeedEntry(
        id=page,  # the feed makes an identifier of it that stays the same wherever the site moves
        title=work.full_title,
        summary=work.abstract,
        address=work.address or f"{quote(page)}.html",
        date=work.date,
        updated=work.updated,
        authors=work.authors,
        contributors=work.translators,
        categories=work.keywords,
        translations=work.translations if work.address else (),
    )


def write_feed(context: EditionContext, outdir: Path, works: Mapping[str, Work]) -> None:
    """Write the feed of the edition's articles (RFC 4287)."""
    config, addresses = context.config, context.addresses
    edition = Feed(
        id=publication_name(config),
        title=context.publication_title,
        subtitle=summary_of_publication(context),
        language=context.language,
        address=addresses.page(config.root_doc) or f"{quote(config.root_doc)}.html",
        self_address=f"{addresses.base}{addresses.language}/{FEED}" if addresses.base else "",
        author=config.author or config.project,
        rights=str(config.copyright or ""),
    )
    entries = [feed_entry(work, page) for page, work in works.items() if not work.withdrawn]
    (outdir / FEED).write_bytes(atom_feed(edition, entries))


def write_search_description(context: EditionContext, outdir: Path) -> None:
    """Let a browser search the edition from its address bar (OpenSearch 1.1), if the site has an address."""
    addresses, path = context.addresses, outdir / OPENSEARCH
    path.unlink(missing_ok=True)
    if addresses.base:
        title = context.publication_title
        path.write_bytes(
            opensearch_description(
                name=title,
                summary=f"{title}: {interface_words(context.language)('Search')}",
                language=context.language,
                search_address=addresses.page("search"),
                icon_address=f"{addresses.base}{context.language}/_static/{MARK}",
                icon_type="image/svg+xml",
            )
        )


def latest_of(context: EditionContext) -> tuple[str, str, str]:
    """Return what is newest, the current issue or the latest article: a text of the interface, the title, the page."""
    env = context.env
    if current := issues_of(env)[:1]:
        return "Current issue", env.titles[current[0]].astext(), current[0]
    article = latest_article(env)
    return ("Latest article", env.titles[article].astext(), article) if article else ("", "", "")


def translated_part(context: EditionContext) -> str:
    """Return how much of the edition is translated, as its readers write it; "" for the language of the sources."""
    if context.language == context.languages[0]:
        return ""
    progress = total_progress(printed_progress(context.env).values())
    return translated_share(progress, context.edition).share


def write_edition_summary(context: EditionContext, outdir: Path, pages: Iterable[str]) -> None:
    """Write edition.json, from which the step that publishes the edition makes the landing page and the sitemap."""
    articles = publication_records(context.env).articles
    dates = {
        page: str(articles[page].last_update or articles[page].date or "") if page in articles else ""
        for page in sorted(pages)
    }
    newest = latest_of(context)
    summary = {
        "title": context.publication_title,
        "summary": summary_of_publication(context),
        "address": context.addresses.base,
        "pages": dates,
        "root": context.config.root_doc,
        "icon": Path(context.config.html_favicon or MARK).name,
        "has_own_look": has_own_look(context.config),
        "articles": len(listed_articles(context.env)),
        "translated": translated_part(context),
        "newest_kind": newest[0],
        "newest_title": newest[1],
        "newest_page": newest[2],
    }
    (outdir / "edition.json").write_text(json.dumps(summary, ensure_ascii=False), "utf-8")
