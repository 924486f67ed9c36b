"""The Sphinx builder ``pdf``: write each document as an HTML fragment, then make the PDFs of the edition from them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

from docutils import nodes
from lxml import html
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging

from fleuron.atomic_files import write_file
from fleuron.build_results import PLAN_FILE
from fleuron.config import typefaces_of
from fleuron.conservation.comparison import LostWord, compare
from fleuron.conservation.doctree_words import words_of_doctree, words_to_write
from fleuron.conservation.hidden_words import report_hidden
from fleuron.conservation.html_words import words_of_html
from fleuron.conservation.loss_reports import lost_by_document, report_losses
from fleuron.conservation.words import Streams
from fleuron.content.book_texts import edition_texts, record_books
from fleuron.content.books.imprint import authors_by_name, signatories_of
from fleuron.content.books.indexes import INDEX_OF_NAMES
from fleuron.content.contents.generated_pages import INDEX
from fleuron.content.edition_context import EditionContext, edition_context, not_offered
from fleuron.content.picture_writing import picture_content
from fleuron.diagnostics.similar_names import suggestion
from fleuron.editions.bidirectional import LANGUAGE_CLASS
from fleuron.editions.edition_names import file_stem, publication_name
from fleuron.editions.interface_words import interface_words, language_of_words
from fleuron.fonts.font_list import listed_faces
from fleuron.fonts.script_faces import ScriptFaces
from fleuron.fonts.subset_cache import open_subset_cache
from fleuron.manuscript.file_access import is_inside
from fleuron.manuscript.notices.issue_books import IssueBook, issue_book, issue_books
from fleuron.manuscript.notices.printed_pages import bound_documents
from fleuron.manuscript.page_references import name_other_pages, page_reference
from fleuron.manuscript.passages import text_digests
from fleuron.manuscript.records import publication_records, volume_of
from fleuron.manuscript.translated.sigla import add_sigla
from fleuron.notes.cited_sources import compiled_style, notes_domain
from fleuron.paged.binding.bound_document import VOLUME
from fleuron.paged.binding.bound_document_cache import BoundDocumentCache
from fleuron.paged.layout.program_versions import binding_programs
from fleuron.paged.page_losses import report_losses_of_pages
from fleuron.paged.printing.print_job import PrintJob, print_job
from fleuron.paged.run.assemble_edition import AssembledEdition, title_name
from fleuron.paged.run.make_pdfs import make_pdfs
from fleuron.paged.sheets.collect_input import EditionDocuments, WrittenDocuments, collect_pdf_input
from fleuron.paged.sheets.fragments import (
    Fragment,
    FragmentTranslator,
    ids_of,
    is_printed,
    prepare,
    remove_tables_of_contents,
    word_page_references,
)
from fleuron.paged.sheets.index_terms import cited_names, marked_terms
from fleuron.paged.sheets.missing_characters import MissingCharacters, prints_boxes
from fleuron.paged.sheets.page_style import StyleSheetError, font_set_of
from fleuron.paged.sheets.pdf_input import PdfInput
from fleuron.paged.sheets.sheet_faces import SheetFaces
from fleuron.paged.sheets.sheet_templates import FOLDER, SheetTemplateError, SheetTemplates
from fleuron.publication.document_names import (
    PRINT_FOLDER,
    article_document,
    article_name,
    is_article,
    is_contributor,
    volume_anchor,
)
from fleuron.publication.journal.issues import ISSUE_FOLDER, book_name
from fleuron.publication.page_plan import write_plan
from fleuron.reporting import is_to_be_published, note_unwritten
from fleuron.sphinx_versions import application_of

logger = logging.getLogger(__name__)
# Emitted with the name of a document and the tree of a sheet's HTML; declared and documented in `fleuron.paged`.
SHEET_COMPOSED = "fleuron-sheet-composed"


class PdfBuilder(StandaloneHTMLBuilder):
    """Write ``<publication>-<language>.pdf`` and ``<language>/<article>.pdf``.

    It is an HTML builder, since its pages are laid out from HTML; but it writes no HTML files: it keeps
    the fragment of each document and makes the PDFs when all are written.
    """

    name = "pdf"
    default_translator_class = FragmentTranslator
    epilog = ""
    search = False
    copysource = False
    download_support = False
    add_permalinks = False
    allow_parallel = False

    def init(self) -> None:
        super().init()
        self.edition_context: EditionContext = edition_context(self.env, self.config, self_contained=True)
        self.edition = self.edition_context.edition
        self.use_index = True  # that of names, in which the entries of authors are
        self.written = WrittenDocuments()
        self.expected: dict[str, Streams] = {}

    @cached_property
    def volume(self) -> list[str]:
        """The documents of the volume, in order, and those that only issues have."""
        return bound_documents(self.env)

    @cached_property
    def issue(self) -> IssueBook | None:
        """The issue that is built alone, if there is one."""
        return issue_book(self.env, self.edition.language)

    @cached_property
    def issues(self) -> list[IssueBook]:
        """The issues that are built: the one that is built alone, or all."""
        return [self.issue] if self.issue else issue_books(self.env, self.edition.language)

    @cached_property
    def texts(self) -> dict[str, str]:
        """A digest of the text of each document of the volume."""
        return text_digests(self.env, self.volume)

    @cached_property
    def signatories(self) -> list[str]:
        """The pages of all editors, authors and translators."""
        of_issues = (name for book in self.issues for name in signatories_of(self.env, book.volume, book.editors))
        own = signatories_of(self.env, self.volume, self.config.fleuron_editors)
        return list(dict.fromkeys((*own, *of_issues)))

    @cached_property
    def word_classes(self) -> list[str]:
        """The classes of a text of the interface in a document: its language, where that is another one."""
        language = language_of_words(self.edition.language)
        return [] if language == self.edition.language else [f"{LANGUAGE_CLASS}{language}"]

    @cached_property
    def faces(self) -> SheetFaces:
        """The faces of the edition's sheets; raises SystemExit where a typeface of the text is not installed."""
        families, listed = typefaces_of(self.config), listed_faces()
        chooser = ScriptFaces(families, listed, self.edition.language)
        return SheetFaces(chooser, font_set_of(families, listed), open_subset_cache(os.environ))

    @cached_property
    def missing_characters(self) -> MissingCharacters:
        return MissingCharacters(self.env, self.faces, self.edition.language, boxes=prints_boxes(application_of(self)))

    def get_outdated_docs(self) -> Iterator[str]:
        if article := self.config.fleuron_article:
            yield from {self.config.root_doc, article_document(article)} & self.env.found_docs
        else:
            yield from self.env.found_docs

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return f"{VOLUME}#{INDEX_OF_NAMES}" if docname == INDEX else "#" + volume_anchor(docname)

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Link an article that the edition does not offer in the source's, if the site has an address."""
        is_withheld = to in publication_records(self.env).withheld
        source = self.edition_context.addresses.page(to, self.edition_context.languages[0]) if is_withheld else ""
        return source or self.get_target_uri(to)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Keep the HTML of a document that is part of the PDFs."""
        if docname not in (*self.volume, *self.signatories, self.config.root_doc):
            return
        self.missing_characters.find_in_document(docname, doctree)
        pictures = [image["uri"] for image in doctree.findall(nodes.image) if is_printed(image)]
        if docname == self.config.root_doc or is_contributor(docname):
            without_title(doctree)
        remove_tables_of_contents(doctree)
        add_sigla(self.env, docname, doctree)
        name_other_pages(doctree, {volume_anchor(name) for name in self.documents_beside(docname)})
        self.expected[docname] = words_of_doctree(doctree, but=(page_reference,))
        prepare(doctree, docname, [*self.volume, *self.signatories], self.edition.comma)
        doctree.settings = self.docsettings
        self.fignumbers = {
            kind: {f"{volume_anchor(docname)}--{name}": number for name, number in numbers.items()}
            for kind, numbers in self.env.toc_fignumbers.get(docname, {}).items()
        }
        self.secnumbers = {
            anchor and f"#{volume_anchor(docname)}--{anchor.removeprefix('#')}": number
            for anchor, number in self.env.toc_secnumbers.get(docname, {}).items()
        }
        self.imgpath = self.imagedir
        self.current_docname = docname
        self.written.pictures[docname] = {
            f"{self.imagedir}/{self.images[uri]}": picture_content(Path(self.srcdir, uri))
            for uri in pictures
            if uri in self.images and is_inside(self.env, Path(self.srcdir, uri))
        }
        if docname == self.config.root_doc:
            self.written.preface = self.fragment_html(doctree)
        elif is_contributor(docname):
            self.written.biographies[docname] = self.fragment_html(doctree)
        else:
            self.keep_chapter(docname, doctree)

    def documents_beside(self, document: str) -> list[str]:
        """List the documents whose pages may be named in one: those of its issue, or all if there are no issues."""
        records = publication_records(self.env)
        if not records.issues:
            return [*self.volume, *self.signatories]
        own = records.issue_of.get(document, document)
        return [name for name in self.volume if records.issue_of.get(name, name) == own]

    def keep_chapter(self, docname: str, doctree: nodes.document) -> None:
        """Keep the fragment of a text of the volume, and its entries of the index of names."""
        names = [*cited_names(doctree, notes_domain(self.env).items), *marked_terms(doctree, docname)]
        self.written.entries[docname] = names
        self.written.ids[docname] = ids_of(doctree)
        pages_named = word_page_references(doctree, interface_words(self.edition.language)("p."), self.word_classes)
        article = publication_records(self.env).articles.get(docname)
        texts = publication_records(self.env).article_texts.get(docname)
        self.written.fragments[docname] = Fragment(
            anchor=volume_anchor(docname),
            title=self.env.titles[docname].astext(),
            authors=", ".join(authors_by_name(self.env, [docname])),
            date=article.date if article else None,
            keywords=texts.keywords if texts else (),
            pages_named=pages_named,
            text=self.texts[docname],
            body=self.fragment_html(doctree),
        )

    def fragment_html(self, doctree: nodes.document) -> str:
        """Write a document as HTML."""
        visitor: Any = self.create_translator(doctree, self)
        doctree.walkabout(visitor)
        fragment = "".join(visitor.fragment)
        self.expected[self.current_docname] = words_to_write(self.expected[self.current_docname])
        expected = self.expected[self.current_docname]
        losses = compare(expected, words_of_html(fragment), all_known=not expected.is_extended)
        report_losses(self.env, self.current_docname, losses, "PDF")
        report_hidden(self.env, self.current_docname, expected, fragment, "PDF")
        return fragment

    def html_of(self, node: nodes.Element) -> str:
        """Write a node that belongs to no document as HTML."""
        return str(self.render_partial(node)["fragment"])

    def finish(self) -> None:
        """Make the PDFs from what was kept; write none of the HTML builder's own pages."""
        pdf_input = self.pdf_input()
        only = volume_anchor(article_document(self.config.fleuron_article)) if self.config.fleuron_article else ""
        if only and not any(chapter.fragment.anchor == only for chapter in pdf_input.chapters):
            self.no_such_article()
        printing = print_job(self.config, Path(self.confdir))
        record = Path(self.doctreedir, "books.json")
        bound = BoundDocumentCache(Path(self.outdir), record, f"{pdf_input.programs}; {binding_programs()}")
        plan, issue = Path(self.doctreedir, PLAN_FILE), self.issue.name if self.issue else ""
        try:
            assembled = make_pdfs(pdf_input, self.sheet_templates(), self.config, bound.bind, plan, only, issue)
        except SheetTemplateError as error:
            raise SystemExit(f"fleuron: {error}") from None
        self.missing_characters.report()
        if not assembled.is_complete:
            note_unwritten()
        report_losses_of_pages(assembled.losses, self.documents_of)
        for name, lost in assembled.lost_words.items():
            self.report_lost_words(name, lost)
        if assembled.undescribed:
            logger.warning(
                "the PDFs with pictures that have no alternative text do not claim to be accessible (PDF/UA); "
                "number of such pictures in this edition: %s",
                assembled.undescribed,
                type="fleuron",
                subtype="not_accessible",
            )
        if assembled.is_complete and is_to_be_published(application_of(self)):
            write_plan(assembled.plan, plan)
            written = self.write_pdfs(assembled)
            bound.save_record(written)
            self.record_texts(written)
            self.write_printer_files(printing, written)

    def report_lost_words(self, unit: str, losses: Sequence[LostWord]) -> None:
        """Report what the pages of a unit lack of its sheet's words, where a document of the unit has them."""
        for document, lost in lost_by_document(losses, self.documents_of(unit), self.expected).items():
            report_losses(self.env, document, lost, "PDF")

    def documents_of(self, unit: str) -> list[str]:
        """Return the documents whose words a unit may have: an article's own, or those of the front and back sheets."""
        own = [name for name in self.volume if unit in (volume_anchor(name), title_name(volume_anchor(name)))]
        return own or [self.config.root_doc, *self.signatories, *self.volume]

    def pdf_input(self) -> PdfInput:
        """Collect what the PDFs are made from; raises SystemExit where something is missing."""
        volume = volume_of(self.env)
        whole = EditionDocuments(
            context=self.edition_context,
            volume=volume,
            signatories=signatories_of(self.env, volume, self.config.fleuron_editors),
            written=self.written,
            style=compiled_style(self.env),
            faces=self.faces,
            html_of=self.html_of,
        )
        try:
            return collect_pdf_input(whole, [] if self.config.fleuron_article else self.issues)
        except StyleSheetError as error:
            raise SystemExit(f"fleuron: {error}") from None
        except OSError as error:  # from the loader of shared libraries
            raise SystemExit(f"fleuron: a PDF needs Pango: {error}") from error

    def sheet_templates(self) -> SheetTemplates:
        """Return the templates of sheets, with those that the publication overrides."""
        folders = [Path(self.confdir, folder, FOLDER) for folder in self.config.templates_path]
        return SheetTemplates(folders, Path(self.confdir), self.emit_sheet_composed)

    def emit_sheet_composed(self, document: str, sheet: str) -> str:
        """Let listeners of the event ``fleuron-sheet-composed`` change a sheet; return its HTML.

        ``document`` is the anchor of the document that the sheet is of; a sheet without one is of the root document.
        """
        if not self.events.listeners.get(SHEET_COMPOSED):
            return sheet
        names = {volume_anchor(name): name for name in self.volume}
        tree = html.document_fromstring(sheet)
        before = html.tostring(tree, encoding="unicode")
        self.events.emit(SHEET_COMPOSED, names.get(document, self.config.root_doc), tree)
        after = html.tostring(tree, encoding="unicode")
        return sheet if after == before else f"<!DOCTYPE html>\n{after}"

    def no_such_article(self) -> NoReturn:
        known = [article_name(name) for name in self.volume if is_article(name)]
        wanted = self.config.fleuron_article
        if article_document(wanted) in publication_records(self.env).withheld:
            raise SystemExit(not_offered(wanted, self.edition))
        raise SystemExit(f"fleuron: there is no article “{wanted}” in the volume{suggestion(wanted, known)}")

    def write_pdfs(self, assembled: AssembledEdition) -> dict[str, bytes]:
        """Write the PDFs, and return them by name; an empty volume leaves that of the last build as it is."""
        names, language = {volume_anchor(name): article_name(name) for name in self.volume}, self.edition.language
        pdfs = {f"{language}/{names[name]}.pdf": content for name, content in assembled.offprints.items()}
        pdfs |= {f"{self.name_of_issue(name)}.pdf": content for name, content in assembled.issues.items()}
        if assembled.volume:
            pdfs[f"{file_stem(self.config)}.pdf"] = assembled.volume
            for folder in (language, f"{ISSUE_FOLDER}{language}"):
                shutil.rmtree(Path(self.outdir, folder), ignore_errors=True)
        for name, content in pdfs.items():
            write_file(Path(self.outdir, name), content)
        return pdfs

    def write_printer_files(self, printing: PrintJob | None, pdfs: Mapping[str, bytes]) -> None:
        """Write the printer's files of the volume and the issues that were written."""
        books = {name: content for name, content in pdfs.items() if not name.startswith(f"{self.edition.language}/")}
        if f"{file_stem(self.config)}.pdf" in books:
            shutil.rmtree(Path(self.outdir, PRINT_FOLDER), ignore_errors=True)
        if printing:
            for name, content in books.items():
                printing.write(name, content, Path(self.outdir), self.edition.language)

    def name_of_issue(self, issue: str) -> str:
        return book_name(self.edition.language, publication_name(self.config), issue)

    def record_texts(self, pdfs: Mapping[str, bytes]) -> None:
        """Record which texts PDFs were made from."""
        texts = edition_texts(self.env)
        digests = {
            f"{self.edition.language}/{article_name(document)}.pdf": text for document, text in texts.articles.items()
        }
        digests[f"{file_stem(self.config)}.pdf"] = texts.volume
        for issue in self.issues:
            digests[f"{self.name_of_issue(issue.name)}.pdf"] = texts.issues[issue.document]
        record_books(self.env, {f"pdf/{name}": (content, digests[name]) for name, content in pdfs.items()})

    def copy_static_files(self) -> None:
        """Copy none: the style sheets are not those of a theme. Extensions such as MyST-NB write into the folder."""
        Path(self.outdir, "_static").mkdir(exist_ok=True)

    def handle_page(self, *args: Any, **options: Any) -> None:
        """Write no pages."""

    def dump_inventory(self) -> None:
        """Write no inventory."""


def without_title(doctree: nodes.document) -> nodes.document:
    """Remove the first title of a document; one with a note becomes a paragraph, or its note would have no call."""
    title = doctree.next_node(nodes.title)
    if title is not None and title.parent is not None:
        has_notes = any(title.findall(nodes.footnote_reference))
        kept = nodes.paragraph("", "", *title.children, classes=title["classes"])
        title.parent.replace(title, [kept] if has_notes else [])
    return doctree
