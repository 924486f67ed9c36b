"""Tell by its content what format a picture has, and whether it is whole."""

from __future__ import annotations

import struct
import zlib
from pathlib import PurePath

from fleuron.manuscript.pictures.svg_cleaning import BrokenSvg, parse_svg

# The suffixes of the formats that every browser, reading system and the PDF show; the first is the usual one.
SUFFIXES = {
    "PNG": (".png",),
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "GIF": (".gif",),
    "WebP": (".webp",),
    "SVG": (".svg",),
}
MEDIA_TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "GIF": "image/gif",
    "WebP": "image/webp",
    "SVG": "image/svg+xml",
}
BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    # Formats that not every reader can see.
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"BM", "BMP"),
    (b"%PDF-", "PDF"),
    (b"%!PS", "PostScript"),
    (b"\x1f\x8b", "compressed SVG"),
    (b"\0\0\1\0", "ICO"),
    (b"8BPS", "Photoshop"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\xff\x0a", "JPEG XL"),
)
BOXES = {b"avif": "AVIF", b"avis": "AVIF", b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIC"}
INSTEAD = "save it as PNG, JPEG, WebP or SVG"
# Suffixes of films, which HTML shows in the place of a picture.
FILMS = frozenset({".mp4", ".webm", ".ogv", ".ogg"})


def format_of(content: bytes) -> str:
    """Return the name of a picture's format; empty if the format is not known."""
    for beginning, name in BEGINNINGS:
        if content.startswith(beginning):
            return name
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WebP"
    if content[4:8] == b"ftyp":
        return BOXES.get(content[8:12], "")
    return "SVG" if is_xml(content) else ""


def is_xml(content: bytes) -> bool:
    """Return whether a file looks like XML, in any encoding."""
    return content.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"")[:1] == b"<"


def problem_of(name: str, content: bytes) -> tuple[int, str] | None:
    """Return the line (from 1) and what is wrong with a picture's file; None if it can be shown."""
    suffix = PurePath(name).suffix.lower()
    expected = next((kind for kind, suffixes in SUFFIXES.items() if suffix in suffixes), "")
    found = format_of(content)
    if not content:
        return 1, f"the {suffix[1:].upper()} file is empty"
    if expected == "SVG" and found in ("", "SVG"):
        return problem_of_svg(content)
    if found in SUFFIXES:
        if suffix not in SUFFIXES[found]:
            return 1, f"it is {article(found)} {found} file; name it “{PurePath(name).stem}{SUFFIXES[found][0]}”"
        return None if is_whole(found, content) else (1, f"the {found} file is cut off; copy it again")
    if found:
        return 1, f"it is {article(found)} {found} file, which not every reader can see; {INSTEAD}"
    if expected:
        return 1, f"it is not a valid {suffix[1:].upper()} file"
    return 1, f"it is in no format that every reader can see; {INSTEAD}"


def article(name: str) -> str:
    """Return the article that is spoken before the name of a format."""
    return "an" if name in ("SVG", "AVIF", "HEIC", "ICO") else "a"


def problem_of_svg(content: bytes) -> tuple[int, str] | None:
    """Return the line and what is wrong with a drawing; None if it can be shown."""
    try:
        parse_svg(content)
    except BrokenSvg as error:
        return error.line, error.problem
    return None


def is_whole(kind: str, content: bytes) -> bool:
    """Return whether a bitmap has an end, as far as its format tells that."""
    if kind == "PNG":
        return is_whole_png(content)
    if kind == "JPEG":
        return b"\xff\xd9" in content[-4096:]
    if kind == "WebP":
        return len(content) >= 8 + int(struct.unpack("<I", content[4:8])[0])
    return len(content) > 13


def is_whole_png(content: bytes) -> bool:
    """Return whether a PNG has all its chunks, undamaged (PNG, third edition, 5.3)."""
    position = 8
    while position + 12 <= len(content):
        (length,) = struct.unpack(">I", content[position : position + 4])
        kind = content[position + 4 : position + 8]
        end = position + 8 + length
        if zlib.crc32(content[position + 4 : end]).to_bytes(4, "big") != content[end : end + 4]:
            return False
        if kind == b"IEND":
            return True
        position = end + 4
    return False
