"""Keep the search index between builds in a form in which the words of single pages can be replaced.

Sphinx 9.0 reads the index that it wrote as a whole, removes the pages that are written again, and sorts all postings
anew; it forgets the index entries of the other pages, so that an index depends on what was built before.
"""

from __future__ import annotations

import json
import pickle
from bisect import insort
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sphinx.search import IndexBuilder, js_index

from fleuron.atomic_files import write_file

# What separates the words of a page: no word of an index has a line break.
BETWEEN = "\n"
# The keys of Sphinx's index whose values are postings: the pages of each word, of texts and of titles.
TEXTS, TITLES = "terms", "titleterms"
# Words are replaced page by page if fewer than one page in so many is written; else all postings are made anew.
FEW = 8


@dataclass(frozen=True)
class IndexedPage:
    """What the index has of a page: its title and file, its headings with their ids, its index entries, its words."""

    title: str | None
    file: str
    headings: Sequence[tuple[str, str | None]]
    entries: Sequence[tuple[str, str, str]]
    words: Mapping[str, str]

    def words_of(self, key: str) -> set[str]:
        return set(filter(None, self.words[key].split(BETWEEN)))


@dataclass
class KeptIndex:
    """The pages of an index, and the postings of each word as text: the numbers of its pages in order.

    A page's number is its place among all pages in alphabetical order.
    """

    pages: dict[str, IndexedPage] = field(default_factory=dict)
    postings: dict[str, dict[str, str]] = field(default_factory=lambda: {TEXTS: {}, TITLES: {}})

    def replace(self, written: Set[str], indexed: Mapping[str, IndexedPage], documents: Iterable[str]) -> None:
        """Replace the pages that are written now by what is indexed of them, and leave out those of other documents."""
        pages = {name: page for name, page in self.pages.items() if name not in written} | dict(indexed)
        pages = {name: pages[name] for name in sorted(documents) if name in pages}
        if list(pages) == list(self.pages) and len(indexed) * FEW < len(pages):
            for number, name in enumerate(pages):
                if name in indexed:
                    self.replace_words(number, self.pages[name], indexed[name])
        else:
            self.postings = {key: all_postings(pages.values(), key) for key in self.postings}
        self.pages = pages

    def replace_words(self, number: int, old: IndexedPage, new: IndexedPage) -> None:
        """Correct the postings of the words that one of two states of a page has, and the other has not."""
        for key, postings in self.postings.items():
            before, now = old.words_of(key), new.words_of(key)
            for word in before - now:
                numbers = [each for each in postings[word].split(",") if each != str(number)]
                postings[word] = ",".join(numbers)
                if not numbers:
                    del postings[word]
            for word in now - before:
                others = [int(each) for each in postings[word].split(",")] if word in postings else []
                insort(others, number)
                postings[word] = ",".join(map(str, others))

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield the postings as they are written into Sphinx's index: the key, and its value as JSON."""
        encode = json.encoder.encode_basestring_ascii
        for key, postings in self.postings.items():
            words = (
                f"{encode(word)}:[{postings[word]}]" if "," in postings[word] else f"{encode(word)}:{postings[word]}"
                for word in sorted(postings)
            )
            yield key, f"{{{','.join(words)}}}"


def all_postings(pages: Iterable[IndexedPage], key: str) -> dict[str, str]:
    """Return the numbers of the pages that have each word."""
    numbers: dict[str, list[str]] = {}
    for number, page in enumerate(pages):
        text = str(number)
        for word in page.words_of(key):
            numbers.setdefault(word, []).append(text)
    return {word: ",".join(each) for word, each in numbers.items()}


def indexed_pages(indexer: IndexBuilder) -> dict[str, IndexedPage]:
    """Return what Sphinx has found in pages."""
    words = {name: {TEXTS: list[str](), TITLES: list[str]()} for name in indexer._titles}
    for key, mapping in ((TEXTS, indexer._mapping), (TITLES, indexer._title_mapping)):
        for word, documents in mapping.items():
            for document in documents:
                words[document][key].append(" ".join(word.splitlines()))
    return {
        name: IndexedPage(
            title,
            indexer._filenames[name],
            indexer._all_titles[name],
            indexer._index_entries[name],
            {key: BETWEEN.join(sorted(each)) for key, each in words[name].items()},
        )
        for name, title in indexer._titles.items()
    }


def taken_pages(indexer: IndexBuilder) -> dict[str, IndexedPage]:
    """Return what Sphinx has found in pages, and empty its index, whose sets of pages would fill the memory."""
    found = indexed_pages(indexer)
    tables: tuple[dict[str, Any], ...] = (
        *(indexer._mapping, indexer._title_mapping, indexer._titles, indexer._filenames),
        *(indexer._all_titles, indexer._index_entries),
    )
    for table in tables:
        table.clear()
    return found


def index_text(indexer: IndexBuilder, kept: KeptIndex) -> str:
    """Return the index as Sphinx writes it, with the postings that are kept."""
    pages = kept.pages.items()
    indexer._titles = {name: page.title for name, page in pages}
    indexer._filenames = {name: page.file for name, page in pages}
    indexer._all_titles = {name: list(page.headings) for name, page in pages}
    indexer._index_entries = {name: list(page.entries) for name, page in pages}
    indexer._mapping, indexer._title_mapping = {}, {}
    values = {key: encoded(value) for key, value in indexer.freeze().items()} | dict(kept.texts())
    members = ",".join(f"{encoded(key)}:{values[key]}" for key in sorted(values))
    return f"{js_index.PREFIX}{{{members}}}{js_index.SUFFIX}"


def encoded(value: Any) -> str:
    """Encode a value as Sphinx does in its index."""
    return json.dumps(value, separators=(",", ":"), sort_keys=True)


def read_index(path: Path, program: str) -> KeptIndex | None:
    """Return the index that an earlier build of the same program has kept; None if there is none."""
    with suppress(Exception):  # whatever a damaged file may raise
        found_program, kept = pickle.loads(path.read_bytes())
        if found_program == program and isinstance(kept, KeptIndex):
            return kept
    return None


def keep_index(path: Path, program: str, kept: KeptIndex) -> None:
    """Keep an index for the next build."""
    write_file(path, pickle.dumps((program, kept), pickle.HIGHEST_PROTOCOL))
