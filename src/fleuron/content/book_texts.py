"""Record which version of the text each PDF and EPUB was made from, so that the site offers no outdated one.

The record is a file among the doctrees of an edition. It names each book by the SHA-256 of its bytes: a book that was
built, but not published, does not stand for the one that was published before.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from sphinx.environment import BuildEnvironment

from fleuron.atomic_files import write_file
from fleuron.build_results import BOOK_TEXTS_FILE
from fleuron.content.contents.table_of_contents import table_of_contents
from fleuron.manuscript.passages import text_digests
from fleuron.manuscript.people.translators import translators_of
from fleuron.manuscript.records import publication_records, volume_of
from fleuron.notes.cited_sources import notes_domain
from fleuron.publication.document_names import contributor_document
from fleuron.publication.source_date import source_moment

FORMAT = 1
# How many books of one name are remembered: the published one, and later ones that were not published.
REMEMBERED = 4


@dataclass(frozen=True)
class BookText:
    """What a book was made from: its name below the folder of its format, the digest of its text, and the day."""

    name: str
    text: str
    day: str


@dataclass(frozen=True)
class EditionTexts:
    """Digests of an edition's texts as they are now: of each article, of the volume, of each issue, and of all."""

    articles: Mapping[str, str]
    volume: str
    whole: str
    issues: Mapping[str, str]


def edition_texts(env: BuildEnvironment) -> EditionTexts:
    """Return the digests of the texts that have been read."""
    documents = sorted(env.found_docs & env.titles.keys())
    texts = text_digests(env, documents)
    digests = {name: digest_of([texts[name], *contents_beside_text(env, name)]) for name in documents}
    root, records = env.config.root_doc, publication_records(env)
    volume = [root, *(name for name in volume_of(env) if name in digests)]
    editors = [contributor_document(name) for name in env.config.fleuron_editors]
    names = [env.titles[name].astext() for name in editors if name in env.titles]  # the texts may not be read yet
    contents = (table_of_contents(env), names)
    return EditionTexts(
        articles={
            name: digests[name]
            for name, article in records.articles.items()
            if name in digests and not article.withdrawn
        },
        volume=digest_of([contents, *((name, digests.get(name, "")) for name in volume)]),
        whole=digest_of([contents, volume, sorted(digests.items())]),
        issues={
            issue: digest_of(texts_of_issue(env, issue, digests))
            for issue in sorted(records.issues)
            if issue in digests
        },
    )


def texts_of_issue(env: BuildEnvironment, issue: str, digests: Mapping[str, str]) -> list[object]:
    """Return what the book of an issue shows: its record, the journal's title, the contents and the texts."""
    record = replace(publication_records(env).issues[issue], lines=None)
    editors = [contributor_document(name) for name in record.editors or env.config.fleuron_editors]
    return [
        env.titles[env.config.root_doc].astext(),
        record,
        [env.titles[name].astext() for name in editors if name in env.titles],
        table_of_contents(env, issue),
        [(name, digests.get(name, "")) for name in volume_of(env, issue)],
    ]


def contents_beside_text(env: BuildEnvironment, document: str) -> list[object]:
    """Return what a book shows of a document that is not in its text: record, people, sources and pictures."""
    records = publication_records(env)
    article = records.articles.get(document)
    authors = [contributor_document(author) for author in article.authors] if article else []
    pictures = (
        (path, hashlib.sha256(Path(env.srcdir, path).read_bytes()).hexdigest())
        for path, (documents, _name) in sorted(env.images.items())
        if document in documents and Path(env.srcdir, path).is_file()
    )
    return [
        replace(records.placed(document, article), lines=None) if article else None,
        env.titles[document].astext(),
        [env.titles[author].astext() for author in authors if author in env.titles],
        notices_beside_text(env, document),
        [translator.name for translator in translators_of(env, document)],
        sorted(notes_domain(env).cited.get(document, {}).items()),
        notes_domain(env).data["style"],
        list(pictures),
    ]


def notices_beside_text(env: BuildEnvironment, document: str) -> list[object]:
    """Return what a book shows of the articles that are related to one: how, their titles and their dates."""
    records = publication_records(env)
    articles = {**records.articles, **records.withheld}
    return [
        (each.relation, env.titles[each.document].astext(), articles[each.document].date)
        for each in records.notices.related.get(document, ())
        if each.document in env.titles
    ]


def digest_of(content: object) -> str:
    """Return the SHA-256 of values whose representation is the same in every build."""
    return hashlib.sha256(repr(content).encode("utf-8", "surrogatepass")).hexdigest()


def record_books(env: BuildEnvironment, books: Mapping[str, tuple[bytes, str]]) -> None:
    """Record books that have been written: the content of each, and the digest of its text, by name."""
    path = Path(env.doctreedir, BOOK_TEXTS_FILE)
    known = recorded_books(env)
    today = (source_moment() or datetime.datetime.now(datetime.UTC)).date().isoformat()
    for name, (content, text) in books.items():
        key = hashlib.sha256(content).hexdigest()
        day = known[key].day if key in known and known[key].text == text else today
        known.pop(key, None)
        known[key] = BookText(name, text, day)
    written = {key: asdict(book) for key, book in latest(known.items()).items()}
    write_file(path, json.dumps({"format": FORMAT, "books": written}, indent=1) + "\n")


def latest(books: Iterable[tuple[str, BookText]]) -> dict[str, BookText]:
    """Return the books of each name that were recorded last, in the order in which they were."""
    counts: dict[str, int] = {}
    kept = []
    for key, book in reversed(list(books)):
        counts[book.name] = counts.get(book.name, 0) + 1
        if counts[book.name] <= REMEMBERED:
            kept.append((key, book))
    return dict(reversed(kept))


def recorded_books(env: BuildEnvironment) -> dict[str, BookText]:
    """Return what is recorded of each book, by the SHA-256 of its content; a damaged record counts as empty."""
    try:
        written = json.loads(Path(env.doctreedir, BOOK_TEXTS_FILE).read_text("utf-8"))
        if written["format"] != FORMAT:
            return {}
        return {key: BookText(**book) for key, book in written["books"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}
