"""Measure how the cost of a site grows with its articles, and how good its lists of similar articles are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import Corpus, corpus, name_of, write
from benchmarks.timed_builds import Cost, publish
from lxml import html


@dataclass(frozen=True)
class Growth:
    """The costs of a site of so many articles: first build, nothing changed, and one article changed.

    ``suggested`` counts the similar articles that the pages name, ``right`` those on a subject of the page's own.
    """

    articles: int
    subjects: int
    first: Cost
    idle: Cost
    changed: Cost
    suggested: int
    right: int


def grow(articles: int, folder: Path) -> Growth:
    """Build a site of so many articles, again without a change, and again with one article changed."""
    made, source, build = corpus(articles), folder / f"source-{articles}", folder / f"build-{articles}"
    write(made, source)
    first, idle = publish(source, build), publish(source, build)
    suggested, right = judge(made, build / "html" / "en" / "articles")
    changed = source / "articles" / f"{name_of(articles // 2)}.md"
    changed.write_text(changed.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
    return Growth(articles, len(made.subjects), first, idle, publish(source, build), suggested, right)


def judge(made: Corpus, folder: Path) -> tuple[int, int]:
    """Count the articles that pages name as similar, and those of them that share a subject with the page."""
    numbers = {name_of(number): number for number in range(len(made.about))}
    suggested = right = 0
    for name, number in numbers.items():
        for address in similar(folder / f"{name}.html"):
            suggested += 1
            other = numbers[Path(address).stem]
            right += bool(set(made.about[number]) & set(made.about[other]))
    return suggested, right


def similar(page: Path) -> Sequence[str]:
    """List the addresses under “Similar articles” of a page."""
    found = html.parse(str(page)).xpath("//section[@aria-labelledby='similar']//a/@href")
    return [str(address) for address in found]
