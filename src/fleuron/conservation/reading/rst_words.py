"""Check that a document in reStructuredText has the words of its source file.

docutils has no tokens between a source and its nodes, so that the order of words is not compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes

from fleuron.conservation.reading.node_words import WORD, plain_words, strings_of
from fleuron.conservation.reading.parts import (
    ENUMERATOR,
    FIELD_NAMES,
    OPTION,
    PRINTED_OPTIONS,
    RST_SYNTAX,
    SETTINGS,
    WITHOUT_TEXT,
)
from fleuron.conservation.reading.source_words import NOT_PRINTED
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.reporting import report

# A directive may be the first line of an item of a list or of a cell.
DIRECTIVE = re.compile(r"((?:\s|[-*+•‣⁃|]\s)*)\.\. ([\w:.+-]+)::\s*(.*)")
# Sphinx prints a type, with the name that it belongs to, in the line of that name's own field: “eggs (int) – the eggs”.
TYPE_OF_NAME = r"(?:param|kw|var)?type\s+[^\s:][^:\n]*(?=:)"
FIELD = re.compile(rf"(?m)^\s*:(?:{TYPE_OF_NAME}|(?:{'|'.join(sorted(FIELD_NAMES))})(?=[\s:]))")
REASON = "reStructuredText does not read it as text"


def report_unread(document: nodes.document) -> None:
    """Report the words of a source file that neither the text of its document has, nor an attribute in it."""
    path = Path(document["source"])
    if not path.is_file():
        return
    left = Counter(word for text in strings_of([document]) for word in plain_words(text))
    for number, line in enumerate(text_lines(path.read_text("utf-8-sig", errors="replace")), 1):
        lost = []
        for word in WORD.findall(line):
            left[word.casefold()] -= 1
            if left[word.casefold()] < 0:
                lost.append(word)
        if lost:
            values = {"words": " ".join(lost), "before": "", "problem": NOT_PRINTED, "reason": REASON}
            report(Finding(Diagnostic.UNREAD_WORDS, number, values), path)


def text_lines(source: str) -> Iterator[str]:
    """Yield the lines of a source without its syntax, such as the names and settings of directives."""
    hidden = ""
    is_head = False
    for line in source.splitlines():
        directive, option = DIRECTIVE.fullmatch(line), OPTION.fullmatch(line)
        if hidden and line.strip() and not line.startswith(hidden):
            hidden = ""
        if directive:
            is_head = True
            hidden = " " * (len(directive[1]) + 1) if directive[2] in WITHOUT_TEXT else ""
            yield "" if directive[2] in SETTINGS or hidden else directive[3]
        elif hidden:
            yield ""
        elif is_head and option:
            yield option[2] or "" if option[1] in PRINTED_OPTIONS else ""
        else:
            is_head = is_head and bool(line.strip())
            yield RST_SYNTAX.sub(" ", FIELD.sub(" ", ENUMERATOR.sub(" ", line)))
