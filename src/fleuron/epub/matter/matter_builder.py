"""The part of the builder that writes the front and back matter of a book, and knows where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.builders.epub3 import Epub3Builder

from fleuron.config import typefaces_of
from fleuron.content.edition_context import EditionContext
from fleuron.editions.interface_words import interface_words
from fleuron.epub.markup.book_markup import book_markup
from fleuron.epub.matter.book_pages import FRONT, TERMS, MatterContext, pages_of
from fleuron.epub.matter.divisions import CHAPTER, landmarks_of
from fleuron.epub.navigation import Landmark
from fleuron.epub.package_metadata import BookMetadata
from fleuron.fonts.edition_fonts import used_families
from fleuron.manuscript.notices.issue_books import IssueBook
from fleuron.publication.edition import Edition


class MatterBuilder(Epub3Builder):
    """Writes title page, imprint, sources, index of names and colophon; a builder says of what."""

    edition_context: EditionContext
    edition: Edition

    if TYPE_CHECKING:

        @property
        def book(self) -> BookMetadata: ...
        @property
        def volume(self) -> list[str]: ...
        @cached_property
        def documents(self) -> Set[str]: ...
        @cached_property
        def single_article(self) -> str: ...
        @cached_property
        def issue(self) -> IssueBook | None: ...
        @cached_property
        def filenames(self) -> Mapping[str, str]: ...

    @cached_property
    def matter(self) -> dict[str, dict[str, Any]]:
        """What the pages of front and back matter show, by their names; to be used when all documents are written."""
        families = typefaces_of(self.config) if self.config.fleuron_epub_fonts else {}
        context = MatterContext(
            edition_context=self.edition_context,
            book=self.book,
            documents=[name for name in self.volume if name in self.documents],
            article=self.single_article,
            issue=self.issue,
            html_of=lambda node: book_markup(str(self.render_partial(node)["fragment"]), CHAPTER, self.edition),
            typefaces=used_families(Path(self.outdir), families, self.edition.language) if families else (),
        )
        return dict(pages_of(context))

    @property
    def matter_pages(self) -> dict[str, tuple[str, str]]:
        """The titles and addresses of the pages of front and back matter, by their names."""
        return {
            name: (content["title"], f"{self.page_name(name)}{self.out_suffix}")
            for name, content in self.matter.items()
        }

    def page_name(self, name: str) -> str:
        """Return the name of a page of front or back matter, which no text of the publication has."""
        return f"{name}-of-book" if name in self.filenames.values() else name

    def write_matter(self) -> None:
        """Write the pages of front and back matter."""
        for name, content in self.matter.items():
            self.handle_page(self.page_name(name), content, f"{name}.html")

    def reading_order(self) -> Sequence[str]:
        """Return the documents of the book as they stand in it."""
        documents = {self.get_target_uri(name): name for name in self.documents}
        return [documents[each["refuri"]] for each in self.refnodes if each["refuri"] in documents]

    def landmarks(self, contents: str) -> Iterator[Landmark]:
        """Yield the landmarks after the cover, given the address of the contents."""
        word = interface_words(self.edition.language)
        yield from (Landmark(TERMS[name], *self.matter_pages[name]) for name in FRONT)
        yield Landmark("toc", word("Contents"), contents)
        titles = {name: title.astext() for name, title in self.env.titles.items()}
        yield from landmarks_of(self.reading_order(), self.matter_pages, word, titles.__getitem__, self.get_target_uri)
