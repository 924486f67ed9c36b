"""Measure the cost of binding a volume: `python -m benchmarks.binding [PARTS …]` prints a table.

A few articles of ten pages are laid out once; a volume contains them many times, each time with other ids. Texts and
fonts are therefore shared more than in a real volume, but the work of binding each part is the same.
"""

from __future__ import annotations

import os
import platform
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from multiprocessing import get_context
from resource import RUSAGE_SELF, getrusage

import pikepdf
from benchmarks.tables import Table

from fleuron.fonts.installed import REGULAR, listed_faces
from fleuron.paged.binding.bind import bind
from fleuron.paged.binding.bound_document import VOLUME, BoundDocument, PreparedPart
from fleuron.paged.binding.prepared_parts import prepare
from fleuron.paged.layout.units import FontSet, Unit
from fleuron.paged.layout.weasyprint_layout import lay_out

DIFFERENT, PARTS = 8, (10, 50, 200)
SECTIONS, PARAGRAPHS, WORDS, NOTES = 4, 4, 90, 8
STYLE = """@page { size: 165mm 240mm; margin: 20mm; @bottom-center { content: counter(page) } }
body { font: 10.5pt/1.35 Face; text-align: justify } .pagenote { float: footnote; font-size: 8.5pt }"""
SYLLABLES = ("an", "be", "co", "du", "er", "fi", "gal", "hor", "in", "lo", "mar", "nus", "or", "pri", "ta", "ver")


def article(number: int) -> str:
    """Write an article of about ten pages, with notes, links within it and to others, and a table."""
    chance = random.Random(number)

    def words(count: int) -> str:
        return " ".join("".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(count))

    def paragraph(section: int) -> str:
        notes = "".join(f"{words(12)}<span class='pagenote'>{words(10)}.</span> " for _ in range(NOTES))
        here = f"<a href='#p{number:03}-s{chance.randrange(SECTIONS)}'>{words(1)}</a>"
        there = f"<a href='{VOLUME}#p{(number + 1) % DIFFERENT:03}-s{section}'>{words(1)}</a>"
        return f"<p>{words(WORDS)} {here} {notes} {there} <a href='https://doi.org/10.1/x'>{words(1)}</a>.</p>"

    rows = "".join(f"<tr><td>{words(1)}</td><td>{row}</td></tr>" for row in range(12))
    table = f"<table><thead><tr><th>{words(1)}</th><th>{words(1)}</th></tr></thead><tbody>{rows}</tbody></table>"
    sections = "".join(
        f"<section id='p{number:03}-s{section}'><h2>{words(4)}</h2>"
        f"{''.join(paragraph(section) for _ in range(PARAGRAPHS))}</section>"
        for section in range(SECTIONS)
    )
    head = f"<head><title>{number}</title></head>"
    return f"<html lang='la'>{head}<body><article><h1>{words(5)}</h1>{table}{sections}</article></body></html>"


def lay_out_articles() -> list[bytes]:
    """Lay out the different articles, in an installed face."""
    faces = (face for face in listed_faces() if "Vollkorn" in face.families and face.weight == REGULAR)
    face = next(face for face in faces if not face.italic)
    font_set = FontSet((("Face", "normal", 400, face.path.name, face.path.read_bytes()),))
    units = [
        Unit(f"p{number:03}", article(number), STYLE, "la", 1, font_set, "benchmark") for number in range(DIFFERENT)
    ]
    return [uncompressed(lay_out(unit).pdf) for unit in units]


def uncompressed(pdf: bytes) -> bytes:
    """Write a PDF with its objects as plain text, so that names can be replaced."""
    written = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as laid:
        laid.save(written, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return written.getvalue()


def volume(count: int, laid: list[bytes]) -> list[PreparedPart]:
    """Prepare a volume of so many parts for binding."""
    return [
        PreparedPart(f"p{number:03}", prepare(renamed(laid[number % DIFFERENT], number)), 1 + 10 * number, recto=True)
        for number in range(count)
    ]


def renamed(pdf: bytes, number: int) -> bytes:
    """Rename the ids of an article to others of the same length, so that the file's offsets stay valid."""
    old, following = number % DIFFERENT, (number + 1) % DIFFERENT
    pdf = pdf.replace(b"p%03d-" % following, b"p+++-").replace(b"p%03d-" % old, b"p%03d-" % number)
    return pdf.replace(b"p+++-", b"p%03d-" % (number + 1))


@dataclass(frozen=True)
class Cost:
    """The cost of binding a volume: processor seconds, and the memory of the process in MB, before and maximum."""

    parts: int
    pages: int
    size: int
    seconds: float
    before: float
    most: float


def measure(parts: list[PreparedPart]) -> Cost:
    """Bind a volume once; call it in a process of its own."""
    before = getrusage(RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    bound = bind(parts, BoundDocument("Benchmark", "la"))
    used = time.process_time() - started
    most = getrusage(RUSAGE_SELF).ru_maxrss
    with pikepdf.open(BytesIO(bound)) as pdf:
        return Cost(len(parts), len(pdf.pages), len(bound), used, before / 1024, most / 1024)


def row(cost: Cost) -> list[str]:
    per_page = 1000 * cost.seconds / cost.pages
    figures = (f"{cost.seconds:.2f}", f"{per_page:.2f}", f"{cost.before:.0f}", f"{cost.most:.0f}")
    return [str(cost.parts), str(cost.pages), *figures, f"{cost.size / 1e6:.1f}"]


def main(sizes: list[int]) -> None:
    laid = lay_out_articles()
    costs = []
    for size in sizes:
        parts = volume(size, laid)
        with ProcessPoolExecutor(1, get_context("spawn")) as process:
            costs.append(process.submit(measure, parts).result())
    columns = ["parts", "pages", "seconds", "ms per page", "MB before", "MB maximum", "MB of PDF"]
    note = f"Python {platform.python_version()}, pikepdf {pikepdf.__version__}, {os.cpu_count()} processors."
    print(Table("Binding a volume", columns, [row(cost) for cost in costs], note))


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(PARTS))
