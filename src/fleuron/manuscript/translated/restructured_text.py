"""Translate reStructuredText by Sphinx's own transform, but read each translation as a paragraph, as that of MyST is.

Sphinx 9.0 reads it as a document: it drops, without a warning, one that begins as a list does (`19. yüzyıl`), and all
of it after an empty line.
"""

from __future__ import annotations

import re
from contextlib import AbstractContextManager

from fleuron.sphinx_versions import translations_read_as

EMPTY_LINES = re.compile(r"[ \t]*\n(?:[ \t]*\n)+[ \t]*")
# What begins another block than a paragraph, with the sign to escape as its last character.
ENUMERATOR = re.compile(r"(?:\d+|[A-Za-z#]|[ivxlcdmIVXLCDM]+)(?=[.)](?:\s|$))")
OTHER_BLOCK = re.compile(
    r"\([\dA-Za-z#]+\)\s|[-*+•‣⁃](?:\s|$)|\.\.(?:\s|$)|\|(?:\s|$)|>>>\s|:[^:`\s][^:`]*:(?:\s|$)|-\w|--\w"
)
# What Sphinx adds to a translation: the notation of a literal block before it, or a block after “::”.
LITERAL, DUMMY = "::\n\n", "\n\n   dummy literal"
UNDERLINED = re.compile(r"[^\n]*\n=+")


def as_paragraph(text: str) -> str:
    """Return a translation so that reStructuredText reads it as one paragraph."""
    if text.startswith(LITERAL) or UNDERLINED.fullmatch(text):
        return text
    words = EMPTY_LINES.sub(" ", text.removesuffix(DUMMY).strip())
    if enumerator := ENUMERATOR.match(words):
        words = f"{words[: enumerator.end()]}\\{words[enumerator.end() :]}"
    elif OTHER_BLOCK.match(words):
        words = f"\\{words}"
    return words + (DUMMY if text.endswith(DUMMY) else "")


def translations_as_paragraphs() -> AbstractContextManager[None]:
    """Let Sphinx's transform read translations so."""
    return translations_read_as(as_paragraph)
