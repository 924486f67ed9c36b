"""Read the invented words of pages, EPUBs and PDFs, in the order of reading, with notes where they are called."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from lxml import etree, html

from fleuron.conservation.pdf_words import StructureReader, marked_texts
from fleuron.conservation.words import BODY, Streams

XHTML = "{http://www.w3.org/1999/xhtml}"


def words_of_page(path: Path) -> Iterator[str]:
    """Yield the words of the article on a page, with brackets around each note, at its first call."""
    root = html.fromstring(path.read_text("utf-8"))
    (article,) = root.iter("article")
    return PageReader(root).read(article)


def words_of_book(path: Path, name: str) -> Iterator[str]:
    """Yield the words of an article in an EPUB."""
    with zipfile.ZipFile(path) as book:
        content = next(book.read(each) for each in book.namelist() if each.endswith(f"{name}.xhtml"))
    root = etree.fromstring(content)
    body = root.find(f".//{XHTML}body")
    assert body is not None
    return PageReader(root).read(body)


class PageReader:
    """Reads the text of a page."""

    def __init__(self, root: etree._Element) -> None:
        self.ids = {element.get("id"): element for element in root.iter(etree.Element)}
        self.notes = {
            element for element in root.iter(etree.Element) if element.get("role") in ("doc-footnote", "note")
        }
        self.called: set[etree._Element] = set()

    def read(self, element: etree._Element) -> Iterator[str]:
        if not isinstance(element.tag, str):
            return
        name = etree.QName(element).localname
        classes = (element.get("class") or "").split()
        generated = {"full-source", "citing-notes", "article-sources", "lightbox"}
        if name in ("script", "style", "annotation") or not generated.isdisjoint(classes):
            return
        if name == "img":
            yield from split(element.get("alt") or "")
        if element.get("role") == "doc-noteref":
            yield from self.read_note(element.get("href", "").partition("#")[2])
            return
        yield from split(element.text or "")
        for child in element:
            if child not in self.notes:
                yield from self.read(child)
            yield from split(child.tail or "")

    def read_note(self, name: str) -> Iterator[str]:
        note = self.ids[name]
        note = next(each for each in (note, *note.iterancestors()) if each in self.notes)
        if note not in self.called:
            self.called.add(note)
            yield "("
            yield from self.read(note)
            yield ")"


def texts_of_pdf(path: Path) -> dict[str, str]:
    """Return the texts of a tagged PDF by stream, in the order of reading, without spaces and hyphens."""
    streams = Streams()
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            if "/Contents" not in page.obj:  # an empty page
                page.obj.Contents = pdf.make_stream(b"")
        texts = {place: in_reading_order(text) for place, text in marked_texts(pdf)}
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        StructureReader(texts, pages, streams).read(article_of(pdf.Root.StructTreeRoot), BODY, None)
    return {name: "".join(word.text for word in words).lower() for name, words in streams.words.items()}


def article_of(element: Any) -> Any:
    """Return the structure element of an article; before it is the sheet in front of an offprint."""
    kids = list(element.K) if isinstance(element.K, pikepdf.Array) else [element.K]
    found = [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    for kid in found:
        if kid.S == "/Art":
            return kid
    for kid in found:
        if (article := article_of(kid)) is not None:
            return article
    return None


def in_reading_order(text: str) -> str:
    """Return a piece of a line, whose glyphs stand in the order of the page; letters of Arabic script as written."""
    text = unicodedata.normalize("NFKC", text)
    if re.search("[\u0600-\u06ff]", text):
        text = re.sub("[A-Za-z0-9]+", lambda found: found[0][::-1], text[::-1])
    return text


def split(text: str) -> list[str]:
    """Return the words of a text, in small letters."""
    return re.findall(r"\w+", text.replace("\u00ad", "").lower())
