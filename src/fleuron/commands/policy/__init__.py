"""Make pages of policies: on editing, corrections, open access and preservation.

They are written to pages/, for the editors to complete: what only they know stands in square brackets. The templates
are in English, Turkish, Russian and Persian; each edition in one of these languages gets its translation.
"""

from __future__ import annotations

from argparse import Namespace

from fleuron.authoring.policies import POLICIES, make_policies
from fleuron.authoring.questions import chosen_name
from fleuron.commands.arguments import CommandParser, add_source
from fleuron.publish.settings import read_settings


def add_arguments(parser: CommandParser) -> None:
    what = "; ".join(f"{name}: {meaning}" for name, meaning in POLICIES.items())
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{what} (default: all)")
    add_source(parser)


def run(arguments: Namespace) -> int:
    names = [chosen_name(name, list(POLICIES)) for name in arguments.names]
    for path in make_policies(read_settings(arguments.source), names or list(POLICIES)):
        print(path)
    print("Complete what stands in [square brackets], in the pages and in their translations.")
    return 0
