"""Write runs as plain text or HTML, as the public test suite expects them; the press renders the runs itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from fleuron.csl.text.runs import Mark, Run, Text

TAGS = {
    Mark.ITALIC: ("<i>", "</i>"),
    Mark.BOLD: ("<b>", "</b>"),
    Mark.SUPERSCRIPT: ("<sup>", "</sup>"),
    Mark.SUBSCRIPT: ("<sub>", "</sub>"),
    Mark.QUOTE: ("", ""),
    Mark.BASELINE: ('<span style="baseline">', "</span>"),
    Mark.BLOCK: ('\n\n    <div class="csl-block">', "</div>\n"),
    Mark.LEFT_MARGIN: ('\n    <div class="csl-left-margin">', "</div>"),
    Mark.RIGHT_INLINE: ('<div class="csl-right-inline">', "</div>\n  "),
    Mark.INDENT: ('<div class="csl-indent">', "</div>\n  "),
}


def escape(text: str) -> str:
    """Escape what HTML would take for markup, with the numeric references that the suite uses."""
    escaped = text.replace("&", "&#38;").replace("<", "&#60;").replace(">", "&#62;")
    if escaped.isascii():
        return escaped
    return "".join(raised(each) if is_raised(each) else each for each in escaped)


# Raised letters that Unicode does not decompose.
OTHER_RAISED = {"ˀ": "ʔ", "ˁ": "ʕ", "ۥ": "و", "ۦ": "ي"}


def is_raised(character: str) -> bool:
    """Tell whether a character is a superscript of Unicode."""
    return unicodedata.decomposition(character).startswith("<super>") or character in OTHER_RAISED


def raised(character: str) -> str:
    """Write a superscript of Unicode, such as ª or ², as the character that is raised."""
    return f"<sup>{OTHER_RAISED.get(character) or unicodedata.normalize('NFKC', character)}</sup>"


def to_plain(runs: Iterable[Run]) -> str:
    """Write runs without any mark; raised characters stand on the line."""
    text = "".join(run.text if isinstance(run, Text) else to_plain(run.runs) for run in runs)
    return (
        text
        if text.isascii()
        else "".join(unicodedata.normalize("NFKC", each) if is_raised(each) else each for each in text)
    )


def to_html(runs: Iterable[Run], *, links: bool = False) -> str:
    """Write runs as HTML; addresses become links only where ``links`` asks for it."""
    written = []
    for run in runs:
        if isinstance(run, Text):
            written.append(escape(run.text))
            continue
        inner = to_html(run.runs, links=links)
        if run.mark is Mark.LINK:
            quoted = escape(run.value).replace('"', "&#34;")
            written.append(f'<a href="{quoted}">{inner}</a>' if links else inner)
        else:
            opening, closing = TAGS.get(run.mark) or (f'<span style="{run.mark.value};">', "</span>")
            written.append(opening + inner + closing)
    return "".join(written)
