"""The PDF builder of an edition."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging

from fleuron.atomic_files import write_file
from fleuron.config import languages_of
from fleuron.content.downloads import Downloads
from fleuron.diagnostics import nearest
from fleuron.editions.edition_names import current_edition, file_stem
from fleuron.editions.interface_words import words
from fleuron.manuscript.file_access import is_inside
from fleuron.manuscript.passages import texts_of
from fleuron.manuscript.records import publication_records
from fleuron.notes.cited_sources import notes_domain
from fleuron.paged.binding.bound_book_cache import Standing
from fleuron.paged.run.print_run import print_edition
from fleuron.paged.sheets.composition import manuscript_of
from fleuron.paged.sheets.fragments import Fragment, ids_of, prepare, refer_to_pages
from fleuron.paged.sheets.index_terms import cited_names, marked_terms
from fleuron.paged.sheets.indexes import Mention
from fleuron.publication.document_names import (
    article_document,
    article_name,
    contributor_document,
    is_article,
    is_contributor,
    volume_anchor,
)
from fleuron.publication.page_plan import PLAN
from fleuron.publication.reading_order import volume_order

logger = logging.getLogger(__name__)


class PdfBuilder(StandaloneHTMLBuilder):
    """Write ``<publication>-<language>.pdf`` and ``<language>/<article>.pdf``.

    It is an HTML builder, for its pages are laid out from HTML; but it writes no pages, it keeps
    the fragment of each document and prints all of them at the end.
    """

    name = "pdf"
    epilog = ""
    search = False
    copysource = False
    add_permalinks = False
    allow_parallel = False

    def init(self) -> None:
        super().init()
        self.edition = current_edition(self.config)
        self.downloads = Downloads("", "", self.edition.language)  # a book offers no files
        self.fragments: dict[str, Fragment] = {}
        self.biographies: dict[str, str] = {}
        self.pictures: dict[str, dict[str, bytes]] = {}
        self.ids: dict[str, list[str]] = {}
        self.names: list[Mention] = []
        self.preface = ""

    @cached_property
    def volume(self) -> list[str]:
        """The documents of the volume, in order."""
        return volume_order(self.config.root_doc, self.env.toctree_includes)

    @cached_property
    def texts(self) -> dict[str, str]:
        """A digest of the text of each document of the volume."""
        return texts_of(self.env, self.volume)

    @cached_property
    def signatories(self) -> list[str]:
        """The pages of those who signed an article of the volume, in the order of the volume."""
        articles = publication_records(self.env).articles
        authors = (author for name in self.volume if name in articles for author in articles[name].authors)
        return [contributor_document(author) for author in dict.fromkeys(authors)]

    def editions_with(self, page: str) -> list[str]:
        """List the languages that have a page."""
        return languages_of(self.config)

    def get_outdated_docs(self) -> Iterator[str]:
        if article := self.config.fleuron_article:
            yield from {self.config.root_doc, article_document(article)} & self.env.found_docs
        else:
            yield from self.env.found_docs

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return "#" + volume_anchor(docname)

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self.get_target_uri(to)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Keep what is printed of a document."""
        if docname not in (*self.volume, *self.signatories, self.config.root_doc):
            return
        pictures = [image["uri"] for image in doctree.findall(nodes.image)]
        prepare(doctree, docname, [*self.volume, *self.signatories])
        doctree.settings = self.docsettings
        self.fignumbers = {
            kind: {f"{volume_anchor(docname)}--{name}": number for name, number in numbers.items()}
            for kind, numbers in self.env.toc_fignumbers.get(docname, {}).items()
        }
        self.imgpath = self.imagedir
        self.current_docname = docname
        self.pictures[docname] = {
            f"{self.imagedir}/{self.images[uri]}": Path(self.srcdir, uri).read_bytes()
            for uri in pictures
            if uri in self.images and is_inside(self.env, Path(self.srcdir, uri))
        }
        if docname == self.config.root_doc:
            self.preface = self.translated(without_title(doctree))
        elif is_contributor(docname):
            self.biographies[docname] = self.translated(without_title(doctree))
        else:
            self.keep(docname, doctree)

    def keep(self, docname: str, doctree: nodes.document) -> None:
        """Keep the fragment of a text of the volume, and what the indexes gather from it."""
        self.names += [*cited_names(doctree, notes_domain(self.env).items), *marked_terms(doctree, docname)]
        self.ids[docname] = ids_of(doctree)
        told = refer_to_pages(doctree, docname, words(self.edition.language)("p."))
        article = publication_records(self.env).articles.get(docname)
        texts = publication_records(self.env).article_texts.get(docname)
        self.fragments[docname] = Fragment(
            anchor=volume_anchor(docname),
            title=self.env.titles[docname].astext(),
            authors=self.names_of([docname]),
            date=article.date if article else None,
            keywords=texts.keywords if texts else (),
            pages_named=told,
            text=self.texts[docname],
            body=self.translated(doctree),
        )

    def translated(self, doctree: nodes.document) -> str:
        visitor: Any = self.create_translator(doctree, self)
        doctree.walkabout(visitor)
        return "".join(visitor.fragment)

    def html_of(self, node: nodes.Element) -> str:
        """Set a node that stands in no document."""
        return str(self.render_partial(node)["fragment"])

    def names_of(self, documents: Iterable[str]) -> str:
        """List the authors of articles, each once, as the edition names them."""
        articles = publication_records(self.env).articles
        authors = dict.fromkeys(name for each in documents if each in articles for name in articles[each].authors)
        return ", ".join(self.env.titles[contributor_document(name)].astext() for name in authors)

    def finish(self) -> None:
        """Print what was kept; nothing of the HTML builder's own pages."""
        try:
            manuscript = manuscript_of(self)
        except OSError as error:  # from the loader of shared libraries
            raise SystemExit(f"fleuron: a PDF needs Pango: {error}") from error
        only = volume_anchor(article_document(self.config.fleuron_article)) if self.config.fleuron_article else ""
        if only and not any(chapter.fragment.anchor == only for chapter in manuscript.chapters):
            self.no_such_article()
        plan = Path(self.doctreedir, PLAN)
        standing = Standing(Path(self.outdir), Path(self.doctreedir, "books.json"), manuscript.engine)
        printed = print_edition(manuscript, self.config, standing.bind, plan, only)
        for loss in printed.losses:
            logger.error("a PDF would lack something: %s", loss, type="fleuron", subtype="loss")
        if not printed.losses:
            standing.put_down(self.lay_down(printed.volume, printed.offprints))

    def no_such_article(self) -> NoReturn:
        known = [article_name(name) for name in self.volume if is_article(name)]
        wanted = self.config.fleuron_article
        raise SystemExit(f"fleuron: there is no article “{wanted}” in the volume{nearest(wanted, known)}")

    def lay_down(self, volume: bytes, offprints: Mapping[str, bytes]) -> dict[str, bytes]:
        """Write what was printed; a volume that was not printed is left as it is. Return it by name."""
        names = {volume_anchor(name): article_name(name) for name in self.volume}
        books = {f"{self.edition.language}/{names[each]}.pdf": content for each, content in offprints.items()}
        if volume:
            books[f"{file_stem(self.config)}.pdf"] = volume
            shutil.rmtree(Path(self.outdir, self.edition.language), ignore_errors=True)
        for name, content in books.items():
            write_file(Path(self.outdir, name), content)
        return books

    def copy_static_files(self) -> None:
        """Copy none: the style sheet is the press's own."""

    def handle_page(self, *args: Any, **options: Any) -> None:
        """Write no pages."""

    def dump_inventory(self) -> None:
        """Write no inventory."""


def without_title(doctree: nodes.document) -> nodes.document:
    """Take the first title from a document."""
    title = doctree.next_node(nodes.title)
    if title is not None and title.parent is not None:
        title.parent.remove(title)
    return doctree
