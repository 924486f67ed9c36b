"""The commands of the press that the Makefile calls: publish, translations, live; archive, verify, release."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from fleuron.publish.edition_builds import EditionBuild, build_editions, edition_builds
from fleuron.publish.replace_published import publish_edition
from fleuron.publish.settings import PublicationSettings, read_settings
from fleuron.publish.translation_catalogues import update_catalogues

# What an author should know, and what is no warning: many sites are made for a disk.
WITHOUT_ADDRESS = (
    "conf.py: without html_baseurl, the address of the site, its pages lead to each other by relative addresses, "
    "and have no canonical address, sitemap or search from the address bar"
)


def parser() -> argparse.ArgumentParser:
    commands = argparse.ArgumentParser(prog="fleuron", description=__doc__)
    commands.add_argument("command", choices=["publish", "translations", "live", "archive", "verify", "release"])
    commands.add_argument("formats", nargs="*", metavar="format", help="pdf, epub or html, in the order to build them")
    commands.add_argument("--source", type=Path, default=Path(), help="the publication's folder")
    commands.add_argument("--build", type=Path, default=Path("_build"), help="where to put what is made")
    commands.add_argument("--languages", default="", help="the editions to make; by default all of conf.py")
    commands.add_argument("--options", default="", help="options for Sphinx")
    commands.add_argument("--article", default="", help="the one article to print; by default all, and the volume")
    commands.add_argument("--version", default="", help="the tag of the version to archive, or to put on a site")
    commands.add_argument("--bag", default="", help="the bag to verify: a folder, or a tar")
    commands.add_argument("--expect", default="", help="the bag's root hash, as it was published")
    commands.add_argument("--rebuild", default="", help="1 to build the version again from the source in its bag")
    commands.add_argument("--site", default="", help="the folder of the site that a version is put on")
    commands.add_argument("--ocfl", default="", help="the OCFL storage root that a version is added to")
    commands.add_argument("--port", default="8000", help="where `live` serves the pages")
    return commands


def published(settings: PublicationSettings, build: Path, besides: list[str]) -> list[str]:
    """List the other languages whose pages stand in the site."""
    there = [language for language in settings.languages if (build / "html" / language / "index.html").is_file()]
    return [language for language in there if language not in besides]


def publish(
    settings: PublicationSettings,
    build: Path,
    languages: list[str],
    formats: list[str],
    options: list[str],
    article: str,
) -> None:
    """Build formats one after the other and put each in place when all its editions are whole."""
    open_site = entrance(settings, build) if "html" in formats else None  # first: a fault in it is found at once
    reported: set[str] = set()
    for form in formats:
        batch = edition_builds(
            settings.source, build, languages, form, published(settings, build, languages), options, article
        )
        if not build_editions(batch, reported):
            raise SystemExit(1)
        for edition in batch:
            publish_edition(edition.output_folder, form, build, edition.language, article)
        if form == "records":
            catalogue(settings, build, languages)
        if form == "html" and open_site and not open_site():
            print(f"fleuron: {WITHOUT_ADDRESS}", file=sys.stderr)
        print(f"{form} → {build / form}", flush=True)


def catalogue(settings: PublicationSettings, build: Path, languages: list[str]) -> None:
    """Write the records that need the works of all editions."""
    from fleuron.library.record_files import crossref_deposit, read_works, write_records

    works = read_works(build, languages)
    write_records(works, build / "records", crossref_deposit(settings, works))


def entrance(settings: PublicationSettings, build: Path) -> Callable[[], bool]:
    """Return what writes the pages before the editions, and tells whether the site has an address.

    Imported here: a PDF need not wait for it.
    """
    from fleuron.publish.landing_page import landing_template, write_entrance

    return partial(write_entrance, build, settings.title, settings.languages, landing_template(settings.templates))


def live(settings: PublicationSettings, build: Path, language: str, options: list[str], port: str) -> None:
    """Serve one edition, and build it anew whenever a file of the publication is saved."""
    edition = EditionBuild(settings.source, build, language, "html", (language,), (), tuple(options))
    arguments = edition.sphinx_arguments()
    # Sphinx compiles catalogues beside their sources, which is no edit of the author's.
    watched = [
        "--port",
        port,
        "--ignore",
        "*.mo",
        "--ignore",
        str(build.resolve()),
        "--ignore",
        str(Path(".venv").resolve()),
    ]
    os.execv(sys.executable, [sys.executable, "-P", "-m", "sphinx_autobuild", *watched, *arguments])


def keep(chosen: argparse.Namespace) -> int:
    """Carry out a command of the archive, which alone needs what it imports."""
    from fleuron.archive import commands

    if chosen.command == "archive":
        return commands.archive_version(chosen.source, chosen.version, chosen.ocfl)
    if chosen.command == "verify":
        return commands.verify_bag(chosen.bag, chosen.expect, chosen.rebuild not in ("", "0"))
    return commands.publish_version(chosen.source, chosen.version, chosen.site)


def main() -> None:
    chosen = parser().parse_args()
    if chosen.command in ("archive", "verify", "release"):
        sys.exit(keep(chosen))
    settings = read_settings(chosen.source)
    languages, options = settings.chosen(chosen.languages.split()), shlex.split(chosen.options)
    if chosen.command == "translations":
        update_catalogues(settings, chosen.build, languages, options)
    elif chosen.command == "live":
        live(settings, chosen.build, languages[0], options, chosen.port)
    else:
        publish(settings, chosen.build, languages, chosen.formats, options, chosen.article)


if __name__ == "__main__":
    main()
