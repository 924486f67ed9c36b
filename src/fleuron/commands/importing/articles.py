"""Write the articles of imported texts, and say what became of their notes, sources and words."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fleuron.atomic_files import write_file
from fleuron.authoring.new_documents import list_in_contents
from fleuron.commands.importing.documents import ImportedDocument, read_documents
from fleuron.commands.importing.returned import show_returned
from fleuron.commands.importing.review import Review, ReviewEndedError
from fleuron.csl.sources.bibtex import read_bibliography
from fleuron.csl.sources.export.bibtex import write_entry
from fleuron.importing.decisions import Decisions, read_decisions
from fleuron.importing.document_words import lacking_words
from fleuron.importing.markdown_notes import ImportedText, import_markdown
from fleuron.importing.proposals import entries_in, with_entries, without_entries
from fleuron.importing.word.document import exported_article
from fleuron.publication.document_names import ARTICLE_FOLDER, article_document
from fleuron.publish.settings import CommandError, PublicationSettings

# Where proposed entries and an editor's answers are kept.
IMPORT_FOLDER = "imported"
# How many missing words are reported.
SHOWN = 20


@dataclass(frozen=True)
class ImportOptions:
    """What the command was asked for: to replace articles, to ask the editor, to accept proposed entries."""

    replaces: bool = False
    reviews: bool = False
    accepts: bool = False


def bibliography_file(settings: PublicationSettings) -> Path:
    """Return the .bib file to which entries are added: the publication's first."""
    return settings.source / next(iter(settings.option("bibtex_bibfiles", ["refs.bib"])), "refs.bib")


def read_sources(settings: PublicationSettings) -> dict[str, Mapping[str, Any]]:
    """Return the sources of the publication's .bib files."""
    items: dict[str, Mapping[str, Any]] = {}
    for name in settings.option("bibtex_bibfiles", ["refs.bib"]):
        path = settings.source / name
        if path.is_file():
            items |= read_bibliography(path.read_text("utf-8-sig", errors="replace"), name)[0]
    return items


def import_files(
    files: Sequence[Path],
    settings: PublicationSettings,
    bibliography: dict[str, Mapping[str, Any]],
    options: ImportOptions,
) -> bool:
    """Import the texts of files; return whether each article has all words of its text."""
    complete = True
    for file in files:
        exported = exported_article(file) if file.suffix.lower() == ".docx" and file.is_file() else None
        if exported and not options.replaces:
            complete &= show_returned(file, exported, settings, accepts=options.accepts)
            continue
        with TemporaryDirectory() as name:
            folder = Path(name)
            for document in read_documents(file, folder, settings, bibliography):
                complete &= import_document(file, document, folder, settings, bibliography, options)
    return complete


def import_document(
    file: Path,
    document: ImportedDocument,
    folder: Path,
    settings: PublicationSettings,
    bibliography: dict[str, Mapping[str, Any]],
    options: ImportOptions,
) -> bool:
    """Write the article of a text; return whether it has all its words. ``bibliography`` gets accepted entries."""
    article = settings.source / ARTICLE_FOLDER / f"{document.name}.md"
    if article.exists() and not options.replaces:
        raise CommandError(f"there is an article {article} already; write --replace to replace it")
    imported = recognised(document, settings, bibliography, options)
    place_pictures(folder / document.name, article.with_suffix(""), replaces=options.replaces)
    article.parent.mkdir(parents=True, exist_ok=True)
    write_file(article, imported.text)
    converted = document.converted
    known = " ".join((converted.text, *converted.authors, converted.aside))
    missing = lacking_words(document.words, known)
    told = [
        *findings(imported),
        *converted.left_out,
        *keep_entries(document, imported, settings, bibliography, options),
    ]
    if document.objects:
        told.append(f"{document.objects:,} formulas or other objects of {file.name} are not read; write them anew")
    if missing:
        told.append(f"the article lacks words of {file.name}: {', '.join(missing[:SHOWN])}")
    for sentence in told:
        print(f"{article}{sentence}" if sentence.startswith(":") else f"{article}: {sentence}")
    contents = list_in_contents(settings, article_document(document.name))
    print(f"{file} → {article}: {imported.citations:,} of {imported.notes:,} notes are citations now; {contents}")
    return not imported.lost and not missing


def findings(imported: ImportedText) -> Iterator[str]:
    """Yield what is to be decided, each with its line, and which words the proof does not find."""
    for question in imported.questions:
        yield f":{question.line}: {question.problem}: {question.note}"
    for loss in imported.lost:
        yield f"the article has other words than the file: “{loss.words}”{loss.before}"


def recognised(
    document: ImportedDocument,
    settings: PublicationSettings,
    bibliography: Mapping[str, Mapping[str, Any]],
    options: ImportOptions,
) -> ImportedText:
    """Return a text with its citations, or, with a review, as the editor decides; answers are kept."""
    text = document.converted.text
    if not options.reviews:
        return import_markdown(text, bibliography, accepts=options.accepts)
    path = settings.source / IMPORT_FOLDER / f"{document.name}.json"
    decisions = read_decisions(path.read_text("utf-8")) if path.is_file() else Decisions()
    try:
        return import_markdown(text, bibliography, Review(decisions), accepts=options.accepts)
    except ReviewEndedError:
        raise CommandError(
            f"nothing is imported yet; your answers are in {path}, and the same command goes on"
        ) from None
    finally:
        if decisions.kept:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_file(path, decisions.written())


def keep_entries(
    document: ImportedDocument,
    imported: ImportedText,
    settings: PublicationSettings,
    bibliography: dict[str, Mapping[str, Any]],
    options: ImportOptions,
) -> Iterator[str]:
    """Write proposed entries to a file of their own, and accepted ones to the bibliography; yield what was done."""
    own = settings.source / IMPORT_FOLDER / f"{document.name}.bib"
    before = own.read_text("utf-8-sig") if own.is_file() else ""
    edited = entries_in(before)
    proposed = {key: write_entry({**item, "id": key}) for key, item in imported.proposed.items()}
    accepted = {key: write_entry({**item, "id": key}) for key, item in imported.accepted.items()}
    (accepted if options.accepts else proposed).update(document.converted.entries)
    # What the author has corrected in the file of proposals is what is accepted.
    accepted = {key: edited.get(key, entry) for key, entry in accepted.items()}
    if accepted:
        target = bibliography_file(settings)
        text = target.read_text("utf-8-sig") if target.is_file() else ""
        write_file(target, with_entries(text, accepted))
        bibliography.update(read_bibliography("\n\n".join(accepted.values()))[0])
        yield f"new entries in {target}: {', '.join(accepted)}"
    after = without_entries(before, accepted) if accepted else before
    after = with_entries(after, proposed) if proposed else after
    if after != before:
        own.parent.mkdir(parents=True, exist_ok=True)
        if after:
            write_file(own, after)
        else:
            own.unlink()
    if proposed:
        yield (
            f"proposed entries are in {own}: {', '.join(proposed)}; correct them there, "
            "and import the text again with --replace --accept"
        )


def place_pictures(made: Path, folder: Path, *, replaces: bool) -> None:
    """Copy the pictures of a text to the folder beside its article, by which the article names them.

    What else the folder has stays, such as other articles.
    """
    if not made.is_dir():
        return
    if folder.exists() and not replaces:
        raise CommandError(f"the pictures need the folder {folder}, which exists; move it away")
    shutil.copytree(made, folder, dirs_exist_ok=True)
