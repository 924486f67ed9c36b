"""Write the files that describe a bag: RO-Crate with its preview page, CITATION.cff, PREMIS, README, packages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fleuron.archive.description.file_formats import format_of
from fleuron.archive.description.installed_packages import FILE_NAME as PACKAGES_FILE
from fleuron.archive.description.installed_packages import requirements_lock
from fleuron.archive.description.payload_files import files_of, volume_of
from fleuron.archive.description.premis import PreservedVersion, premis
from fleuron.archive.description.preservation_events import events_of
from fleuron.archive.description.readme import FILE_NAME as README_FILE
from fleuron.archive.description.readme import readme
from fleuron.archive.release.build_record import BUILD_RECORD
from fleuron.archive.release.tagged_version import Release
from fleuron.archive.site.manifest_pages import first_page
from fleuron.archive.site.page_templates import render_page
from fleuron.metadata.identifiers import doi_address, valid_doi
from fleuron.metadata.library.citation_cff import citation_cff
from fleuron.metadata.library.ro_crate import FILE_NAME as CRATE_FILE
from fleuron.metadata.library.ro_crate import PREVIEW, file_id, ro_crate
from fleuron.metadata.volume import File, Program, Volume
from fleuron.metadata.work import Work
from fleuron.publication.edition import Edition
from fleuron.publish.settings import PublicationSettings

PREMIS_FILE = "metadata/premis.xml"
NAME = "Fleuron"


@dataclass(frozen=True)
class BagDescription:
    """What describes a bag: its name, the publication, the release, the articles and the build record."""

    name: str
    settings: PublicationSettings
    release: Release
    works: Sequence[Work]
    record: dict[str, Any]

    @property
    def volume(self) -> Volume:
        return volume_of(self.settings, self.release, self.works)

    @property
    def program(self) -> Program:
        """The Fleuron that has built the version."""
        program = self.record["program"]
        return Program(NAME, program["version"], program["identifier"])


def describe_payload(
    data: Path, settings: PublicationSettings, release: Release, works: Sequence[Work]
) -> BagDescription:
    """Write what describes a payload into it, and return the description of its bag, which has the name of the bag."""
    record = json.loads((data / BUILD_RECORD).read_text("utf-8"))
    description = BagDescription(f"{settings.name}-{release.version}", settings, release, works, record)
    (data / PACKAGES_FILE).write_text(requirements_lock(record), "utf-8")
    (data / "CITATION.cff").write_text(citation_cff(works, description.volume), "utf-8")
    files = list(files_of(data, {work.name for work in works}, settings.languages))
    (data / PREVIEW).write_text(preview_page(description, files), "utf-8")
    (data / CRATE_FILE).write_text(ro_crate(description.volume, works, files, description.program), "utf-8")
    return description


def describe_bag(bag: Path, description: BagDescription) -> None:
    """Write the README and the PREMIS record of a bag whose payload is complete."""
    data, settings, release = bag / "data", description.settings, description.release
    names = {work.name for work in description.works}
    files = list(files_of(data, names, settings.languages))
    first_pages = [(language, first_page(data / "site", language, settings.root)) for language in settings.languages]
    text = readme(
        description.name,
        description.volume,
        release,
        description.record,
        [format_of(data / file.path, file.path) for file in files],
        first_pages,
        sorted(path.name for path in data.iterdir() if path.is_dir()),
    )
    (bag / README_FILE).write_text(text, "utf-8")
    version = PreservedVersion(
        name=description.name,
        title=f"{settings.title}, version {release.version}",
        day=release.day,
        identifiers=identifiers_of(description),
        licence=description.volume.licence.address if description.volume.licence else "",
    )
    (bag / PREMIS_FILE).parent.mkdir(exist_ok=True)
    events = list(events_of(data, files, description.program, settings.publisher))
    (bag / PREMIS_FILE).write_bytes(premis(version, files, events))


def identifiers_of(description: BagDescription) -> tuple[tuple[str, str], ...]:
    """Return the identifiers of a version beside its name, by their schemes."""
    release = description.release
    found = [
        ("DOI", valid_doi(description.volume.doi)),
        *(("SWHID", each) for each in (release.commit_identifier, release.tree_identifier, release.tag_identifier)),
    ]
    return tuple((scheme, identifier) for scheme, identifier in found if identifier)


def preview_page(description: BagDescription, files: Sequence[File]) -> str:
    """Return the page on which people read what the RO-Crate says."""
    listed = [(file, file_id(file.path)) for file in files]
    articles = [
        (
            work,
            [
                (file, address)
                for file, address in listed
                if (file.article, file.language) == (work.name, work.language)
            ],
        )
        for work in description.works
    ]
    return render_page(
        "preview.html",
        volume=description.volume,
        doi=doi_address(valid_doi(description.volume.doi)),
        release=description.release,
        program=description.program,
        editions=[Edition(language) for language in description.settings.languages],
        articles=articles,
        files=listed,
    )
