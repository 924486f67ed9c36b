"""Find what is wrong with a catalogue (.po file) before it is changed: what cannot be read could be lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fleuron.editions.catalogue_checks import MESSAGE_LENGTH, check_catalogue
from fleuron.editions.catalogue_reader import read_catalogue


def faults_of(path: Path) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with a catalogue, each with its line (from 1)."""
    if fault := check_catalogue(path):
        yield fault.line, fault.text
        return
    content = read_catalogue(path)
    for line, problem in content.faults.items():
        yield line, f"this entry cannot be read: {problem}"
    for line, message in content.repeated.items():
        yield (
            line,
            f"the message “{message[:MESSAGE_LENGTH]}” is in the catalogue twice: delete one of the two",
        )
