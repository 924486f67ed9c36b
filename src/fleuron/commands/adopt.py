"""Add Fleuron to a Sphinx project, whose theme, pages and indexes stay as they are.

It names each line that it writes into conf.py, and why; nothing else there is changed.
"""

from __future__ import annotations

from argparse import Namespace

from fleuron.atomic_files import write_file
from fleuron.authoring.adoption import PARTS, adopted
from fleuron.commands.arguments import CommandParser, UsageError, add_source
from fleuron.diagnostics.similar_names import suggestion
from fleuron.publish.settings import CommandError, read_values


def add_arguments(parser: CommandParser) -> None:
    add_source(parser)
    parts = "; ".join(f"{name}: {gives}" for name, (_extension, gives) in PARTS.items())
    parser.add_argument(
        "--part", default="all", metavar="PART", help=f"what to take of Fleuron: {parts} (default: all)"
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would be written")


def run(arguments: Namespace) -> int:
    if arguments.part not in PARTS:
        raise UsageError(f"there is no part “{arguments.part}”{suggestion(arguments.part, PARTS)}")
    path = arguments.source / "conf.py"
    if not path.is_file():
        raise CommandError(f"{arguments.source} is not a Sphinx project: it has no conf.py; for a new one: fleuron new")
    before = path.read_bytes()
    found = adopted(before.decode("utf-8"), read_values(arguments.source), arguments.source, arguments.part)
    for added in found.lines:
        print(f"{path}: {added.line}\n    {added.reason}")
    for notice in found.notices:
        print(f"fleuron: {notice}")
    if not found.lines:
        print(f"{path} has what is needed already")
    elif arguments.dry_run:
        print("Nothing is written.")
    else:
        write_file(path, found.text.encode("utf-8"))
        try:
            read_values(arguments.source)
        except SystemExit:
            write_file(path, before)
            raise
        print("Written.")
    return 0
