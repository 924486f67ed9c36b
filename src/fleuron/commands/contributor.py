"""Make the file of a new contributor, whose name signs articles, and list it in the table of contents."""

from __future__ import annotations

from argparse import Namespace

from fleuron.authoring.new_documents import make_contributor
from fleuron.commands.arguments import CommandParser, UsageError, add_source
from fleuron.publication.contributor import as_orcid
from fleuron.publication.values.plain_values import BadValueError
from fleuron.publish.settings import CommandError, read_settings


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("name", nargs="?", default="", metavar="NAME", help="the name, in quotation marks")
    add_source(parser)
    parser.add_argument("--organization", action="store_true", help="it is an organization, and no person")
    parser.add_argument("--orcid", default="", metavar="ID", help="the ORCID iD, such as 0000-0002-1825-0097")
    parser.add_argument("--affiliation", default="", metavar="NAME", help="the university or institute")


def run(arguments: Namespace) -> int:
    if not arguments.name.strip():
        raise UsageError('name the contributor; for example: fleuron contributor "Ada Author"')
    try:
        orcid = as_orcid(arguments.orcid) if arguments.orcid else ""
    except BadValueError as error:
        raise CommandError(f"--orcid {arguments.orcid}: the value must be {error}") from None
    path, contents = make_contributor(
        read_settings(arguments.source),
        arguments.name.strip(),
        organization=arguments.organization,
        orcid=orcid,
        affiliation=arguments.affiliation,
    )
    print(f"{path}: {contents}; articles are signed by it with authors: [{path.stem}]")
    return 0
