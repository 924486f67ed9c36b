"""Carry a citation through a word processor: its markup is hidden in the field whose result are its words.

The field is that of a reference manager (Mendeley's, ISO/IEC 29500-1, 17.16), which Word and LibreOffice keep, and
which pandoc reads as a citation. Its identifier has the markup.
"""

from __future__ import annotations

import base64
import json
import re
from typing import Any
from xml.sax.saxutils import escape

from fleuron.importing.conversion.tree import Node

PREFIX = "fleuron-"
CODE = "ADDIN CSL_CITATION"
CITATION = re.compile(r"\{footcite\}`[^`<>\n]+`|\[[^\[\]`<>\n]*@[^\[\]`<>\n]+\]")


def identifier_of(markup: str, printed: str) -> str:
    """Return the identifier that has a citation's markup and its words."""
    return PREFIX + base64.urlsafe_b64encode(json.dumps([markup, printed], ensure_ascii=False).encode()).decode("ascii")


def hidden_in(identifier: str) -> tuple[str, str] | None:
    """Return the markup and the words that an identifier has; None for one of another program."""
    if not identifier.startswith(PREFIX):
        return None
    try:
        markup, printed = json.loads(base64.urlsafe_b64decode(identifier.removeprefix(PREFIX)))
    except ValueError:
        return None
    # A document may come from anybody: what it hides is written into the article, and may be nothing but a citation.
    return (str(markup), str(printed)) if CITATION.fullmatch(str(markup)) else None


def field(content: list[Node], markup: str, printed: str) -> list[Node]:
    """Return words within a field that has their markup."""
    identifier = identifier_of(markup, printed)
    item: dict[str, Any] = {"id": identifier, "itemData": {"id": identifier, "type": "document", "title": printed}}
    code = json.dumps({"citationID": identifier, "citationItems": [item], "properties": {"noteIndex": 0}})
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {CODE} {escape(code)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    return [openxml(begin), *content, openxml('<w:r><w:fldChar w:fldCharType="end"/></w:r>')]


def openxml(source: str) -> Node:
    return {"t": "RawInline", "c": ["openxml", source]}
