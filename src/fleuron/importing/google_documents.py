"""Read documents that Google Docs has exported as web pages: emphasis, notes, comments, links, in a zip or alone."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from lxml import etree, html

from fleuron.importing.conversion.pandoc import ConversionError
from fleuron.importing.note_markup import note_call, notes_section, replace

# Google's names of notes and comments, and of the places that call them.
NOTE, NOTE_CALL, COMMENT, COMMENT_CALL = "ftnt", "ftnt_ref", "cmnt", "cmnt_ref"
SIGNS = re.compile(rb'id="ftnt\d|id="cmnt\d|google\.com/url\?q=|class="doc-content"|\.lst-kix_|<meta[^>]*docs-internal')
RULE = re.compile(r"\.(?P<name>[\w-]+)\s*\{(?P<rules>[^{}]*)\}")
# The tags of what styles say, in their order from without to within.
STYLES = (
    ("strong", re.compile(r"font-weight:\s*(?:bold|[6-9]00)")),
    ("em", re.compile(r"font-style:\s*italic")),
    ("s", re.compile(r"text-decoration:[^;]*line-through")),
    ("sup", re.compile(r"vertical-align:\s*super")),
    ("sub", re.compile(r"vertical-align:\s*sub(?!\w)")),
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# How large a zip may be when it is unpacked, in bytes.
LARGEST = 500_000_000

# Characters that a page may have, and XML may not (XML 1.0, 2.2).
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class GoogleDocument:
    """A document as HTML that pandoc reads, with its title, subtitle and comments, each with the words before it."""

    source: str
    title: str = ""
    subtitle: str = ""
    comments: tuple[str, ...] = ()


def is_google_document(content: bytes) -> bool:
    return bool(SIGNS.search(content))


def unpacked(file: Path, folder: Path) -> Path:
    """Unpack a zip that Google Docs exports, and return its page; raise ConversionError if it is another one."""
    try:
        with zipfile.ZipFile(file) as parts:
            names = [name for name in parts.namelist() if name.lower().endswith((".html", ".htm"))]
            if len(names) != 1:
                raise ConversionError(
                    f"a zip with one web page is expected, as Google Docs exports it; it has {len(names)}"
                )
            if sum(part.file_size for part in parts.infolist()) > LARGEST:
                raise ConversionError("it is too large when it is unpacked")
            parts.extractall(folder)  # which leaves out what leads out of the folder
    except zipfile.BadZipFile:
        raise ConversionError("it is not a zip archive") from None
    page = folder / names[0]
    if not page.resolve().is_relative_to(folder.resolve()) or not page.is_file():
        raise ConversionError(f"its page “{names[0]}” leads out of it")
    return page


def read_google_document(content: bytes) -> GoogleDocument:
    """Return a document with the markup of HTML in place of classes, Google's links and Google's notes.

    Raises ConversionError for one without a text.
    """
    try:
        root: Any = html.document_fromstring(content)
    except etree.LxmlError:
        root = html.Element("html")
    body = root.find("body")
    if body is None:
        raise ConversionError("it has no text")
    for element in root.iter():
        for part in ("text", "tail"):
            if CONTROL.search(text := getattr(element, part) or ""):
                setattr(element, part, CONTROL.sub("", text))
    styles = dict(class_styles("".join(element.text_content() for element in root.iter("style"))))
    comments = tuple(take_comments(body))
    for link in body.iter("a"):
        if link.get("href"):
            link.set("href", unwrapped(link.get("href")))
    titles = {name: take_title(body, name) for name in ("title", "subtitle")}
    take_notes(body)
    for element in list(body.iter()):
        if isinstance(element.tag, str):
            mark(element, styles)
    for span in list(body.iter("span")):
        span.drop_tag()
    return GoogleDocument(html.tostring(body, encoding="unicode"), titles["title"], titles["subtitle"], comments)


def class_styles(css: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the tags that stand for what the rules of each class say."""
    for rule in RULE.finditer(css):
        tags = frozenset(tag for tag, pattern in STYLES if pattern.search(rule["rules"]))
        if tags:
            yield rule["name"], tags


