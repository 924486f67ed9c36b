"""Write runs as plain text or as HTML (in the form that the public CSL test suite expects)."""

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
    """Escape the special characters of HTML, with the numeric references that the test suite uses."""
    escaped = text.replace("&", "&#38;").replace("<", "&#60;").replace(">", "&#62;")
    if escaped.isascii():
        return escaped
    return "".join(raised(character) if is_raised(character) else character for character in escaped)


# Superscript letters that Unicode does not decompose.
OTHER_RAISED = {"ˀ": "ʔ", "ˁ": "ʕ", "ۥ": "و", "ۦ": "ي"}


def is_raised(character: str) -> bool:
    """Return whether a character is a superscript in Unicode."""
    return unicodedata.decomposition(character).startswith("<super>") or character in OTHER_RAISED


def raised(character: str) -> str:
    """Write a superscript character, such as ª or ², as its base character in `<sup>`."""
    return f"<sup>{OTHER_RAISED.get(character) or unicodedata.normalize('NFKC', character)}</sup>"


def to_plain(runs: Iterable[Run]) -> str:
    """Write runs as plain text, with superscript characters replaced by their base characters."""
    text = "".join(run.text if isinstance(run, Text) else to_plain(run.runs) for run in runs)
    return (
        text
        if text.isascii()
        else "".join(
            unicodedata.normalize("NFKC", character) if is_raised(character) else character for character in text
        )
    )


def to_html(runs: Iterable[Run], *, links: bool = False) -> str:
    """Write runs as HTML; with ``links``, addresses become links."""
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
