"""Measure what it costs to build a site again after a change, beside stock Sphinx on the same texts.

Stock Sphinx is Sphinx with Furo and sphinxcontrib-bibtex. The changes are those of an author at work: one article, one
entry of the bibliography that is not cited, or is, one message of a translator's catalogue. Each is made several times,
by Fleuron and by stock Sphinx in turn, and the median of the processor times counts; stock Sphinx reads all articles
again after a change of the bibliography, which is measured once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import corpus, name_of, write, write_catalogues
from benchmarks.stock_sphinx import write_twin
from benchmarks.timed_builds import Cost, add_to_conf, cost, publish

TRANSLATED = "tr"
# The upper bounds of the ratio to stock Sphinx, and the names of the builds; the first build has no bound.
FIRST, FIRST_TRANSLATED = "first build", "first build, translated"
BOUNDS = {
    "nothing changed": 0.5,
    "one article": 0.7,
    "an entry that is not cited": 0.7,
    "an entry that is cited": 0.7,
    "one message, two editions": 0.7,
}
NOTHING, ARTICLE, ENTRY, CITED_ENTRY, MESSAGE = BOUNDS
# How often the builds are measured that take stock Sphinx a few seconds.
REPEATED, TIMES = frozenset({NOTHING, ARTICLE, MESSAGE}), 5
# The upper bound of the growth of a build after a change, from the first size that is measured to the last.
GROWTH = 2.0
NEW_ENTRY = "\n@book{added, author = {New, Nora}, title = {{An Added Source}}, publisher = {Press}, year = {2020}}\n"


@dataclass(frozen=True)
class Rebuild:
    """What one build of a site of so many articles cost with Fleuron, and with stock Sphinx."""

    articles: int
    name: str
    own: Cost
    stock: Cost

    @property
    def ratio(self) -> float:
        return self.own.work / self.stock.work

    @property
    def is_bounded(self) -> bool:
        return self.name not in BOUNDS or self.ratio <= BOUNDS[self.name]


@dataclass(frozen=True)
class Sites:
    """A publication and its twin, and the folders in which they are built."""

    articles: int
    source: Path
    folder: Path

    def build(self, name: str, languages: Sequence[str]) -> Rebuild:
        """Build both sites in some languages."""
        twin = write_twin(self.source, self.folder / f"twin-{self.articles}", theme="furo")
        own = publish(self.source, self.folder / f"own-{self.articles}", languages)
        stock = total([self.build_stock(twin, language) for language in languages])
        return Rebuild(self.articles, name, own, stock)

    def build_stock(self, twin: Path, language: str) -> Cost:
        build = self.folder / f"stock-{self.articles}" / language
        options = ["-q", "-b", "html", "-d", f"{build}-doctrees", "-D", f"language={language}"]
        return cost(["-P", "-m", "sphinx", *options, str(twin), str(build)], build, {})

    def rebuild(self, name: str, languages: Sequence[str], change: Callable[[Path, int], None]) -> Rebuild:
        """Build both sites again after a change, several times, and return the median."""
        done = []
        for _time in range(TIMES if name in REPEATED else 1):
            change(self.source, self.articles)
            done.append(self.build(name, languages))
        own, stock = ([getattr(each, side) for each in done] for side in ("own", "stock"))
        return Rebuild(self.articles, name, median(own), median(stock))


def median(costs: Sequence[Cost]) -> Cost:
    """Return the cost whose processor time is the median."""
    return sorted(costs, key=lambda cost: cost.work)[len(costs) // 2]


def total(costs: Sequence[Cost]) -> Cost:
    return Cost(sum(each.clock for each in costs), sum(each.work for each in costs), max(each.memory for each in costs))


def change_nothing(_source: Path, _articles: int) -> None:
    """Leave the sources as they are."""


def change_article(source: Path, articles: int) -> None:
    path = source / "articles" / f"{name_of(articles // 2)}.md"
    path.write_text(path.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")


def add_entry(source: Path, _articles: int) -> None:
    path = source / "refs.bib"
    path.write_text(path.read_text("utf-8") + NEW_ENTRY, "utf-8")


def change_cited_entry(source: Path, _articles: int) -> None:
    """Change the year of a source that articles cite."""
    path = source / "refs.bib"
    head, year, rest = path.read_text("utf-8").partition("year = {")
    path.write_text(f"{head}{year}1{rest[1:]}" if rest[0] != "1" else f"{head}{year}2{rest[1:]}", "utf-8")


def change_message(source: Path, articles: int) -> None:
    path = source / "locale" / TRANSLATED / "LC_MESSAGES" / "articles" / f"{name_of(articles // 3)}.po"
    text = path.read_text("utf-8")
    last = text.rindex('msgstr "') + len('msgstr "')
    path.write_text(f"{text[:last]}Yeni {text[last:]}", "utf-8")


CHANGES: dict[str, Callable[[Path, int], None]] = {
    NOTHING: change_nothing,
    ARTICLE: change_article,
    ENTRY: add_entry,
    CITED_ENTRY: change_cited_entry,
}


def rebuild(articles: int, folder: Path) -> list[Rebuild]:
    """Build a site of so many articles with Fleuron and with stock Sphinx, and again after each change."""
    made, source = corpus(articles), folder / f"changed-{articles}"
    write(made, source)
    add_to_conf(source, f'fleuron_languages = ["en", "{TRANSLATED}"]\nfleuron_edition_threshold = 0')
    sites = Sites(articles, source, folder)
    done = [sites.build(FIRST, ["en"]), *(sites.rebuild(name, ["en"], change) for name, change in CHANGES.items())]
    write_catalogues(made, source, TRANSLATED)
    done.append(sites.build(FIRST_TRANSLATED, ["en", TRANSLATED]))
    return [*done, sites.rebuild(MESSAGE, ["en", TRANSLATED], change_message)]


def growths(rebuilds: Sequence[Rebuild]) -> dict[str, float]:
    """Return how much more each build after a change costs at the last size than at the first."""
    own = {name: [each.own.work for each in rebuilds if each.name == name] for name in BOUNDS}
    return {name: costs[-1] / costs[0] for name, costs in own.items() if len(costs) > 1}
