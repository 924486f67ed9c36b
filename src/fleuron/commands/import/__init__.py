"""Make an article of a text of another program: Markdown, .docx, .odt or .html.

Notes that plainly cite sources of the .bib files become citations; all others stay as they are. What only the author
can decide is listed. The words of the article are compared with those of the file.
"""

from __future__ import annotations

import os
import re
import shutil
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fleuron.atomic_files import write_file
from fleuron.authoring.new_documents import list_in_contents
from fleuron.commands.arguments import CommandParser, UsageError, add_source
from fleuron.importing.converted_files import FORMATS, ConversionError, ConvertedFile, convert, find_pandoc
from fleuron.importing.document_words import embedded_objects, missing_words
from fleuron.publication.document_names import ARTICLE_FOLDER, CONTRIBUTOR_FOLDER, article_document, slug
from fleuron.publish.settings import CommandError, PublicationSettings, read_settings

MARKDOWN = (".md", ".markdown", ".txt")
NAME = re.compile(r"---\n.*?^name:[ \t]*(?P<name>.+?)[ \t]*$", re.DOTALL | re.MULTILINE)
# How many missing words are told.
SHOWN = 20


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILE", help="files: .md, .docx, .odt or .html")
    add_source(parser)
    parser.add_argument("--replace", action="store_true", help="replace articles of the same name")


def run(arguments: Namespace) -> int:
    if not arguments.files:
        raise UsageError("name the file to import; for example: fleuron import essay.md")
    settings = read_settings(arguments.source)
    bibliography = read_sources(settings)
    complete = [import_file(Path(name), settings, bibliography, replaces=arguments.replace) for name in arguments.files]
    return 0 if all(complete) else 1


def read_sources(settings: PublicationSettings) -> Mapping[str, Mapping[str, Any]]:
    """Return the sources of the publication's .bib files."""
    from fleuron.csl.sources.bibtex import read_bibliography

    items: dict[str, Mapping[str, Any]] = {}
    for name in settings.option("bibtex_bibfiles", ["refs.bib"]):
        path = settings.source / name
        if path.is_file():
            items |= read_bibliography(path.read_text("utf-8-sig", errors="replace"), name)[0]
    return items


def import_file(
    file: Path, settings: PublicationSettings, bibliography: Mapping[str, Mapping[str, Any]], *, replaces: bool
) -> bool:
    """Write the article of a file, and say what became of its notes; return whether it has all words of the file."""
    from fleuron.importing.markdown_notes import import_markdown

    if not file.is_file():
        raise CommandError(f"there is no file “{file}”")
    article = settings.source / ARTICLE_FOLDER / f"{slug(file.stem)}.md"
    if article.exists() and not replaces:
        raise CommandError(f"there is an article {article} already; write --replace to replace it")
    with TemporaryDirectory() as folder:
        converted = text_of(file, Path(folder), article, settings)
        place_pictures(Path(folder) / article.stem, article.with_suffix(""), replaces=replaces)
    imported = import_markdown(converted.text, bibliography)
    article.parent.mkdir(parents=True, exist_ok=True)
    write_file(article, imported.text)
    for question in imported.questions:
        print(f"{article}:{question.line}: {question.problem}: {question.note}")
    for loss in imported.lost:
        print(f"{article}: the article has other words than the file: “{loss.words}”{loss.before}")
    for sentence in converted.left_out:
        print(f"{article}: {sentence}")
    if number := embedded_objects(file):
        print(f"{article}: {number:,} formulas or other objects of {file.name} are not read; write them anew")
    known = " ".join((converted.text, *converted.authors))
    missing = [] if file.suffix.lower() in MARKDOWN else missing_words(file, known)
    if missing:
        print(f"{article}: the article lacks words of {file.name}: {', '.join(missing[:SHOWN])}")
    contents = list_in_contents(settings, article_document(article.stem))
    print(f"{file} → {article}: {imported.citations:,} of {imported.notes:,} notes are citations now; {contents}")
    return not imported.lost and not missing


def text_of(file: Path, folder: Path, article: Path, settings: PublicationSettings) -> ConvertedFile:
    """Return the Markdown of a file, converted if it is none; its pictures are written to a folder in ``folder``."""
    if file.suffix.lower() in FORMATS:
        return converted_by_pandoc(file, folder, article, settings)
    if file.suffix.lower() not in MARKDOWN:
        raise CommandError(f"“{file}” cannot be imported; these files can: {', '.join((*MARKDOWN, *FORMATS))}")
    try:
        return ConvertedFile(file.read_text("utf-8-sig"))
    except UnicodeDecodeError:
        raise CommandError(f"“{file}” is not UTF-8; save it as UTF-8") from None


def converted_by_pandoc(file: Path, folder: Path, article: Path, settings: PublicationSettings) -> ConvertedFile:
    pandoc = find_pandoc(os.environ)
    if pandoc is None:
        raise CommandError(
            f"“{file}” is converted by pandoc, which is missing: pip install pypandoc_binary, or install pandoc"
        )
    try:
        return convert(pandoc, file, folder, article.stem, contributors(settings.source / CONTRIBUTOR_FOLDER))
    except ConversionError as error:
        raise CommandError(f"“{file}”: {error}") from None


def contributors(folder: Path) -> dict[str, str]:
    """Return the files of contributors, without their ends, by the names in them."""
    found = {}
    for path in sorted(folder.glob("*.md")):
        front = NAME.match(path.read_text("utf-8-sig"))
        if front:
            found[front["name"].strip("\"'")] = path.stem
    return found


def place_pictures(made: Path, folder: Path, *, replaces: bool) -> None:
    """Copy the pictures of a text to the folder beside its article, by which the article names them.

    What else the folder has stays, such as other articles.
    """
    if not made.is_dir():
        return
    if folder.exists() and not replaces:
        raise CommandError(f"the pictures need the folder {folder}, which exists; move it away")
    shutil.copytree(made, folder, dirs_exist_ok=True)
