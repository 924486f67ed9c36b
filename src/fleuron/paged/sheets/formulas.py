"""Draw formulas (MathML) as SVG for the PDFs, since WeasyPrint 70 lays out MathML as plain text: x² as x2.

ziamath draws with STIX Two Math, which comes with it, in outlines, so that no installed font matters.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

# The font size of a drawing, in units of SVG: a unit is one hundredth of an em.
SIZE = 100
SVG = "http://www.w3.org/2000/svg"


class FormulaError(ValueError):
    """Raised for a formula that cannot be drawn, with the reason in a few words."""


def draw(mathml: str, alternative: str) -> str:
    """Draw a formula as an SVG element in XML; ``alternative`` is its alternative text. Raises FormulaError."""
    try:
        with quiet():
            return element(drawing(mathml), alternative)
    except FormulaError:
        raise
    except (
        Exception
    ) as error:  # ziamath 0.13 raises AssertionError, IndexError and others where a formula is incomplete
        raise FormulaError("it is incomplete, or has something that cannot be drawn") from error


def drawing(mathml: str) -> etree._Element:
    """Draw a formula with its baseline at 0, whose typeface has all its signs."""
    from ziafont.config import config
    from ziamath.zmath import Math

    # With its 0.13's symbols, each letter would have the same id in every formula of a sheet.
    config.svg2 = False
    written = etree.fromstring(mathml.encode())
    # By default a formula is inline (MathML Core, 2.1.1); ziamath takes it for a displayed one.
    written.set("display", written.get("display", "inline"))
    formula = Math(etree.tostring(written, encoding="unicode"), size=SIZE)
    signs = "".join("".join(map(str, written.itertext())).split())
    if missing := sorted({sign for sign in signs if formula.font.glyphindex(sign) == 0}):
        raise FormulaError(f"its typeface has no {', '.join(f'“{sign}”' for sign in missing)}")
    return etree.fromstring(formula.svg())


@contextmanager
def quiet() -> Iterator[None]:
    """Keep ziafont 0.11 from logging through the root logger, which would set up logging for all other libraries."""
    handler = logging.NullHandler()
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)


def element(drawn: etree._Element, alternative: str) -> str:
    """Write a drawing as an element of a sheet, sized in em, with its alternative text."""
    left, top, width, height = (float(value) for value in drawn.get("viewBox", "").split())
    style = f"width:{width / SIZE:.3f}em;vertical-align:{-(top + height) / SIZE:.3f}em"
    svg = etree.Element(f"{{{SVG}}}svg", {"class": "formula", "style": style}, nsmap={None: SVG})  # type: ignore[dict-item]  # lxml-stubs 0.5
    svg.set("viewBox", f"{left:g} {top:g} {width:g} {height:g}")
    svg.set("role", "img")
    etree.SubElement(svg, f"{{{SVG}}}title").text = alternative
    svg.extend(drawn)
    return etree.tostring(svg, encoding="unicode")
