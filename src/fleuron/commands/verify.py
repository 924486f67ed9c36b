"""Verify that an archived version is complete and unchanged.

With --rebuild, the version is built again from the sources in the bag, and every file is compared.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from fleuron.commands.arguments import CommandParser, UsageError
from fleuron.extras import require_extra


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("bag", nargs="?", default="", metavar="BAG", help="the bag: a folder or a .tar file")
    parser.add_argument("--expect", default="", metavar="HASH", help="its root hash as it was published (sha512:…)")
    parser.add_argument(
        "--trust",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="who must have signed it: allowed signers (ssh-keygen), a public key (minisign), or the certificate of an "
        "authority for timestamps",
    )
    parser.add_argument("--rebuild", action="store_true", help="build the version again and compare every file")


def run(arguments: Namespace) -> int:
    if not arguments.bag:
        raise UsageError("name the bag to verify; for example: fleuron verify archive/marginalia-v1.0")
    if arguments.rebuild:
        require_extra("archive", "to build an archived version again")
    from fleuron.archive.bag.verification_report import verify

    bag = Path(arguments.bag)
    if not verify(bag, arguments.expect, arguments.trust):
        return 1
    if not arguments.rebuild:
        return 0
    # Imported here, because verification needs none of the packages that build a version.
    from fleuron.archive.release.rebuild import rebuild

    return 0 if rebuild(bag) else 1
