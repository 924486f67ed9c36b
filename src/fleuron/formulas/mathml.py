"""Convert LaTeX to MathML with math-core, as readers of EPUBs, libraries and the PDF's drawing need it as well.

math-core writes MathML Core with styles of HTML; EPUB 3.3 asks for MathML 3, whose attributes are added.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from lxml import etree

from fleuron.formulas.expansion import check_expansion
from fleuron.formulas.latex_tree import FormulaError
from fleuron.formulas.preparation import prepare

if TYPE_CHECKING:
    from math_core import LatexToMathML

MATHML = "http://www.w3.org/1998/Math/MathML"
# The attributes of styles, and the elements that may have them in MathML 3.
STYLES = {"displaystyle", "scriptlevel"}
STYLED = {"math": STYLES, "mstyle": STYLES, "mtable": {"displaystyle"}}
# HTML in texts, and what MathML has for it.
TYPEFACES = {"b": ("bold", "font-weight: bold"), "i": ("italic", "font-style: italic")}
TYPEFACES["em"] = TYPEFACES["i"]
MONOSPACE = ("monospace", "font-family: monospace")
SANS_SERIF = ("sans-serif", "font-family: sans-serif")
COLOUR = re.compile(r"color:\s*(#[0-9A-Fa-f]{6});?")
NEGATIVE = re.compile(r"margin-left:\s*(-[\d.]+em);?")
# Boxes and strokes by the names that MathML 3 has for them, in CSS.
ENCLOSURES = {
    "box": "border: 0.06em solid; padding: 0.25em 0.3em",
    "updiagonalstrike": "linear-gradient(to top left, transparent 47%, currentcolor 47% 53%, transparent 53%)",
    "downdiagonalstrike": "linear-gradient(to top right, transparent 47%, currentcolor 47% 53%, transparent 53%)",
}
# The signs that MathML 3 has for a line over and under a formula.
LINES = {"top": "\u00af", "bottom": "_"}
BORDER = "0.05em solid currentcolor"
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Messages of math-core 0.9, and ours.
UNKNOWN = re.compile(r'Unknown (command|environment) "(.*)"\.')
OURS = {
    'Found "&", which may only appear in a table-like environment.': "“&” can only be used in matrices, cases and "
    "aligned formulas",
    "Expected argument but reached end of input.": "it ends where an argument is missing",
}


def latex_to_mathml(latex: str, *, block: bool, definitions: str = "", row_numbers: Sequence[str] = ()) -> str:
    r"""Convert a formula; raise FormulaError if it cannot be converted.

    ``definitions`` are definitions of commands, such as ``\newcommand{\R}{\mathbb{R}}``; ``row_numbers`` are the
    numbers of the rows as they are printed, "" for a row without one.
    """
    if NOT_IN_XML.search(latex):
        raise FormulaError("it has a character that XML does not allow")
    check_expansion(definitions + latex)
    prepared = prepare(definitions + latex, block=block, row_numbers=row_numbers)
    # Imported here, because many publications have no formula.
    from math_core import LatexError

    try:
        mathml = converter().convert_with_local_state(prepared, displaystyle=block)
    except LatexError as error:
        raise FormulaError(reason(str(error))) from error
    return normalized(mathml.replace("&ApplyFunction;", "\u2061"))


@cache
def converter() -> LatexToMathML:
    from math_core import LatexToMathML

    return LatexToMathML(fancy_error=False, xml_namespace=True, allow_unreliable_rendering=True)


def reason(message: str) -> str:
    """Return a message of math-core in our words, without the place in what it was given."""
    text = re.sub(r"^\d+: ", "", message)
    if unknown := UNKNOWN.fullmatch(text):
        return f"unknown LaTeX {unknown[1]} “{unknown[2]}”"
    return OURS.get(text) or re.sub(r'"(.*?)"', r"“\1”", text).rstrip(".")


def normalized(mathml: str) -> str:
    """Return MathML that is right in MathML Core and in MathML 3."""
    try:
        root = etree.fromstring(mathml)
    except etree.XMLSyntaxError as error:  # libxml2 reads 256 elements within each other
        raise FormulaError("its commands stand too deeply within each other") from error
    for element in list(root.iter(etree.Element)):
        name = etree.QName(element).localname
        if name == "mtext":
            flatten_text(element)
        elif name == "mtable":
            align_table(element)
        elif name == "menclose":
            enclose_by_style(element)
        elif name in ("mover", "munder"):
            draw_line(element, "top" if name == "mover" else "bottom")
        elif name == "mspace" and (negative := NEGATIVE.fullmatch(element.get("style", ""))):
            element.set("width", negative[1])
        if colour := COLOUR.fullmatch(element.get("style", "")):
            element.tag = f"{{{MATHML}}}mstyle"
            element.attrib.pop("style")
            element.set("mathcolor", colour[1])
    join_dots(root)
    move_styles(root)
    etree.cleanup_namespaces(root, {None: MATHML})  # type: ignore[dict-item]  # lxml-stubs 0.5
    return etree.tostring(root, encoding="unicode")


def flatten_text(element: etree._Element) -> None:
    """Replace HTML in a text by the variant of MathML 3 and a style; spaces at the ends are kept, which XML drops."""
    text, typefaces = "".join(map(str, element.itertext())), []
    for inner in element.iterdescendants():
        kind = etree.QName(inner).localname
        names = inner.get("class", "")
        if kind in TYPEFACES:
            typefaces.append(TYPEFACES[kind])
        elif "sans" in names:
            typefaces.append(SANS_SERIF)
        elif "mono" in names or kind == "code":
            typefaces.append(MONOSPACE)
        elif kind == "u":
            typefaces.append(("normal", "text-decoration: underline"))
    for inner in list(element):
        element.remove(inner)
    element.text = re.sub(r"^ | $", "\u00a0", text).replace("---", "—").replace("--", "–")
    for variant, style in typefaces:
        if variant != "normal":
            element.set("mathvariant", variant)
        element.set("style", style)


def align_table(table: etree._Element) -> None:
    """Add MathML 3's attributes for what styles say of a table; remove the cells that only make it wide."""
    rows = list(table)
    borders = str(table.attrib.pop("style", "")) if "border" in table.get("style", "") else ""
    for side, cells in (("border-top", list(rows[0])), ("border-left", [row[0] for row in rows if len(row)])):
        for cell in cells if side in borders else []:
            cell.set("style", f"{side}: {BORDER};{cell.get('style', '')}")
    if table.get("style") == "width: 100%":
        table.attrib.pop("style")
        for row in rows:
            for cell in [cell for cell in row if cell.get("style", "").startswith("width") and not len(cell)]:
                row.remove(cell)
        if len(rows) > 1:  # the first and the last line of `multline`
            etree.SubElement(rows[0][-1], f"{{{MATHML}}}mspace", width="2em")
            rows[-1][0].insert(0, etree.Element(f"{{{MATHML}}}mspace", width="2em"))
    if rows and len(rows) > 1 and not any(len(cell) for cell in rows[-1]) and "border-top" in str(rows[-1][0].attrib):
        for cell in rows[-2]:  # a rule at the end
            cell.set("style", f"border-bottom: {BORDER};{cell.get('style', '')}")
        table.remove(rows[-1])
    for cell in table.iter(f"{{{MATHML}}}mtd"):
        if alignment := re.search(r"text-align:\s*(left|right)", cell.get("style", "")):
            cell.set("columnalign", alignment[1])
    styles = [cell.get("style", "") for cell in table.iter(f"{{{MATHML}}}mtd")]
    if any("padding-left:1em" in style for style in styles):
        table.set("columnspacing", "1em")
    elif any("padding-right: 0" in style for style in styles):
        table.set("columnspacing", "0em")
    elif table.get("scriptlevel") != "1":
        table.set("columnspacing", "0.8em")


