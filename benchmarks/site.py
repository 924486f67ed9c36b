"""What the site weighs and costs: `make bench-site` prints tables, and fails where a bound is not kept.

1. Lighthouse on articles of the sample, as the press prints them and as Furo does, by turns in one run.
2. What a browser loads for an article, in each language, and for the same article in Furo.
3. What a site of ten, a hundred and a thousand articles costs, and a build of it after one article has changed.
4. How many of the similar articles are on the same subject.

Sizes are in kB of 1,000 bytes as they travel, compressed by Brotli. The name of this file is Python's own
for another module: it is run as `benchmarks.site`.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks import lighthouse
from benchmarks.printing import copy_sample, dress, publish
from benchmarks.scale import Growth, grow
from benchmarks.serving import serving
from benchmarks.tables import Table
from benchmarks.weights import KINDS, Weight, weigh_all

PRESSES = ("Fleuron", "Furo")
ARTICLES = ("moscow-format", "footnote")
LANGUAGES = ("en", "tr", "ru")
# In kB, without fonts and with; and how much more an article of the larger site may cost.
LIGHT, WHOLE, MORE = 30.0, 200.0, 1.25


def parser() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="make bench-site", description=__doc__.split("\n", 1)[0])
    options.add_argument("--runs", type=int, default=3, help="of Lighthouse, of which the median is told")
    options.add_argument(
        "--articles", type=int, nargs="*", default=[10, 100, 1000], help="the sizes of sites; none: no site"
    )
    return options


def address_of(site: str, press: str, language: str, article: str) -> str:
    return f"{site}{press.lower()}/html/{language}/articles/{article}.html"


def print_sample(folder: Path, site: str) -> None:
    """Print the sample twice below an address."""
    for press in PRESSES:
        source = folder / f"source-{press.lower()}"
        copy_sample(source, f"{site}{press.lower()}/html/")
        if press != PRESSES[0]:
            dress(source, press.lower())
        publish(source, folder / "www" / press.lower())


def loading(site: str, folder: Path, runs: int) -> tuple[Table, bool]:
    """Measure with Lighthouse; of the press all is asked, and to be as fast as Furo."""
    pages = [(article, press) for article in ARTICLES for press in PRESSES]
    measured = lighthouse.measure([address_of(site, press, "en", article) for article, press in pages], folder, runs)
    by_page = dict(zip(pages, measured, strict=True))
    rows = [(f"{article}, {press}", *told(report)) for (article, press), report in by_page.items()]
    kept = all(is_good(by_page[article, "Fleuron"], by_page[article, "Furo"]) for article in ARTICLES)
    faults = sorted({f"{press}, {fault}" for (_, press), report in by_page.items() for fault in report.faults})
    columns = ("article", "performance", "accessibility", "best practices", "SEO", "LCP", "CLS", "loaded")
    asked = f"Lighthouse as on a phone, the median of {runs}. Of Fleuron 100 is asked, in performance what Furo has."
    note = f"{asked} Points are lost by: {'; '.join(faults) or 'nothing'}."
    return Table("Loading an article", columns, rows, note), kept


def is_good(ours: lighthouse.Report, theirs: lighthouse.Report) -> bool:
    return ours.whole and ours.performance >= theirs.performance


def told(report: lighthouse.Report) -> Iterator[str]:
    yield from (f"{score:.0f}" for score in report.scores)
    yield from (f"{report.paint:.1f} s", f"{report.shift:.3f}", f"{report.weight:.0f} kB")


def weights(site: str) -> tuple[Table, bool]:
    """Weigh the articles in each language, and beside them as Furo prints them."""
    pages = [(article, press, language) for article in ARTICLES for press in PRESSES for language in LANGUAGES]
    weighed = weigh_all([address_of(site, press, language, article) for article, press, language in pages])
    rows, kept = [], True
    for (article, press, language), weight in zip(pages, weighed, strict=True):
        rows.append((f"{article}, {press}, {language}", *figures(weight)))
        if press == PRESSES[0]:
            kept = kept and weight.without_fonts <= LIGHT * 1000 and weight.total <= WHOLE * 1000
    columns = ("article", "requests", *KINDS, "without fonts", "in all")
    note = f"In kB. Of Fleuron at most {LIGHT:.0f} without fonts and {WHOLE:.0f} in all is asked."
    return Table("What an article loads", columns, rows, note), kept


def figures(weight: Weight) -> Iterator[str]:
    yield str(weight.requests)
    for each in (*weight.bytes.values(), weight.without_fonts, weight.total):
        yield f"{each / 1000:.1f}"


def growth(sites: Sequence[Growth]) -> tuple[Table, bool]:
    """Tell what sites cost, and what each article does by which one is larger than the one before."""
    rows, each = [], list[float]()
    for before, site in zip((None, *sites), sites, strict=False):
        more = ""
        if before:
            each.append((site.first.work - before.first.work) / (site.articles - before.articles))
            more = f"{1000 * each[-1]:.0f} ms"
        for name, cost in (("first build", site.first), ("nothing changed", site.idle), ("one changed", site.changed)):
            own = f"{1000 * cost.work / site.articles:.0f} ms"
            times = (f"{cost.clock:.0f} s", f"{cost.work:.0f} s", own, more, f"{cost.memory:.0f} MB")
            rows.append((f"{site.articles:,} articles, {name}", *times))
            more = ""
    columns = ("site", "by the clock", "of processors", "an article", "one more", "memory")
    note = "“One more” is what the site costs more than the smaller one before it, for each article more."
    grown = each[-1] / each[0] if len(each) > 1 else 1.0
    bound = (
        f" At the end it is {grown:.2f} times what it is at first; at most {MORE} is asked." if len(each) > 1 else ""
    )
    return Table("Building a large site", columns, rows, note + bound), grown <= MORE


def likeness(sites: Sequence[Growth]) -> Table:
    """Tell how many of the suggested articles share a subject, and how many would by chance."""
    rows = [
        (f"{site.articles:,}", str(site.subjects), f"{site.suggested / site.articles:.2f}",
         f"{site.right / max(1, site.suggested):.1%}", f"{1 / site.subjects:.1%}")
        for site in sites
    ]  # fmt: skip
    columns = ("articles", "subjects", "suggested to each", "on its subject", "by chance")
    note = (
        "Of an article's words one in sixteen is of its subject, and no other subject has it: this tells whether "
        "anything is lost in numbers, not how well subjects that are near are told apart."
    )
    return Table("Similar articles", columns, rows, note)


def shown(table: Table, kept: bool = True) -> bool:
    """Print a table, and whether its bound is kept; return the latter."""
    print(table, flush=True)
    if not kept:
        print("A bound is not kept.\n", flush=True)
    return kept


def main() -> int:
    """Print the tables; return 1 where a bound is not kept."""
    chosen, kept = parser().parse_args(), True
    made_with = ", ".join(f"{name} {version(name.lower())}" for name in ("Sphinx", "Furo"))
    print(f"Python {platform.python_version()}, {made_with}; {os.cpu_count()} cores\n")
    with tempfile.TemporaryDirectory(prefix="fleuron-") as name:
        folder = Path(name)
        with serving(folder / "www") as server:
            print_sample(folder, server.address)
            kept = shown(*loading(server.address, folder, chosen.runs)) and kept
            kept = shown(*weights(server.address)) and kept
        if chosen.articles:
            sites = [grow(articles, folder) for articles in chosen.articles]
            kept = shown(*growth(sites)) and kept
            shown(likeness(sites))
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
