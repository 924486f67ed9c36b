"""Tell how the lines of a text are chosen: those of running text, of a title, or of a list of names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from fleuron.paged.line_breaking.bonds import price_between, price_of_names, price_of_sense

BALANCED_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "caption"})
# Titles, and lines with the names of authors, beside headings and captions (see print.css and the templates).
TITLES = frozenset({"subtitle", "volume-title", "part-title", "sidebar-title", "topic-title", "genre"})
# A title in a table of contents; in an index, a paragraph has this class.
ENTRY = ("a", "entry")
NAMES = frozenset({"by", "byline"})


class LineRules(NamedTuple):
    """What a line costs that ends between two words in a language; whether lines are of like width, or justified."""

    price: Callable[[str, str, str], float]
    is_balanced: bool
    is_justified: bool


def rules_of(box: Any) -> LineRules:
    """Return how the lines of a box of lines are chosen."""
    if box.style["text_align_all"] == "justify":
        return LineRules(price_between, False, True)
    classes = set() if box.element is None else set(str(box.element.get("class", "")).split())
    if classes & NAMES:
        return LineRules(price_of_names, True, False)
    is_entry = box.element_tag == ENTRY[0] and ENTRY[1] in classes
    is_title = is_entry or box.element_tag in BALANCED_TAGS or bool(classes & TITLES)
    return LineRules(price_of_sense, is_title, False)
