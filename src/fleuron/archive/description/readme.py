"""Write the README of a bag: how to read, check and rebuild a version when nobody remembers what made it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined

from fleuron.archive.description.file_formats import REGISTRY, FileFormat
from fleuron.archive.release.tagged_version import Release
from fleuron.metadata.identifiers import doi_address, valid_doi
from fleuron.metadata.plain_text import one_line
from fleuron.metadata.volume import Volume
from fleuron.publication.edition import Edition

FILE_NAME = "README.txt"
FOLDERS = {
    "data/site/": "web pages; open them in any browser",
    "data/epub/": "books for e-readers, one for each language",
    "data/pdf/": "the printed pages: a volume for each language, and each article",
    "data/records/": "descriptions of the articles for library catalogues",
    "data/source/": "what the authors, translators and editors wrote",
    "data/reports/": "what validators found in the files above",
}


def readme(
    name: str,
    volume: Volume,
    release: Release,
    record: Mapping[str, Any],
    formats: Sequence[FileFormat],
    first_pages: Sequence[tuple[str, str]],
    folders: Sequence[str],
) -> str:
    """Return the README of the bag ``name``.

    ``record`` is its build record, ``formats`` are those of all its files, ``first_pages`` the languages of editions
    with the addresses of their first pages in the site, and ``folders`` those of the payload.
    """
    editions = [(Edition(language).name, page) for language, page in first_pages]
    facts = {
        "Publisher": volume.publisher,
        "DOI": doi_address(valid_doi(volume.doi)),
        "Web site": volume.address,
        "Licence": f"{volume.licence.name} {volume.licence.address}" if volume.licence else "none is stated",
        "Languages": ", ".join(language for language, _page in editions),
        "Made with": f"Fleuron {record['program']['version']}",
    }
    counted = sorted(Counter(formats).items(), key=lambda item: (item[0].full_name.casefold(), item[0].puid))
    template = files("fleuron.archive.description").joinpath("readme.txt").read_text("utf-8")
    environment = Environment(undefined=StrictUndefined, trim_blocks=False, keep_trailing_newline=True)
    text = environment.from_string(template).render(
        title=one_line(volume.title),
        version=release.version,
        day=release.day.isoformat(),
        facts=[(label, one_line(value)) for label, value in facts.items() if value],
        folders=[(folder, content) for folder, content in FOLDERS.items() if folder.split("/")[1] in folders],
        editions=[f"{page} ({language})" if len(editions) > 1 else page for language, page in editions if page],
        registry=REGISTRY,
        formats=counted,
        name=name,
        record=record,
        identifiers=identifiers_of(release, record),
    )
    return text.rstrip("\n") + "\n"


def identifiers_of(release: Release, record: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what the SWHIDs of a version identify, and each of them."""
    found = [
        ("The files in data/source/", release.tree_identifier),
        ("The state of the repository in which the version was tagged, with its history", release.commit_identifier),
        ("The tag, with its message", release.tag_identifier),
        (
            f"The source of Fleuron {record['program']['version']}, its folder src/fleuron/",
            record["program"]["identifier"],
        ),
    ]
    return [(name, identifier) for name, identifier in found if identifier]
