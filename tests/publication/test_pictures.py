"""Pictures: found by any name, and none that a reader would see as an empty place."""

from __future__ import annotations

import struct
import zlib

import pytest

from tests.mistakes.test_mistakes import HEAD, assert_refused
from tests.support.publications import Maker, Publication, text_of

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


DAMAGED = {
    "cut.svg": (DRAWING[:-6], "Premature end"),
    "page.svg": ("<p>no drawing</p>", "<p>"),
    "text.png": ("no points", "PNG"),
    "empty.jpg": ("", "JPG"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_picture(make: Maker, name: str) -> None:
    content, word = DAMAGED[name]
    publication = with_picture(make, name, content)
    assert_refused(publication.publish("epub", languages="en"), f"pictures/{name}:1:", word)
    assert not publication.files()


def test_a_picture_from_the_network(make: Maker) -> None:
    publication = make({"articles/one.md": HEAD + "![x](https://example.org/a.png)\n"})
    assert_refused(publication.publish("html", languages="en"), "articles/one.md:7:", "https://example.org/a.png")


def test_a_pdf_is_not_published_without_its_picture(make: Maker) -> None:
    """The header of this file has a size, which is enough for every reader of it except the layout."""
    publication = with_picture(make, "cut.png", PHOTOGRAPH[:40])
    assert_refused(publication.publish("pdf", languages="en"), "cut.png")
    assert not publication.files()
    publication.write("pictures/cut.png", PHOTOGRAPH)
    assert publication.publish("pdf", "html", languages="en", options="-W").code == 0
    assert text_of(publication.page("en", "articles/one").cssselect("h1")[0]).startswith("One")
