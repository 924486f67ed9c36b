"""Place notes in the margin: decide whether a page has room for them, and write the styles that anchor them.

A note is written once, at the end of its page. The style sheet moves it beside its call by CSS Anchor
Positioning (CSS Working Group, Level 1): the call is an anchor, and the note is positioned by it, or
below the note before it if that one reaches further down.
"""

from __future__ import annotations

from docutils import nodes

# A margin holds about as many letters as the text beside it. If notes have more than this share of the text's letters,
# those that are close together would end far below their calls.
FULL_SHARE = 0.6


def fits_margin(notes: int, text: int) -> bool:
    """Return whether notes of so many characters have room beside a text of so many."""
    return notes <= FULL_SHARE * text


def margin_is_full(document: nodes.document) -> bool:
    """Return whether the notes of a page are too long for the margin of its text."""
    notes = sum(len(note.astext()) for note in document.findall(nodes.footnote))
    return not fits_margin(notes, len(document.astext()) - notes)


def call_style(label: str) -> str:
    """Return the style that makes a call an anchor."""
    return f"anchor-name:--call-{label}"


def note_style(label: str, before: str) -> str:
    """Return the style that anchors a note at its call, and below the note ``before`` it, if there is one."""
    above = f"--above:--note-{before};" if before else ""
    return f"--call:--call-{label};{above}anchor-name:--note-{label}"


def mark_style(name: str, before: str) -> str:
    """Return the style that anchors the number of a printed page in the margin, below the one ``before`` it."""
    above = f"--above:--folio-{before};" if before else ""
    return f"--page:--page-{name};{above}--folio:--folio-{name};anchor-name:--page-{name}"
