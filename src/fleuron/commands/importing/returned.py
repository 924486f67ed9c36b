"""Say what an exported document comes back with, and take its changes into the article if the editor accepts them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fleuron.atomic_files import write_file
from fleuron.importing.word.changes import Change, SourceMap, applied, changes_in, source_map
from fleuron.importing.word.document import ExportedArticle, WordDocument, read_word_document
from fleuron.publication.document_names import ARTICLE_FOLDER
from fleuron.publish.settings import CommandError, PublicationSettings


def show_returned(file: Path, exported: ExportedArticle, settings: PublicationSettings, *, accepts: bool) -> bool:
    """List the comments and changes of a document; with ``accepts``, make the changes in the article.

    Return whether nothing is left to be done by hand.
    """
    article = settings.source / ARTICLE_FOLDER / f"{exported.article}.md"
    if not article.is_file():
        raise CommandError(f"“{file}” is an export of {article}, which is not there")
    if exported.language != settings.languages[0]:
        raise CommandError(
            f"“{file}” is an export of the edition “{exported.language}”, a translation; import reads those in "
            f"“{settings.languages[0]}”, the language of the articles"
        )
    source = article.read_text("utf-8-sig")
    document = read_word_document(file.read_bytes())
    places = source_map(source, exported.paragraphs)
    changes = list(changes_in(exported.paragraphs, document.paragraphs))
    for sentence in told(article, places, exported, document, changes):
        print(sentence)
    left = changes
    if accepts and changes:
        text, left = applied(places, exported.paragraphs, changes)
        if text != source:
            write_file(article, text)
        for change in left:
            print(f"{place_of(article, places, change.paragraph)}: not changed, since markup is there: {shown(change)}")
    altered = [each for each in document.citations if each[1] != each[2]]
    done = (
        f"{len(changes) - len(left):,} changes are made"
        if accepts
        else "nothing is changed: --accept makes the changes"
    )
    counts = (
        f"comments: {len(document.comments):,}, changes: {len(changes):,}, other words in citations: {len(altered):,}"
    )
    print(f"{file} → {article}: {counts}; {done}")
    return not left and not altered if accepts else True


def told(
    article: Path, places: SourceMap, exported: ExportedArticle, document: WordDocument, changes: list[Change]
) -> Iterator[str]:
    """Yield comments, changes and altered citations, each with its place in the article."""
    for comment in document.comments:
        near = nearest(exported, document, comment.paragraph)
        on = f" on “{comment.on}”" if comment.on else ""
        yield f"{place_of(article, places, near)}: comment by {comment.author}{on}: {comment.text}"
    for change in changes:
        by = f" by {', '.join(change.authors)}" if change.authors else ", not tracked"
        yield f"{place_of(article, places, change.paragraph)}: change{by}: {shown(change)}"
    for markup, before, now in document.citations:
        if before != now:
            yield f"{article}: other words in {markup}: “{before}” → “{now}”; change the citation or its entry"


def nearest(exported: ExportedArticle, document: WordDocument, number: int) -> int:
    """Return the paragraph of the export that a paragraph of the document is, or where it stands."""
    text = document.paragraphs[number].text if number < len(document.paragraphs) else ""
    return exported.paragraphs.index(text) if text in exported.paragraphs else number


def place_of(article: Path, places: SourceMap, number: int) -> str:
    line = places.line(number)
    return f"{article}:{line}" if line else str(article)


def shown(change: Change) -> str:
    """Return a change as it is listed: the words before it, what is deleted and what is inserted."""
    if change.is_paragraph:
        return f"new paragraph {{+{change.new}+}}" if change.new else f"paragraph [-{change.old}-]"
    deleted = f" [-{change.old.strip()}-]" if change.old.strip() else ""
    inserted = f" {{+{change.new.strip()}+}}" if change.new.strip() else ""
    return f"{change.context.strip()}{deleted}{inserted}".strip()
