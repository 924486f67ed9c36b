"""Measure what it costs to build a site again after a change, beside stock Sphinx on the same texts.

Stock Sphinx is Sphinx with Furo and sphinxcontrib-bibtex. The changes are those of an author at work: one article, one
entry of the bibliography, one message of a translator's catalogue.
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
BOUNDS = {"nothing changed": 0.5, "one article": 0.7, "one entry": 0.7, "one message, two editions": 0.7}
NOTHING, ARTICLE, ENTRY, MESSAGE = BOUNDS
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


def total(costs: Sequence[Cost]) -> Cost:
    return Cost(sum(each.clock for each in costs), sum(each.work for each in costs), max(each.memory for each in costs))


def change_article(source: Path, articles: int) -> None:
    path = source / "articles" / f"{name_of(articles // 2)}.md"
    path.write_text(path.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")


def add_entry(source: Path, _articles: int) -> None:
    path = source / "refs.bib"
    path.write_text(path.read_text("utf-8") + NEW_ENTRY, "utf-8")


def change_message(source: Path, articles: int) -> None:
    path = source / "locale" / TRANSLATED / "LC_MESSAGES" / "articles" / f"{name_of(articles // 3)}.po"
    text = path.read_text("utf-8")
    last = text.rindex('msgstr "') + len('msgstr "')
    path.write_text(f"{text[:last]}Yeni {text[last:]}", "utf-8")


CHANGES: dict[str, Callable[[Path, int], None]] = {ARTICLE: change_article, ENTRY: add_entry}


def rebuild(articles: int, folder: Path) -> list[Rebuild]:
    """Build a site of so many articles with Fleuron and with stock Sphinx, and again after each change."""
    made, source = corpus(articles), folder / f"changed-{articles}"
    write(made, source)
    add_to_conf(source, f'fleuron_languages = ["en", "{TRANSLATED}"]')
    sites = Sites(articles, source, folder)
    done = [sites.build(name, ["en"]) for name in (FIRST, NOTHING)]
    for name, change in CHANGES.items():
        change(source, articles)
        done.append(sites.build(name, ["en"]))
    write_catalogues(made, source, TRANSLATED)
    done.append(sites.build(FIRST_TRANSLATED, ["en", TRANSLATED]))
    change_message(source, articles)
    return [*done, sites.build(MESSAGE, ["en", TRANSLATED])]


def growths(rebuilds: Sequence[Rebuild]) -> dict[str, float]:
    """Return how much more each build after a change costs at the last size than at the first."""
    own = {name: [each.own.work for each in rebuilds if each.name == name] for name in BOUNDS}
    return {name: costs[-1] / costs[0] for name, costs in own.items() if len(costs) > 1}
