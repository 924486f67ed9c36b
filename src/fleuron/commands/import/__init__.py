"""Make an article of a Markdown file whose notes are citations, as Google Docs and pandoc export them.

Notes that plainly cite sources of the .bib files become citations; all others stay as they are. What only the author
can decide is listed. The words of the article are compared with those of the file.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fleuron.atomic_files import write_file
from fleuron.commands.arguments import CommandParser, UsageError, add_source
from fleuron.publication.document_names import ARTICLE_FOLDER, slug
from fleuron.publish.settings import CommandError, PublicationSettings, read_settings

MARKDOWN = (".md", ".markdown", ".txt")


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILE", help="Markdown files with notes, `[^1]`")
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
    if file.suffix.lower() not in MARKDOWN:
        raise CommandError(
            f"“{file}” is no Markdown; export it as Markdown, or convert it: "
            f"pandoc -t commonmark_x --wrap=none --extract-media=_static -o {slug(file.stem)}.md {file.name}"
        )
    article = settings.source / ARTICLE_FOLDER / f"{slug(file.stem)}.md"
    if article.exists() and not replaces:
        raise CommandError(f"there is an article {article} already; write --replace to replace it")
    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise CommandError(f"“{file}” is not UTF-8; save it as UTF-8") from None
    imported = import_markdown(text, bibliography)
    article.parent.mkdir(parents=True, exist_ok=True)
    write_file(article, imported.text)
    for question in imported.questions:
        print(f"{article}:{question.line}: {question.problem}: {question.note}")
    for loss in imported.lost:
        print(f"{article}: the article has other words than the file: “{loss.words}”{loss.before}")
    print(f"{file} → {article}: {imported.citations:,} of {imported.notes:,} notes are citations now")
    return not imported.lost
