"""Find the entries that a document brings with it: those of its own .bib files that the publication has not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_lowercase
from typing import Any

from fleuron.csl.sources.bibtex import read_bibliography
from fleuron.csl.sources.entry.bib_file import BibText
from fleuron.csl.sources.export.bibtex import write_entry
from fleuron.importing.source_matching import Source

Item = Mapping[str, Any]


@dataclass(frozen=True)
class NewSources:
    """What is to be done with the keys of a document.

    ``renamed`` are the publication's keys of the same sources, or new ones, by the document's; ``entries`` are new ones
    as BibTeX, by key; ``missing`` are keys that neither has.
    """

    renamed: Mapping[str, str] = field(default_factory=dict)
    entries: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


def new_sources(bibliographies: Iterable[str], cited: Iterable[str], known: Mapping[str, Item]) -> NewSources:
    """Return what is to be done with the keys that a document cites; ``known`` has the publication's items."""
    written: dict[str, tuple[Item, str]] = {}
    for text in bibliographies:
        items, _findings = read_bibliography(text)
        written = {key: (item, entry_text(text, key, item)) for key, item in items.items()} | written
    renamed: dict[str, str] = {}
    entries: dict[str, str] = {}
    missing = []
    for key in dict.fromkeys(cited):
        if key not in written:
            if key not in known:
                missing.append(key)
            continue
        item, entry = written[key]
        same = key_of_same(Source(key, item), known)
        if same is None:
            name = free_key(key, {*known, *entries})
            entries[name] = entry.replace(key, name, 1)
            same = name
        if same != key:
            renamed[key] = same
    return NewSources(renamed, entries, tuple(missing))


def entry_text(text: str, key: str, item: Item) -> str:
    """Return an entry as its file has it, or written anew where it takes something from elsewhere in the file."""
    source = BibText(text)
    index = source.index()
    place = next(place for place in index.entries if place.key == key)
    following = [other.offset for other in index.entries if other.offset > place.offset] + [len(text)]
    own = text[place.offset : min(following)]
    end = end_of_group(own)
    if end and not index.strings and "crossref" not in own.lower() and "xdata" not in own.lower():
        return own[:end] + "\n"
    return write_entry({**item, "id": key})


def end_of_group(text: str) -> int:
    """Return the offset after the first group in braces, or 0 if it has no end."""
    depth = 0
    for at, letter in enumerate(text):
        if letter in "{}" and text[at - 1 : at] != "\\":
            depth += 1 if letter == "{" else -1
            if not depth:
                return at + 1
    return 0


def key_of_same(source: Source, known: Mapping[str, Item]) -> str | None:
    """Return the key of the item that describes the same source, its own first; None if there is none."""
    for key in sorted(known, key=lambda other: (other != source.key, other)):
        if is_same(source, Source(key, known[key])):
            return key
    return None


def is_same(one: Source, other: Source) -> bool:
    """Return whether two items have the same title, year and an author in common."""
    has_author = bool({*one.families} & {*other.families}) or not (one.families or other.families)
    return bool(one.title) and one.title == other.title and one.year == other.year and has_author


def free_key(key: str, taken: Collection[str]) -> str:
    """Return a key that no entry has: itself, or with a letter after it."""
    folded = {name.casefold() for name in taken}
    tries: Sequence[str] = [key, *(f"{key}{letter}" for letter in ascii_lowercase)]
    tries = [*tries, *(f"{key}{number}" for number in range(2, len(folded) + 3))]
    return next(name for name in tries if name.casefold() not in folded)
