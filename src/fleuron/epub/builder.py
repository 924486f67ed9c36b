"""The Sphinx builder of an edition's EPUB, or of the EPUB of one article."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping, Set
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from docutils import nodes
from lxml import etree
from sphinx.builders._epub_base import MEDIA_TYPES

from fleuron.compiled_templates import cache_templates
from fleuron.config import typefaces_of
from fleuron.conservation.doctree_words import words_of_doctree, words_to_write
from fleuron.conservation.page_check import check_page
from fleuron.conservation.words import Streams
from fleuron.content.book_texts import edition_texts, record_books
from fleuron.content.contents.generated_pages import GENERATED, INDEX, is_index_wanted
from fleuron.content.contents.source_only import say_source_only
from fleuron.content.contents.title_languages import mark_tables_of_contents
from fleuron.content.edition_context import EditionContext, edition_context, not_offered, translated_part
from fleuron.content.page_numbers import Folios, folios_of
from fleuron.content.picture_writing import CleanCopies
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.diagnostics.similar_names import suggestion
from fleuron.editions.edition_names import publication_name
from fleuron.editions.interface_words import interface_attributes, interface_marker, interface_words
from fleuron.epub.book_metadata import BookContext, collect_metadata
from fleuron.epub.contents import entries_of_book, points_of, unlisted_pages
from fleuron.epub.cover import draw_cover, people_of
from fleuron.epub.file_names import COVER, ascii_names, is_within
from fleuron.epub.issues import write_issues
from fleuron.epub.markup.book_markup import book_markup
from fleuron.epub.matter.book_pages import BACK, FRONT
from fleuron.epub.matter.divisions import division_of
from fleuron.epub.matter.matter_builder import MatterBuilder
from fleuron.epub.navigation import Landmark, Navigation, NavigationPoint, all_points, navigation_document, ncx_document
from fleuron.epub.package import correct_package, page_properties, write_archive, write_tree
from fleuron.epub.package_metadata import BookMetadata
from fleuron.epub.translator import EpubTranslator
from fleuron.epub.typefaces import STYLESHEET as TYPEFACES
from fleuron.epub.typefaces import write_typefaces
from fleuron.epub.valid_markup import valid_markup
from fleuron.fonts.subset_cache import open_subset_cache
from fleuron.manuscript.equations.numbering import RENDERER
from fleuron.manuscript.notices.issue_books import IssueBook, book_of_issue, issue_book
from fleuron.manuscript.page_marks import folio_id
from fleuron.manuscript.records import publication_records, volume_of
from fleuron.manuscript.translated.sigla import add_sigla, say_share
from fleuron.publication.document_names import article_document, article_name, is_article
from fleuron.publication.journal.issues import book_name
from fleuron.reporting import is_to_be_published, report
from fleuron.sphinx_versions import application_of

# Media types that Sphinx 9.0 does not know, so that it would leave the files out (EPUB 3.3, 3.2, beside video, for
# which it requires no format).
MORE_MEDIA_TYPES = {
    **{".woff2": "font/woff2", ".woff": "font/woff", ".otf": "font/otf", ".ttf": "font/ttf"},
    **{".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".opus": "audio/ogg; codecs=opus"},
    **{".mp4": "video/mp4", ".webm": "video/webm", ".vtt": "text/vtt"},
}
# The target of a link to a page that is not in the book; such links are replaced by their text.
NOT_IN_BOOK = "not-in-book:"
NAVIGATION = "nav.xhtml"
DOCTYPE = "<!DOCTYPE html>"


class EditionEpubBuilder(CleanCopies, MatterBuilder):
    """Write ``<publication>-<language>.epub``, or ``<language>/<article>.epub``, beside the unpacked book."""

    name = "epub"
    media_types = MEDIA_TYPES | MORE_MEDIA_TYPES
    coverpage_name = "cover.xhtml"
    default_translator_class = EpubTranslator

    # For the book of an issue that is built beside the whole: its name, and the folder that it is published from.
    issue_name = ""
    published_from: Path | None = None

    def init(self) -> None:
        self.edition_context: EditionContext = edition_context(self.env, self.config)
        self.edition = self.edition_context.edition
        self.fragments: dict[str, str] = {}
        self.expected = Streams()
        article = self.config.fleuron_article
        name = f"{self.edition.language}/{article}" if article else self.config.epub_basename
        if issue := self.issue_name or self.config.fleuron_issue:
            name = book_name(self.edition.language, publication_name(self.config), issue)
        self.target = (self.published_from or Path(self.outdir)) / f"{name}.epub"
        # Sphinx 9.0 packs every file in its folder, those of a withdrawn article too: begin with an empty one.
        for path in Path(self.outdir).iterdir():
            if path.is_dir() and path.name != ".doctrees":
                shutil.rmtree(path)
            elif path.is_file() and path != self.target:
                path.unlink()
        super().init()
        self.guide_titles = {**self.guide_titles, "toc": interface_words(self.edition.language)("Contents")}

    def init_templates(self) -> None:
        super().init_templates()
        cache_templates(getattr(self.templates, "environment", None))

    def get_outdated_docs(self) -> Iterator[str]:
        if self.config.fleuron_article and not self.documents:
            known = [article_name(name) for name in sorted(self.env.found_docs) if is_article(name)]
            wanted = self.config.fleuron_article
            raise SystemExit(f"fleuron: there is no article “{wanted}”{suggestion(wanted, known)}")
        yield from self.env.found_docs if self.config.fleuron_issue else self.documents

    def make_id(self, name: str) -> str:
        """Return the id of a file in the manifest, the same for a name and its percent-encoded form.

        Sphinx 9.0 uses one form in the spine and the other in the manifest, so that a Cyrillic file name breaks the
        book, and numbers the ids in the order of its cache.
        """
        return "i" + hashlib.sha256(unquote(name).encode()).hexdigest()[:16]

    def prepare_writing(self, docnames: Set[str]) -> None:
        if self.single_article in publication_records(self.env).withheld:
            raise SystemExit(not_offered(self.config.fleuron_article, self.edition))
        self.__dict__.pop("documents", None)  # which were asked for before all were read
        is_part = bool(self.single_article or self.issue)
        self.use_index = not is_part and (self.use_index or is_index_wanted(self.env))
        super().prepare_writing(docnames)
        if is_part:
            self.domain_indices = []
        book = self.book
        cover_text = self.edition.comma.join(filter(None, [book.title, people_of(book)]))
        self.globalcontext |= {
            "edition": self.edition,
            "cover_text": cover_text,
            "style_sheets": self.style_sheets,
            # An extension may copy its style sheets when all is written, which is too late for a book.
            "word": interface_words(self.edition.language),
            "marked": interface_marker(self.edition.language),
            "address_of": self.get_target_uri,
            "is_in_book": lambda name: is_within(Path(self.outdir), name),
        }

    def write_doc_serialized(self, docname: str, doctree: nodes.document) -> None:
        if docname in self.documents:  # Sphinx writes every document that it has read again, and copies its pictures
            super().write_doc_serialized(docname, doctree)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        if docname not in self.documents:
            return
        if docname in self.folios:
            self.folios[docname].mark(doctree)
        say_source_only(self.edition_context, docname, doctree, self.get_relative_uri)
        for link in list(doctree.findall(nodes.reference)):
            if link.get("refuri", "").startswith(NOT_IN_BOOK):
                link.replace_self(list(link.children))
        mark_tables_of_contents(self.env, docname, doctree)
        add_sigla(self.env, docname, doctree)
        if docname == self.config.root_doc and (share := translated_part(self.edition_context)):
            say_share(doctree, share, self.edition)
        super().write_doc(docname, doctree)
        check_page(
            self.env, docname, words_to_write(self.expected), self.fragments.pop(docname), self.get_output_path(docname)
        )

    def add_visible_links(self, tree: nodes.document, show_urls: str = "inline") -> None:
        super().add_visible_links(tree, show_urls)
        self.expected = words_of_doctree(tree)  # nothing changes the document after this

    def get_doc_context(self, docname: str, body: str, metatags: str) -> dict[str, Any]:
        division = division_of(docname, self.issue.document if self.issue else self.config.root_doc)
        body = book_markup(valid_markup(body), division, self.edition)
        self.fragments[docname] = body
        return super().get_doc_context(docname, body, metatags) | {"matter": division.matter}

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Link to the pages that the book does not have on the site, if the site has an address."""
        addresses = self.edition_context.addresses
        if to in publication_records(self.env).withheld:
            return addresses.page(to, self.edition_context.languages[0]) or NOT_IN_BOOK
        if to in self.documents or to not in self.env.found_docs:
            return super().get_relative_uri(from_, to, typ)
        return addresses.page(to) or NOT_IN_BOOK

    def get_toc(self) -> None:
        """Write the front and back matter, and list the pages in reading order, from which Sphinx makes the spine."""
        self.write_matter()
        listed = [point.address for point in all_points(self.points) if "#" not in point.address]
        # Those that no contents list, such as pages of contributors, stand before the back matter.
        unlisted = [self.get_target_uri(name) for name in sorted(self.documents)]
        back = [self.matter_pages[name][1] for name in BACK if name in self.matter]
        ordered = [*(address for address in listed if address not in back), *unlisted, *listed]
        self.refnodes = [{"level": 1, "refuri": each, "text": ""} for each in dict.fromkeys(ordered) if each]

    @cached_property
    def points(self) -> list[NavigationPoint]:
        """The contents: front matter, the pages of the book, or one article with its sections, and back matter."""
        entries = entries_of_book(self.env, self.single_article, self.issue.document if self.issue else "")
        own = points_of(entries, self.get_target_uri, self.config.epub_tocdepth)
        before, after = (
            [NavigationPoint(title, address) for address, title in files]
            for files in (self.config.epub_pre_files, self.config.epub_post_files)
        )
        index = [NavigationPoint(str(GENERATED[INDEX][1]), f"{INDEX}{self.out_suffix}")] if self.use_index else []
        indices = [
            NavigationPoint(str(each[1].localname), f"{each[0]}{self.out_suffix}") for each in self.domain_indices
        ]
        front, back = (
            [NavigationPoint(*self.matter_pages[name]) for name in names if name in self.matter]
            for names in (FRONT, BACK)
        )
        return [*front, *before, *own, *index, *indices, *back, *after]

    @property
    def style_sheets(self) -> list[str]:
        """The style sheets of every page, in ``_static``."""
        return [*([TYPEFACES] if self.config.fleuron_epub_fonts else []), "book.css"]

    @cached_property
    def filenames(self) -> Mapping[str, str]:
        """The names of files, without a suffix, by document."""
        return ascii_names(self.env.found_docs)

    def get_output_path(self, page_name: str, /) -> Path:
        return super().get_output_path(self.filenames.get(page_name, page_name))

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return super().get_target_uri(self.filenames.get(docname, docname), typ)

    def post_process_images(self, doctree: nodes.Node) -> None:
        super().post_process_images(doctree)
        renamed = ascii_names(name for _, name in self.env.images.values())
        self.images.update({path: renamed.get(name, name) for path, name in self.images.items()})

    @cached_property
    def folios(self) -> Mapping[str, Folios]:
        """The pages of the printed volume by document."""
        return folios_of(self.env)

    def content_metadata(self) -> dict[str, Any]:
        return super().content_metadata() | {"uid": "publication-id", "lang": self.edition.language}

    def build_toc(self) -> None:
        """Write the NCX; that of Sphinx 9.0 has no parts, and another identifier than the package (issue 11184)."""
        book = self.book
        tree = etree.ElementTree(ncx_document(book.identifiers[0], book.title, self.points))
        write_tree(tree, Path(self.outdir, "toc.ncx"))

    @cached_property
    def single_article(self) -> str:
        """The document of the article that is built alone; empty if the book is the whole edition."""
        return article_document(self.config.fleuron_article) if self.config.fleuron_article else ""

    @cached_property
    def issue(self) -> IssueBook | None:
        """The issue that the book is of, if it is not the whole edition."""
        if self.issue_name:
            return book_of_issue(self.env, self.edition.language, self.issue_name)
        return issue_book(self.env, self.edition.language)

    @cached_property
    def documents(self) -> Set[str]:
        """The documents of the book: a single article or issue, or all but the pages that no contents list."""
        if self.single_article:
            return {self.single_article} & (self.env.found_docs - publication_records(self.env).withdrawn)
        if self.issue:
            return {*self.issue.volume} & self.env.found_docs
        return self.env.found_docs - unlisted_pages(self.env) - publication_records(self.env).withdrawn

    @property
    def context(self) -> BookContext:
        return BookContext(
            config=self.config,
            env=self.env,
            edition=self.edition,
            volume=self.volume,
            documents=self.documents,
            single_article=self.single_article,
            issue=self.issue,
            marks_pages=any(self.pages()),
        )

    @property
    def book(self) -> BookMetadata:
        return collect_metadata(self.context)

    def build_navigation_doc(self) -> None:
        """Write the navigation document; in that of Sphinx 9.0, parts of the contents are missing."""
        word = interface_words(self.edition.language)
        navigation = Navigation(
            language=self.edition.language,
            direction=self.edition.direction,
            style_sheets=[f"_static/{name}" for name in self.style_sheets],
            heading=self.guide_titles["toc"],
            points=self.points,
            landmarks=[Landmark("cover", word("Cover"), self.coverpage_name), *self.landmarks(NAVIGATION)],
            pages_heading=word("Pages"),
            pages=list(self.pages()),
            heading_attributes=interface_attributes(self.edition.language, "Contents"),
            pages_attributes=interface_attributes(self.edition.language, "Pages"),
        )
        page = etree.tostring(
            navigation_document(navigation), encoding="utf-8", xml_declaration=True, pretty_print=True, doctype=DOCTYPE
        )
        Path(self.outdir, NAVIGATION).write_bytes(page)
        self.files.append(NAVIGATION)

    @property
    def volume(self) -> list[str]:
        """The documents of the volume, or of the issue, in order."""
        return list(self.issue.volume) if self.issue else volume_of(self.env)

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield the pages of the printed volume that the book marks: their names and addresses."""
        for document in self.volume:
            if document in self.folios and document in self.documents:
                for name in self.folios[document].names:
                    yield name, f"{self.get_target_uri(document)}#{folio_id(name)}"

    @property
    def math_renderer_name(self) -> str:
        """MathML, which every reading system of EPUB 3 shows, whatever the project's web pages have."""
        return RENDERER

    @property
    def ignored_files(self) -> list[str]:
        """The files in Sphinx's folder that are not packed: those that Sphinx names, and its doctrees.

        Without the option -d, Sphinx 9.0 writes the doctrees into this folder, and warns of each of them.
        """
        kept = [path for path in Path(self.doctreedir).rglob("*") if path.is_relative_to(self.outdir)]
        return [*self._ignored_files, *(str(path.relative_to(self.outdir)) for path in kept)]

    @ignored_files.setter
    def ignored_files(self, names: list[str]) -> None:
        self._ignored_files = names

    def build_content(self) -> None:
        cover, _ = self.config.epub_cover
        if cover == COVER:
            Path(self.outdir, COVER).write_bytes(draw_cover(self.context, self.book))
        elif not is_within(Path(self.outdir), cover):
            raise SystemExit(
                f"fleuron: conf.py: epub_cover: the book has no file “{cover}”; put it in a folder of html_static_path"
            )
        if self.config.fleuron_epub_fonts:
            families, cache = typefaces_of(self.config), open_subset_cache(os.environ)
            write_typefaces(Path(self.outdir), families, cache, self.edition, self.guide_titles["toc"])
        super().build_content()
        path = Path(self.outdir, "content.opf")
        tree = etree.parse(BytesIO(path.read_bytes()), etree.XMLParser(remove_blank_text=True))
        pages = [name for name in self.files if name.endswith(self.out_suffix)]
        properties = {name: self.properties(name) for name in pages} | {cover: ["cover-image"]}
        book = collect_metadata(self.context, [Path(self.outdir, name) for name in pages])
        correct_package(tree.getroot(), book, properties, len(FRONT) + 1)
        etree.cleanup_namespaces(tree)
        write_tree(tree, path)

    def properties(self, page: str) -> list[str]:
        try:
            return page_properties(Path(self.outdir, page))
        except etree.XMLSyntaxError as error:
            names = {name: document for document, name in self.filenames.items()}
            source = self.env.doc2path(names[page.removesuffix(self.out_suffix)])
            report(Finding(Diagnostic.BROKEN_MARKUP, 1, {"problem": error.msg}), source)
            return []

    def finish(self) -> None:
        super().finish()
        if not (self.single_article or self.issue):
            write_issues(self._app, self, self.for_issue)

    def for_issue(self, name: str, folder: Path) -> EditionEpubBuilder:
        """Return a builder of an issue's book, which unpacks it in a folder."""
        # The folders of pictures and of style sheets are those below the folder of the application (Sphinx 9.0).
        self._app.outdir = folder
        try:
            builder = type(self)(self._app, self.env)
        finally:
            self._app.outdir = self.outdir
        builder.issue_name, builder.published_from = name, Path(self.outdir)
        return builder

    def build_epub(self) -> None:
        names = ["mimetype", "META-INF/container.xml", "content.opf", "toc.ncx", *sorted(set(self.files))]
        self.target.parent.mkdir(parents=True, exist_ok=True)
        write_archive(self.target, Path(self.outdir), names, self.book.modified)
        if not is_to_be_published(application_of(self)):
            return
        texts = edition_texts(self.env)
        text = texts.articles[self.single_article] if self.single_article else texts.whole
        if self.issue:
            text = texts.issues[self.issue.document]
        name = f"epub/{self.target.relative_to(self.published_from or self.outdir).as_posix()}"
        record_books(self.env, {name: (self.target.read_bytes(), text)})
