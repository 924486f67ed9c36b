"""Compare the first build of one article with 30 cites, over a .bib file of 10,000 entries, with pandoc's citeproc.

`python -m benchmarks.large_bibliography --runs 5` alternates both, and fails if Fleuron takes more than 1.5 times
pandoc's processor time. The typefaces are in the cache, as those of any earlier build are; the .bib file is new.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pypandoc
from benchmarks.tables import Table
from benchmarks.timed_builds import cost, publish

ENTRIES, CITES, BOUND = 10_000, 30, 1.5
WORDS = ("history", "footnote", "margin", "paper", "trade", "road", "empire", "letter", "archive", "print", "map")
CONF = 'project = "Sources"\nextensions = ["fleuron"]\nfleuron_languages = ["en"]\n'


def entries() -> Iterator[str]:
    """Yield books, articles and chapters as reference managers export them, which are always the same."""
    chosen = random.Random(1)

    def words(number: int) -> str:
        return " ".join(chosen.choices(WORDS, k=number))

    for number in range(ENTRIES):
        title = words(6).title()
        fields = {
            "author": f'{chosen.choice(WORDS).title()}{number}, Anna and M{{\\"u}}ller, Bob',
            "title": f"The {title}: A {{Short}} History",
            "date": str(1900 + number % 120),
            "url": f"https://example.org/{number}",
            "abstract": words(60),
            "keywords": ", ".join(chosen.choices(WORDS, k=4)),
        }
        if number % 3 == 0:
            kind, own = "book", {"publisher": "A University Press", "location": "London", "isbn": "978-3-16-148410-0"}
        elif number % 3 == 1:
            kind, own = "article", {"journaltitle": "Journal", "volume": str(number % 50), "pages": "1--20"}
        else:
            kind, own = "incollection", {"booktitle": f"Essays on {title}", "editor": "Ed, A.", "pages": "1--20"}
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in (fields | own).items())
        yield f"@{kind}{{key{number},\n{lines}}}\n"


def write(folder: Path) -> None:
    """Write the publication, and the same text for pandoc beside it."""
    keys = [f"key{number * 331 % ENTRIES}" for number in range(CITES)]
    source = folder / "source"
    (source / "articles").mkdir(parents=True)
    (source / "conf.py").write_text(CONF)
    (source / "index.md").write_text("# Sources\n\n```{toctree}\narticles/one\n```\n")
    cites = " ".join(f"Words.{{footcite}}`{key}{{p. 12}}`" for key in keys)
    (source / "articles" / "one.md").write_text(f"---\ndate: 2026-01-02\n---\n# One\n\n{cites}\n")
    (folder / "one.md").write_text("# One\n\n" + " ".join(f"Words.[@{key}, p. 12]" for key in keys) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="how often each is measured")
    runs = parser.parse_args().runs
    pandoc, ours, theirs = Path(pypandoc.get_pandoc_path()), list[float](), list[float]()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder)
        sources, bibliography = "\n".join(entries()), folder / "source" / "refs.bib"
        environment = {"FLEURON_CACHE": str(folder / "cache")}
        # The first fills the cache of typefaces, and compiles Python's modules.
        for run in range(runs + 1):
            bibliography.write_text(f"% {run}\n{sources}")
            shutil.rmtree(folder / "build", ignore_errors=True)
            ours.append(publish(folder / "source", folder / "build", environment=environment).work)
            arguments = ["--citeproc", "--bibliography", str(bibliography), str(folder / "one.md"), "-o"]
            theirs.append(cost([*arguments, str(folder / "one.html")], folder / "pandoc", {}, pandoc).work)
    ratio = median(ours[1:]) / median(theirs[1:])
    rows = [[f"{median(ours[1:]):.2f} s", f"{median(theirs[1:]):.2f} s", f"{ratio:.2f}"]]
    print(Table(f"One article with {CITES} cites of {ENTRIES:,} sources", ["Fleuron", "pandoc", "ratio"], rows))
    if ratio > BOUND:
        sys.exit(f"more than {BOUND} times pandoc's processor time")


if __name__ == "__main__":
    main()
