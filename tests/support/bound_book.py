"""A small book in parts, laid out for the tests of binding: a page before, two articles, a short one in Turkish."""

from __future__ import annotations

import datetime
import gc
import struct
import warnings
import zlib
from collections.abc import Mapping
from functools import cache

import page as pdf_validation

from fleuron.archive.validation.pdf_validators import proof_against
from fleuron.fonts.font_list import listed_faces
from fleuron.fonts.installed import REGULAR
from fleuron.paged.binding.bound_document import Attachment, BoundDocument, PreparedPart
from fleuron.paged.binding.prepared_parts import prepare
from fleuron.paged.layout.units import FontSet, LaidOut, Unit
from fleuron.paged.layout.weasyprint_layout import lay_out

STYLE = """@page { size: 80mm 120mm; margin: 10mm; @bottom-center { content: counter(page) } }
body { font: 10pt/1.3 Vollkorn, Amiri } .pagenote { float: footnote; font-size: 8pt } .break { break-before: page }
h1 { bookmark-level: 1 } h2 { bookmark-level: 2 }"""
WORDS = "The erased merchant of Kaffa bought paper, ink and a horse. "
ELSEWHERE = "https://press.example/en/elsewhere.html"
DAY = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


# A grey PNG of six by six points.
HEADER = chunk(b"IHDR", struct.pack(">IIBBBBB", 6, 6, 8, 0, 0, 0, 0))
SEAL = b"\x89PNG\r\n\x1a\n" + HEADER + chunk(b"IDAT", zlib.compress(b"\0abcdef" * 6)) + chunk(b"IEND", b"")

FRONT = """<h1 id="front">Contents</h1><nav><ol>
<li><a href="https://volume.invalid/#d-one">One</a></li><li><a href="https://volume.invalid/#d-two">Two</a></li>
<li><a href="https://volume.invalid/#üçüncü">Üç</a></li>
</ol></nav>"""
ONE = f"""<article><h1 id="d-one">One</h1><p>{WORDS}<span class="pagenote">See <a href="https://volume.invalid/#two-b">the
other</a>, p. 3.</span></p><section><h2 id="one-a">Hands</h2>
<p>A verse, <bdi lang="fa" dir="rtl">بشنو این نی</bdi>, and <a href="#one-b">prices</a>.</p>
<table><thead><tr><th>Decade</th><th>Copies</th></tr></thead><tbody><tr><td>1480</td><td>7</td></tr></tbody></table>
<p><img src="seal.png" alt="A seal" style="width: 1cm"></p></section>
<section class="break"><h2 id="one-b">Prices</h2><p>{WORDS}Seen <a href="https://volume.invalid/#gone">in a register
that was lost with the house in the fire of 1509, and of which there is no copy</a> and
<a href="https://volume.invalid/#elsewhere">elsewhere</a>, see <a href="https://doi.org/10.1000/1">this</a>.</p></section>
<section class="break"><h2 id="one-c">Doubts</h2><p>{WORDS}</p></section></article>"""
TWO = f"""<article><h1 id="d-two">Two</h1><p>{WORDS}<span class="pagenote">Ink.</span></p>
<table><thead><tr><th>Year</th></tr></thead><tbody><tr><td>1483</td></tr></tbody></table>
<p><a href="https://volume.invalid/#one-a"><img src="seal.png" alt="A seal" style="width: 1cm"></a></p>
<section class="break"><h2 id="two-b">Ink</h2><p><a href="https://volume.invalid/#one-b">BackSection</a>.</p></section></article>"""
TURKISH = """<article><h1 id="üçüncü">Üç</h1><p>Kâğıt ve mürekkep.</p></article>"""


@cache
def font_set() -> FontSet:
    """Return the regular faces that the PDFs use, as installed here."""
    found = [
        (family, "normal", 400, face.path.name, face.path.read_bytes())
        for family in ("Vollkorn", "Amiri")
        for face in listed_faces()
        if family in face.families and face.weight == REGULAR and not face.italic
    ]
    return FontSet(tuple(found))


@cache
def laid(name: str, body: str, language: str = "en", folio: int = 1) -> LaidOut:
    """Lay out a part of a book."""
    sheet = f'<html lang="{language}"><head><title>{name}</title></head><body>{body}</body></html>'
    assets: Mapping[str, bytes] = {"seal.png": SEAL} if "seal.png" in body else {}
    with warnings.catch_warnings():
        # WeasyPrint 70 leaves its colour profile open, until what has laid out the part is collected.
        warnings.simplefilter("ignore", ResourceWarning)
        done = lay_out(Unit(name, sheet, STYLE, language, folio, font_set(), "test", assets))
        gc.collect()
    assert done.losses == ()
    return done


def parts() -> tuple[PreparedPart, ...]:
    """The parts of the small book; the second opens on a recto, after a blank page."""
    return (
        PreparedPart("front", prepare(laid("front", FRONT).pdf), 1, "roman"),
        PreparedPart("one", prepare(laid("one", ONE, folio=5).pdf), 5, recto=True),
        PreparedPart("two", prepare(laid("two", TWO, folio=8).pdf), 8),
        PreparedPart("uc", prepare(laid("uc", TURKISH, "tr").pdf), 1, "none", prefix="Ek"),
    )


def book() -> BoundDocument:
    return BoundDocument(
        title='Ink & <Paper> "I"',
        language="en",
        authors=("Ada Author", "Bülent Yazar"),
        translators=("Selin Kaya", "Bo <b>"),
        subject="Two texts & a third",
        keywords=("ink", "<paper>"),
        rights="CC BY 4.0",
        identifier="doi:10.1000/182",
        version="1.2",
        created=DAY,
        modified=DAY + datetime.timedelta(days=1),
        links={"elsewhere": ELSEWHERE},
        attachments=(
            Attachment("two.md", "text/markdown", b"# Two\n", "The source of Two", "Source", DAY),
            Attachment("künye.json", "application/json", b"{}", "The record", "Data", DAY),
        ),
    )


def faults(pdf: bytes, profile: str) -> list[tuple[str, str]]:
    """List what a validator finds, except false positives that the file itself refutes."""
    report = pdf_validation.validate_pdf_bytes(pdf, profile=profile)
    return [(fault.rule_id, fault.message) for fault in report.failures if not proof_against(fault.rule_id, pdf)]
