"""Build a tagged version of a publication and archive it as a BagIt bag.

The bag is written to the folder archive/ of the repository, with a .tar of it, the checksum of that, and the root hash.
A version that is archived already is not built again to be signed or timestamped.
"""

from __future__ import annotations

import time
from argparse import Namespace
from pathlib import Path

from fleuron.commands.arguments import CommandParser, UsageError, add_source, add_untrusted
from fleuron.extras import require_extra
from fleuron.progress.made_files import made_in


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("tag", nargs="?", default="", metavar="TAG", help="the Git tag of the version, such as v1.0")
    add_source(parser)
    add_untrusted(parser)
    parser.add_argument("--sign", type=Path, metavar="KEY", help="sign the root hash with a key (ssh-keygen, minisign)")
    parser.add_argument(
        "--timestamp", type=Path, metavar="FILE", help="keep this timestamp (RFC 3161) of the root hash beside the bag"
    )
    parser.add_argument("--ocfl", default="", metavar="FOLDER", help="add the version to this OCFL storage root too")


def run(arguments: Namespace) -> int:
    if not arguments.tag:
        raise UsageError("name the tag to archive; for example: fleuron archive v1.0")
    require_extra("archive", "to archive a version")
    if arguments.ocfl:
        require_extra("ocfl", "to add a version to an OCFL storage root")
    from fleuron.archive.release.archiving import archive, archived, summary_of
    from fleuron.archive.release.ocfl import add_version
    from fleuron.archive.release.tagged_version import archive_folder
    from fleuron.archive.signatures.kinds import add_timestamp, sign
    from fleuron.archive.signatures.root_hash_file import root_hash_file

    folder = archive_folder(arguments.source)
    untrusted, bag = arguments.untrusted, None
    if arguments.sign or arguments.timestamp:
        bag = archived(arguments.source, arguments.tag, folder, untrusted=untrusted)
    if bag is None:
        began = time.monotonic()
        bag = archive(arguments.source, arguments.tag, folder, untrusted=untrusted)
        print(summary_of(bag, made_in(bag, time.monotonic() - began)))
    if arguments.sign:
        print(f"signed: {sign(root_hash_file(bag), arguments.sign)}")
    if arguments.timestamp:
        print(f"timestamped: {add_timestamp(root_hash_file(bag), arguments.timestamp)}")
    if arguments.ocfl:
        print(f"{arguments.ocfl}: {add_version(Path(arguments.ocfl), bag)}")
    return 0