def enclose_by_style(element: etree._Element) -> None:
    """Draw a box or strokes by a style, which MathML Core can; `enclosed` returns what MathML 3 has for it."""
    for child in [child for child in element if child.get("class", "").startswith("menclose-")]:
        element.remove(child)
    kinds = [kind for kind in element.attrib.pop("notation").split() if kind in ENCLOSURES]
    element.tag = f"{{{MATHML}}}mrow"
    element.set("class", " ".join(kinds))
    if "box" in kinds:
        element.set("style", ENCLOSURES["box"])
    elif kinds:
        element.set("style", "background: " + ", ".join(ENCLOSURES[kind] for kind in kinds))


def enclosed(root: etree._Element) -> None:
    """Make boxes, strokes and lines over a formula the elements that MathML 3 and 2 have for them."""
    for row in root.iter(f"{{{MATHML}}}mrow"):
        if kinds := str(row.attrib.pop("class", "")):
            row.attrib.pop("style", "")
            row.tag = f"{{{MATHML}}}menclose"
            row.set("notation", kinds)


def draw_line(element: etree._Element, side: str) -> None:
    """Draw a line over or under a formula by a style, since many typefaces have no sign that is as long as it.

    The sign that MathML 3 names for the line stays, unseen, for screen readers and for others that stretch it.
    """
    if len(element) != 2 or element[1].text != "\u0332":
        return
    element[1].text = LINES[side]
    if element[1].get("stretchy") == "true":
        row = etree.Element(f"{{{MATHML}}}mrow", style=f"border-{side}: 0.06em solid; padding-{side}: 0.1em")
        row.append(element[0])
        element.insert(0, row)
        element[1].set("style", "color: transparent")


def join_dots(root: etree._Element) -> None:
    """Write three dots as one sign, which a screen reader reads as such."""
    operators = list(root.iter(f"{{{MATHML}}}mo"))
    for first, second, third in zip(operators, operators[1:], operators[2:], strict=False):
        parent, dots = first.getparent(), {first.text, second.text, third.text}
        if dots in ({"."}, {"·"}) and second.getparent() is parent is third.getparent() and parent is not None:
            if second.get("rspace") != "0.1667em" or first.getnext() is not second or second.getnext() is not third:
                continue
            first.text = "…" if "." in dots else "⋯"
            first.attrib.clear()
            parent.remove(second)
            parent.remove(third)


def move_styles(root: etree._Element) -> None:
    """Move the attributes that MathML Core allows on any element, but MathML 3 does not, to an `mstyle`."""
    for element in list(root.iter(etree.Element)):
        name = etree.QName(element).localname
        moved = STYLES - STYLED.get(name, set())
        attributes = {name: str(element.attrib.pop(name)) for name in sorted(moved) if name in element.attrib}
        parent = element.getparent()
        if not attributes or parent is None or attributes == {"scriptlevel": "0"}:
            continue
        if name == "mrow":
            element.tag = f"{{{MATHML}}}mstyle"
            for attribute, value in attributes.items():
                element.set(attribute, value)
            continue
        style = etree.Element(f"{{{MATHML}}}mstyle", attributes)
        element.tail, style.tail = None, element.tail
        parent.replace(element, style)
        style.append(element)
