"""Measure how well the lines of PDFs are set: `make bench-lines` prints a table, and fails if a bound is exceeded.

Lines are read from the written PDFs: where each glyph stands. The same sheets are set by WeasyPrint alone as well
(`one_document`), whose lines are filled one by one.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.tables import Table
from benchmarks.timed_builds import ROOT, copy_sample, cost, publish
from tests.support.printed_lines import BOUNDS, LineQuality, faults_of, quality_of

ADDRESS = "https://example.org/"
# A publication of five articles of many kinds, in English; it is measured where it is there.
PALIMPSEST = ROOT.parent / "shared" / "cases" / "palimpsest"
# A text in German, which has the longest words.
GERMAN = ROOT / "tests" / "support" / "texts" / "register.de.txt"
COLUMNS = ("volume", "lines", "loose", "tight", "ends in a word", "in a row", "widest space")


def parser() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="make bench-lines", description=__doc__.split("\n", 1)[0])
    options.add_argument("--palimpsest", type=Path, default=PALIMPSEST, help="a publication in English")
    return options


def volumes(name: str, source: Path, languages: tuple[str, ...], folder: Path) -> Iterator[tuple[str, str, Path]]:
    """Set a publication, and yield its volumes: by whom, in which language, and the file."""
    build = folder / f"{name}-build"
    publish(source, build, languages, "pdf", (), {"FLEURON_CACHE": str(folder / "cache")})
    for language in languages:
        (volume,) = (build / "pdf").glob(f"*-{language}.pdf")
        yield f"{name}, Fleuron", language, volume
        yield f"{name}, WeasyPrint alone", language, set_alone(source, folder / f"{name}-{language}", language)


def write_german(folder: Path) -> Path:
    """Write a publication with an article in German, and return its folder."""
    folder.mkdir()
    conf = 'project = "Register"\nextensions = ["fleuron"]\nlanguage = "de"\nfleuron_languages = ["de"]\n'
    (folder / "conf.py").write_text(f"{conf}html_baseurl = {ADDRESS!r}\n", "utf-8")
    (folder / "index.md").write_text("# Register\n\n```{toctree}\nregister\n```\n", "utf-8")
    text = GERMAN.read_text("utf-8")
    quoted = "\n".join(f"> {line}".rstrip() for line in text.splitlines())
    (folder / "register.md").write_text(f"# Das Register\n\n{text}\n{quoted}\n", "utf-8")
    return folder


def set_alone(source: Path, build: Path, language: str) -> Path:
    """Set a publication's sheets by WeasyPrint alone."""
    options = ("-b", "plain", "-q", "-D", f"language={language}", "-D", "extensions=fleuron,benchmarks.one_document")
    cost(["-P", "-m", "sphinx", *options, str(source), str(build)], build, {"PYTHONPATH": str(ROOT)})
    return build / "volume.pdf"


def row_of(name: str, quality: LineQuality) -> tuple[str, ...]:
    shares = (f"{quality.loose:.1%}", f"{quality.tight:.1%}", f"{quality.hyphenated:.1%}")
    return (name, str(quality.lines), *shares, str(quality.ladder), f"{quality.widest:.2f} em")


def table(qualities: Mapping[tuple[str, str], LineQuality]) -> tuple[Table, bool]:
    rows = [row_of(f"{name}, {language}", quality) for (name, language), quality in qualities.items()]
    faults = [
        f"{name}, {language}: {fault}"
        for (name, language), quality in qualities.items()
        if name.endswith("Fleuron")
        for fault in faults_of(quality, language)
    ]
    bounds = "; ".join(f"{language} {loose:.1%} and {within:.0%}" for language, (loose, within) in BOUNDS.items())
    note = (
        "Lines that fill the measure. A line is loose if its mean space is wider than 0.42 em, and tight "
        f"if it is narrower than 0.16. Bounds of loose lines, "
        f"and of lines that end within a word: {bounds}; at most two such lines in a row; "
        "1% of tight lines; no mean space over 0.6 em."
    )
    return Table("Lines", COLUMNS, rows, note + (f" **Exceeded**: {'; '.join(faults)}." if faults else "")), not faults


def main() -> int:
    """Print the table; return 1 if a bound is exceeded."""
    chosen = parser().parse_args()
    with tempfile.TemporaryDirectory(prefix="fleuron-") as name:
        folder = Path(name)
        copy_sample(folder / "sample", ADDRESS)
        publications = [("sample", folder / "sample", ("en", "tr", "ru", "fa"))]
        publications.append(("register", write_german(folder / "register"), ("de",)))
        if chosen.palimpsest.is_dir():
            publications.append(("palimpsest", chosen.palimpsest, ("en",)))
        result, kept = table(
            {
                (by_whom, language): quality_of(path)
                for name, source, languages in publications
                for by_whom, language, path in volumes(name, source, languages, folder)
            }
        )
    print(result)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
