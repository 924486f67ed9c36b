"""The PDF builder of an edition."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging

from fleuron.editions.naming import current_edition, file_stem
from fleuron.manuscript.register import register_of
from fleuron.paged.fragments import Fragment, anchor, linked_anchors, prepare
from fleuron.paged.sheets import Imprint, offprint_sheet, volume_sheet
from fleuron.publication.order import ARTICLES, AUTHORS, is_article, is_contributor, reading_order

logger = logging.getLogger(__name__)


class PdfBuilder(StandaloneHTMLBuilder):
    """Write ``<publication>-<language>.pdf`` and ``<language>/<article>.pdf``.

    It is an HTML builder, for its pages are laid out from HTML; but it writes no pages, it keeps
    the fragment of each document and lays all of them out at the end.
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
        self.fragments: dict[str, Fragment] = {}
        self.preface = ""

    @property
    def volume(self) -> list[str]:
        """The documents of the volume, in order."""
        order = reading_order(self.config.root_doc, self.env.toctree_includes)
        return [name for name in order[1:] if not is_contributor(name)]

    def get_outdated_docs(self) -> Iterator[str]:
        yield from self.env.found_docs

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return "#" + anchor(docname)

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self.get_target_uri(to)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Keep a document's fragment."""
        if docname not in (*self.volume, self.config.root_doc):
            return
        prepare(doctree, docname, self.volume)
        doctree.settings = self.docsettings
        self.fignumbers = {
            kind: {f"{anchor(docname)}--{name}": number for name, number in numbers.items()}
            for kind, numbers in self.env.toc_fignumbers.get(docname, {}).items()
        }
        self.imgpath = self.imagedir
        self.current_docname = docname
        if docname == self.config.root_doc:
            self.preface = self.translated(without_title(doctree))
        else:
            self.fragments[docname] = self.fragment(docname, doctree)

    def translated(self, doctree: nodes.document) -> str:
        visitor: Any = self.create_translator(doctree, self)
        doctree.walkabout(visitor)
        return "".join(visitor.fragment)

    def fragment(self, docname: str, doctree: nodes.document) -> Fragment:
        article = register_of(self.env).articles.get(docname)
        return Fragment(
            anchor=anchor(docname),
            title=self.env.titles[docname].astext(),
            authors=self.names_of([docname]),
            date=article.date if article else None,
            keywords=article.keywords if article else (),
            links=linked_anchors(doctree),
            body=self.translated(doctree),
        )

    def names_of(self, documents: Iterable[str]) -> str:
        """List the authors of articles, each once, as the edition names them."""
        articles = register_of(self.env).articles
        authors = dict.fromkeys(name for each in documents if each in articles for name in articles[each].authors)
        return ", ".join(self.env.titles[AUTHORS + name].astext() for name in authors)

    def finish(self) -> None:
        """Lay out what was kept; nothing of the HTML builder's own pages."""
        self.copy_image_files()
        layout = self.layout()
        imprint = self.imprint()
        fragments = [self.fragments[name] for name in self.volume if name in self.fragments]
        volume = volume_sheet(imprint, fragments, self.edition)
        losses = layout.write(volume, Path(self.outdir, f"{file_stem(self.config)}.pdf"))
        folder = Path(self.outdir, self.edition.language)
        shutil.rmtree(folder, ignore_errors=True)
        for name in self.volume:
            if is_article(name):
                sheet = offprint_sheet(imprint, self.fragments[name], self.edition)
                losses += layout.write(sheet, folder / f"{name.removeprefix(ARTICLES)}.pdf")
        for loss in dict.fromkeys(losses):
            logger.error("a PDF would lack something: %s", loss, type="fleuron", subtype="loss")

    def layout(self) -> Any:
        try:
            from fleuron.paged.layout import Layout
        except OSError as error:  # from the loader of shared libraries
            raise SystemExit(f"fleuron: a PDF needs Pango: {error}") from error
        return Layout(Path(self.outdir))

    def imprint(self) -> Imprint:
        dates = sorted(fragment.date for fragment in self.fragments.values() if fragment.date)
        return Imprint(
            title=self.env.titles[self.config.root_doc].astext(),
            author=self.names_of(self.volume) or self.config.author,
            rights=str(self.config.copyright),
            date=dates[-1] if dates else None,
            preface=self.preface,
        )

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
