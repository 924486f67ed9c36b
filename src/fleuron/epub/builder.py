"""The EPUB builder of an edition."""

from __future__ import annotations

import datetime
import hashlib
import html
import os
import shutil
from collections.abc import Iterator, Mapping, Set
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from docutils import nodes
from lxml import etree
from sphinx.builders._epub_base import NavPoint
from sphinx.builders.epub3 import Epub3Builder

from fleuron.config import is_set
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.editions.naming import current_edition, publication_name
from fleuron.editions.words import words
from fleuron.epub.navigation import Landmark, complete
from fleuron.epub.package import Book, edition_identifier, page_properties, repair_package, write_archive
from fleuron.manuscript.folios import folio_id
from fleuron.manuscript.register import register_of
from fleuron.publication.order import AUTHORS, volume_order
from fleuron.reports import refuse
from fleuron.site.folios import Folios, folios_of


class EditionEpubBuilder(Epub3Builder):
    """Write ``<publication>-<language>.epub`` beside the unpacked book."""

    name = "epub"

    def init(self) -> None:
        self.edition = current_edition(self.config)
        self.target = Path(self.outdir, f"{self.config.epub_basename}.epub")
        # Sphinx 9.0 packs whatever lies in its folder, a withdrawn article too: begin with none.
        for left in Path(self.outdir).iterdir():
            if left.is_dir() and left.name != ".doctrees":
                shutil.rmtree(left)
            elif left.is_file() and left != self.target:
                left.unlink()
        super().init()
        self.guide_titles = {**self.guide_titles, "toc": words(self.edition.language)("Contents")}

    def get_outdated_docs(self) -> Iterator[str]:
        yield from self.env.found_docs

    def make_id(self, name: str) -> str:
        """Name a file in the manifest; the same for a name and its percent-encoded form.

        Sphinx 9.0 looks up the one in the spine and the other in the manifest, so that a Cyrillic
        file name breaks the book, and counts ids in the order of its cache.
        """
        return "i" + hashlib.sha256(unquote(name).encode()).hexdigest()[:16]

    def prepare_writing(self, docnames: Set[str]) -> None:
        super().prepare_writing(docnames)
        self.globalcontext["edition"] = self.edition

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        if docname in self.folios:
            self.folios[docname].mark(doctree)
        super().write_doc(docname, doctree)

    @cached_property
    def folios(self) -> Mapping[str, Folios]:
        """The pages of the volume on which each document stands."""
        return folios_of(self.env)

    def content_metadata(self) -> dict[str, Any]:
        return super().content_metadata() | {"uid": "publication-id", "lang": self.edition.language}

    def toc_metadata(self, level: int, navpoints: list[NavPoint]) -> dict[str, Any]:
        # The NCX repeats the identifier itself; Sphinx writes its XML id (issue 11184).
        return super().toc_metadata(level, navpoints) | {
            "uid": self.book.identifier,
            "title": html.escape(self.book.title),
        }

    @property
    def book(self) -> Book:
        register = register_of(self.env)
        date = max((article.date for article in register.articles.values() if article.date), default=None)
        authors = dict.fromkeys(name for article in register.articles.values() for name in article.authors)
        return Book(
            identifier=edition_identifier(publication_name(self.config), self.edition.language),
            title=self.env.titles[self.config.root_doc].astext(),
            language=self.edition.language,
            direction=self.edition.direction,
            creators=tuple(self.env.titles[AUTHORS + name].astext() for name in authors),
            publisher=self.config.epub_publisher if is_set(self.config, "epub_publisher") else self.config.author,
            rights=str(self.config.copyright or ""),
            date=date,
            modified=date or source_date(),
        )

    def build_navigation_doc(self) -> None:
        super().build_navigation_doc()
        path = Path(self.outdir, "nav.xhtml")
        tree = etree.parse(path)
        word = words(self.edition.language)
        first = next((name for name in self.volume if name in self.env.found_docs), self.config.root_doc)
        landmarks = [
            Landmark("toc", word("Contents"), "nav.xhtml"),
            Landmark("bodymatter", self.env.titles[first].astext(), self.get_target_uri(first)),
        ]
        complete(tree.getroot(), landmarks, word("Pages"), self.pages())
        path.write_bytes(etree.tostring(tree, encoding="utf-8", xml_declaration=True))

    @property
    def volume(self) -> list[str]:
        """The documents of the volume, in order."""
        return volume_order(self.config.root_doc, self.env.toctree_includes)

    def pages(self) -> Iterator[tuple[str, str]]:
        """List the pages of the volume that the book marks, by name, with their addresses."""
        for document in self.volume:
            for name in self.folios[document].names if document in self.folios else ():
                yield name, f"{self.get_target_uri(document)}#{folio_id(name)}"

    def build_content(self) -> None:
        super().build_content()
        path = Path(self.outdir, "content.opf")
        tree = etree.parse(path, etree.XMLParser(remove_blank_text=True))
        pages = [name for name in self.files if name.endswith(self.out_suffix)]
        repair_package(tree.getroot(), self.book, {name: self.properties(name) for name in pages})
        etree.cleanup_namespaces(tree)
        tree.write(path, encoding="utf-8", xml_declaration=True, pretty_print=True)

    def properties(self, page: str) -> list[str]:
        try:
            return page_properties(Path(self.outdir, page))
        except etree.XMLSyntaxError as error:
            source = self.env.doc2path(page.removesuffix(self.out_suffix))
            refuse(self._app, [(Finding(Diagnostic.BROKEN_MARKUP, 1, {"problem": error.msg}), source)])
            return []

    def build_epub(self) -> None:
        names = ["mimetype", "META-INF/container.xml", "content.opf", "toc.ncx", *sorted(set(self.files))]
        write_archive(self.target, Path(self.outdir), names, self.book.modified)


def source_date() -> datetime.date:
    """The date of a publication without dated articles: the build's SOURCE_DATE_EPOCH, or none at all."""
    seconds = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date()
