"""Formulas for print: MathML drawn as SVG, since WeasyPrint 70 sets MathML as plain text, x² as x2.

ziamath draws with STIX Two Math, which it brings along, in outlines: nothing of the machine has a say.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

# What a formula is drawn at, in units of SVG; one hundredth of an em is a unit then.
SIZE = 100
SVG = "http://www.w3.org/2000/svg"


class FormulaError(ValueError):
    """Why a formula cannot be drawn, in a few words."""


def draw(mathml: str, spoken: str) -> str:
    """Draw a formula as an SVG element in XML; ``spoken`` is its alternative text. Raises FormulaError."""
    try:
        with quiet():
            return element(drawing(mathml), spoken)
    except FormulaError:
        raise
    except Exception as error:  # ziamath 0.13 asserts, indexes and converts where a formula is not whole
        raise FormulaError("it is not whole, or has something that cannot be drawn") from error


def drawing(mathml: str) -> etree._Element:
    """Draw a formula with its baseline at 0, whose typeface has all its signs."""
    from ziafont.config import config
    from ziamath.zmath import Math

    # With its 0.13's symbols, each letter would have the same id in every formula of a sheet.
    config.svg2 = False
    written = etree.fromstring(mathml.encode())
    # Without a word it is one in a line (MathML Core, 2.1.1); ziamath takes it for a displayed one.
    written.set("display", written.get("display", "inline"))
    formula = Math(etree.tostring(written, encoding="unicode"), size=SIZE)
    signs = "".join("".join(map(str, written.itertext())).split())
    if missing := sorted({each for each in signs if formula.font.glyphindex(each) == 0}):
        raise FormulaError(f"its typeface has no {', '.join(f'“{each}”' for each in missing)}")
    return etree.fromstring(formula.svg())


@contextmanager
def quiet() -> Iterator[None]:
    """Keep ziafont 0.11 from logging through the root, which sets up Python's log for all other libraries."""
    handler = logging.NullHandler()
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)


def element(drawn: etree._Element, spoken: str) -> str:
    """Word a drawing as an element of a sheet, sized in em, with what is said in its place."""
    left, top, width, height = (float(each) for each in drawn.get("viewBox", "").split())
    style = f"width:{width / SIZE:.3f}em;vertical-align:{-(top + height) / SIZE:.3f}em"
    svg = etree.Element(f"{{{SVG}}}svg", {"class": "formula", "style": style}, nsmap={None: SVG})  # type: ignore[dict-item]  # lxml-stubs 0.5
    svg.set("viewBox", f"{left:g} {top:g} {width:g} {height:g}")
    svg.set("role", "img")
    etree.SubElement(svg, f"{{{SVG}}}title").text = spoken
    svg.extend(drawn)
    return etree.tostring(svg, encoding="unicode")
