"""Find the comments that turn rules off: `<!-- fleuron: off bare-url -->`, and with `%` or `#` in other files.

A comment on a line of its own holds for the lines below it, up to the next empty one; at the end of a line, for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

NAMES = r"fleuron:\s*off\s+(?P<rules>[\w-]+(?:[\s,]+[\w-]+)*?)"
COMMENTS = {
    ".md": re.compile(rf"<!--\s*{NAMES}\s*-->|(?:^|\s)#\s*{NAMES.replace('rules', 'yaml')}\s*$"),
    ".bib": re.compile(rf"%\s*{NAMES}\s*$"),
    ".po": re.compile(rf"^#\s*{NAMES}\s*$"),
}


@dataclass(frozen=True)
class OffComment:
    """Rules that are turned off on some lines of a file, from ``first`` to ``last``; the comment is on ``line``."""

    rules: tuple[str, ...]
    line: int
    first: int
    last: int


def off_comments(lines: Sequence[str], suffix: str) -> Iterator[OffComment]:
    """Yield the comments of a file that turn rules off; ``suffix`` is the end of its name."""
    pattern = COMMENTS.get(suffix)
    for number, line in enumerate(lines, 1):
        found = pattern.search(line) if pattern and "fleuron:" in line else None
        if found is None:
            continue
        rules = tuple(re.findall(r"[\w-]+", next(filter(None, found.groups()))))
        if line.replace(found[0], "").strip():
            yield OffComment(rules, number, number, number)
            continue
        last = number + 1
        while last <= len(lines) and not lines[last - 1].strip():
            last += 1
        while last < len(lines) and lines[last].strip():
            last += 1
        yield OffComment(rules, number, number, last)
