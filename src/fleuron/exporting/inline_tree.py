"""Convert what stands within a line of our JATS to pandoc's trees."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fleuron.importing.conversion.tree import Node, text
from fleuron.library.jats.elements import HREF, LANG

STYLES = {
    **{"italic": "Emph", "bold": "Strong", "sup": "Superscript", "sub": "Subscript", "sc": "SmallCaps"},
    **{"strike": "Strikeout", "underline": "Underline"},
}
WORDS = re.compile(r"[ \t\r\n]+|[^ \t\r\n]+")
TEX = "tex-math"


def words(source: str) -> list[Node]:
    """Return text as pandoc has it, with spaces of their own."""
    return [
        {"t": "Space"} if found[0].isspace() and found[0][0] in " \t\r\n" else text(found[0])
        for found in WORDS.finditer(source)
    ]


@dataclass
class InlineTree:
    """Converts lines; ``notes`` are the content of notes by id, ``pictures`` addresses of pictures by those in JATS."""

    pictures: Mapping[str, str]
    notes: dict[str, Callable[[], list[Node]]] = field(default_factory=dict)

    def line(self, element: Any) -> list[Node]:
        """Return the content of an element."""
        found = words(element.text or "")
        for child in element:
            if isinstance(child.tag, str):
                found += self.inline(child)
            found += words(child.tail or "")
        return found

    def inline(self, element: Any) -> list[Node]:
        tag, content = element.tag, self.line(element)
        if tag == "xref" and element.get("ref-type") == "fn":
            note = self.notes.get(element.get("rid"))
            return [{"t": "Note", "c": note()}] if note else content
        if tag in STYLES:
            made: list[Node] = [{"t": STYLES[tag], "c": content}]
        elif tag == "monospace":
            made = [{"t": "Code", "c": [["", [], []], "".join(element.itertext())]}]
        elif tag in ("ext-link", "uri") and (element.get(HREF) or tag == "uri"):
            made = [{"t": "Link", "c": [["", [], []], content, [element.get(HREF) or "".join(element.itertext()), ""]]}]
        elif tag == "xref" and element.get("rid"):
            made = [{"t": "Link", "c": [["", [], []], content, [f"#{element.get('rid')}", ""]]}]
        elif tag in ("inline-graphic", "graphic"):
            made = self.picture(element)
        elif tag in ("inline-formula", "disp-formula"):
            made = self.formula(element, display=tag == "disp-formula")
        elif tag == "break":
            made = [{"t": "LineBreak"}]
        else:
            made = content
        return self.with_language(element, made)

    def with_language(self, element: Any, made: list[Node]) -> list[Node]:
        """Return words within a mark of their language and, for links, of their place."""
        language = element.get(LANG)
        attributes = [["lang", language]] if language else []
        identifier = element.get("id") or ""
        return [{"t": "Span", "c": [[identifier, [], attributes], made]}] if attributes or identifier else made

    def picture(self, element: Any) -> list[Node]:
        """Return a picture; one without a file is shown by its words."""
        words_of = words(" ".join((element.findtext("alt-text") or "").split()))
        address = self.pictures.get(element.get(HREF) or "")
        return [{"t": "Image", "c": [["", [], []], words_of, [address, ""]]}] if address else words_of

    def formula(self, element: Any, *, display: bool) -> list[Node]:
        """Return a formula in LaTeX, which every formula of our JATS has, with its number after it."""
        source = next((found.text or "" for found in element.iter(TEX)), "")
        source = re.sub(r"\A\s*(\$\$?|\\[\[(])|(\$\$?|\\[\])])\s*\Z", "", source).strip()
        kind = {"t": "DisplayMath" if display else "InlineMath"}
        label = element.findtext("label") or ""
        return [{"t": "Math", "c": [kind, source]}, *(words(f" {label}") if label else [])]
