"""Measure the size and the cost of the site: `make bench-site` prints tables, and fails if a bound is exceeded.

1. Lighthouse on articles of the sample, with Fleuron's theme and with Furo, alternately in one run.
2. What a browser loads for an article in each language, and for the same article with Furo.
3. The cost of building a site of ten, a hundred and a thousand articles, and of building it after one has changed.
4. How many of the similar articles are on the same subject.
5. The cost of building a site again after an author's change, beside stock Sphinx on the same texts.
6. The time from a saved article to its page, with `fleuron live`.

Sizes are in kB of 1,000 bytes as transferred, compressed by Brotli. Run it as `benchmarks.site`: by itself, the name
of this file is that of a module of Python.
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
from benchmarks.live_saves import Saves, live_sample, live_site
from benchmarks.page_weight import KINDS, Weight, weigh_all
from benchmarks.rebuilds import BOUNDS, GROWTH, Rebuild, growths, rebuild
from benchmarks.site_growth import Growth, grow
from benchmarks.tables import Table
from benchmarks.timed_builds import copy_sample, publish, set_theme
from benchmarks.web_server import serving

THEMES = ("Fleuron", "Furo")
ARTICLES = ("moscow-format", "footnote")
LANGUAGES = ("en", "tr", "ru", "fa")
# Upper bounds: kB without fonts and in all; and the growth of the cost of one more article.
LIGHT, WHOLE, MORE = 30.0, 90.0, 1.25


def parser() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="make bench-site", description=__doc__.split("\n", 1)[0])
    options.add_argument("--runs", type=int, default=3, help="runs of Lighthouse, whose median is reported")
    options.add_argument(
        "--articles", type=int, nargs="*", default=[10, 100, 1000], help="the sizes of sites; no number: no site"
    )
    options.add_argument(
        "--rebuilds", type=int, nargs="*", default=[200, 1000], help="the sizes of sites built again; no number: none"
    )
    return options


def address_of(site: str, theme: str, language: str, article: str) -> str:
    return f"{site}{theme.lower()}/html/{language}/articles/{article}.html"


def build_sample(folder: Path, site: str) -> None:
    """Build the sample with each theme, below an address."""
    for theme in THEMES:
        source = folder / f"source-{theme.lower()}"
        copy_sample(source, f"{site}{theme.lower()}/html/")
        if theme != THEMES[0]:
            set_theme(source, theme.lower())
        publish(source, folder / "www" / theme.lower())


def loading(site: str, folder: Path, runs: int) -> tuple[Table, bool]:
    """Measure with Lighthouse; Fleuron must have full scores, and be as fast as Furo."""
    pages = [(article, theme) for article in ARTICLES for theme in THEMES]
    measured = lighthouse.measure([address_of(site, theme, "en", article) for article, theme in pages], folder, runs)
    by_page = dict(zip(pages, measured, strict=True))
    rows = [(f"{article}, {theme}", *report_cells(report)) for (article, theme), report in by_page.items()]
    kept = all(is_good(by_page[article, "Fleuron"], by_page[article, "Furo"]) for article in ARTICLES)
    faults = sorted({f"{theme}, {fault}" for (_, theme), report in by_page.items() for fault in report.faults})
    columns = ("article", "performance", "accessibility", "best practices", "SEO", "LCP", "CLS", "loaded")
    bounds = (
        f"Lighthouse as on a phone, the median of {runs} runs. Fleuron must have 100, in performance what Furo has."
    )
    note = f"{bounds} Points are lost by: {'; '.join(faults) or 'nothing'}."
    return Table("Loading an article", columns, rows, note), kept


def is_good(ours: lighthouse.Report, theirs: lighthouse.Report) -> bool:
    return ours.whole and ours.performance >= theirs.performance


def report_cells(report: lighthouse.Report) -> Iterator[str]:
    yield from (f"{score:.0f}" for score in report.scores)
    yield from (f"{report.paint:.1f} s", f"{report.shift:.3f}", f"{report.weight:.0f} kB")


def weights(site: str) -> tuple[Table, bool]:
    """Measure what a browser loads for the articles in each language, with each theme."""
    pages = [(article, theme, language) for article in ARTICLES for theme in THEMES for language in LANGUAGES]
    weighed = weigh_all([address_of(site, theme, language, article) for article, theme, language in pages])
    rows, kept = [], True
    for (article, theme, language), weight in zip(pages, weighed, strict=True):
        rows.append((f"{article}, {theme}, {language}", *size_cells(weight)))
        if theme == THEMES[0]:
            kept = kept and weight.without_fonts <= LIGHT * 1000 and weight.total <= WHOLE * 1000
    columns = ("article", "requests", *KINDS, "without fonts", "in all")
    note = f"In kB. The bounds for Fleuron are {LIGHT:.0f} without fonts and {WHOLE:.0f} in all."
    return Table("What an article loads", columns, rows, note), kept


def size_cells(weight: Weight) -> Iterator[str]:
    yield str(weight.requests)
    for each in (*weight.bytes.values(), weight.without_fonts, weight.total):
        yield f"{each / 1000:.1f}"


def growth(sites: Sequence[Growth]) -> tuple[Table, bool]:
    """Tabulate what sites cost, and what each additional article costs."""
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
    columns = ("site", "clock", "processor", "per article", "one more", "memory")
    note = "“One more” is the additional cost over the next smaller site, for each additional article."
    grown = each[-1] / each[0] if len(each) > 1 else 1.0
    bound = f" The last is {grown:.2f} times the first; the bound is {MORE}." if len(each) > 1 else ""
    return Table("Building a large site", columns, rows, note + bound), grown <= MORE


def rebuilding(rebuilds: Sequence[Rebuild]) -> tuple[Table, bool]:
    """Tabulate what builds cost with Fleuron and with stock Sphinx, and how the cost grows with the articles."""
    rows = [
        (f"{each.articles:,} articles, {each.name}", f"{each.own.work:.1f} s", f"{each.stock.work:.1f} s",
         f"{each.ratio:.2f}", f"{BOUNDS[each.name]:.1f}" if each.name in BOUNDS else "")
        for each in rebuilds
    ]  # fmt: skip
    grown = growths(rebuilds)
    note = "Processor seconds of the whole command. Stock is Sphinx with Furo and sphinxcontrib-bibtex."
    if grown:
        times = ", ".join(f"{name} {times:.2f}" for name, times in grown.items())
        note += f" From the first size to the last, the cost grows by: {times}; the bound is {GROWTH}."
    kept = all(each.is_bounded for each in rebuilds) and all(times <= GROWTH for times in grown.values())
    return Table("Building a site again", ("site", "Fleuron", "stock", "ratio", "bound"), rows, note), kept


def similarity(sites: Sequence[Growth]) -> Table:
    """Tabulate how many of the suggested articles share a subject, and how many would by chance."""
    rows = [
        (f"{site.articles:,}", str(site.subjects), f"{site.suggested / site.articles:.2f}",
         f"{site.right / max(1, site.suggested):.1%}", f"{1 / site.subjects:.1%}")
        for site in sites
    ]  # fmt: skip
    columns = ("articles", "subjects", "suggested to each", "on its subject", "by chance")
    note = (
        "One in sixteen of an article's words belongs to its subject and to no other. This shows whether quality is "
        "lost in large sites, not how well related subjects are distinguished."
    )
    return Table("Similar articles", columns, rows, note)


def report_table(table: Table, kept: bool = True) -> bool:
    """Print a table, and a line if its bound is exceeded; return whether the bound is kept."""
    print(table, flush=True)
    if not kept:
        print("A bound is exceeded.\n", flush=True)
    return kept


def saving(saves: Sequence[Saves]) -> tuple[Table, bool]:
    """Tabulate how long it takes from a save to the page."""
    rows = [(each.name, *(f"{time:.2f} s" for time in (each.first, each.last, each.bound))) for each in saves]
    columns = ("site", "open edition", "last edition", "bound")
    note = "By the clock, the median of several saves. The sample has three editions, the others have two."
    return Table("From a save to the page", columns, rows, note), all(each.is_bounded for each in saves)


def main() -> int:
    """Print the tables; return 1 if a bound is exceeded."""
    chosen, kept = parser().parse_args(), True
    made_with = ", ".join(f"{name} {version(name.lower())}" for name in ("Sphinx", "Furo"))
    print(f"Python {platform.python_version()}, {made_with}; {os.cpu_count()} cores\n")
    with tempfile.TemporaryDirectory(prefix="fleuron-") as name:
        folder = Path(name)
        with serving(folder / "www") as server:
            build_sample(folder, server.address)
            kept = report_table(*loading(server.address, folder, chosen.runs)) and kept
            kept = report_table(*weights(server.address)) and kept
        if chosen.articles:
            sites = [grow(articles, folder) for articles in chosen.articles]
            kept = report_table(*growth(sites)) and kept
            report_table(similarity(sites))
        if chosen.rebuilds:
            rebuilds = [each for articles in chosen.rebuilds for each in rebuild(articles, folder)]
            kept = report_table(*rebuilding(rebuilds)) and kept
            saves = [live_sample(folder), *(live_site(articles, folder) for articles in chosen.rebuilds)]
            kept = report_table(*saving(saves)) and kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
