"""Describe a bag's payload for machines: an RO-Crate, and a CITATION.cff of the version."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Sequence
from pathlib import Path

from fleuron.archive.bag.digests import sha512_of
from fleuron.archive.release.tagged_version import Release
from fleuron.metadata.library.citation_cff import citation_cff
from fleuron.metadata.library.ro_crate import FILE_NAME, ro_crate
from fleuron.metadata.volume import File, Volume
from fleuron.metadata.work import Work, person
from fleuron.publication.licence import licence_of
from fleuron.publication.values.version_dois import doi_of_version
from fleuron.publish.settings import PublicationSettings

# Media types that mimetypes knows on some machines only.
MEDIA_TYPES = {
    **{".epub": "application/epub+zip", ".pdf": "application/pdf", ".html": "text/html", ".xml": "application/xml"},
    **{".json": "application/json", ".md": "text/markdown", ".bib": "application/x-bibtex", ".txt": "text/plain"},
    **{".po": "text/x-gettext-translation", ".ris": "application/x-research-info-systems", ".py": "text/x-python"},
    **{".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png"},
    **{".woff2": "font/woff2"},
}


def write_crate(data: Path, settings: PublicationSettings, release: Release, works: Sequence[Work]) -> None:
    """Write ``ro-crate-metadata.json`` and ``CITATION.cff`` of a payload."""
    volume = volume_of(settings, release, works)
    (data / "CITATION.cff").write_text(citation_cff(works, volume), "utf-8")
    files = list(files_of(data, {work.name for work in works}, settings.languages))
    (data / FILE_NAME).write_text(ro_crate(volume, works, files), "utf-8")


def volume_of(settings: PublicationSettings, release: Release, works: Sequence[Work]) -> Volume:
    licences = {work.licence for work in works if work.licence}
    publisher = (person(settings.publisher, is_organization=True),) if settings.publisher else ()
    return Volume(
        title=settings.title,
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
            name = path.relative_to(data).as_posix()
            article = article_of(path.relative_to(data), articles)
            yield File(
                path=name,
                media_type=MEDIA_TYPES.get(path.suffix) or mimetypes.MimeTypes().guess_type(path.name)[0] or "",
                size=path.stat().st_size,
                sha512=sha512_of(path),
                article=article if not name.startswith("source/") else "",
                language=next((language for language in languages if language in name.split("/")[1:-1]), ""),
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
