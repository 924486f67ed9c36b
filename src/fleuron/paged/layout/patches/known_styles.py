"""Compute less of styles again and again (patches WeasyPrint 70, whose results stay the same).

A box asks for some forty properties, most of which no rule sets, and each line of a paragraph resolves its own again.
"""

from __future__ import annotations

import sys
from typing import Any

from weasyprint.css import ComputedStyle, check_math
from weasyprint.css.computed_values import COMPUTER_FUNCTIONS, PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.layout import percent
from weasyprint.text import line_break

SIDES = ("top", "right", "bottom", "left")
# What `resolve_percentages` sets.
RESOLVED = (
    *(f"margin_{side}" for side in SIDES),
    *(f"padding_{side}" for side in SIDES),
    *(f"border_{side}_width" for side in SIDES),
    *(f"{least}{size}" for least in ("", "min_", "max_") for size in ("width", "height")),
)
# Properties that WeasyPrint computes by rules of their own.
SPECIAL = frozenset({"float", "position", "display", "page"})
# The property that follows the direction of writing for each that does not.
LOGICAL = {
    direction: {key: logical(block="ttb", inline=direction) for key, logical in PHYSICAL_FUNCTIONS.items()}
    for direction in ("ltr", "rtl")
}

compute = ComputedStyle.__missing__
resolve = percent.resolve_percentages
measure_strut = line_break.strut


def computed(style: Any, key: str) -> Any:
    """Compute a property of a style; without WeasyPrint's function where no rule sets it."""
    if key in style.cascaded or key in SPECIAL or key.startswith(("__", "text_decoration_")):
        return compute(style, key)
    if key in PHYSICAL_FUNCTIONS and LOGICAL[style["direction"]][key] in style.cascaded:
        return compute(style, key)
    if key in INHERITED:
        if style.parent_style is None or check_math(value := style.parent_style[key]):
            return compute(style, key)
    else:
        value = INITIAL_VALUES[key]
        if key in INITIAL_NOT_COMPUTED and key in COMPUTER_FUNCTIONS:
            value = COMPUTER_FUNCTIONS[key](style, key, value)
    style[key] = value
    return value


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """Set the used lengths of a box; those of a style without percentages are the same in each of its boxes."""
    style = box.style
    known = style.__dict__.get("used_lengths")
    if known:
        box.__dict__.update(known)
        return
    resolve(box, containing_block)
    if known is None:
        is_fixed = style["border_collapse"] != "collapse" and not any(depends(style[name]) for name in RESOLVED)
        style.used_lengths = {name: getattr(box, name) for name in RESOLVED} if is_fixed else {}


def depends(value: Any) -> bool:
    """Return whether a length depends on the containing block, or has to be computed."""
    return getattr(value, "unit", None) == "%" or bool(check_math(value))


def strut(style: Any) -> tuple[float, float]:
    """Return the height and baseline of a style's lines, which WeasyPrint finds by sixteen properties each time."""
    known = style.__dict__.get("strut")
    if known is None:
        known = style.strut = measure_strut(style)
    return known  # type: ignore[no-any-return]


PATCHES = {"resolve_percentages": (resolve, resolve_percentages), "strut": (measure_strut, strut)}


def apply() -> None:
    """Patch WeasyPrint, whose modules import the functions by their names."""
    ComputedStyle.__missing__ = computed
    for name, module in list(sys.modules.items()):
        for function, (original, patched) in PATCHES.items():
            if name.startswith("weasyprint.") and getattr(module, function, None) is original:
                vars(module)[function] = patched
