"""Build the web site of an edition."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping, Set
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from docutils import nodes
from jinja2 import TemplateNotFound
from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.builders.html._build_info import BuildInfo
from sphinx.environment import BuildEnvironment

from fleuron.atomic_files import write_file
from fleuron.compiled_templates import cache_templates
from fleuron.config import theme_of
from fleuron.conservation.doctree_words import words_of_doctree, words_to_write
from fleuron.conservation.page_check import check_page
from fleuron.content.contents.generated_pages import is_index_wanted
from fleuron.content.contents.title_languages import mark_tables_of_contents
from fleuron.content.downloads import find_downloads
from fleuron.content.edition_context import EditionContext, edition_context, sections_of, source_page
from fleuron.content.mark import MARK, has_own_look, publication_mark
from fleuron.content.page_numbers import Folios, folios_of
from fleuron.content.picture_writing import CleanCopies
from fleuron.content.work_records import works_of
from fleuron.content.written_files import WrittenFiles
from fleuron.extras import installed_version
from fleuron.manuscript.records import pages_in_order, publication_records
from fleuron.manuscript.translated.sigla import add_sigla
from fleuron.reporting import is_publication
from fleuron.site.article_summaries import ArticleSummaries, signed_articles
from fleuron.site.colophon import COLOPHON, COLOPHON_TEMPLATE
from fleuron.site.edition_files import (
    ArticleFiles,
    copy_downloads,
    write_edition_summary,
    write_search_description,
)
from fleuron.site.front.front_page import LEAD_TEMPLATE, add_front
from fleuron.site.issues.issue_pages import ISSUES, ISSUES_TEMPLATE, has_issues_page
from fleuron.site.keyword_pages import KEYWORD_TEMPLATE, Keyword, keywords_of
from fleuron.site.search.alphabetical_index import ALPHABET, ALPHABET_TEMPLATE
from fleuron.site.search.facets import write_facets
from fleuron.site.search.kept_index import IndexedPage, KeptIndex, index_text, keep_index, read_index, taken_pages
from fleuron.site.search.page_texts import searchable, write_text_of
from fleuron.site.theme_files import LOOK, THEME, THEME_SHEETS, compact_style_sheet, look_style_sheet
from fleuron.site.toctree_entries import describe_articles
from fleuron.site.web_fonts import remove_other_static_files
from fleuron.site.withdrawn_files import remove_withdrawn

# The files of the doctree folder that keep from what the citation records of articles, and pages that have no source,
# were written; and that with the search index.
CITATIONS, GENERATED_PAGES, SEARCH_INDEX = "citation-files.json", "generated-pages.json", "search-index.pickle"


class SiteBuilder(CleanCopies):
    """Write the pages of one edition."""

    name = "html"

    def init(self) -> None:
        self.written: set[str] = set()
        self.indexed_pages: dict[str, IndexedPage] = {}
        self.fragments: dict[str, str] = {}
        self.titles_as_html: dict[str, str] = {}
        self.edition_context: EditionContext = edition_context(self.env, self.config)
        self.summaries = ArticleSummaries(self.edition_context, self.title_as_html, self.get_relative_uri)
        # Sphinx 9.0 copies all static files into this folder, and removes none that is gone.
        if self.config.html_theme == "fleuron":
            remove_other_static_files(Path(self.outdir))
        else:
            shutil.rmtree(Path(self.outdir, "_static"), ignore_errors=True)
        super().init()
        self.copysource = self.config.html_copy_source  # stock, an empty _sources/ is made all the same

    def init_templates(self) -> None:
        super().init_templates()
        cache_templates(getattr(self.templates, "environment", None))

    def create_build_info(self) -> BuildInfo:
        """Count what pages link (downloads, editions, styles, scripts) as configuration: a change writes all."""
        info = super().create_build_info()
        self.stock_tags_hash = info.tags_hash
        info.tags_hash = self.hash_of_links()
        return info

    def hash_of_links(self) -> str:
        """Return a hash of Sphinx's own, and of what pages link."""
        offered = find_downloads(self.edition_context.downloads, self.env)
        downloads = [f"{file.name} {file.size} {file.older}" for file in offered.files]
        records = [file.name for files in offered.records.values() for file in files]
        documents = sorted(self.env.found_docs)
        editions = [f"{name} {language}" for name in documents for language in self.edition_context.editions_with(name)]
        linked = [
            self.stock_tags_hash,
            installed_version("fleuron"),
            *downloads,
            *records,
            *(f"{name} {section}" for name, section in sorted(sections_of(self.env).items())),
            *editions,
            *self.menu(),
            *self.styles_and_scripts(),
            *self.own_templates(),
        ]
        return hashlib.sha256("\n".join(linked).encode()).hexdigest()

    def pages_with_other_links(self) -> Set[str]:
        """List all pages, once the sources are read, if the downloads that they offer are not those of before."""
        before, self.build_info.tags_hash = self.build_info.tags_hash, self.hash_of_links()
        return self.env.found_docs if self.build_info.tags_hash != before else set()

    def menu(self) -> Iterator[str]:
        """Yield the pages that every page links, with their titles."""
        for name in pages_in_order(self.env):
            if name in self.env.titles:  # which may not be read yet
                yield f"{name} {self.env.titles[name]}"

    def styles_and_scripts(self) -> Iterator[str]:
        """Yield the checksums of the theme's and the publication's styles and scripts, which are in their addresses."""
        folders = [THEME / "static", *(Path(self.confdir, each) for each in self.config.html_static_path)]
        for path in (path for folder in folders for path in sorted(folder.rglob("*.[cj]s*"))):
            if path.suffix in (".css", ".js"):
                yield f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"

    def own_templates(self) -> Iterator[str]:
        """Yield the checksums of the publication's own templates, whose times may be those of a backup."""
        for folder in self.config.templates_path:
            for path in sorted(Path(self.confdir, folder).rglob("*")):
                if path.is_file():
                    yield f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"

    def get_outdated_docs(self) -> Iterator[str]:
        """List the pages to write; all of them if no search index is kept, or another builder has read sources.

        Sphinx 9.0 compares a page with its source file alone. As formats share their doctrees, the build of
        the PDF may be the one that has read a new translation or bibliography.
        """
        environment, last_build = self.doctreedir / ENV_PICKLE_FILENAME, self.outdir / ".buildinfo"
        if environment.exists() and last_build.exists():
            if environment.stat().st_mtime_ns > last_build.stat().st_mtime_ns:
                yield from self.env.found_docs
                return
        if self.search and is_publication(self.app) and self.kept_index is None:
            yield from self.env.found_docs
            return
        yield from super().get_outdated_docs()

    def has_template(self, template: str) -> bool:
        """Return whether the theme, or the publication, has a template; another theme than Fleuron's may not."""
        try:
            self.templates.environment.get_template(template)
        except TemplateNotFound:
            return False
        return True

    @cached_property
    def generated_pages(self) -> WrittenFiles:
        """The pages that have no source; all are written again if what every page depends on has changed."""
        info = self.build_info
        everywhere = f"{info.config_hash} {info.tags_hash} {self.templates.newest_template_mtime()}"
        return WrittenFiles(Path(self.outdir), Path(self.doctreedir, GENERATED_PAGES), everywhere)

    @cached_property
    def article_files(self) -> ArticleFiles:
        """The files that are made from the records of articles."""
        settings = BuildInfo(self.config, self.tags, frozenset({"", "env", "gettext", "html"})).config_hash
        return ArticleFiles(self.edition_context, Path(self.outdir), Path(self.doctreedir, CITATIONS), settings)

    @cached_property
    def keywords(self) -> dict[str, Keyword]:
        """The keywords of the articles, by the word that the source has for each."""
        return keywords_of(self.env)

    @cached_property
    def folios(self) -> Mapping[str, Folios]:
        """The pages of each document in the volume."""
        return folios_of(self.env)

    @cached_property
    def pages(self) -> list[str]:
        """The pages that are not articles, in the order of menus."""
        return pages_in_order(self.env)

    @cached_property
    def signed(self) -> dict[str, list[str]]:
        """The articles of each contributor, by the contributor's document."""
        return signed_articles(self.env)

    def title_as_html(self, document: str) -> str:
        """Return a document's title as HTML; translated once, since many pages show it."""
        if document not in self.titles_as_html:
            self.titles_as_html[document] = self.render_partial(self.env.titles[document])["title"]
        return self.titles_as_html[document]

    def prepare_writing(self, docnames: Set[str]) -> None:
        self.use_index = self.use_index or is_index_wanted(self.env)
        super().prepare_writing(docnames)
        if not self.article_files.are_current:
            works_of(self.edition_context)  # before the processes that write pages start

    def copy_theme_static_files(self, context: dict[str, Any]) -> None:
        super().copy_theme_static_files(context)
        static, mark = Path(self.outdir, "_static"), publication_mark(self.config, Path(self.srcdir))
        (static / MARK).write_bytes(mark)
        if self.config.html_theme == "fleuron":
            for sheet in (static / name for name in THEME_SHEETS):
                sheet.write_text(compact_style_sheet(sheet.read_text("utf-8")), "utf-8")
        if has_own_look(self.config):
            (static / LOOK).write_text(look_style_sheet(theme_of(self.config), mark), "utf-8")

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Lead to the source's edition for an article that this one does not offer."""
        return source_page(self.edition_context, from_, to) or super().get_relative_uri(from_, to, typ)

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return source_page(self.edition_context, self.config.root_doc, docname) or super().get_target_uri(docname, typ)

    def write_doc_serialized(self, docname: str, doctree: nodes.document) -> None:
        """Mark the pages of the volume before the text is indexed, and then written."""
        if docname in self.folios:
            self.folios[docname].mark(doctree)
        super().write_doc_serialized(docname, doctree)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        mark_tables_of_contents(self.env, docname, doctree)
        describe_articles(self.summaries, docname, doctree)
        if self.has_template(LEAD_TEMPLATE):
            add_front(self.summaries, docname, doctree, self.templates.render)
        add_sigla(self.env, docname, doctree)
        if not is_publication(self.app):
            super().write_doc(docname, doctree)
            return
        expected = words_of_doctree(doctree)
        super().write_doc(docname, doctree)
        check_page(
            self.env, docname, words_to_write(expected), self.fragments.pop(docname), self.get_output_path(docname)
        )

    def get_doc_context(self, docname: str, body: str, metatags: str) -> dict[str, Any]:
        self.fragments[docname] = body
        return super().get_doc_context(docname, body, metatags)

    def index_page(self, pagename: str, doctree: nodes.document, title: str) -> None:
        if pagename in publication_records(self.env).withdrawn:
            return
        if not is_publication(self.app):
            super().index_page(pagename, doctree, title)
            return
        with searchable(doctree):
            super().index_page(pagename, doctree, title)
        if self.indexer is not None:
            self.indexed_pages |= taken_pages(self.indexer)
        write_text_of(self.env, Path(self.outdir), pagename, doctree)

    @cached_property
    def kept_index(self) -> KeptIndex | None:
        """The search index of the last build, in the form in which the words of single pages can be replaced."""
        return read_index(Path(self.doctreedir, SEARCH_INDEX), installed_version("fleuron"))

    def load_indexer(self, docnames: Set[str]) -> None:
        """Begin with an empty index; if no page is written, the last one stays as it is.

        The index of a project with a theme of its own is Sphinx's, which that searches.
        """
        if not is_publication(self.app):
            super().load_indexer(docnames)
            return
        self.indexed = docnames
        self.keeps_index = not docnames and Path(self.outdir, self.searchindex_filename).is_file()

    def dump_search_index(self) -> None:
        if not is_publication(self.app):
            super().dump_search_index()
            return
        if self.indexer is None or self.keeps_index:
            return
        kept = self.kept_index or KeptIndex()
        kept.replace(self.indexed, self.indexed_pages, self.env.found_docs)
        write_file(Path(self.outdir, self.searchindex_filename), index_text(self.indexer, kept))
        keep_index(Path(self.doctreedir, SEARCH_INDEX), installed_version("fleuron"), kept)

    def handle_page(self, pagename: str, *args: Any, **options: Any) -> None:
        self.written.add(pagename)
        super().handle_page(pagename, *args, **options)

    def finish(self) -> None:
        context, outdir = self.edition_context, Path(self.outdir)
        for task in (copy_downloads, write_search_description):
            self.finish_tasks.add_task(partial(task, context, outdir))
        self.finish_tasks.add_task(self.article_files.write)
        if is_publication(self.app):
            self.finish_tasks.add_task(partial(write_facets, self.env, outdir))
        self.finish_tasks.add_task(lambda: write_edition_summary(context, outdir, self.listed_pages()))
        super().finish()
        if is_publication(self.app):  # once all pages are written, or it would remove those without a source
            self.finish_tasks.add_task(lambda: remove_withdrawn(self.env, outdir, self.written))
        self.finish_tasks.add_task(lambda: self.generated_pages.save())

    def listed_pages(self) -> Iterator[str]:
        """List the pages that a sitemap names."""
        yield from self.env.found_docs - publication_records(self.env).withdrawn
        if self.has_template(KEYWORD_TEMPLATE):
            yield from (keyword.page for keyword in self.keywords.values())
        if self.has_template(ISSUES_TEMPLATE) and has_issues_page(self.env):
            yield ISSUES
        if self.has_template(ALPHABET_TEMPLATE):
            yield ALPHABET
        if self.has_template(COLOPHON_TEMPLATE):
            yield COLOPHON


def pages_to_write_again(app: Sphinx, _env: BuildEnvironment) -> Set[str]:
    """List the pages of a site to write again because what all pages link has changed."""
    return app.builder.pages_with_other_links() if isinstance(app.builder, SiteBuilder) else set()


def setup(app: Sphinx) -> None:
    # After Sphinx has numbered sections and figures, which references show.
    app.connect("env-get-updated", pages_to_write_again, priority=950)
