"""Make the index of names of a book: each name with the notes that cite it, by article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from docutils import nodes

from fleuron.content.books.index_entries import article_authors
from fleuron.content.books.indexes import names_of
from fleuron.content.edition_context import EditionContext
from fleuron.csl.text.collation import collation_key
from fleuron.csl.text.initials import initial
from fleuron.manuscript.records import publication_records
from fleuron.notes.cited_sources import notes_domain
from fleuron.publication.document_names import volume_anchor


@dataclass
class NamedIn:
    """Where an article names somebody: whether as its author, and its notes by number, each with the id of its call."""

    document: str
    title: str
    is_author: bool = False
    notes: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class IndexedName:
    """A name, filed as in an index, with its language (BCP 47), or "" for that of the book."""

    name: str
    language: str = ""
    articles: dict[str, NamedIn] = field(default_factory=dict)


def names_of_book(context: EditionContext, documents: Sequence[str]) -> list[tuple[str, list[IndexedName]]]:
    """Return the names under their letters; a letter is " " for those that begin with none."""
    env, language = context.env, context.edition.language
    found: dict[str, IndexedName] = {}

    def place(name: str, tongue: str, document: str) -> NamedIn:
        entry = found.setdefault(name, IndexedName(name, "" if tongue == language else tongue))
        return entry.articles.setdefault(document, NamedIn(document, env.titles[document].astext()))

    written = [document for document in documents if document in publication_records(env).articles]
    for document in written:
        for author in article_authors(env, [document], language):
            assert author.place == volume_anchor(document)
            place(author.term, "", document).is_author = True
        for name, tongue, number, call in cited_names(context, document):
            notes = place(name, tongue, document).notes
            if (number, call) not in notes:
                notes.append((number, call))
    ordered = sorted(found.values(), key=lambda each: (collation_key(each.name, language), each.name))
    return [(letter, list(group)) for letter, group in groupby(ordered, lambda each: initial(each.name, language))]


def cited_names(context: EditionContext, document: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield the authors of the sources of an article's notes: name, language, number of the note and id of its call."""
    items = notes_domain(context.env).items
    for note in context.env.get_doctree(document).findall(nodes.footnote):
        calls: list[str] = note.get("backrefs", [])
        keys: list[str] = note.get("sources", [])
        if calls and isinstance(note[0], nodes.label):
            for key in keys:
                for name, language in names_of(items.get(key, {})):
                    yield name, language, note[0].astext(), calls[0].replace(":", "-")
