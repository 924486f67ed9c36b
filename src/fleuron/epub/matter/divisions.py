"""Say which part of a book each of its documents is, and which places its landmarks name (EPUB 3.3, 7.4.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from fleuron.epub.markup.book_markup import Division
from fleuron.epub.matter.book_pages import FRONT, TERMS
from fleuron.epub.navigation import Landmark
from fleuron.publication.document_names import is_article, is_contributor

PREFACE = Division("preface", "doc-preface", "frontmatter")
CONTRIBUTOR = Division("contributors", matter="backmatter")
CHAPTER = Division("chapter", "doc-chapter")


def division_of(document: str, first: str) -> Division:
    """Return what a document is; ``first`` is that of the edition or issue, whose text is a preface."""
    if is_article(document):
        return CHAPTER
    if document == first:
        return PREFACE
    return CONTRIBUTOR if is_contributor(document) else CHAPTER


def landmarks_of(
    documents: Iterable[str],
    pages: Mapping[str, tuple[str, str]],
    word: Callable[[str], str],
    title_of: Callable[[str], str],
    address_of: Callable[[str], str],
) -> Iterator[Landmark]:
    """Yield the landmarks after the contents: where the text begins, and what follows it.

    ``pages`` are title and address of the pages of front and back matter, by name.
    """
    ordered = list(documents)
    begin = next((name for name in ordered if is_article(name)), ordered[0] if ordered else "")
    if begin:
        yield Landmark("bodymatter", title_of(begin), address_of(begin))
    if contributor := next(filter(is_contributor, ordered), ""):
        yield Landmark("contributors", word("Contributors"), address_of(contributor))
    for name, (title, address) in pages.items():
        if name not in FRONT:
            yield Landmark(TERMS[name], title, address)
