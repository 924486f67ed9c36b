"""Notes in the margin: whether a page has room for them, and what ties each to its call.

A note stands once on its page, at its end. A style sheet moves it beside its call, by CSS Anchor
Positioning (CSS Working Group, Level 1): the call names an anchor, the note hangs on it, or
below the note before it where that is still in the way.
"""

from __future__ import annotations

from docutils import nodes

# A margin holds about as many letters as the text beside it; with more than this part of the text's,
# notes that stand close together would run far past their calls.
FULL = 0.6


def fits_margin(notes: int, text: int) -> bool:
    """Tell whether notes of so many characters find their place beside a text of so many."""
    return notes <= FULL * text


def margin_is_full(document: nodes.document) -> bool:
    """Tell whether the notes of a page are too many to stand beside its text."""
    notes = sum(len(note.astext()) for note in document.findall(nodes.footnote))
    return not fits_margin(notes, len(document.astext()) - notes)


def call_style(label: str) -> str:
    """Declare a call an anchor."""
    return f"anchor-name:--call-{label}"


def note_style(label: str, before: str) -> str:
    """Hang a note on its call, or below the note ``before`` it, if there is one."""
    above = f"--above:--note-{before};" if before else ""
    return f"--call:--call-{label};{above}anchor-name:--note-{label}"
