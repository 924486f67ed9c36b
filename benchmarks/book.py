"""What the book costs: `make bench-book` prints a table, and fails where a bound is not kept.

A publication is printed as one document by WeasyPrint alone (`plain`), and by the press: the first time, again with
nothing edited, and again after edits of one article. All costs are told beside that of the one document.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

from benchmarks.corpus import Length, corpus, name_of, write
from benchmarks.printing import ROOT, Cost, cost, publish
from benchmarks.tables import Table
from pikepdf import Pdf

LENGTH = Length((1500, 2300), 12)  # some ten pages
# Some two pages: one would not move what follows where it takes the place of a blank one.
GROWTH = 600
PLAIN, COLD, IDLE, OFFPRINT, VOLUME = (
    "one document",
    "first build",
    "nothing edited",
    "one edited, offprint",
    "one edited",
)
GROWN, GROWN_ALONE = "one grown", "one grown, each from 1"
# What is asked, of the cost of the one document, by articles; the first build by the clock, the others in work.
BOUNDS = {
    (50, COLD): 0.6,
    **{(50, OFFPRINT): 0.06, (200, OFFPRINT): 0.02},
    **{(50, VOLUME): 0.1, (200, VOLUME): 0.05},
    (200, IDLE): 0.03,
}
# How much more than in proportion a larger volume may cost, and the part of the one document's memory that it may use.
MORE, MEMORY = 4.3 / 4, {200: 1 / 3}


@dataclass(frozen=True)
class Volume:
    """What a volume cost, by what was done; all that of so many articles and pages."""

    articles: int
    pages: int
    costs: dict[str, Cost]


def parser() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="make bench-book", description=__doc__.split("\n", 1)[0])
    options.add_argument("--articles", type=int, nargs="+", default=[10, 50], help="the sizes of volumes")
    return options


def measure(articles: int, folder: Path) -> Volume:
    """Print a publication of so many articles in all ways."""
    source, build, alone = (folder / f"{name}-{articles}" for name in ("source", "build", "alone"))
    write(corpus(articles, LENGTH), source)
    surroundings = {"FLEURON_CACHE": str(folder / f"cache-{articles}")}

    def printed(*further: str, build: Path = build) -> Cost:
        return publish(source, build, (), "pdf", further, surroundings)

    costs = {PLAIN: print_plainly(source, folder / f"plain-{articles}"), COLD: printed(), IDLE: printed()}
    pages = count_pages(build)
    article = articles // 2
    alter(source, article)
    costs[OFFPRINT] = printed("--article", name_of(article))
    alter(source, article - 1)
    costs[VOLUME] = printed()
    grow(source, article)
    costs[GROWN] = printed()
    each_from_1 = "--options=-D fleuron_folios=article"
    printed(each_from_1, build=alone)
    grow(source, article)
    costs[GROWN_ALONE] = printed(each_from_1, build=alone)
    return Volume(articles, pages, costs)


def print_plainly(source: Path, build: Path) -> Cost:
    options = ("-b", "plain", "-q", "-D", "language=en", "-D", "extensions=fleuron,benchmarks.plain")
    return cost(["-P", "-m", "sphinx", *options, str(source), str(build)], build, {"PYTHONPATH": str(ROOT)})


def count_pages(build: Path) -> int:
    (volume,) = (build / "pdf").glob("*.pdf")
    with Pdf.open(volume) as pdf:
        return len(pdf.pages)


def alter(source: Path, article: int) -> None:
    """Spell the article's last word of more than six letters backwards."""
    path = source / "articles" / f"{name_of(article)}.md"
    words = path.read_text("utf-8").split(" ")
    place = max(place for place, word in enumerate(words) if len(word) > 6 and word.isalpha() and word != word[::-1])
    words[place] = words[place].lower()[::-1]
    path.write_text(" ".join(words), "utf-8")


def grow(source: Path, article: int) -> None:
    """Say the article's last words again, in a paragraph of their own."""
    path = source / "articles" / f"{name_of(article)}.md"
    text = path.read_text("utf-8")
    words = [word for word in text.split() if word.strip(".").isalpha()][-GROWTH:]
    path.write_text(f"{text}\n{' '.join(words)}\n", "utf-8")


def table(volumes: Sequence[Volume]) -> tuple[Table, bool]:
    rows = [row for volume in volumes for row in rows_of(volume)]
    columns = ("volume", "by the clock", "of processors", "of one document", "by the clock", "memory")
    faults = [fault for volume in volumes for fault in faults_of(volume)]
    grown = list(growth(volumes))
    note = " ".join(
        [
            "“Of one document” are the seconds of processors, and then those by the clock, in parts of what one",
            "document costs. “Grown” is by two pages or more.",
            *(said for said, _ in grown),
            f"**Not kept**: {'; '.join(faults)}." if faults else "",
        ]
    )
    return Table("Printing a volume", columns, rows, note.strip()), not faults and all(kept for _, kept in grown)


def rows_of(volume: Volume) -> Iterator[tuple[str, ...]]:
    plain = volume.costs[PLAIN]
    for name, each in volume.costs.items():
        parts = (f"{each.work / plain.work:.3f}", f"{each.clock / plain.clock:.3f}")
        figures = (f"{each.clock:.1f} s", f"{each.work:.1f} s", *parts, f"{each.memory:.0f} MB")
        yield (f"{volume.articles} articles, {volume.pages:,} pages, {name}", *figures)


def faults_of(volume: Volume) -> Iterator[str]:
    """Tell the bounds that a volume does not keep."""
    plain = volume.costs[PLAIN]
    for (articles, name), bound in BOUNDS.items():
        each = volume.costs[name]
        part = each.clock / plain.clock if name == COLD else each.work / plain.work
        if articles == volume.articles and part > bound:
            yield f"{articles} articles, {name}: {part:.3f}, where {bound} is asked"
    part = volume.costs[COLD].memory / plain.memory
    if part > MEMORY.get(volume.articles, part):
        yield f"{volume.articles} articles, memory: {part:.2f}, where {MEMORY[volume.articles]:.2f} is asked"


def growth(volumes: Sequence[Volume]) -> Iterator[tuple[str, bool]]:
    """Tell how the first build grows from volume to volume."""
    for small, large in pairwise(volumes):
        times, work = large.articles / small.articles, large.costs[COLD].work / small.costs[COLD].work
        said = f"The first build of {large.articles} articles costs {work:.2f} times what one of {small.articles} does"
        # Of a small one, the start of the programs is the most.
        yield f"{said}; at most {times * MORE:.1f} is asked.", work <= times * MORE


def main() -> int:
    """Print the table; return 1 where a bound is not kept."""
    chosen = parser().parse_args()
    made_with = ", ".join(f"{name} {version(name.lower())}" for name in ("Sphinx", "WeasyPrint"))
    print(f"Python {platform.python_version()}, {made_with}; {os.cpu_count()} cores\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="fleuron-") as name:
        printed, kept = table([measure(articles, Path(name)) for articles in chosen.articles])
    print(printed)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
