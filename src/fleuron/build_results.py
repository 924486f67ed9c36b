"""Name what a build leaves to the command and to later builds: its exit code, its faults, and files about it."""

from __future__ import annotations

from pathlib import Path

# The exit code of a build that has written an edition as a whole, and reported errors.
WRITTEN_WITH_FAULTS = 3

# Files beside the doctrees: the page plan, which the build of PDFs writes and those of the other formats read;
PLAN_FILE = "pages.json"
# the books that were written, and of which text each is;
BOOK_TEXTS_FILE = "book-texts.json"
# the files that the documents were made from.
READ_FILES = "read-files.json"


def count_of(errors: int, warnings: int, source: Path) -> str:
    """Return how many errors there are, and how many warnings that count as errors; "" for none."""
    counts = [f"{errors} error{'s' if errors > 1 else ''}"] if errors else []
    if warnings:
        counts.append(f"{warnings} warning{'s' if warnings > 1 else ''}")
    reason = " (-W makes warnings errors)" if warnings else ""
    return f"{' and '.join(counts)} in {source}{reason}" if counts else ""
