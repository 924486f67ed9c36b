"""Elements of JATS, and the pieces that they are filled with: words and elements."""

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
# The prefixes are those of the DTD, which knows elements by them.
PREFIXES = {"xlink": XLINK, "mml": MATHML, "ali": ALI}

# What XML 1.0 (2.2) cannot carry, and the control characters that it discourages.
FORBIDDEN = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
SPACE = re.compile(r"[ \t\n]+")
# What may stand in a link, a keyword or a target; of that, elements alone are named.
PHRASE = frozenset({
    *("bold", "italic", "monospace", "roman", "sc", "strike", "underline", "sub", "sup"),
    *("named-content", "styled-content"),
})  # fmt: skip


def element(tag: str, *pieces: Piece, **attributes: str) -> etree._Element:
    """Make an element, filled; ``_`` in the name of an attribute is a hyphen, and empty ones are left out."""
    made = etree.Element(tag, nsmap=PREFIXES)
    for name, value in attributes.items():
        if value := clean(value):
            made.set({"href": HREF, "lang": LANG}.get(name, name.rstrip("_").replace("_", "-")), value)
    return filled(made, pieces)


def filled(parent: etree._Element, pieces: Iterable[Piece], *, verbatim: bool = False) -> etree._Element:
    """Fill an element; the white space of words is folded, as in HTML, unless they stand ``verbatim``."""
    for piece in pieces:
        if not isinstance(piece, str):
            parent.append(piece)
            continue
        words = clean(piece) if verbatim else SPACE.sub(" ", clean(piece))
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + words
        else:
            parent.text = (parent.text or "") + words
    return parent


def clean(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_phrase(piece: Piece) -> bool:
    """Tell whether a piece may stand in a link."""
    return isinstance(piece, str) or all(each.tag in PHRASE for each in piece.iter())


def says(pieces: Iterable[Piece]) -> bool:
    """Tell whether there is a word in pieces."""
    return any((piece if isinstance(piece, str) else "".join(map(str, piece.itertext()))).strip() for piece in pieces)


def linked(link: etree._Element, pieces: Sequence[Piece]) -> list[Piece]:
    """Make pieces a link; it is parted by what may not stand in one, such as a formula or the call of a note."""
    made: list[Piece] = []
    run: list[Piece] = []
    for piece in [*pieces, None]:
        if piece is not None and is_phrase(piece):
            run.append(piece)
            continue
        made += [filled(deepcopy(link), run)] if says(run) else run
        run = []
        if piece is not None:
            made.append(piece)
    return made


def xml_id(name: str) -> str:
    """Make an XML id of any name, and of no two names the same; the record's own ids have a full stop, these none."""
    escaped = re.sub(r"[^A-Za-z0-9-]", lambda found: f"_{ord(found[0]):x}_", name)
    return escaped if escaped[:1].isalpha() else f"_{escaped}"
