"""Write an article as a document of Word, with notes, pictures and languages, and its citations hidden in fields."""

from __future__ import annotations

import base64
import mimetypes
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fleuron.exporting.inline_tree import STYLES
from fleuron.exporting.jats_tree import JatsTree, read_article
from fleuron.importing.conversion.hidden_cites import field
from fleuron.importing.conversion.pandoc import ConversionError, write_word_document
from fleuron.importing.conversion.tree import Node, plain_text
from fleuron.importing.document_words import words_in
from fleuron.importing.word.document import read_word_document, with_record
from fleuron.manuscript.pictures.svg_cleaning import clean_svg

# What has no words, or is written as signs: data of sources, formulas, descriptions of pictures.
UNSEEN = frozenset({"element-citation", "inline-formula", "disp-formula", "alt-text"})
INLINE = frozenset(
    {*STYLES, "monospace", "styled-content", "named-content", "ext-link", "xref", "abbrev", "roman", "target"}
)


def article_tree(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tree of an article, of what the builder has written of it."""
    citations: Mapping[str, str] = record["citations"]
    pictures = {address: data_address(Path(file)) for address, file in record["pictures"].items()}

    def with_markup(identifier: str, blocks: list[Node]) -> list[Node]:
        markup = citations.get(identifier)
        if not markup or len(blocks) != 1 or blocks[0]["t"] != "Para":
            return blocks
        content = blocks[0]["c"]
        return [{"t": "Para", "c": field(content, markup, " ".join(plain_text(content).split()))}]

    tree = JatsTree(read_article(record["jats"]), pictures, with_markup)
    return {"pandoc-api-version": [1, 23, 1], "meta": tree.metadata(), "blocks": tree.content()}


def data_address(file: Path) -> str:
    """Return a picture as an address that has its bytes; one in SVG is drawn, since not every Word shows it.

    Without what it names outside of itself: resvg reads any picture of the machine. Raises ConversionError.
    """
    content, kind = file.read_bytes(), mimetypes.guess_type(file.name)[0] or "image/png"
    if kind == "image/svg+xml":
        import resvg_py

        try:
            drawing = clean_svg(content).content.decode("utf-8")
            content, kind = bytes(resvg_py.svg_to_bytes(svg_string=drawing)), "image/png"
        except ValueError as error:
            raise ConversionError(f"the picture {file.name} cannot be drawn: {error}") from None
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


def word_document(pandoc: str, record: Mapping[str, Any], folder: Path, article: str, language: str) -> bytes:
    """Return an article as a document of Word; the folder is for the program. Raises ConversionError."""
    return with_record(write_word_document(pandoc, article_tree(record), folder), article, language)


def missing_words(record: Mapping[str, Any], content: bytes) -> list[str]:
    """Return the words of an article that its document has not, or has less often; formulas are not compared."""
    article = read_article(record["jats"])
    front = article.find("front/article-meta")
    parts = [front.find("title-group"), front.find("abstract"), article.find("body"), article.find("back")]
    written = read_word_document(content)
    shown = " ".join([*(each.text for each in written.paragraphs), *(now for _markup, _old, now in written.citations)])
    wanted = " ".join(text_of(part) for part in parts if part is not None)
    return sorted((Counter(words_in(wanted)) - Counter(words_in(shown))).elements())


def text_of(element: Any) -> str:
    """Return the text of an element of JATS that a reader sees, with spaces around blocks."""
    is_call = element.tag == "xref" and element.get("ref-type") == "fn"
    is_number = element.tag == "label" and element.getparent().tag in ("fn", "list-item")
    if not isinstance(element.tag, str) or element.tag in UNSEEN or is_call or is_number:
        return ""
    inner = (element.text or "") + "".join(text_of(child) + (child.tail or "") for child in element)
    return inner if element.tag in INLINE else f" {inner} "
