"""Pack the articles of each issue for archives that take them in as files, such as Portico and CLOCKSS.

A package is a .zip with a folder for each article in each language: its text in JATS, its PDF, and its pictures, under
one name; with a list of all files and their SHA-256. JATS names the pictures by these files. Files are stored as they
are, with the day of the newest article, so that the same articles make the same bytes on every machine.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from lxml import etree

from fleuron.metadata.journal_place import place_note
from fleuron.metadata.plain_text import one_line
from fleuron.metadata.work import Work
from fleuron.publication.document_names import slug

HREF = "{http://www.w3.org/1999/xlink}href"
# The file, in the folder of an edition's build, that says where the pictures of its articles are.
PICTURES_FILE = "pictures.json"
MANIFEST = "manifest-sha256.txt"
README = "README.txt"
# The first year that a .zip can tell.
FIRST_YEAR = 1980

# By the name of an article: the address of each picture in its JATS, with its file name and the path of the file.
Pictures = Mapping[str, Mapping[str, tuple[str, str]]]


@dataclass(frozen=True)
class Package:
    """The articles of an issue in all languages, or those that are in none; ``name`` is that of the file."""

    name: str
    works: tuple[Work, ...]


def packages_of(works: Sequence[Work], publication: str) -> list[Package]:
    """Sort articles into packages, in the order of volumes and issues; ``publication`` is its name in file names."""
    found: dict[str, list[Work]] = {}
    for work in sorted(
        works, key=lambda work: (work.volume, work.issue, work.name, not work.is_original, work.language)
    ):
        name = "-".join([publication, *(slug(number) for number in (work.volume, work.issue) if number)])
        found.setdefault(f"{name}.zip", []).append(work)
    return [Package(name, tuple(listed)) for name, listed in found.items()]


def pictures_from(path: Path) -> Pictures:
    """Read what the build of an edition has written about its pictures; nothing if it has not."""
    try:
        read = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {
        article: {address: (name, file) for address, (name, file) in pictures.items()}
        for article, pictures in read.items()
    }


def packed(package: Package, build: Path, pictures: Mapping[str, Pictures]) -> bytes:
    """Return a package as a .zip, from the published JATS and PDFs; ``pictures`` are those of each language.

    Raise FileNotFoundError if an article has no JATS.
    """
    files: dict[str, bytes] = {}
    for work in package.works:
        files |= dict(files_of(work, build, pictures.get(work.language, {}).get(work.name, {})))
    files[README] = readme(package, files).encode()
    listed = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    files[MANIFEST] = listed.encode()
    days = [day for work in package.works for day in (work.date, work.updated) if day and day.year >= FIRST_YEAR]
    newest = max(days, default=None)
    moment = (newest.year, newest.month, newest.day, 0, 0, 0) if newest else (FIRST_YEAR, 1, 1, 0, 0, 0)
    folder, written = package.name.removesuffix(".zip"), BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for name in (MANIFEST, README, *sorted(files.keys() - {MANIFEST, README})):
            info = zipfile.ZipInfo(f"{folder}/{name}", moment)
            info.create_system, info.external_attr = 3, 0o644 << 16  # as a file of Unix, on every system
            archive.writestr(info, files[name])
    return written.getvalue()


def files_of(work: Work, build: Path, pictures: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an article in one language, by their paths in the package."""
    folder, stem = f"{work.language}/{work.name}", work.name.rpartition("/")[2]
    record = (build / "records" / work.language / f"{work.name}.jats.xml").read_bytes()
    jats = etree.fromstring(record, etree.XMLParser(resolve_entities=False)).getroottree()
    for element in jats.iter():
        if found := pictures.get(element.get(HREF) or ""):
            name, path = found
            element.set(HREF, name)
            yield f"{folder}/{name}", Path(path).read_bytes()
    yield f"{folder}/{stem}.xml", etree.tostring(jats, encoding="UTF-8", xml_declaration=True) + b"\n"
    if work.pdf:
        yield f"{folder}/{stem}.pdf", (build / "pdf" / work.language / f"{work.name}.pdf").read_bytes()


def without_pdf(package: Package) -> list[Work]:
    """Return the articles that have no PDF of their present text, and are not withdrawn."""
    return [work for work in package.works if not work.pdf and not work.withdrawn]


def contents_of(package: Package) -> str:
    """Say how many articles a package has, and in which languages."""
    number = len({work.name for work in package.works})
    languages = ", ".join(dict.fromkeys(work.language for work in package.works))
    return f"{'one article' if number == 1 else f'{number} articles'} ({languages})"


def readme(package: Package, files: Mapping[str, bytes]) -> str:
    """Return what the package is, for people, in English."""
    first = package.works[0]
    licences = sorted({one_line(work.licence.name) for work in package.works if work.licence})
    told = {
        "Publication": first.publication,
        "ISSN": first.issn,
        "Publisher": first.publisher,
        "Issue": ", ".join(
            filter(None, [first.volume and f"volume {first.volume}", first.issue and f"no. {first.issue}"])
        ),
        "Licence": ", ".join(licences),
    }
    lines = [f"{name}: {one_line(text)}" for name, text in told.items() if one_line(text)]
    lines += ["", f"Each folder has an article in one language: JATS, PDF, pictures. {MANIFEST} lists all files.", ""]
    for work in package.works:
        authors = ", ".join(one_line(author.name) for author in work.signed_by)
        parts = [authors, one_line(work.full_title), place_note(work), work.doi and f"doi:{work.doi}"]
        has_pdf = any(name.startswith(f"{work.language}/{work.name}/") and name.endswith(".pdf") for name in files)
        note = "" if has_pdf else " (withdrawn)" if work.withdrawn else " (without PDF)"
        lines.append(f"{work.language}/{work.name}/: {'. '.join(filter(None, parts))}{note}")
    return "\n".join(lines) + "\n"
