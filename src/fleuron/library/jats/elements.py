"""Build JATS elements from pieces, which are strings and elements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy

from lxml import etree

Piece = str | etree._Element

XLINK = "http://www.w3.org/1999/xlink"
MATHML = "http://www.w3.org/1998/Math/MathML"
ALI = "http://www.niso.org/schemas/ali/1.0/"
HREF = f"{{{XLINK}}}href"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# The prefixes are those of the DTD, in which they are part of the names.
PREFIXES = {"xlink": XLINK, "mml": MATHML, "ali": ALI}

# The characters that XML 1.0 (2.2) cannot contain, and the control characters that it discourages.
FORBIDDEN = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
SPACE = re.compile(r"[ \t\n]+")
# The elements that a link, a keyword or a target may contain beside text.
LINK_CONTENT = frozenset({
    *("bold", "italic", "monospace", "roman", "sc", "strike", "underline", "sub", "sup"),
    *("named-content", "styled-content"),
})  # fmt: skip


def element(tag: str, *pieces: Piece, **attributes: str) -> etree._Element:
    """Return an element with content; ``_`` in attribute names stands for a hyphen, empty attributes are left out."""
    created = etree.Element(tag, nsmap=PREFIXES)
    for name, value in attributes.items():
        if value := xml_text(value):
            created.set({"href": HREF, "lang": LANG}.get(name, name.rstrip("_").replace("_", "-")), value)
    return fill(created, pieces)


def fill(parent: etree._Element, pieces: Iterable[Piece], *, verbatim: bool = False) -> etree._Element:
    """Append pieces to an element and return it; white space is collapsed as in HTML, unless ``verbatim``."""
    for piece in pieces:
        if not isinstance(piece, str):
            parent.append(piece)
            continue
        text = xml_text(piece) if verbatim else SPACE.sub(" ", xml_text(piece))
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text
    return parent


def xml_text(text: str) -> str:
    """Return a text without the characters that XML cannot contain."""
    return FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_allowed_in_link(piece: Piece) -> bool:
    return isinstance(piece, str) or all(part.tag in LINK_CONTENT for part in piece.iter())


def has_words(pieces: Iterable[Piece]) -> bool:
    """Return whether pieces contain any text but white space."""
    return any((piece if isinstance(piece, str) else "".join(map(str, piece.itertext()))).strip() for piece in pieces)


def wrap_in_links(link: etree._Element, pieces: Sequence[Piece]) -> list[Piece]:
    """Put pieces into copies of a link, one before and one after what no link may contain, such as a note call."""
    wrapped: list[Piece] = []
    run: list[Piece] = []
    for piece in [*pieces, None]:
        if piece is not None and is_allowed_in_link(piece):
            run.append(piece)
            continue
        wrapped += [fill(deepcopy(link), run)] if has_words(run) else run
        run = []
        if piece is not None:
            wrapped.append(piece)
    return wrapped


def xml_id(name: str) -> str:
    """Return an XML id for a name, a different one for each; it has no full stop, which the record's own ids have."""
    escaped = re.sub(r"[^A-Za-z0-9-]", lambda found: f"_{ord(found[0]):x}_", name)
    return escaped if escaped[:1].isalpha() else f"_{escaped}"
