"""Copy an archived version to a web site, beside those released before it."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from fleuron.commands.arguments import CommandParser, UsageError, add_source
from fleuron.publish.build_folder import locked
from fleuron.publish.settings import CommandError, read_settings


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("tag", nargs="?", default="", metavar="TAG", help="the tag of the archived version")
    parser.add_argument("site", nargs="?", default="", metavar="SITE", help="the folder of the web site")
    add_source(parser)


def run(arguments: Namespace) -> int:
    if not arguments.tag or not arguments.site:
        raise UsageError("name the version and the folder of the site; for example: fleuron release v1.0 public")
    from fleuron.archive.bag.bag_info import read_bag_info
    from fleuron.archive.bag.verification import find_faults
    from fleuron.archive.release.tagged_version import archive_folder
    from fleuron.archive.site.versions import publish_version, version_of
    from fleuron.publication.values.version_dois import doi_of_version

    settings, folder = read_settings(arguments.source), archive_folder(arguments.source)
    bag = folder / f"{settings.name}-{arguments.tag}"
    if not bag.is_dir():
        raise CommandError(f"there is no bag {bag}: archive the version first (fleuron archive {arguments.tag})")
    with locked(folder):  # of two commands at once, each would publish a site without the version of the other
        if found := find_faults(bag):
            raise CommandError(
                f"{bag} is not what was archived: {found[0].path}: {found[0].problem}; nothing was published"
            )
        title = read_bag_info(bag)["External-Description"].rpartition(", version ")[0]
        version = version_of(bag, title, doi_of_version(settings.imprint, arguments.tag))
        address = f"{settings.address}/" if settings.address else ""
        publish_version(bag, version, Path(arguments.site).resolve(), address)
    print(f"{arguments.tag} → {arguments.site}/versions/{arguments.tag}/")
    return 0