def unwrapped(address: str) -> str:
    """Return the address to which a link of Google leads."""
    try:
        parts = urlsplit(address)
    except ValueError:  # a bracket that does not end
        return address
    if parts.netloc in ("www.google.com", "google.com") and parts.path == "/url":
        return next(iter(parse_qs(parts.query).get("q", [])), address)
    return address


def mark(element: Any, styles: dict[str, frozenset[str]]) -> None:
    """Put the tags that its classes stand for around the content of a span; a heading is bold by itself."""
    wanted = {tag for name in (element.get("class") or "").split() for tag in styles.get(name, ())}
    wanted |= {tag for tag, pattern in STYLES if pattern.search(element.get("style") or "")}
    element.attrib.pop("class", None)
    element.attrib.pop("style", None)
    if element.tag != "span" or not (element.text or len(element)):
        return
    within_heading = any(parent.tag in HEADINGS for parent in element.iterancestors())
    is_call = element.find(".//a[@role='doc-noteref']") is not None
    for tag, _pattern in reversed(STYLES):
        if tag in wanted and not (tag == "strong" and within_heading) and not (tag == "sup" and is_call):
            inner = html.Element(tag)
            inner.text, element.text = element.text, None
            inner.extend(list(element))
            element.append(inner)


def take_title(body: Any, name: str) -> str:
    """Remove the paragraph of the document's title or subtitle, and return its words."""
    for element in body.iter("p", "h1"):
        if name in (element.get("class") or "").split():
            words = " ".join(element.text_content().split())
            replace(element, None)
            return words
    return ""


def anchored(body: Any, prefix: str) -> dict[str, Any]:
    """Return the links that are marked as places by Google's names, by their numbers."""
    found = {}
    for link in body.iter("a"):
        name = link.get("id") or link.get("name") or ""
        if re.fullmatch(rf"{prefix}\d+", name):
            found[name[len(prefix) :]] = link
    return found


def take_notes(body: Any) -> None:
    """Mark the calls of notes and the notes as pandoc reads them."""
    calls, notes = anchored(body, NOTE_CALL), anchored(body, NOTE)
    listed: list[Any] = []
    for number, call in calls.items():
        block = block_of(notes[number]) if number in notes else body
        # A note that is not a block of its own stays where it is.
        if block.tag != "body" and block not in listed and not set(block.iterancestors()) & {call, *listed}:
            listed.append(block)
            replace(notes[number], None)
            strip_beginning(listed[-1])
            around = call.getparent()
            replace(around if around.tag == "sup" and len(around) == 1 else call, note_call(len(listed) - 1))
    for note in listed:
        parent = note.getparent()
        note.tail = None
        parent.remove(note)
        note.tag = "li"
    if listed:
        body.append(notes_section(listed))
        for rule in list(body.iter("hr")):
            replace(rule, None)  # Google's line above the notes


def strip_beginning(note: Any) -> None:
    """Remove the no-break space that Google writes before the words of a note."""
    for element in note.iter():
        if element.text and element.text.strip("\xa0 "):
            element.text = element.text.lstrip("\xa0 ")
            return


def block_of(link: Any) -> Any:
    """Return the block of a note or a comment: the division that has its paragraphs, or the paragraph itself."""
    paragraph = next(parent for parent in link.iterancestors() if parent.tag in ("p", "div", "li", "body"))
    around = paragraph.getparent()
    return around if paragraph.tag == "p" and around is not None and around.tag == "div" else paragraph


def take_comments(body: Any) -> Iterator[str]:
    """Remove comments and their calls; yield each with the words before its call."""
    calls, comments = anchored(body, COMMENT_CALL), anchored(body, COMMENT)
    for number, link in comments.items():
        block = block_of(link)
        replace(link, None)
        words = " ".join(block.text_content().split())
        near = ""
        call = calls.get(number)
        if call is not None:
            paragraph = next(parent for parent in call.iterancestors() if parent.tag not in ("sup", "span", "a"))
            before = paragraph.text_content().partition(call.text_content())[0]
            near = f" (at “{before.strip()[-40:]}”)" if before.strip() else ""
            around = call.getparent()
            replace(around if around.tag == "sup" else call, None)
        block.getparent().remove(block)
        yield f"{words}{near}"
