"""List the words of a document of a word processor or of a web page, to prove that its article has them all.

They are read from the file itself, and not by the program that has converted it.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from lxml import etree, html

WORD = re.compile(r"\w+")
# A tag; an address in angle brackets is not a tag.
TAG = re.compile(r"</?(?P<name>\w+)(?=[\s/>])[^>]*>")
# The signs of emphasis and escaped ones, which may stand within a word.
SIGNS = re.compile(r"[*~\\]")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
# The parts of a document that have its text; its notes are in parts of their own (ISO/IEC 29500-1, 11.3).
PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
# What is not text of the document: deleted words, doubled drawings, comments, what is counted or listed by itself.
LEFT_OUT = {
    *(f"{W}del", f"{W}moveFrom", FALLBACK),
    *(f"{OFFICE}annotation", f"{TEXT}tracked-changes", f"{TEXT}note-citation", f"{TEXT}table-of-content"),
}
SPACES = {f"{W}tab", f"{W}br", f"{W}cr", f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break"}
BLOCKS = {f"{W}p", f"{TEXT}p", f"{TEXT}h", f"{TEXT}note"}
OBJECTS = (f"{W}object", "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}object")
# Links are not among them: a call of a note follows its word.
INLINE = frozenset(
    {"abbr", "b", "bdi", "cite", "code", "em", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u"}
)
# The calls of notes and the links back (DPUB-ARIA 1.1), which are numbers and arrows.
CALLS = frozenset({"doc-noteref", "doc-backlink"})
# The same links, and those of comments, as Google Docs names them.
GOOGLE = re.compile(r"(?:ftnt|cmnt)(?:_ref)?\d")
WITHOUT_TEXT = frozenset({"script", "style", "noscript", "template", "head"})


def missing_words(file: Path, article: str) -> list[str]:
    """Return the words of a document that an article has not, or has less often.

    Letters are compared as UAX #15 (NFKC) and case folding have them.
    """
    return lacking_words(document_text(file), article)


def lacking_words(text: str, article: str) -> list[str]:
    """Return the words of a text that an article has not, or has less often."""
    lacking = Counter(words_in(text)) - Counter(words_in(without_markup(article)))
    return sorted(lacking.elements())


def without_markup(article: str) -> str:
    """Return Markdown without tags and the signs of emphasis."""
    text = TAG.sub(lambda tag: "" if tag["name"].lower() in INLINE else " ", article)
    return unescape(SIGNS.sub("", text))


def embedded_objects(file: Path) -> int:
    """Count the objects in a document that pandoc does not read, such as the formulas of LibreOffice."""
    if file.suffix.lower() not in (".docx", ".odt"):
        return 0
    return sum(1 for root in xml_parts(file, (*PARTS, "content.xml")) for _ in root.iter(*OBJECTS))


def words_in(text: str) -> Iterator[str]:
    yield from WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def document_text(file: Path) -> str:
    """Return the text of a document."""
    kind = file.suffix.lower()
    if kind == ".docx":
        return "\n".join(text_of(root) for root in xml_parts(file, PARTS))
    if kind == ".odt":
        return "\n".join(text_of(root) for root in xml_parts(file, ("content.xml",)))
    return page_text(html.document_fromstring(file.read_bytes()))


def xml_parts(file: Path, names: tuple[str, ...]) -> Iterator[Any]:
    """Yield the roots of the XML files of a document, without entities and without the network."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(file) as parts:
        for name in names:
            if name in parts.namelist():
                yield etree.fromstring(parts.read(name), parser)


def text_of(element: Any) -> str:
    """Return the text of an element of WordprocessingML or OpenDocument, a line for each paragraph."""
    if element.tag in LEFT_OUT or not isinstance(element.tag, str):
        return ""
    if element.tag in SPACES:
        return " "
    is_text = element.tag == f"{W}t" or element.tag.startswith(TEXT)
    parts = [element.text or ""] if is_text else []
    for child in element:
        parts.append(text_of(child))
        if is_text and child.tail:
            parts.append(child.tail)
    text = "".join(parts)
    return f"\n{text}\n" if element.tag in BLOCKS else text


def page_text(element: Any) -> str:
    """Return the text of an element of HTML, with white space around blocks."""
    if not isinstance(element.tag, str) or element.tag in WITHOUT_TEXT or is_call(element):
        return ""
    inner = (element.text or "") + "".join(page_text(child) + (child.tail or "") for child in element)
    return inner if element.tag in INLINE else f" {inner} "


def is_call(element: Any) -> bool:
    """Return whether an element is the call of a note or a link back to one."""
    return element.get("role") in CALLS or (element.tag == "a" and bool(GOOGLE.match(element.get("id") or "")))
