"""Make the lines of a volume's printed contents, and its bookmarks, from the contents of the publication."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fleuron.paged.binding.bound_document import Bookmark
from fleuron.paged.sheets.pdf_input import Chapter, ContentsLine
from fleuron.publication.contents import ContentsEntry, all_entries
from fleuron.publication.document_names import volume_anchor

# The id of the text of the root document, on the imprint page.
PREFACE = "preface"


@dataclass(frozen=True)
class VolumeContents:
    """The contents of a volume; ``chapters`` are its texts by their anchors.

    ``preface`` is the anchor of the document whose text is on the imprint page; empty if it has none.
    """

    entries: tuple[ContentsEntry, ...]
    chapters: Mapping[str, Chapter]
    preface: str

    def lines(self, folios: Mapping[str, int], titles: Mapping[str, str]) -> list[ContentsLine]:
        """Return the lines of the contents, those of sections after the articles at the end.

        ``folios`` are the first folios of the texts and sections, in order, and ``titles`` their titles.
        """
        listed = {volume_anchor(entry.document) for entry in all_entries(self.entries) if entry.document}
        others = [name for name in folios if name not in listed]
        lines = list(self.lines_of(self.entries, folios))
        return lines + [
            ContentsLine(titles[name], name, self.authors_of(name), folios[name], article_number=self.number_of(name))
            for name in others
        ]

    def lines_of(self, entries: Iterable[ContentsEntry], folios: Mapping[str, int]) -> Iterator[ContentsLine]:
        """Yield the lines of entries; what is not printed in the volume has none, but what is below it has."""
        for entry in entries:
            anchor, below = volume_anchor(entry.document), tuple(self.lines_of(entry.entries, folios))
            title, number, language = entry.title, entry.number, entry.language
            if entry.document and anchor in folios:
                authors, folio, told = self.authors_of(anchor), folios[anchor], {"number": number, "language": language}
                told["article_number"] = self.number_of(anchor)
                yield ContentsLine(title, anchor, authors, folio, **told, lines=below)
            elif entry.address:
                yield ContentsLine(title, address=entry.address, language=language)
            elif entry.is_part and below:
                yield ContentsLine(title, number=number, language=language, lines=below)
            elif entry.document and anchor == self.preface:
                yield ContentsLine(title, PREFACE, language=language)
            else:
                yield from below

    def authors_of(self, anchor: str) -> str:
        return self.chapters[anchor].fragment.authors if anchor in self.chapters else ""

    def number_of(self, anchor: str) -> str:
        return self.chapters[anchor].article_number if anchor in self.chapters else ""

    def bookmarks(self) -> tuple[Bookmark, ...]:
        """Return the bookmarks of parts and texts."""
        return tuple(self.bookmarks_of(self.entries))

    def bookmarks_of(self, entries: Iterable[ContentsEntry]) -> Iterator[Bookmark]:
        for entry in entries:
            below = tuple(self.bookmarks_of(entry.entries))
            anchor = volume_anchor(entry.document) if entry.document else ""
            if anchor in self.chapters or (entry.is_part and below):
                yield Bookmark(entry.numbered_title, anchor, below)
            else:
                yield from below
