"""Write an article as a Word document, with the notes, pictures and sources that it is printed with.

What comes back is read with fleuron import: citations are the same again, and changes and comments are listed.
"""

from __future__ import annotations

import json
import os
from argparse import Namespace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fleuron.atomic_files import write_file
from fleuron.commands.arguments import CommandParser, UsageError, add_build
from fleuron.commands.publish import chosen_article
from fleuron.importing.conversion.pandoc import ConversionError, find_pandoc
from fleuron.publish.build_folder import reserved
from fleuron.publish.build_inputs import machine_digest, publication_inputs
from fleuron.publish.build_report import BuildReport
from fleuron.publish.format_build import FormatBuild
from fleuron.publish.kept_builds import BuildRecords
from fleuron.publish.settings import CommandError, PublicationSettings, read_settings
from fleuron.publish.untrusted_sources import options_of

KINDS = ("docx",)


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument(
        "article", nargs="?", default="", metavar="ARTICLE", help="its name: essay for articles/essay.md"
    )
    parser.add_argument("--to", default="docx", metavar="KIND", help="the kind of file: docx (the default)")
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="the file to write (default: ARTICLE-LANGUAGE.docx)"
    )
    add_build(parser)


def run(arguments: Namespace) -> int:
    if not arguments.article:
        raise UsageError("name the article to export; for example: fleuron export essay")
    if arguments.to not in KINDS:
        raise UsageError(f"--to {arguments.to}: an article can be exported to {', '.join(KINDS)}")
    pandoc = find_pandoc(os.environ)
    if pandoc is None:
        raise CommandError(
            'pandoc, which writes the document, is missing: pip install "fleuron[import]", or install pandoc itself'
        )
    settings = read_settings(arguments.source)
    language = settings.chosen(arguments.languages)[0]
    name = chosen_article(settings.source, arguments.article)
    with reserved(arguments.build):
        record = built_record(settings, arguments, language, name)
    from fleuron.exporting.word_document import missing_words, word_document

    target = arguments.output or Path(f"{name.rpartition('/')[2]}-{language}.docx")
    with TemporaryDirectory() as folder:
        try:
            content = word_document(pandoc, record, Path(folder), name, language)
        except ConversionError as error:
            raise CommandError(str(error)) from None
    write_file(target, content)
    for words in record["left_out"]:
        print(f"{name}: what is written as HTML is not exported: {words}")
    print(f"{name} → {target}: {len(record['citations']):,} notes are citations that fleuron import finds again")
    missing = missing_words(record, content)
    if missing:
        print(f"{name}: the document lacks words of the article: {', '.join(missing)}")
    return 1 if record["left_out"] or missing else 0


def built_record(settings: PublicationSettings, arguments: Namespace, language: str, name: str) -> dict[str, Any]:
    """Build what an edition says of its articles, and return that of one; raise CommandError if it has errors."""
    records = BuildRecords(publication_inputs(settings, arguments.build, machine_digest()))
    job = FormatBuild(settings, arguments.build, "exchange", tuple(options_of(arguments)), "", False, records)
    withheld: dict[str, list[str]] = {}
    job.build_good([language], withheld, BuildReport(settings.source))
    path = job.output_folder(language) / f"{name}.exchange.json"
    if withheld:
        raise CommandError("the edition has errors; nothing is exported")
    if not path.is_file():
        raise CommandError(f"the edition “{language}” has no article “{name}”")
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found
