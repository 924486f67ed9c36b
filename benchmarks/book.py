"""Measure the cost of making PDFs: `make bench-book` prints a table, and fails if a bound is exceeded.

The volume of a publication is made as one document by WeasyPrint alone (`one_document`), and by Fleuron: for the first
time, again with nothing edited, and again after edits of one article. All costs are compared with that of one document.
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
from benchmarks.tables import Table
from benchmarks.timed_builds import ROOT, Cost, cost, publish
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
# Upper bounds, as fractions of the cost of one document, by number of articles: of clock time for the first build, of
# processor time for the others.
BOUNDS = {
    (50, COLD): 0.6,
    **{(50, OFFPRINT): 0.06, (200, OFFPRINT): 0.02},
    **{(50, VOLUME): 0.1, (200, VOLUME): 0.05},
    (200, IDLE): 0.03,
}
# By how much the cost may exceed proportional growth, and the fraction of the memory of one document that may be used.
MORE, MEMORY = 4.3 / 4, {200: 1 / 3}


@dataclass(frozen=True)
class Volume:
    """The costs of making a volume of so many articles and pages, by kind of build."""

    articles: int
    pages: int
    costs: dict[str, Cost]


def parser() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="make bench-book", description=__doc__.split("\n", 1)[0])
    options.add_argument("--articles", type=int, nargs="+", default=[10, 50], help="the sizes of volumes")
    return options


def measure(articles: int, folder: Path) -> Volume:
    """Make the PDFs of a publication of so many articles in every kind of build."""
    source, build, alone = (folder / f"{name}-{articles}" for name in ("source", "build", "alone"))
    write(corpus(articles, LENGTH), source)
    environment = {"FLEURON_CACHE": str(folder / f"cache-{articles}")}

    def make_pdfs(*further: str, build: Path = build) -> Cost:
        return publish(source, build, (), "pdf", further, environment)

    costs = {PLAIN: make_one_document(source, folder / f"plain-{articles}"), COLD: make_pdfs(), IDLE: make_pdfs()}
    pages = count_pages(build)
    article = articles // 2
    alter(source, article)
    costs[OFFPRINT] = make_pdfs("--article", name_of(article))
    alter(source, article - 1)
    costs[VOLUME] = make_pdfs()
    grow(source, article)
    costs[GROWN] = make_pdfs()
    each_from_1 = "--options=-D fleuron_folios=article"
    make_pdfs(each_from_1, build=alone)
    grow(source, article)
    costs[GROWN_ALONE] = make_pdfs(each_from_1, build=alone)
    return Volume(articles, pages, costs)


def make_one_document(source: Path, build: Path) -> Cost:
    options = ("-b", "plain", "-q", "-D", "language=en", "-D", "extensions=fleuron,benchmarks.one_document")
    return cost(["-P", "-m", "sphinx", *options, str(source), str(build)], build, {"PYTHONPATH": str(ROOT)})


def count_pages(build: Path) -> int:
    (volume,) = (build / "pdf").glob("*.pdf")
    with Pdf.open(volume) as pdf:
        return len(pdf.pages)


def alter(source: Path, article: int) -> None:
    """Reverse the letters of the article's last word of more than six letters."""
    path = source / "articles" / f"{name_of(article)}.md"
    words = path.read_text("utf-8").split(" ")
    place = max(place for place, word in enumerate(words) if len(word) > 6 and word.isalpha() and word != word[::-1])
    words[place] = words[place].lower()[::-1]
    path.write_text(" ".join(words), "utf-8")


def grow(source: Path, article: int) -> None:
    """Repeat the article's last words in a new paragraph."""
    path = source / "articles" / f"{name_of(article)}.md"
    text = path.read_text("utf-8")
    words = [word for word in text.split() if word.strip(".").isalpha()][-GROWTH:]
    path.write_text(f"{text}\n{' '.join(words)}\n", "utf-8")


def table(volumes: Sequence[Volume]) -> tuple[Table, bool]:
    rows = [row for volume in volumes for row in rows_of(volume)]
    columns = ("volume", "clock", "processor", "processor ratio", "clock ratio", "memory")
    faults = [fault for volume in volumes for fault in faults_of(volume)]
    grown = list(growth(volumes))
    note = " ".join(
        [
            "The ratios compare processor time and clock time with those of one document. “Grown” means by two pages",
            "or more.",
            *(sentence for sentence, _ in grown),
            f"**Exceeded**: {'; '.join(faults)}." if faults else "",
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
    """List the bounds that a volume exceeds."""
    plain = volume.costs[PLAIN]
    for (articles, name), bound in BOUNDS.items():
        each = volume.costs[name]
        part = each.clock / plain.clock if name == COLD else each.work / plain.work
        if articles == volume.articles and part > bound:
            yield f"{articles} articles, {name}: {part:.3f}, where the bound is {bound}"
    part = volume.costs[COLD].memory / plain.memory
    if part > MEMORY.get(volume.articles, part):
        yield f"{volume.articles} articles, memory: {part:.2f}, where the bound is {MEMORY[volume.articles]:.2f}"


def growth(volumes: Sequence[Volume]) -> Iterator[tuple[str, bool]]:
    """Compare the cost of the first build from volume to volume."""
    for small, large in pairwise(volumes):
        times, work = large.articles / small.articles, large.costs[COLD].work / small.costs[COLD].work
        comparison = f"The first build of {large.articles} articles costs {work:.2f} times that of {small.articles}"
        # For few articles, starting the programs is most of the cost.
        yield f"{comparison}; the bound is {times * MORE:.1f}.", work <= times * MORE


def main() -> int:
    """Print the table; return 1 if a bound is exceeded."""
    chosen = parser().parse_args()
    made_with = ", ".join(f"{name} {version(name.lower())}" for name in ("Sphinx", "WeasyPrint"))
    print(f"Python {platform.python_version()}, {made_with}; {os.cpu_count()} cores\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="fleuron-") as name:
        result, kept = table([measure(articles, Path(name)) for articles in chosen.articles])
    print(result)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
