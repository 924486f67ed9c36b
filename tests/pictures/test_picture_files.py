"""Pictures: found by any name, and none that a reader would see as an empty place."""

from __future__ import annotations

import struct
import zlib

import pytest

from fleuron.manuscript.pictures.file_formats import problem_of
from tests.mistakes.test_mistakes import HEAD, assert_refused
from tests.support.publications import Maker, Publication

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0H9V9Z"/></svg>'


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


# A white PNG of one point (PNG, third edition, 11.2).
POINT = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"\0\xff"))
PHOTOGRAPH = b"\x89PNG\r\n\x1a\n" + POINT + chunk(b"IEND", b"")


def with_picture(make: Maker, name: str, content: str | bytes) -> Publication:
    publication = make({"articles/one.md": f"{HEAD}![A picture](<../pictures/{name}>)\n"})
    publication.write(f"pictures/{name}", content)
    return publication


@pytest.mark.parametrize("name", ["карта.svg", "two words.svg", "100 %.svg"])
def test_a_picture_of_any_name_is_found(make: Maker, name: str) -> None:
    publication = with_picture(make, name, DRAWING)
    assert publication.publish("html", languages="en", options="-W").code == 0
    assert f"html/en/_images/{name}" in publication.files()


def test_a_picture_that_is_not_there_is_called_by_its_name(make: Maker) -> None:
    publication = make({"articles/one.md": HEAD + "![x](карта.svg)\n"})
    assert_refused(publication.publish("html", languages="en"), "articles/one.md:7:", "карта.svg")


DAMAGED: dict[str, tuple[str | bytes, str]] = {
    "cut.svg": (DRAWING[:-6], "Premature end"),
    "page.svg": ("<p>no drawing</p>", "<p>"),
    "text.png": ("no points", "PNG"),
    "cut.png": (PHOTOGRAPH[:40], "cut off"),
    "empty.jpg": ("", "JPG"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_picture(make: Maker, name: str) -> None:
    content, word = DAMAGED[name]
    publication = with_picture(make, name, content)
    assert_refused(publication.publish("epub", languages="en"), f"pictures/{name}:1:", word)
    assert not publication.files()


def test_formats_are_known_by_content_and_names_must_agree() -> None:
    """No format is published that not every reader can see, and none under a name of another."""
    assert problem_of("a.png", PHOTOGRAPH) is None
    assert problem_of("a.svg", DRAWING.encode("utf-16")) is None
    problems = {
        ("a.jpg", PHOTOGRAPH): "it is a PNG file; name it “a.png”",
        ("a.svg", PHOTOGRAPH): "it is a PNG file; name it “a.png”",
        ("a.png", DRAWING.encode()): "it is an SVG file; name it “a.svg”",
        ("a.png", PHOTOGRAPH[:-5]): "the PNG file is cut off",
        ("a.png", PHOTOGRAPH.replace(b"IDAT", b"IDAS")): "the PNG file is cut off",
        ("a.jpeg", b"\xff\xd8\xff\xe0" + bytes(60)): "the JPEG file is cut off",
        ("a.webp", b"RIFF\xff\0\0\0WEBPVP8 "): "the WebP file is cut off",
        ("a.tiff", b"II*\0" + bytes(9)): "it is a TIFF file, which not every reader can see; save it as PNG",
        ("a.avif", b"\0\0\0 ftypavif" + bytes(9)): "it is an AVIF file, which not every reader can see",
        ("a.pdf", b"%PDF-1.7"): "it is a PDF file, which not every reader can see",
        ("a.svgz", b"\x1f\x8b" + bytes(9)): "it is a compressed SVG file",
        ("a.xyz", b"words"): "it is in no format that every reader can see",
        ("a.png", b""): "the PNG file is empty",
    }
    for (name, content), words in problems.items():
        found = problem_of(name, content)
        assert found, name
        assert found[1].startswith(words)


def test_a_picture_in_another_format_is_told(make: Maker) -> None:
    publication = with_picture(make, "scan.tiff", b"II*\0" + bytes(99))
    assert_refused(
        publication.publish("pdf", languages="en"), "pictures/scan.tiff:1:", "TIFF", "PNG, JPEG, WebP or SVG"
    )


def test_of_a_picture_in_several_formats_one_is_shown(make: Maker) -> None:
    """Beside `map.svg`, `map.*` finds the source that the drawing was made from, and a PDF for LaTeX."""
    publication = make({"articles/one.md": HEAD + "![A map](map.*)\n"})
    for name, content in (("map.svg", DRAWING), ("map.puml", "@startuml"), ("map.pdf", "%PDF-1.7")):
        publication.write(f"articles/{name}", content)
    result = publication.publish("html", languages="en", options="-W")
    assert result.code == 0, result.output
    assert "html/en/_images/map.svg" in publication.files()
