"""Make the file of a new article, and list it in the table of contents."""

from __future__ import annotations

from argparse import Namespace

from fleuron.authoring.new_documents import make_article
from fleuron.commands.arguments import CommandParser, UsageError, add_source
from fleuron.publish.settings import read_settings


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("title", nargs="?", default="", metavar="TITLE", help="the title, in quotation marks")
    add_source(parser)
    parser.add_argument("--name", default="", metavar="NAME", help="the name of the file (default: made from TITLE)")
    parser.add_argument(
        "--author",
        action="append",
        default=[],
        metavar="NAME",
        help="the name of a file in authors/, once for each author (default: the only one there is)",
    )


def run(arguments: Namespace) -> int:
    if not arguments.title.strip():
        raise UsageError('name the article; for example: fleuron article "A Short Life of the Footnote"')
    settings = read_settings(arguments.source)
    path, contents = make_article(settings, arguments.title.strip(), arguments.name, arguments.author)
    print(f"{path}: {contents}")
    return 0
