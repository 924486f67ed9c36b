"""Name the format of each file of a bag, by its standard and its PRONOM identifier (PUID).

The identifiers are those of The National Archives' registry, signature file 109; the tests ask fido, which reads files
by it. A format that has no identifier there has none here. What a publication's own sources contain is not known: of
formats with several versions, theirs is named only where the file itself says it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

REGISTRY = "https://www.nationalarchives.gov.uk/PRONOM/"
SOURCE = "source"
# How much of a file is read to find the version of its format, in bytes.
BEGINNING = 2**16


@dataclass(frozen=True)
class FileFormat:
    """A format: its name, media type, PUID and version (empty if there is none), and the standard that defines it."""

    name: str
    media_type: str
    puid: str = ""
    version: str = ""
    standard: str = ""

    @property
    def address(self) -> str:
        """The address of the format in PRONOM, or an empty string."""
        return REGISTRY + self.puid if self.puid else ""

    @property
    def full_name(self) -> str:
        return f"{self.name} {self.version}".strip()


PLAIN_TEXT = FileFormat("Plain text in UTF-8", "text/plain", "x-fmt/111", "", "Unicode; RFC 3629")
UNKNOWN = FileFormat("Other data", "application/octet-stream")
YAML = FileFormat("YAML", "application/yaml", "fmt/818", "", "YAML 1.2; RFC 9512")
JPEG = FileFormat("JPEG File Interchange Format", "image/jpeg", "", "", "ISO/IEC 10918-5")
PNG = FileFormat("Portable Network Graphics", "image/png", "", "", "ISO/IEC 15948")
SVG = FileFormat("Scalable Vector Graphics", "image/svg+xml", "", "", "W3C SVG 1.1")
GIF = FileFormat("Graphics Interchange Format", "image/gif", "", "", "CompuServe GIF 89a")

# The formats of files by the ends of their names.
FORMATS = {
    ".bib": FileFormat("BibTeX database", "application/x-bibtex", "fmt/1616", "", "BibTeX; BibLaTeX"),
    ".cff": FileFormat("Citation File Format in YAML", "application/yaml", "fmt/818", "", "Citation File Format 1.2.0"),
    ".csl": FileFormat("Citation Style Language in XML", "application/xml", "fmt/101", "1.0", "CSL 1.0.2"),
    ".css": FileFormat("Cascading Style Sheet", "text/css", "x-fmt/224", "", "W3C CSS"),
    ".csv": FileFormat("Comma-separated values", "text/csv", "x-fmt/18", "", "RFC 4180"),
    ".html": FileFormat("Hypertext Markup Language", "text/html", "", "", "WHATWG HTML"),
    ".inv": FileFormat("Sphinx inventory", "application/octet-stream", "", "2", "documentation of Sphinx"),
    ".ipynb": FileFormat("Jupyter notebook", "application/x-ipynb+json", "fmt/1119", "", "nbformat 4"),
    ".js": FileFormat("JavaScript", "text/javascript", "x-fmt/423", "", "ECMA-262"),
    ".json": FileFormat("JSON", "application/json", "fmt/817", "", "RFC 8259; ECMA-404"),
    ".md": FileFormat("Markdown", "text/markdown", "fmt/1149", "", "CommonMark, with the syntax of MyST; RFC 7763"),
    ".otf": FileFormat("OpenType font", "font/otf", "fmt/520", "", "ISO/IEC 14496-22"),
    ".pdf": FileFormat("Portable Document Format", "application/pdf", "", "", "ISO 32000"),
    ".po": FileFormat("Gettext catalogue of translations", "text/x-gettext-translation", "", "", "GNU gettext"),
    ".py": FileFormat("Python program", "text/x-python", "fmt/938", "", "The Python Language Reference"),
    ".ris": FileFormat("RIS citations", "application/x-research-info-systems", "", "", "RIS of Research Info Systems"),
    ".rst": FileFormat("reStructuredText", "text/prs.fallenstein.rst", "fmt/1565", "", "documentation of Docutils"),
    ".tsv": FileFormat(
        "Tab-separated values", "text/tab-separated-values", "x-fmt/13", "", "IANA, text/tab-separated-values"
    ),
    ".ttf": FileFormat("TrueType font", "font/ttf", "x-fmt/453", "", "ISO/IEC 14496-22"),
    ".txt": PLAIN_TEXT,
    ".woff": FileFormat("Web Open Font Format", "font/woff", "fmt/616", "1.0", "W3C WOFF 1.0"),
    ".woff2": FileFormat("Web Open Font Format", "font/woff2", "fmt/1172", "2.0", "W3C WOFF 2.0"),
    ".zip": FileFormat("ZIP", "application/zip", "x-fmt/263", "", "ISO/IEC 21320-1"),
    ".xml": FileFormat("Extensible Markup Language", "application/xml", "fmt/101", "1.0", "W3C XML 1.0"),
    ".yaml": YAML,
    ".yml": YAML,
}
# Of those that Fleuron writes itself, what it writes; the tests of the formats prove it.
WRITTEN = {
    ".epub": FileFormat(
        "ePub format", "application/epub+zip", "fmt/483", "", "W3C EPUB 3.3; a ZIP file of XHTML and CSS"
    ),
    ".html": FileFormat("Hypertext Markup Language", "text/html", "fmt/471", "5", "WHATWG HTML"),
    ".pdf": FileFormat(
        "Acrobat PDF/A - Portable Document Format",
        "application/pdf",
        "fmt/479",
        "3a",
        "ISO 19005-3 (PDF/A-3a) and ISO 14289-1 (PDF/UA-1)",
    ),
}


def format_of(path: Path, name: str) -> FileFormat:
    """Return the format of a file, given its path on the disk and in the payload of a bag."""
    pure = PurePosixPath(name)
    suffix = pure.suffix.lower()
    if pure.parts[0] != SOURCE and suffix in WRITTEN:
        return WRITTEN[suffix]
    if suffix in VERSIONED:
        with path.open("rb") as stream:
            return VERSIONED[suffix](stream.read(BEGINNING))
    if suffix in FORMATS:
        return FORMATS[suffix]
    return PLAIN_TEXT if is_text(path) else UNKNOWN


def png(content: bytes) -> FileFormat:
    """Return which PNG a file is, by the chunks that 1.1 and 1.2 have added."""
    if b"iTXt" in content:
        return versioned(PNG, "fmt/13", "1.2")
    return versioned(PNG, "fmt/12", "1.1") if re.search(b"iCCP|sRGB|sPLT", content) else versioned(PNG, "fmt/11", "1.0")


def jpeg(content: bytes) -> FileFormat:
    """Return which JFIF a file is; a JPEG that a camera has written may be none."""
    known = {b"\1\0": ("fmt/42", "1.00"), b"\1\1": ("fmt/43", "1.01"), b"\1\2": ("fmt/44", "1.02")}
    if content[6:11] == b"JFIF\0" and (found := known.get(content[11:13])):
        return versioned(JPEG, *found)
    return FileFormat("JPEG image", JPEG.media_type, "", "", "ISO/IEC 10918-1")


def gif(content: bytes) -> FileFormat:
    known = {b"GIF87a": ("fmt/3", "87a"), b"GIF89a": ("fmt/4", "89a")}
    return versioned(GIF, *known.get(content[:6], ("", "")))


def svg(content: bytes) -> FileFormat:
    """Return which SVG a file says that it is; many say nothing."""
    said = re.search(rb"<svg\b[^>]*\bversion\s*=\s*[\"'](1\.[01])[\"']", content)
    return versioned(SVG, *{b"1.0": ("fmt/91", "1.0"), b"1.1": ("fmt/92", "1.1")}[said[1]]) if said else SVG


def versioned(kind: FileFormat, puid: str, version: str) -> FileFormat:
    return FileFormat(kind.name, kind.media_type, puid, version, kind.standard)


VERSIONED: dict[str, Callable[[bytes], FileFormat]] = {
    ".png": png,
    ".jpg": jpeg,
    ".jpeg": jpeg,
    ".gif": gif,
    ".svg": svg,
}


def is_text(path: Path) -> bool:
    """Return whether a file begins as text in UTF-8 does."""
    with path.open("rb") as stream:
        content = stream.read(BEGINNING)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(content) - 3:  # else the last character may be cut off
            return False
    return b"\0" not in content
