"""Check that a document in reStructuredText has the words of its source file.

docutils has no tokens between a source and its nodes, so that the order of words is not compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Set
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives

from fleuron.conservation.reading.node_words import WORD, plain_words, strings_of
from fleuron.conservation.reading.parts import OWN_PACKAGES
from fleuron.conservation.reading.rst_syntax import text_lines
from fleuron.conservation.reading.source_words import NOT_PRINTED
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.reporting import places_with_errors, report

REASON = "reStructuredText does not read it as text"


def report_unread(document: nodes.document, *, has_own_extensions: bool = False) -> None:
    """Report the words of a source file that neither the text of its document has, nor an attribute in it.

    A project that ``has_own_extensions`` knows what their directives make of what they are given.
    """
    path = Path(document["source"])
    if not path.is_file():
        return
    left = Counter(word for text in strings_of([document]) for word in plain_words(text))
    source = path.read_text("utf-8-sig", errors="replace")
    failed = {line for place, line in places_with_errors() if place == str(path)}
    is_unread = is_of_other_extension if has_own_extensions else None
    for number, line in enumerate(text_lines(without_blocks_at(failed, source), is_unread), 1):
        lost = []
        for word in WORD.findall(line):
            left[word.casefold()] -= 1
            if left[word.casefold()] < 0:
                lost.append(word)
        if lost:
            values = {"words": " ".join(lost), "before": "", "problem": NOT_PRINTED, "reason": REASON}
            report(Finding(Diagnostic.UNREAD_WORDS, number, values), path)


def is_of_other_extension(name: str) -> bool:
    """Return whether a directive is not of docutils, Sphinx and Fleuron, or documents code that is elsewhere."""
    kind = directives._directives.get(name)  # type: ignore[attr-defined]
    module = str(getattr(kind, "__module__", ""))
    return bool(kind) and (module.startswith("sphinx.ext.") or module.partition(".")[0] not in OWN_PACKAGES)


def without_blocks_at(failed: Set[int], source: str) -> str:
    """Return a source without the directives that begin at the lines ``failed``, whose errors are reported already."""
    kept: list[str] = []
    indent: int | None = None
    for number, line in enumerate(source.splitlines(), 1):
        depth = len(line) - len(line.lstrip())
        if line.strip() and indent is not None and depth <= indent:
            indent = None
        if number in failed:
            indent = depth
        kept.append("" if indent is not None else line)
    return "\n".join(kept)
