"""Read the paragraphs of a document of Word with tracked changes and comments, and keep those of an export in it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from fleuron.importing.conversion.hidden_cites import CODE, PREFIX, hidden_in

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The part in which an export keeps its own paragraphs (ISO/IEC 29500-1, 15.2.6), which Word and LibreOffice preserve.
RECORD = "customXml/item99.xml"
RELATIONS = "word/_rels/document.xml.rels"
RELATION = (
    '<Relationship Id="rIdFleuron" Target="../customXml/item99.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"/>'
)
NAMESPACE = "https://fleuron.example/exported-article"
PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
SPACES = {f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen"}
INSERTED, DELETED = {f"{W}ins", f"{W}moveTo"}, {f"{W}del", f"{W}moveFrom"}


@dataclass
class Paragraph:
    """A paragraph as it is when all tracked changes are accepted, and who has made them."""

    text: str = ""
    authors: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True)
class Comment:
    """A comment: by whom, its words, those that it is on, and the paragraph that has them (its number, from 0)."""

    author: str
    text: str
    on: str
    paragraph: int


@dataclass
class WordDocument:
    """The paragraphs of a document, its comments, and the words of the citations in it by what is hidden in each."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    citations: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class ExportedArticle:
    """What an export keeps of itself: the article, the language of its edition, and its paragraphs."""

    article: str
    language: str
    paragraphs: tuple[str, ...]


def read_word_document(content: bytes) -> WordDocument:
    """Read a document of Word, without entities and without the network."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    document = WordDocument()
    with zipfile.ZipFile(BytesIO(content)) as parts:
        roots = {name: etree.fromstring(parts.read(name), parser) for name in parts.namelist() if is_text(name)}
    said: dict[str, Any] = {
        str(each.get(f"{W}id")): each for root in roots.values() for each in root.iter(f"{W}comment")
    }
    for name in PARTS:
        if name in roots:
            read_part(roots[name], document, said)
    return document


def is_text(name: str) -> bool:
    return name in (*PARTS, "word/comments.xml")


def read_part(root: Any, document: WordDocument, said: Mapping[str, Any]) -> None:
    """Read the paragraphs of a part, one after the other; fields and comments may go over several."""
    reader = PartReader(document, said)
    for element in root.iter(f"{W}p"):
        if any(parent.tag == f"{W}p" for parent in element.iterancestors()):
            continue  # within a text box, whose words its paragraph has
        paragraph = Paragraph()
        reader.read(element, paragraph, "")
        paragraph.text = " ".join(paragraph.text.split())
        if paragraph.text or paragraph.authors:
            document.paragraphs.append(paragraph)


class PartReader:
    """Reads the elements of a part in their order, and keeps which fields and comments are open."""

    def __init__(self, document: WordDocument, said: Mapping[str, Any]) -> None:
        self.document = document
        self.said = said
        self.fields: list[str] = []  # the codes of the open fields
        self.printed = ""  # the words of the citation that is open
        self.open: dict[str, str] = {}  # the words that open comments are on

    def read(self, element: Any, paragraph: Paragraph, author: str) -> None:
        tag = element.tag
        if tag in DELETED:
            paragraph.authors[element.get(f"{W}author") or ""] = None
            return
        if tag in INSERTED:
            author = element.get(f"{W}author") or ""
            paragraph.authors[author] = None
        elif tag == f"{W}t":
            self.add(element.text or "", paragraph)
        elif tag in SPACES:
            self.add("-" if tag.endswith("noBreakHyphen") else " ", paragraph)
        elif tag == f"{W}fldChar":
            self.turn(element.get(f"{W}fldCharType"))
        elif tag == f"{W}instrText" and self.fields:
            self.fields[-1] += element.text or ""
        elif tag == f"{W}commentRangeStart":
            self.open[element.get(f"{W}id")] = ""
        elif tag == f"{W}commentReference":
            self.comment(element.get(f"{W}id"))
        for child in element:
            if isinstance(child.tag, str):
                self.read(child, paragraph, author)

    def add(self, words: str, paragraph: Paragraph) -> None:
        if self.in_citation():
            self.printed += words
        else:
            paragraph.text += words
        self.open = {name: text + words for name, text in self.open.items()}

    def in_citation(self) -> bool:
        return any(CODE in code and PREFIX in code for code in self.fields)

    def turn(self, kind: str | None) -> None:
        """Open or close a field."""
        if kind == "begin":
            self.fields.append("")
        elif kind == "end" and self.fields:
            was_citation = self.in_citation()
            code = self.fields.pop()
            if was_citation and not self.in_citation():
                self.document.citations += citation_of(code, self.printed)
                self.printed = ""

    def comment(self, name: str) -> None:
        element = self.said.get(name)
        if element is not None:
            text = " ".join(" ".join(element.itertext()).split())
            on = " ".join(self.open.pop(name, "").split())
            number = len(self.document.paragraphs)
            self.document.comments.append(Comment(element.get(f"{W}author") or "", text, on, number))


def citation_of(code: str, printed: str) -> Iterator[tuple[str, str, str]]:
    """Yield the markup of a citation, the words that it was exported with, and those that it has."""
    try:
        found = json.loads(code.partition(CODE)[2])
        hidden = hidden_in(found["citationItems"][0]["id"])
    except (ValueError, KeyError, IndexError, TypeError):
        return
    if hidden:
        yield (*hidden, " ".join(printed.split()))


def with_record(content: bytes, article: str, language: str) -> bytes:
    """Return an exported document that keeps its own paragraphs, by which changes are found when it comes back."""
    paragraphs = [paragraph.text for paragraph in read_word_document(content).paragraphs]
    record = etree.Element(f"{{{NAMESPACE}}}article")
    record.text = json.dumps({"article": article, "language": language, "paragraphs": paragraphs}, ensure_ascii=False)
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.infolist():
            source = before.read(part)
            if part.filename == RELATIONS:
                source = source.replace(b"</Relationships>", f"{RELATION}</Relationships>".encode())
            after.writestr(dated(part.filename), source, zipfile.ZIP_DEFLATED)
        after.writestr(dated(RECORD), etree.tostring(record, xml_declaration=True, encoding="UTF-8"))
    return written.getvalue()


def dated(name: str) -> zipfile.ZipInfo:
    """Return the entry of a part, with no date of today."""
    return zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))


def exported_article(file: Path) -> ExportedArticle | None:
    """Return what an export has kept in a document; None for one that is not an export. Word may rename the part."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        with zipfile.ZipFile(file) as parts:
            names: Sequence[str] = [name for name in parts.namelist() if name.startswith("customXml/item")]
            for name in names:
                content = parts.read(name)
                if NAMESPACE.encode() in content and not name.startswith("customXml/itemProps"):
                    found = json.loads(etree.fromstring(content, parser).text or "")
                    return ExportedArticle(found["article"], found["language"], tuple(found["paragraphs"]))
    except (zipfile.BadZipFile, etree.XMLSyntaxError, ValueError, KeyError):
        return None
    return None
