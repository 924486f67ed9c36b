"""What lies beside the pages of an edition: downloads, records, the feed, and the facts for the steps that follow."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from docutils import nodes

from fleuron.content.addresses import addresses_of
from fleuron.content.downloads import DOWNLOADS
from fleuron.content.work_records import work_of
from fleuron.editions.edition_names import publication_name
from fleuron.editions.interface_words import words
from fleuron.manuscript.records import publication_records
from fleuron.metadata.feeds.atom import Entry, Feed, feed
from fleuron.metadata.feeds.opensearch import description
from fleuron.metadata.work import Work
from fleuron.publication.document_names import is_article

if TYPE_CHECKING:
    from fleuron.site.builder import SiteBuilder

FEED = "feed.xml"
OPENSEARCH = "opensearch.xml"


def copy_downloads(builder: SiteBuilder) -> None:
    """Copy the downloads that are offered into the site, and remove all others."""
    folder = Path(builder.outdir, DOWNLOADS)
    shutil.rmtree(folder, ignore_errors=True)
    for offer in builder.all_offers():
        folder.mkdir(exist_ok=True)
        shutil.copyfile(offer.path, folder / offer.name)


def summary(builder: SiteBuilder) -> str:
    """Return the first paragraph of the table of contents, which says what the publication is."""
    paragraph = builder.env.get_doctree(builder.config.root_doc).next_node(nodes.paragraph)
    return paragraph.astext() if paragraph else ""


def entry_of(work: Work, page: str, way: str) -> Entry:
    """Make the feed's entry of an article; ``way`` leads from the feed to its page."""
    return Entry(
        id=page,  # the feed makes of it what stays, wherever the site moves
        title=work.full_title,
        summary=work.abstract,
        address=work.address or way,
        date=work.date,
        authors=work.authors,
        categories=work.keywords,
        translations=work.translations if work.address else (),
    )


def write_feed(builder: SiteBuilder) -> None:
    """Write the feed of the edition's articles."""
    config, env, addresses = builder.config, builder.env, addresses_of(builder.config)
    articles = sorted(document for document in env.found_docs if is_article(document))
    edition = Feed(
        id=publication_name(config),
        title=env.titles[config.root_doc].astext(),
        subtitle=summary(builder),
        language=addresses.language,
        address=addresses.page(config.root_doc) or f"{config.root_doc}.html",
        self_address=f"{addresses.base}{addresses.language}/{FEED}" if addresses.base else "",
        author=config.author or config.project,
        rights=str(config.copyright or ""),
    )
    entries = [entry_of(work_of(builder, page), page, f"{quote(page)}.html") for page in articles]
    Path(builder.outdir, FEED).write_bytes(feed(edition, entries))


def write_search_description(builder: SiteBuilder) -> None:
    """Let a browser search the edition from its address bar, if the site has an address."""
    addresses, path = addresses_of(builder.config), Path(builder.outdir, OPENSEARCH)
    path.unlink(missing_ok=True)
    if addresses.base:
        title = builder.env.titles[builder.config.root_doc].astext()
        path.write_bytes(
            description(
                name=title,
                summary=f"{title}: {words(addresses.language)('Search')}",
                language=addresses.language,
                search_address=addresses.page("search"),
                icon_address=f"{addresses.base}{addresses.language}/_static/fleuron.svg",
                icon_type="image/svg+xml",
            )
        )


def write_record(builder: SiteBuilder) -> None:
    """Leave what the landing page and the site's map say of this edition, for the step that publishes it."""
    articles = publication_records(builder.env).articles
    pages = sorted(builder.pages_listed())
    dates = {page: str(articles[page].date or "") if page in articles else "" for page in pages}
    record = {
        "title": builder.env.titles[builder.config.root_doc].astext(),
        "summary": summary(builder),
        "address": addresses_of(builder.config).base,
        "pages": dates,
    }
    Path(builder.outdir, "edition.json").write_text(json.dumps(record, ensure_ascii=False), "utf-8")
