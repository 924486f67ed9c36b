"""Make articles of texts of Word, LibreOffice, LaTeX, Google Docs, WordPress, web pages or Markdown.

Notes that plainly cite sources of the .bib files become citations; all others stay as they are. What only the author
can decide is listed, and asked on the terminal with --review. For sources that the .bib files have not, entries are
proposed. The words of the article are compared with those of the file. Of a document that fleuron export has written,
comments and changes are listed, and made in the article with --accept.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from fleuron.commands.arguments import CommandParser, UsageError, add_source
from fleuron.commands.importing.articles import ImportOptions, import_files, read_sources
from fleuron.publish.settings import read_settings


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILE", help="files: .md, .docx, .odt, .html, .zip, .tex or .xml")
    add_source(parser)
    parser.add_argument("--replace", action="store_true", help="replace articles of the same name")
    parser.add_argument(
        "--review", action="store_true", help="ask about each note that may be a citation; answers are kept"
    )
    parser.add_argument(
        "--accept",
        action="store_true",
        help="add the proposed entries to the bibliography, and cite them; make the changes of an exported document",
    )


def run(arguments: Namespace) -> int:
    if not arguments.files:
        raise UsageError("name the file to import; for example: fleuron import essay.md")
    settings = read_settings(arguments.source)
    options = ImportOptions(replaces=arguments.replace, reviews=arguments.review, accepts=arguments.accept)
    files = [Path(name) for name in arguments.files]
    return 0 if import_files(files, settings, read_sources(settings), options) else 1
