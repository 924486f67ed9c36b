"""Write the corrections of violations into the sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from fleuron.atomic_files import write_file
from fleuron.checks.violation import Correction, Violation


def correct(root: Path, violations: Iterable[Violation]) -> list[Violation]:
    """Write the corrections into the files below a folder; return the violations that are corrected.

    Where two corrections meet, the first of them is written: the next check finds the other.
    """
    by_path: dict[str, list[Violation]] = defaultdict(list)
    for violation in violations:
        if violation.correction:
            by_path[violation.place.path].append(violation)
    corrected = []
    for path, found in by_path.items():
        content = (root / path).read_bytes().decode("utf-8")
        lines = content.split("\n")
        done = correct_lines(lines, found)
        if done:
            write_file(root / path, "\n".join(lines))
        corrected += done
    return corrected


def correct_lines(lines: list[str], violations: Iterable[Violation]) -> list[Violation]:
    """Correct lines in place, from their ends; return the violations that are corrected."""
    first: dict[int, int] = {}  # by line, where the last correction begins
    corrected = []
    pairs = [(violation.correction, violation) for violation in violations if violation.correction]
    for correction, violation in sorted(pairs, key=lambda pair: pair[0].place, reverse=True):
        line, start, end = span_of(correction)
        text = lines[line]
        if end > first.get(line, len(text)) or text[start:end] != correction.old:
            continue
        lines[line] = text[:start] + correction.new + text[end:]
        first[line] = start
        corrected.append(violation)
    return corrected


def span_of(correction: Correction) -> tuple[int, int, int]:
    """Return the line (from 0) of a correction, and where what it replaces begins and ends there."""
    start = correction.place.column - 1
    return correction.place.line - 1, start, start + len(correction.old)
