"""Measure the citation processor: `make bench-styles` prints a table, and fails if a bound is exceeded.

1. A thousand notes in `chicago-notes-bibliography`, against citeproc-py on the same items and notes in the same run.
2. Disambiguating 2,500, 5,000 and 10,000 works in `chicago-author-date`: the time must not grow faster than n log n.
   Once with authors and years as in a large bibliography, and once with the same author and year for all works.

Times are processor times (`time.process_time`), the best of several runs.
"""

from __future__ import annotations

import math
import platform
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import citeproc  # type: ignore[import-untyped]
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, Locator, formatter  # type: ignore[import-untyped]
from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped]

from fleuron.csl.processor import Processor
from fleuron.csl.rendering.compiled_style import compile_style
from fleuron.csl.rendering.context import Cite
from fleuron.csl.rendering.positions import Citation
from fleuron.csl.style.style_files import find_style
from fleuron.csl.text.run_writers import to_plain

NOTES, WORKS = 1000, 200
SIZES = (2500, 5000, 10000)
# Upper bounds: a fraction of citeproc-py's time, and a factor above n log n.
SHARE, SLACK = 0.1, 1.25

Items = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Row:
    """A row of the table: the task, its seconds, and how they compare with the bound."""

    what: str
    seconds: float
    measured: str = ""
    bound: str = ""
    kept: bool = True


def work(number: int, family: str, given: str, year: int) -> dict[str, Any]:
    """Make an article, a book or a chapter."""
    authors = [{"family": family, "given": given}, {"family": f"Coauthor{number % 20}", "given": "Ann"}]
    kind = ("article-journal", "book", "chapter")[number % 3]
    item = {
        "id": f"work{number}",
        "type": kind,
        "title": f"The {number}th Title: With a Subtitle",
        "author": authors[: 1 + number % 2],
        "issued": {"date-parts": [[year, 1 + number % 12]]},
    }
    if kind == "book":
        return item | {"publisher": "The Press", "publisher-place": "Ankara"}
    container = {"container-title": "The Journal of Borders", "page": f"{number}-{number + 9}", "volume": number % 40}
    return item | container | {"editor": [{"family": "Editor", "given": "Ed"}]}


def varied(size: int) -> Items:
    """Make works of which about one in eight shares its author with others, some the year as well."""
    made = (
        work(n, f"Family{(n * 7919) % max(1, size // 8)}", ("John", "Jane", "Jo")[n % 3], 2000 + n * 31 % 20)
        for n in range(size)
    )
    return {item["id"]: item for item in made}


def alike(size: int) -> Items:
    """Make works of one author and one year."""
    made = (work(2 * n, "Same", "Sam", 2020) for n in range(size))
    return {item["id"]: item for item in made}


def cited(items: Items) -> list[list[tuple[str, str]]]:
    """Make notes: of every four, one is an ibid., one has a locator, and one has two sources."""
    ids = list(items)
    notes = []
    for number in range(NOTES):
        first = ids[(number - (number % 4 == 1)) * 37 % len(ids)]
        note = [(first, str(number) if number % 4 == 2 else "")]
        notes.append(note + ([(ids[number * 11 % len(ids)], "")] if number % 4 == 3 else []))
    return notes


def with_fleuron(items: Items, notes: list[list[tuple[str, str]]]) -> list[str]:
    """Compile the style and render the notes."""
    processor = Processor(compile_style(find_style("chicago-notes-bibliography"), "en-US"), items)
    citations = [Citation(tuple(Cite(*cite) for cite in note), number) for number, note in enumerate(notes, 1)]
    return [to_plain(runs) for runs in processor.render_citations(citations)]


def with_citeproc(items: Items, notes: list[list[tuple[str, str]]]) -> list[str]:
    """Do the same with citeproc-py, which does not support note numbers."""
    style = CitationStylesStyle(find_style("chicago-notes-bibliography").path, validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(list(items.values())), formatter.plain)
    made = [citeproc.Citation([citeproc_cite(*cite) for cite in note]) for note in notes]
    for citation in made:
        bibliography.register(citation)
    return [str(bibliography.cite(citation, ignored)) for citation in made]


def citeproc_cite(key: str, locator: str) -> CitationItem:
    return CitationItem(key, locator=Locator("page", locator)) if locator else CitationItem(key)


def ignored(_cite: CitationItem) -> None:
    """Handle a cite that is not in the bibliography; here there is none."""


def seconds(action: Callable[[], object], runs: int = 3) -> float:
    """Return the shortest time of several runs."""
    times = []
    for _run in range(runs):
        started = time.process_time()
        action()
        times.append(time.process_time() - started)
    return min(times)


def notes_rows() -> Iterator[Row]:
    items = varied(WORKS)
    notes = cited(items)
    ours = seconds(lambda: with_fleuron(items, notes))
    theirs = seconds(lambda: with_citeproc(items, notes), runs=1)
    yield Row(f"{NOTES:,} notes, citeproc-py", theirs)
    ratio = ours / theirs
    yield Row(f"{NOTES:,} notes, fleuron.csl", ours, f"{ratio:.3f} of that", f"{SHARE}", ratio <= SHARE)


def growth_rows(name: str, make: Callable[[int], Items]) -> Iterator[Row]:
    style = compile_style(find_style("chicago-author-date"), "en-US")
    before: tuple[int, float] | None = None
    for size in SIZES:
        items = make(size)
        taken = seconds(lambda items=items: Processor(style, items).register(items))  # type: ignore[misc]
        row = Row(f"{size:,} works, {name}", taken)
        if before is not None:
            grown = taken / before[1]
            allowed = size * math.log(size) / (before[0] * math.log(before[0]))
            kept = grown <= allowed * SLACK
            row = Row(row.what, taken, f"× {grown:.2f}", f"× {allowed:.2f}", kept)
        before = size, taken
        yield row


def main() -> int:
    """Print the table; return 1 if a bound is exceeded."""
    warnings.simplefilter("ignore")  # citeproc-py warns of each field that it does not know
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}")
    print(f"{'':38} {'seconds':>8}   {'measured':>12} {'bound':>8}")
    kept = True
    for rows in (notes_rows(), growth_rows("as they come", varied), growth_rows("all alike", alike)):
        for row in rows:
            kept = kept and row.kept
            fault = "" if row.kept else "  exceeded"
            print(f"{row.what:38} {row.seconds:8.2f}   {row.measured:>12} {row.bound:>8}{fault}", flush=True)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
