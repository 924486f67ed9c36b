"""Pack the articles of each issue for archives such as Portico and CLOCKSS.

A package is a .zip in BUILDDIR/packages/ with the JATS, the PDF and the pictures of each article in each language, and
a list of the files with checksums. It is made of what fleuron publish pdf records has published.
"""

from __future__ import annotations

import sys
from argparse import Namespace

from fleuron.atomic_files import write_file
from fleuron.commands.arguments import CommandParser, add_build_folder, add_source
from fleuron.extras import require_extra
from fleuron.publish.build_folder import reserved
from fleuron.publish.settings import CommandError, read_settings

FOLDER = "packages"


def add_arguments(parser: CommandParser) -> None:
    add_source(parser)
    add_build_folder(parser)


def run(arguments: Namespace) -> int:
    require_extra("records", "to pack articles")
    from fleuron.library.issue_packages import (
        PICTURES_FILE,
        contents_of,
        packages_of,
        packed,
        pictures_from,
        without_pdf,
    )
    from fleuron.library.record_files import read_works

    settings, build = read_settings(arguments.source), arguments.build
    languages = settings.languages
    with reserved(build):
        works = read_works(build, languages)
        if not works:
            raise CommandError(f"{build} has no records of articles: fleuron publish pdf records, then this command")
        pictures = {name: pictures_from(build / "editions" / name / "records" / PICTURES_FILE) for name in languages}
        packages = packages_of(works, settings.name)
        for path in sorted((build / FOLDER).glob("*.zip")):
            if path.name not in {package.name for package in packages}:
                path.unlink()
        for package in packages:
            try:
                content = packed(package, build, pictures)
            except FileNotFoundError as error:
                raise CommandError(
                    f"{error.filename} is missing: fleuron publish pdf records, then this command"
                ) from error
            (build / FOLDER).mkdir(parents=True, exist_ok=True)
            write_file(build / FOLDER / package.name, content)
            lacking = [f"{work.language}/{work.name}" for work in without_pdf(package)]
            print(f"{build / FOLDER / package.name}: {contents_of(package)}")
            if lacking:
                print(f"fleuron: {package.name}: no PDF of the present text of {', '.join(lacking)}", file=sys.stderr)
    return 0
