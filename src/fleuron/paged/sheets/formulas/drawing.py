"""Draw formulas (MathML) as SVG for the PDFs, since WeasyPrint 70 lays out MathML as plain text: x² as x2.

ziamath draws with STIX Two Math, which comes with it, in outlines; words in scripts that it lacks are drawn in the
faces of the edition.
"""

from __future__ import annotations

import copy
import importlib
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from lxml import etree

from fleuron.formulas.mathml import MATHML, enclosed
from fleuron.paged.sheets.missing_characters import advice_for
from fleuron.paged.sheets.sheet_faces import SheetFaces

# The font size of a drawing, in units of SVG: a unit is one hundredth of an em.
SIZE = 100
SVG = "http://www.w3.org/2000/svg"
# Operators that are not shown, and what chooses between two forms of a letter, of which the typeface has one.
# How math-core writes the least width of an arrow with words on it.
LEAST_WIDTH = f"{{{MATHML}}}mspace[@width='3.5em']"
SCRIPTED = frozenset({"mover", "munder", "munderover"})
UNSEEN = re.compile("[\u2061-\u2064\ufe00\ufe01]")


class FormulaError(ValueError):
    """Raised for a formula that cannot be drawn, with the reason in a few words."""


def draw(mathml: str, alternative: str, faces: SheetFaces | None = None) -> str:
    """Draw a formula as an SVG element in XML; ``alternative`` is its alternative text. Raises FormulaError.

    ``faces`` has what the mathematical typeface lacks.
    """
    try:
        with quiet():
            return element(drawing(mathml, faces), alternative)
    except FormulaError:
        raise
    except (
        Exception
    ) as error:  # ziamath 0.13 raises AssertionError, IndexError and others where a formula is incomplete
        raise FormulaError("it is incomplete, or has something that cannot be drawn") from error


def drawing(mathml: str, faces: SheetFaces | None) -> etree._Element:
    """Draw a formula with its baseline at 0, whose typefaces have all its signs."""
    from ziafont.config import config
    from ziamath.zmath import Math

    # With its 0.13's symbols, each letter would have the same id in every formula of a sheet.
    config.svg2 = False
    importlib.import_module("fleuron.paged.sheets.formulas.rows")
    importlib.import_module("fleuron.paged.sheets.formulas.tables")
    words = importlib.import_module("fleuron.paged.sheets.formulas.words")
    written = etree.fromstring(UNSEEN.sub("", mathml).encode())
    enclosed(written)
    draw_lines(written)
    stretch_arrows(written)
    # By default a formula is inline (MathML Core, 2.1.1); ziamath takes it for a displayed one.
    written.set("display", written.get("display", "inline"))
    if missing := sorted(words.outline_words(written, lacking_in(written), faces)):
        raise FormulaError(f"no typeface has {', '.join(f'“{sign}”' for sign in missing)}: {advice_for(missing[0])}")
    return etree.fromstring(Math(etree.tostring(written, encoding="unicode"), size=SIZE).svg())


def lacking_in(formula: etree._Element) -> frozenset[str]:
    """Return the signs of a formula that the mathematical typeface lacks."""
    font = mathematical_font()
    signs = set("".join(map(str, formula.itertext())))
    return frozenset(sign for sign in signs if not sign.isspace() and font.glyphindex(sign) == 0)


@cache
def mathematical_font() -> Any:
    from ziamath.zmath import Math

    return Math("<math/>", size=SIZE).font


def draw_lines(root: etree._Element) -> None:
    """Draw a line over a formula as an enclosure, since ziamath does not stretch the sign of one."""
    for over in list(root.iter(f"{{{MATHML}}}mover")):
        if len(over) == 2 and over[1].text == "\u00af" and over[1].get("stretchy") == "true":
            over.remove(over[1])
            over.tag = f"{{{MATHML}}}menclose"
            over.attrib.clear()
            over.set("notation", "top")


def stretch_arrows(root: etree._Element) -> None:
    """Draw an arrow with words on it as an accent over a space of their width, since ziamath stretches only accents."""
    for arrow in list(root.iter(f"{{{MATHML}}}mo")):
        parent = arrow.getparent()
        if parent is None or etree.QName(parent).localname not in SCRIPTED or parent[0] is not arrow:
            continue
        words = [
            script for script in list(parent)[1:] if script.find(f"{{{MATHML}}}mspace[@width='3.5em']") is not None
        ]
        if len(arrow.text or "") != 1 or not words:
            continue
        for script in words:
            script.remove(script[1])
            script.tag = f"{{{MATHML}}}mrow"
            script.attrib.clear()
        widest = max(words, key=lambda script: len("".join(map(str, script.itertext()))))
        stretched = etree.Element(f"{{{MATHML}}}mover")
        space = etree.SubElement(stretched, f"{{{MATHML}}}mpadded", height="0", depth="0")
        style = etree.SubElement(
            etree.SubElement(space, f"{{{MATHML}}}mphantom"), f"{{{MATHML}}}mstyle", scriptlevel="1"
        )
        style.append(copy.deepcopy(widest))
        parent.replace(arrow, stretched)
        stretched.append(arrow)


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
