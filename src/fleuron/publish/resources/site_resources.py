"""Write the lists of a site's files for those who keep a copy of it (ResourceSync), if the site has an address.

Listed are the pages, and the PDFs, EPUBs, records and pictures of editions; not what only makes a page look or search
(styles, scripts, typefaces, the index of the search).
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from fleuron.metadata.harvest.resource_lists import (
    CAPABILITY_LIST,
    FOLDER,
    SOURCE_DESCRIPTION,
    Resource,
    capability_list,
    resource_lists,
    source_description,
)
from fleuron.publication.source_date import source_moment
from fleuron.publish.landing_page import PublishedEdition, published_editions
from fleuron.publish.replace_published import NewFormat, published_files

# Files by the ends of their names, the longest of which counts.
MEDIA_TYPES = {
    **{".html": "text/html", ".pdf": "application/pdf", ".epub": "application/epub+zip"},
    **{".jats.xml": "application/xml", ".marc.xml": "application/marcxml+xml", ".bib": "application/x-bibtex"},
    **{".datacite.json": "application/vnd.datacite.datacite+json", ".ris": "application/x-research-info-systems"},
    **{".linkset.json": "application/linkset+json", ".json": "application/vnd.citationstyles.csl+json"},
    **{".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif"},
    **{".webp": "image/webp", ".avif": "image/avif"},
}
# Records of an article, which describe its page and its PDF.
RECORDS = (".jats.xml", ".marc.xml", ".datacite.json", ".bib", ".ris", ".json")
PICTURES = "_images/"


def add_resource_lists(site: NewFormat, languages: Sequence[str]) -> None:
    """Prepare the lists of a site with editions in these languages; delete them if it has no address."""
    editions = published_editions(site, languages)
    address = editions[0].address
    written = dict(lists_of(site, editions, address)) if address else {}
    for name, content in written.items():
        site.write(name, content)
    published = {path.relative_to(site.published).as_posix() for path in (site.published / FOLDER).glob("*.xml")}
    for name in sorted((published | {SOURCE_DESCRIPTION}) - written.keys()):
        site.delete(name)


def lists_of(site: NewFormat, editions: Sequence[PublishedEdition], address: str) -> Iterator[tuple[str, bytes]]:
    """Yield the lists by their paths on the site."""
    resources = [
        resource
        for language, days in ((each.edition.language, each.pages) for each in editions)
        for resource in resources_of(site.path(language), f"{address}{language}/", days)
    ]
    newest = max((each.lastmod for each in resources if each.lastmod), default=datetime.date(1970, 1, 1))
    moment = source_moment() or datetime.datetime.combine(newest, datetime.time(), datetime.UTC)
    yield SOURCE_DESCRIPTION, source_description(address)
    yield CAPABILITY_LIST, capability_list(address, has_changes=False)
    yield from resource_lists(address, resources, moment).items()


def resources_of(folder: Path, address: str, days: Mapping[str, str]) -> Iterator[Resource]:
    """Yield the files of an edition, in a folder whose address ends with a slash; ``days`` are those of its pages."""
    files = {name: Path(entry.path) for name, entry in published_files(folder) if is_resource(name)}
    for name, path in sorted(files.items()):
        suffix = suffix_of(name)
        stem = name.removesuffix(suffix)
        day = days.get(stem, "")
        records = (f"{stem}{each}" for each in RECORDS) if suffix in (".html", ".pdf") else ()
        content = path.read_bytes()
        yield Resource(
            address=address + quote(name),
            media_type=MEDIA_TYPES[suffix],
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            lastmod=datetime.date.fromisoformat(day) if day else None,
            described_by=tuple(address + quote(record) for record in records if record in files),
        )


def is_resource(name: str) -> bool:
    """Return whether a file of an edition, by its path there, is more than part of how its pages look or search."""
    return bool(suffix_of(name)) and (name.startswith(PICTURES) or not name.startswith("_"))


def suffix_of(name: str) -> str:
    """Return the end of a file's name that has a media type; "" if none has."""
    return max((suffix for suffix in MEDIA_TYPES if name.endswith(suffix)), key=len, default="")
