"""Report the messages of several builds as one: each once, in the order of files, and counted at the end."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from fleuron.build_results import count_of

# How a message begins, whether of Sphinx or of Fleuron.
MESSAGE = re.compile(r"\b(WARNING|ERROR|CRITICAL): |\bfleuron: ")
# The place at the beginning of a message: a file, with or without a line.
PLACE = re.compile(r"(/\S.*?\.\w+):(?:(\d+):)? ")
# The message at the end of a build that failed.
RESULT = re.compile(r"^fleuron: .*? in /.*?(?P<fatal> \(-W .*\))?; (nothing is published|published all)", re.MULTILINE)


class BuildReport:
    """What the builds of all formats and editions of a publication have reported so far.

    Every edition and format finds the same fault of a source: it is shown once.
    """

    def __init__(self, source: Path) -> None:
        self.source = source
        self.reported: set[str] = set()
        self.shown: list[str] = []
        self.warnings_count = False

    def new_messages(self, output: str) -> list[str]:
        """Return the messages in Sphinx's output that no build has reported before."""
        new = []
        for message in dict.fromkeys(split_messages(output)):
            if result := RESULT.search(message):
                self.warnings_count |= bool(result["fatal"])
            elif message not in self.reported or not MESSAGE.search(message):
                new.append(message)
        self.reported.update(new)
        return new

    def show(self, messages: Sequence[str]) -> None:
        """Print messages in the order of files."""
        self.shown += messages
        sys.stderr.write("".join(in_order_of_files(messages)))

    def result(self, withheld: Iterable[str], *, is_published: bool) -> str:
        """Return the message at the end of builds of which some failed, with the number of what was shown.

        ``withheld`` names what is not published; ``is_published`` says whether anything is.
        """
        kinds = [match[1] for message in self.shown if (match := MESSAGE.search(message)) and match[1]]
        errors, warnings = sum(kind != "WARNING" for kind in kinds), kinds.count("WARNING")
        counts = count_of(errors, warnings if self.warnings_count else 0, self.source.resolve())
        names = ", ".join(withheld)
        if not names:
            result = "published all the same"
        elif is_published:
            result = f"not published: {names}; what was published of it before is unchanged"
        else:
            result = "nothing is published, what was published before is unchanged"
        return f"fleuron: {counts}; {result}" if counts else ""


def split_messages(output: str) -> list[str]:
    """Split Sphinx's output into its messages, each with the lines that belong to it."""
    messages: list[str] = []
    for line in output.splitlines(keepends=True):
        if MESSAGE.search(line) or not messages:
            messages.append(line)
        else:
            messages[-1] += line
    return messages


def in_order_of_files(messages: Sequence[str]) -> list[str]:
    """Sort messages by file and line; those without a place follow in their own order."""
    placed = [message for message in messages if PLACE.match(message)]
    others = [message for message in messages if not PLACE.match(message)]
    return sorted(placed, key=place_of) + others


def place_of(message: str) -> tuple[str, int]:
    match = PLACE.match(message)
    return (match[1], int(match[2] or 0)) if match else ("", 0)
