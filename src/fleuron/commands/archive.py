"""Build a tagged version of a publication and archive it as a BagIt bag.

The bag is written to the folder archive/ of the repository, with a .tar of it and the checksum of that.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from fleuron.commands.arguments import CommandParser, UsageError, add_source, add_untrusted
from fleuron.extras import require_extra


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("tag", nargs="?", default="", metavar="TAG", help="the Git tag of the version, such as v1.0")
    add_source(parser)
    add_untrusted(parser)
    parser.add_argument("--ocfl", default="", metavar="FOLDER", help="add the version to this OCFL storage root too")


def run(arguments: Namespace) -> int:
    if not arguments.tag:
        raise UsageError("name the tag to archive; for example: fleuron archive v1.0")
    require_extra("archive", "to archive a version")
    if arguments.ocfl:
        require_extra("ocfl", "to add a version to an OCFL storage root")
    from fleuron.archive.release.archiving import archive, summary_of
    from fleuron.archive.release.ocfl import add_version
    from fleuron.archive.release.tagged_version import archive_folder

    folder = archive_folder(arguments.source)
    bag = archive(arguments.source, arguments.tag, folder, untrusted=arguments.untrusted)
    print(summary_of(bag))
    if arguments.ocfl:
        print(f"{arguments.ocfl}: {add_version(Path(arguments.ocfl), bag)}")
    return 0
