"""The HTML builder, which offers downloads and rewrites pages after another format has read the sources."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from docutils import nodes
from jinja2 import TemplateNotFound
from sphinx.application import ENV_PICKLE_FILENAME
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.html._build_info import BuildInfo

from fleuron.config import languages_of
from fleuron.content.article_citation import write_records
from fleuron.content.downloads import Downloads, Offer
from fleuron.content.page_numbers import Folios, folios_of
from fleuron.editions.edition_names import current_edition, file_stem
from fleuron.publication.document_names import article_name, is_article
from fleuron.site.colophon import COLOPHON, COLOPHON_TEMPLATE
from fleuron.site.contents_lists import list_articles
from fleuron.site.extra_files import copy_downloads, write_feed, write_record, write_search_description
from fleuron.site.keyword_pages import KEYWORD_TEMPLATE, Keyword, keywords_of
from fleuron.site.removed_documents import remove_withdrawn
from fleuron.site.search.index import forget_withdrawn
from fleuron.site.search.page_texts import searchable, write_text_of

THEME = Path(__file__).parent / "theme"


class SiteBuilder(StandaloneHTMLBuilder):
    """Write the pages of one edition."""

    name = "html"

    def init(self) -> None:
        self.written: set[str] = set()
        self.titles_as_html: dict[str, str] = {}
        self.downloads = Downloads(
            self.config.fleuron_downloads, file_stem(self.config), current_edition(self.config).language
        )
        # Sphinx 9.0 copies all static files into it, and removes none that is gone.
        shutil.rmtree(Path(self.outdir, "_static"), ignore_errors=True)
        super().init()
        self.copysource = self.config.html_copy_source  # stock, an empty _sources/ is made all the same

    def create_build_info(self) -> BuildInfo:
        """Count what pages link (downloads, styles, scripts) as configuration, after whose change all are written."""
        info = super().create_build_info()
        offers = [f"{offer.name} {offer.size}" for offer in self.all_offers()]
        pages = [f"{name} {edition}" for name in sorted(self.env.found_docs) for edition in self.editions_with(name)]
        told = [info.tags_hash, version("fleuron"), *offers, *pages, *self.styles_and_scripts()]
        info.tags_hash = hashlib.sha256("\n".join(told).encode()).hexdigest()
        return info

    def styles_and_scripts(self) -> Iterator[str]:
        """List the checksums of the styles and scripts of the theme and the publication, which pages name them by."""
        folders = [THEME / "static", *(Path(self.confdir, each) for each in self.config.html_static_path)]
        for path in (path for folder in folders for path in sorted(folder.rglob("*.[cj]s*"))):
            if path.suffix in (".css", ".js"):
                yield f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"

    def editions_with(self, page: str) -> list[str]:
        """List the languages of the editions that have a page, in the order of the publication."""
        built = self.config.fleuron_editions or languages_of(self.config)
        there = {name for name in self.config.fleuron_published if self.downloads.has_page(name, page)}
        return [name for name in languages_of(self.config) if name in built or name in there]

    def get_outdated_docs(self) -> Iterator[str]:
        """List the pages to write; all of them where another builder has read since the last time.

        Sphinx 9.0 compares a page with its source file alone. With doctrees shared between
        formats, the PDF's run may be the one that met a new translation or bibliography.
        """
        environment, last_build = self.doctreedir / ENV_PICKLE_FILENAME, self.outdir / ".buildinfo"
        if environment.exists() and last_build.exists():
            if environment.stat().st_mtime_ns > last_build.stat().st_mtime_ns:
                yield from self.env.found_docs
                return
        yield from super().get_outdated_docs()

    def prints(self, template: str) -> bool:
        """Tell whether the theme, or the publication, has a template; another theme than the press's may not."""
        try:
            self.templates.environment.get_template(template)
        except TemplateNotFound:
            return False
        return True

    @cached_property
    def keywords(self) -> dict[str, Keyword]:
        """The keywords of the articles, by the word that the source has for each."""
        return keywords_of(self.env)

    @cached_property
    def folios(self) -> Mapping[str, Folios]:
        """The pages of the volume on which each document stands."""
        return folios_of(self.env)

    def title_as_html(self, document: str) -> str:
        """Set a document's title; once for a build, for many pages show it."""
        if document not in self.titles_as_html:
            self.titles_as_html[document] = self.render_partial(self.env.titles[document])["title"]
        return self.titles_as_html[document]

    def all_offers(self) -> list[Offer]:
        articles = sorted(name for name in self.env.found_docs if is_article(name))
        offers = [offer for name in articles for offer in self.downloads.article(article_name(name))]
        return offers + self.downloads.volume()

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        if docname in self.folios:
            self.folios[docname].mark(doctree)
        list_articles(self, docname, doctree)
        super().write_doc(docname, doctree)

    def index_page(self, pagename: str, doctree: nodes.document, title: str) -> None:
        with searchable(doctree):
            super().index_page(pagename, doctree, title)
        write_text_of(self.env, Path(self.outdir), pagename, doctree)

    def dump_search_index(self) -> None:
        if self.indexer is not None:
            forget_withdrawn(self.indexer, self.env.all_docs)
        super().dump_search_index()

    def handle_page(self, pagename: str, *args: Any, **options: Any) -> None:
        self.written.add(pagename)
        super().handle_page(pagename, *args, **options)

    def finish(self) -> None:
        for task in (copy_downloads, write_records, write_feed, write_search_description, write_record):
            self.finish_tasks.add_task(task, self)
        super().finish()
        self.finish_tasks.add_task(remove_withdrawn, self)

    def pages_listed(self) -> Iterator[str]:
        """List the pages that a map of the site names."""
        yield from self.env.found_docs
        if self.prints(KEYWORD_TEMPLATE):
            yield from (keyword.page for keyword in self.keywords.values())
        if self.prints(COLOPHON_TEMPLATE):
            yield COLOPHON
