"""Find the finished PDFs and EPUBs that a site offers for download."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sphinx.environment import BuildEnvironment

from fleuron.content.book_texts import BookText, EditionTexts, edition_texts, recorded_books
from fleuron.publication.document_names import article_name
from fleuron.publication.edition import Edition
from fleuron.publication.journal.issues import ISSUE_FOLDER, book_name

# The folder of an edition's site in which those of issues and volumes lie.
DOWNLOADS = "downloads"
# The file in the folder of an edition's build that has the digest of each article's text as its records have it.
RECORD_TEXTS = "texts.json"


@dataclass(frozen=True)
class RecordFormat:
    """A format of records for libraries: its media type, its name, and the address of what it follows."""

    media_type: str
    name: str
    profile: str


# The records that a site offers beside the pages of articles, by the suffix of their files.
LIBRARY_RECORDS = {
    ".jats.xml": RecordFormat(
        "application/xml", "JATS", "https://jats.nlm.nih.gov/archiving/1.1/JATS-archivearticle1.dtd"
    ),
    ".marc.xml": RecordFormat("application/marcxml+xml", "MARCXML", "http://www.loc.gov/MARC21/slim"),
    ".datacite.json": RecordFormat(
        "application/vnd.datacite.datacite+json", "DataCite", "http://datacite.org/schema/kernel-4"
    ),
}


def format_size(size: int, edition: Edition) -> str:
    """Format a size in bytes in decimal units, to two figures: 84 kB, 1.2 MB."""
    unit, number = ("megabyte", size / 1e6) if size >= 1e6 else ("kilobyte", size / 1e3)
    rounded = round(number, 1) if number < 10 else round(number)
    return edition.quantity(rounded, f"digital-{unit}") or edition.number(rounded)


@dataclass(frozen=True)
class DownloadFile:
    """A file for download; ``kind`` is one of `work_records.DOWNLOAD_TITLES`, ``size`` is in bytes.

    ``name`` is its path in the edition's site; ``older`` is the day on which a book of another text than the
    present one was made, else None.
    """

    kind: str
    path: Path
    name: str
    size: int
    older: datetime.date | None = None


@dataclass(frozen=True)
class Downloads:
    """Where the downloads of one edition are published; ``folder``, below which formats are, is empty without any.

    ``stem`` is the edition's name in file names, such as ``marginalia-tr``.
    """

    folder: str
    stem: str
    language: str

    @property
    def publication(self) -> str:
        """The publication's name in file names, without the language."""
        return self.stem.removesuffix(f"-{self.language}")

    def has_page(self, language: str, page: str) -> bool:
        """Return whether the site of an edition, as it was published last, has a page."""
        return bool(self.folder) and Path(self.folder, "html", language, f"{page}.html").is_file()

    def article_path(self, document: str) -> str:
        """Return the path of an article's PDF below the folder."""
        return f"pdf/{self.language}/{article_name(document)}.pdf"

    @property
    def volume_path(self) -> str:
        """The path of the volume's PDF below the folder."""
        return f"pdf/{self.stem}.pdf"

    @property
    def epub_path(self) -> str:
        """The path of the edition's EPUB below the folder."""
        return f"epub/{self.stem}.epub"


@dataclass(frozen=True)
class OfferedDownloads:
    """What the pages of an edition offer: the files of each article and issue, by document, and those of the whole."""

    articles: dict[str, list[DownloadFile]]
    volume: list[DownloadFile]
    issues: dict[str, list[DownloadFile]] = field(default_factory=dict)
    records: dict[str, list[DownloadFile]] = field(default_factory=dict)

    @property
    def files(self) -> list[DownloadFile]:
        """All downloads: those of the articles and of the issues, by name, and those of the volume."""
        single = [files[name] for files in (self.articles, self.issues) for name in sorted(files)]
        return [*(file for files in single for file in files), *self.volume]


def find_downloads(downloads: Downloads, env: BuildEnvironment) -> OfferedDownloads:
    """Find what the pages may offer: the published books of the present text, and of another if conf.py says so."""
    if not downloads.folder or not any(Path(downloads.folder, form).is_dir() for form in ("pdf", "epub", "records")):
        return OfferedDownloads({}, [])
    texts = edition_texts(env)
    finder = Finder(downloads, recorded_books(env), older=env.config.fleuron_older_books)
    return OfferedDownloads(
        {document: list(finder.of_article(document, text)) for document, text in texts.articles.items()},
        list(finder.of_volume(texts)),
        {document: list(finder.of_issue(document, text)) for document, text in texts.issues.items()},
        dict(offered_records(downloads, texts)),
    )


def offered_records(downloads: Downloads, texts: EditionTexts) -> Iterator[tuple[str, list[DownloadFile]]]:
    """Yield the articles with their published records for libraries, if these were made from the present text."""
    folder = Path(downloads.folder)
    try:
        made = json.loads((folder / "editions" / downloads.language / "records" / RECORD_TEXTS).read_text("utf-8"))
    except (OSError, ValueError):
        return
    for document, text in texts.articles.items():
        if made.get(document) == text:
            stem = f"records/{downloads.language}/{article_name(document)}"
            files = [(suffix, folder / f"{stem}{suffix}") for suffix in LIBRARY_RECORDS]
            yield (
                document,
                [
                    DownloadFile("record", path, f"{document}{suffix}", path.stat().st_size)
                    for suffix, path in files
                    if path.is_file()
                ],
            )


@dataclass(frozen=True)
class Finder:
    """Finds published books; ``recorded`` is what is known of their texts, ``older`` whether others are offered."""

    downloads: Downloads
    recorded: dict[str, BookText]
    older: bool

    def of_article(self, document: str, text: str) -> Iterator[DownloadFile]:
        # Beside its page, in whose folder Google Scholar looks for it.
        yield from self.find("article", self.downloads.article_path(document), f"{document}.pdf", text)

    def of_issue(self, document: str, text: str) -> Iterator[DownloadFile]:
        issue = document.removeprefix(ISSUE_FOLDER)
        stem = book_name(self.downloads.language, self.downloads.publication, issue)
        for kind, form in (("issue", "pdf"), ("issue-epub", "epub")):
            yield from self.find(kind, f"{form}/{stem}.{form}", f"{DOWNLOADS}/{stem}.{form}", text)

    def of_volume(self, texts: EditionTexts) -> Iterator[DownloadFile]:
        stem = self.downloads.stem
        yield from self.find("volume", self.downloads.volume_path, f"{DOWNLOADS}/{stem}.pdf", texts.volume)
        yield from self.find("epub", self.downloads.epub_path, f"{DOWNLOADS}/{stem}.epub", texts.whole)

    def find(self, kind: str, path: str, name: str, text: str) -> Iterator[DownloadFile]:
        """Yield the file at a path below the folder of downloads, if it exists and is to be offered."""
        file = Path(self.downloads.folder, path)
        if not file.is_file():
            return
        content = file.read_bytes()
        book = self.recorded.get(hashlib.sha256(content).hexdigest())
        if book and book.text == text:
            yield DownloadFile(kind, file, name, len(content))
        elif self.older:
            moment = datetime.datetime.fromtimestamp(file.stat().st_mtime, datetime.UTC)
            day = datetime.date.fromisoformat(book.day) if book else moment.date()
            yield DownloadFile(kind, file, name, len(content), day)
