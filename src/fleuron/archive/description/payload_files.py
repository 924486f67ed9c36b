"""List the files of a bag's payload, each with its checksum and format, and what of the publication it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from fleuron.archive.bag.digests import sha512_of
from fleuron.archive.description.file_formats import format_of
from fleuron.archive.release.tagged_version import Release
from fleuron.metadata.volume import File, Volume
from fleuron.metadata.work import Work, person
from fleuron.publication.edition import Edition
from fleuron.publication.licence import licence_of
from fleuron.publication.values.version_dois import doi_of_version
from fleuron.publish.settings import PublicationSettings

# What a version consists of, in the language of the metadata.
CONTENT = "its web pages, EPUBs, PDFs and library records, and the sources that these were made from."


def volume_of(settings: PublicationSettings, release: Release, works: Sequence[Work]) -> Volume:
    licences = {work.licence for work in works if work.licence}
    publisher = (person(settings.publisher, is_organization=True),) if settings.publisher else ()
    languages = ", ".join(Edition(language).name for language in settings.languages)
    return Volume(
        title=settings.title,
        abstract=f"{settings.title}, version {release.version} ({languages}): {CONTENT}",
        authors=next((work.editors for work in works if work.editors), publisher),
        version=release.version,
        date=release.day,
        licence=licence_of(settings.imprint.get("license", "")) or (licences.pop() if len(licences) == 1 else None),
        doi=doi_of_version(settings.imprint, release.version),
        publisher=settings.publisher,
        address=settings.address,
    )


def files_of(data: Path, articles: set[str], languages: Sequence[str]) -> Iterator[File]:
    """Yield the files of a payload, each with the article and the edition that it belongs to."""
    for path in sorted(data.rglob("*")):
        if path.is_file():
            yield described(data, path.relative_to(data).as_posix(), articles, languages)


def described(data: Path, name: str, articles: set[str], languages: Sequence[str]) -> File:
    """Return the record of a file of a payload."""
    path = data / name
    kind = format_of(path, name)
    return File(
        path=name,
        media_type=kind.media_type,
        size=path.stat().st_size,
        sha512=sha512_of(path),
        article=article_of(path.relative_to(data), articles) if not name.startswith("source/") else "",
        language=next((language for language in languages if language in name.split("/")[1:-1]), ""),
        format_name=kind.full_name,
        format_address=kind.address,
    )


def article_of(path: Path, articles: set[str]) -> str:
    """Return the article whose file has this path in a payload, or an empty string.

    Articles are named by their paths, such as ``2026-1/editorial``; of several that fit, it is the longest one.
    """
    parts = path.name.split(".")
    stems = [".".join(parts[:count]) for count in range(len(parts) - 1, 0, -1)]
    folders = ["/".join([*path.parts[first:-1], ""]).lstrip("/") for first in range(1, len(path.parts))]
    names = (folder + stem for folder in folders for stem in stems)
    return next((name for name in names if name in articles), "")
