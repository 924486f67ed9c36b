"""Mark notes in HTML as pandoc reads them: by the roles of DPUB-ARIA 1.1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import html


def note_call(number: int) -> Any:
    """Return the call of a note (from 0)."""
    call = html.Element("a", {"href": f"#fleuron-note-{number}", "role": "doc-noteref"})
    html.etree.SubElement(call, "sup").text = str(number + 1)
    return call


def notes_section(notes: Sequence[Any]) -> Any:
    """Return the section of notes, each of which is an element with its content."""
    section = html.Element("section", {"role": "doc-endnotes"})
    listed = html.etree.SubElement(section, "ol")
    for number, note in enumerate(notes):
        note.tag = "li"
        note.attrib.clear()
        note.set("id", f"fleuron-note-{number}")
        note.set("role", "doc-endnote")
        listed.append(note)
    return section


def replace(element: Any, new: Any | None) -> None:
    """Put an element in the place of another, or nothing; the text after it stays."""
    parent, tail = element.getparent(), element.tail
    element.tail = None
    if new is not None:
        new.tail = tail
        parent.replace(element, new)
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (tail or "")
    else:
        parent.text = (parent.text or "") + (tail or "")
    parent.remove(element)
