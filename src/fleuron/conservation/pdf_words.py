"""Read the words of a tagged PDF in the order of reading: by its structure tree and the characters of its glyphs."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from io import BytesIO
from typing import Any

import pikepdf

from fleuron.conservation.words import BODY, Streams, as_printed, note_stream, split_words

# A line of a ToUnicode map: a glyph, and its characters in UTF-16.
CHARACTER = re.compile(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]*)>")
# What WeasyPrint 70 writes of text: the choice of a font, the number of marked content, glyphs with the distances
# between them, and the end of marked content. To parse all operators would take ten times as long.
OPERATOR = re.compile(rb"/(\w+) [-\d.]+ Tf\b|/MCID (\d+)|\[([^\]]*)\]\s*TJ\b|\b(EMC)\b")
CODES = re.compile(rb"<([0-9a-f]+)>")
# The scripts from Devanagari to Myanmar, Khmer and Mongolian, and of Indonesia.
SHAPED = re.compile("[\u0900-\u109f\u1780-\u18af\u1a00-\u1aaf\u1b00-\u1c4f]")
# A place of marked content: a page from 0, and the number on it (MCID).
Place = tuple[int, int]


def words_of_pdf(content: bytes, generated: Set[Place], shaped: Mapping[Place, str]) -> Streams:
    """Return the words of a tagged PDF; ``generated`` is the content that its style adds, such as page numbers.

    Glyphs stand in the order of the page, from left to right. ``shaped`` are the texts that were set where that is not
    the order of reading (``is_shaped``): where the glyphs have the letters of one, it is read as it was set.
    """
    streams = Streams()
    with pikepdf.open(BytesIO(content)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        texts = dict(marked_texts(pdf))
        for place in generated:
            texts.pop(place, None)
        for place, text in shaped.items():
            if place in texts and has_letters(texts[place], text):
                texts[place] = text
        reader = StructureReader(texts, numbers, streams)
        reader.read(pdf.Root.StructTreeRoot.K, BODY, None)
    return streams


class StructureReader:
    """Reads a structure tree; ``texts`` are those of marked content, ``pages`` numbers the pages."""

    def __init__(self, texts: Mapping[Place, str], pages: Mapping[Any, int], streams: Streams) -> None:
        self.texts = texts
        self.pages = pages
        self.streams = streams
        self.call = ""

    def read(self, kid: Any, stream: str, page: int | None) -> None:
        """Append the words of a kid of a structure element, which is on a page, or of an array of kids."""
        if isinstance(kid, pikepdf.Array):
            self.read_row(list(kid), stream, page)
        elif isinstance(kid, int):
            self.streams.add(stream, self.texts.get((page or 0, kid), ""))
        elif kid.get("/Type") == "/MCR":
            self.streams.add(stream, self.texts.get((self.pages[kid.Pg.objgen], int(kid.MCID)), ""))
        elif kid.get("/Type") != "/OBJR":
            self.read_element(kid, stream, self.pages[kid.Pg.objgen] if "/Pg" in kid else page)

    def read_row(self, kids: list[Any], stream: str, page: int | None) -> None:
        """Append the words of kids; a word may be divided between two pieces of content that follow each other."""
        for kid in kids:
            self.read(kid, stream, page)

    def read_element(self, element: Any, stream: str, page: int | None) -> None:
        """Append the words of a structure element: of a picture or formula, its alternative text."""
        role = str(element.get("/S", ""))
        if role == "/Lbl":
            return
        if role in ("/Figure", "/Formula"):
            self.streams.add(stream, str(element.get("/Alt", "")))
            return
        if role == "/Reference":
            before = len(self.streams.words.get(stream, ()))
            self.read(element.get("/K", pikepdf.Array()), stream, page)
            self.call = "".join(word.text for word in self.streams.words.get(stream, ())[before:])
            return
        if role == "/Note":
            stream = note_stream(self.call)
        self.read(element.get("/K", pikepdf.Array()), stream, page)


def marked_texts(pdf: pikepdf.Pdf) -> Iterator[tuple[Place, str]]:
    """Yield each piece of marked content and its text, in the order of the page."""
    maps: dict[Any, dict[bytes, str]] = {}
    for number, page in enumerate(pdf.pages):
        fonts: Any = page.obj.Resources.get("/Font", {})
        characters: dict[bytes, str] = {}
        glyphs: list[str] = []
        mark: int | None = None
        for font_name, mark_number, shown, end in OPERATOR.findall(content_of(page)):
            if font_name:
                font = fonts["/" + font_name.decode()]
                if font.objgen not in maps:
                    maps[font.objgen] = character_map(font)
                characters = maps[font.objgen]
            elif mark_number:
                mark, glyphs = int(mark_number), []
            elif end:
                if mark is not None:
                    yield (number, mark), "".join(glyphs)
                mark = None
            elif mark is not None:
                codes = b"".join(CODES.findall(shown))
                glyphs += [characters.get(codes[at : at + 4], "") for at in range(0, len(codes), 4)]


def content_of(page: pikepdf.Page) -> bytes:
    """Return the operators of a page."""
    contents = page.obj.Contents
    return b"\n".join(each.read_bytes() for each in (contents if isinstance(contents, pikepdf.Array) else [contents]))


def character_map(font: Any) -> dict[bytes, str]:
    """Return the characters of a font's glyphs, by their codes."""
    if "/ToUnicode" not in font:
        return {}
    lines = CHARACTER.findall(font.ToUnicode.read_bytes())
    return {code.lower(): bytes.fromhex(text.decode()).decode("utf-16-be", "replace") for code, text in lines}


def is_right_to_left(text: str) -> bool:
    """Return whether a text has a letter that is written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


def is_shaped(text: str) -> bool:
    """Return whether a text has letters that run from right to left, or that are joined or set in another order."""
    return is_right_to_left(text) or SHAPED.search(text) is not None


def has_letters(glyphs: str, text: str) -> bool:
    """Return whether glyphs have each letter of a text as often as it has.

    In scripts whose vowels are set around a consonant, one of two glyphs may have the letters of both, or each of them.
    """
    found, wanted = letters_of(glyphs), letters_of(text)
    return found.keys() >= wanted.keys() if SHAPED.search(text) else found == wanted


def letters_of(text: str) -> Counter[str]:
    """Count the letters of a text."""
    return Counter("".join(map(as_printed, split_words(text))))
