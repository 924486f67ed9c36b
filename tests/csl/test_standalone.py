"""`fleuron.csl` works alone, without Sphinx, docutils or any other part of Fleuron."""

from __future__ import annotations

import subprocess
import sys

import fleuron.csl

BIBLIOGRAPHY = (
    "@book{rashid2000, author = {Rashid, Ahmed}, title = {Taliban}, publisher = {Yale University Press}, "
    "address = {New Haven}, date = {2000}}"
)
PROGRAM = """
import sys
from importlib.abc import MetaPathFinder

BLOCKED = ("sphinx", "sphinxcontrib", "docutils", "myst_parser", "weasyprint", "citeproc")


class Blocker(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        top, _dot, rest = name.partition(".")
        if top in BLOCKED and name != "citeproc" or (top == "fleuron" and rest and rest.split(".")[0] != "csl"):
            raise ImportError(f"{name} must not be imported")
        return None


sys.meta_path.insert(0, Blocker())
from fleuron.csl import Citation, Cite, Processor, compile_style, find_style
from fleuron.csl import read_bibliography, to_bibtex, to_html, to_ris

items, findings = read_bibliography(sys.argv[1])
processor = Processor(compile_style(find_style("opcit"), "tr-TR"), items)
cites = [Citation((Cite("rashid2000", locator),), note=number) for number, locator in enumerate(("5-7", "9"), 1)]
for runs in processor.render_citations(cites):
    print(to_html(runs))
print(len(processor.render_bibliography()), len(findings))
print(to_bibtex(items.values()).splitlines()[0], to_ris(items.values()).splitlines()[0])
others = [name for name in sys.modules if name.split(".")[0] in BLOCKED]
print(others, sorted(name for name in sys.modules if name.startswith("fleuron.") and name.split(".")[1] != "csl"))
"""


def test_a_citation_is_rendered_without_sphinx_and_the_rest_of_fleuron() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-P", "-c", PROGRAM, BIBLIOGRAPHY],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "Ahmed Rashid, <i>Taliban</i>, Yale University Press, New Haven, 2000, s. 5-7.",
        "Aynı yer, s. 9.",
        "1 0",
        "@book{rashid2000, TY  - BOOK",
        "[] []",
    ]


def test_the_public_names_are_there() -> None:
    assert sorted(fleuron.csl.__all__) == fleuron.csl.__all__
    assert all(getattr(fleuron.csl, name).__doc__ for name in fleuron.csl.__all__ if name != "Run")
