"""Ask an editor on the terminal what each uncertain note cites."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from textwrap import fill
from typing import Any

from fleuron.csl.sources.export.bibtex import write_entry
from fleuron.importing.decisions import Decision, Decisions, Uncertain

WIDTH = 100


class ReviewEndedError(Exception):
    """The editor has left; what was decided is kept."""


@dataclass
class Review:
    """Asks what is not decided yet; ``read`` returns a line that the editor writes, and raises EOFError at the end."""

    decisions: Decisions
    read: Callable[[str], str] = input

    def __call__(self, question: Uncertain) -> Decision:
        """Return what is decided about a part of a note; raise ReviewEndedError if the editor leaves."""
        name = self.decisions.name(question)
        known = {candidate.source.key for candidate in question.candidates} | {question.key, ""}
        kept = self.decisions.kept.get(name)
        if kept is None or kept not in known:
            kept = self.decisions.kept[name] = self.asked(question)
        return Decision(kept)

    def asked(self, question: Uncertain) -> str:
        """Return the key that the editor chooses, or nothing for words."""
        print(described(question))
        choices = choices_of(question)
        while True:
            try:
                answer = self.read(f"{prompt(question)} ").strip().lower()
            except EOFError:
                raise ReviewEndedError from None
            if answer in ("q", "quit"):
                raise ReviewEndedError
            if answer in choices:
                return choices[answer]
            print(f"  “{answer}” is not one of them; write {', '.join(choices)} or q", file=sys.stderr)


def choices_of(question: Uncertain) -> dict[str, str]:
    """Return the keys by what the editor writes."""
    numbered = {str(number): each.source.key for number, each in enumerate(question.candidates, 1)}
    return {**numbered, **({"n": question.key} if question.entry else {}), "w": ""}


def described(question: Uncertain) -> str:
    """Return a question as it is shown: the note, why it is asked, what it may cite, and the proposed entry."""
    lines = ["", indented(question.note, "")]
    if question.text.strip() != question.note.strip():
        lines.append(indented(f"This part: {question.text}", "  "))
    if question.problem:
        lines.append(indented(f"{question.problem[0].upper()}{question.problem[1:]}.", "  "))
    for number, each in enumerate(question.candidates, 1):
        shown = summary_of(each.source.item)
        lines.append(indented(f"{number}  {each.similarity:.0%}  {each.source.key}: {shown}", "  "))
    if question.entry:
        entry = write_entry({**question.entry, "id": question.key}).rstrip()
        lines += ["  n  a new entry:", *(f"       {line}" for line in entry.splitlines())]
    return "\n".join(lines)


def indented(text: str, indent: str) -> str:
    return fill(" ".join(text.split()), WIDTH, initial_indent=indent, subsequent_indent=f"{indent}   ")


def prompt(question: Uncertain) -> str:
    """Return the line that says what may be written."""
    numbers = [f"1–{len(question.candidates)}" if len(question.candidates) > 1 else "1"] if question.candidates else []
    cites = [f"[{numbers[0]}] cite it"] if numbers else []
    new = ["[n] make the new entry"] if question.entry else []
    return ", ".join([*cites, *new, "[w] keep as words", "[q] quit"]) + ":"


def summary_of(item: Mapping[str, Any]) -> str:
    """Return authors, title and year of an item on a line."""
    names = item.get("author") or item.get("editor") or ()
    families = " and ".join(str(name.get("family") or name.get("literal") or "") for name in names)
    dates = (item.get("issued") or {}).get("date-parts") or [[""]]
    return ", ".join(filter(None, (families, str(item.get("title", "")), str(dates[0][0]))))
