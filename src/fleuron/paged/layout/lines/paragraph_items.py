"""Make the items of a paragraph, whose lines are then chosen, from its inline boxes; and know each place of an end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure.boxes import InlineBox, InlineReplacedBox, TextBox
from weasyprint.layout.inline import atomic_box
from weasyprint.layout.percent import resolve_percentages

from fleuron.paged.layout.lines.hung_signs import hung_width
from fleuron.paged.layout.lines.hyphen_places import SOFT_HYPHEN, HyphenPlaces
from fleuron.paged.layout.lines.ragged_texts import LineRules
from fleuron.paged.layout.lines.word_measures import WordMeasures, break_places
from fleuron.paged.line_breaking.addresses import addresses_in, breaks_of_address
from fleuron.paged.line_breaking.items import FORBIDDEN, Box, Glue, Item, Penalty
from fleuron.paged.line_breaking.protrusion import AT_BEGINNING, AT_END

# By how much a space may comfortably stretch and at most shrink, as parts of it.
STRETCH, SHRINK = 0.6, 0.17
# The demerits of ends within words, beside those of any hyphen: in a name, and after a hyphen that the word has; in an
# address; after a dash or other sign; between two numbers.
NAME, OWN_HYPHEN, ADDRESS, SIGN, RANGE = 40000.0, -45000.0, 4000.0, 2500.0, 500000.0
# Scripts that have no spaces between words.
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
# Letters that are joined, or that stand above others: their distances are not changed.
UNTRACKED = re.compile("[\u0300-\u036f\u0590-\u08ff\u0900-\u1cff\ufb50-\ufdff\ufe70-\ufeff]")
TOKEN = re.compile("[ \u00a0]|[^ \u00a0]+")
WORD = re.compile("[^ \u00a0]+")
SPACES = " \u00a0"
# What makes an inline box wider than its text.
EDGES = [f"{part}_{side}" for part in ("margin", "padding") for side in ("left", "right")]
EDGES += ["border_left_width", "border_right_width"]
# The word joiner with which the call of a note begins.
CALL = "\u2060"
# Marks of direction.
FORMAT = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
# Stands for a picture among characters, as in UAX 14.
PICTURE = "\ufffc"


class NotPlanned(Exception):
    """A paragraph has what is left to WeasyPrint: floats, preserved line breaks, scripts without spaces."""


@dataclass(frozen=True)
class LineEnd:
    """Where a line ends: in which text box, after how many of its characters, and from which the next line resumes.

    ``path`` leads to the text box, by the numbers of children; ``hyphen`` tells whether one is added.
    """

    path: tuple[int, ...]
    end: int
    resume: int
    hyphen: bool = False


@dataclass(frozen=True)
class Leaf:
    """A text box or picture of a paragraph, the path to it, and where its text is in that of the paragraph."""

    box: Any
    path: tuple[int, ...]
    start: int
    text: str
    width: float = 0.0


@dataclass
class ParagraphItems:
    """The items of a paragraph and, by their numbers, the places of the ends; ``space`` is the width of a space."""

    items: list[Item] = field(default_factory=list)
    ends: dict[int, LineEnd] = field(default_factory=dict)
    space: float = 0.0
    edged: int = -1  # the last place whose edges are among the items


@dataclass
class Leaves:
    """The leaves of a paragraph, and the widths of its boxes' edges, by the numbers of the characters after them."""

    leaves: list[Leaf] = field(default_factory=list)
    edges: dict[int, float] = field(default_factory=dict)
    length: int = 0

    def add(self, box: Any, path: tuple[int, ...], text: str, width: float = 0.0) -> None:
        self.leaves.append(Leaf(box, path, self.length, text, width))
        self.length += len(text)

    def add_edge(self, width: float) -> None:
        if width:
            self.edges[self.length] = self.edges.get(self.length, 0.0) + width

    @property
    def text(self) -> str:
        return "".join(leaf.text for leaf in self.leaves)


def collect(context: Any, box: Any, containing_block: Any, found: Leaves, path: tuple[int, ...] = ()) -> None:
    """Collect the leaves of a line box or inline box; raises NotPlanned."""
    for number, child in enumerate(box.children):
        here = (*path, number)
        if isinstance(child, TextBox):
            add_text(child, here, found)
        elif not child.is_in_normal_flow():
            if not (child.is_running() or child.is_note() or child.is_absolutely_positioned()):
                raise NotPlanned
        elif isinstance(child, InlineBox):
            if child.is_leader:
                raise NotPlanned
            start, end = edges_of(child, containing_block)
            found.add_edge(start)
            collect(context, child, containing_block, found, here)
            found.add_edge(end)
        elif isinstance(child, InlineReplacedBox):
            resolve_percentages(child, containing_block)
            picture = atomic_box(context, child, 0, None, containing_block, [], [])
            found.add(child, here, PICTURE, picture.margin_width())
        else:
            raise NotPlanned


def edges_of(box: Any, containing_block: Any) -> tuple[float, float]:
    """Return how wide the margin, border and padding are at the start and at the end of an inline box."""
    style = box.style
    if all(getattr(style[name], "value", style[name]) == 0 for name in EDGES):
        return 0.0, 0.0
    resolve_percentages(box, containing_block)
    left, right = (
        sum(0 if edge == "auto" else edge for edge in edges)
        for edges in (
            (box.margin_left, box.border_left_width, box.padding_left),
            (box.margin_right, box.border_right_width, box.padding_right),
        )
    )
    return (left, right) if style["direction"] == "ltr" else (right, left)


def add_text(box: Any, path: tuple[int, ...], found: Leaves) -> None:
    style = box.style
    if style["font_size"] == 0 or not box.text:
        return
    if style["white_space"] not in ("normal", "nowrap") or "\n" in box.text or UNSPACED.search(box.text):
        raise NotPlanned
    found.add(box, path, box.text)


@dataclass(frozen=True)
class ItemMaker:
    """Makes the items of paragraphs of one document."""

    measures: WordMeasures
    hyphens: HyphenPlaces

    def key(self, leaves: Leaves) -> Any:
        """Return what the items of a paragraph depend on."""
        texts = tuple((leaf.path, leaf.text, leaf.width, self.key_of(leaf.box.style)) for leaf in leaves.leaves)
        return texts, tuple(sorted(leaves.edges.items()))

    def key_of(self, style: Any) -> Any:
        """Return what the items of a text box depend on in its style."""
        breaks = (style["white_space"], style["hyphens"], style["hyphenate_limit_chars"], style["hyphenate_character"])
        return id(self.measures.face(style)), style["lang"], breaks

    def make(self, leaves: Leaves, style: Any, rules: LineRules, *, is_hyphenated: bool) -> ParagraphItems:
        """Make the items of a paragraph; only if ``is_hyphenated``, they have places for hyphens."""
        making = Making(self, leaves, style, rules)
        making.made.space = self.measures.face(style).spaces[" "]
        before: Leaf | None = None
        for leaf in leaves.leaves:
            if leaf.text == PICTURE:
                making.add_edge(leaf.start)
                making.made.items.append(Box(leaf.width))
            else:
                making.add_leaf(leaf, before, is_hyphenated)
            before = leaf
        making.add_edge(leaves.length)
        items = making.made.items
        while items and not isinstance(items[-1], Box):
            items.pop()
        return making.made


class Making:
    """The items of a paragraph while they are made: its text, where its lines may end by Unicode, its words."""

    def __init__(self, maker: ItemMaker, leaves: Leaves, style: Any, rules: LineRules) -> None:
        self.maker = maker
        self.edges = leaves.edges
        self.language = style["lang"] or ""
        self.direction = style["direction"]
        self.rate = rules.price
        self.is_justified = rules.is_justified
        self.own_hyphen = OWN_HYPHEN if self.is_justified else 0.0
        self.made = ParagraphItems()
        self.text = leaves.text
        self.flags = break_places(self.text, self.language)
        self.addresses = list(addresses_in(self.text))
        words = [(word.span(), FORMAT.sub("", word[0].partition(CALL)[0])) for word in WORD.finditer(self.text)]
        self.words_before = {end: word for (_, end), word in words}
        self.words_after = {start: word for (start, _), word in words}

    def add_edge(self, place: int) -> None:
        """Add the edges of boxes at a place, once."""
        if place in self.edges and place > self.made.edged:
            self.made.edged = place
            self.made.items.append(Box(self.edges[place]))

    def add_leaf(self, leaf: Leaf, before: Leaf | None, is_hyphenated: bool) -> None:
        """Add the items of a text box, which is after another leaf."""
        made, style = self.made, leaf.box.style
        face = self.maker.measures.face(style)
        wraps = style["white_space"] == "normal"
        is_tracked = not UNTRACKED.search(leaf.text)
        breaks = dict(self.breaks_in(leaf, is_hyphenated)) if wraps else {}
        glues = {space: Glue(width, STRETCH * width, SHRINK * width) for space, width in face.spaces.items()}
        hyphen = face.word(style["hyphenate_character"]).width if breaks else 0.0
        hyphen -= self.hung_at_end(leaf, style["hyphenate_character"]) if breaks else 0.0
        for token in TOKEN.finditer(leaf.text):
            start, end = token.span()
            place = leaf.start + start
            if self.edges:
                self.add_edge(place)
            if token[0] in glues:
                self.add_space(leaf, start, before, glues[token[0]], wraps and token[0] == " ")
                continue
            if start == 0 and before is not None and wraps and self.may_part(before, place):
                made.ends[len(made.items)] = LineEnd(before.path, len(before.text), len(before.text))
                made.items.append(Penalty(-self.hung_at_end(before, self.text[place - 1]), SIGN))
            done, width, hung = start, 0.0, 0.0
            if token[0][0] in AT_BEGINNING and self.is_justified:
                hung = hung_width(self.maker.measures, style, token[0][0], AT_BEGINNING, self.direction)
            if breaks:
                for cut in range(start + 1, end):
                    if cut in breaks:
                        total = face.word(leaf.text[start:cut]).width
                        made.items.append(Box(total - width, (cut - done) * is_tracked, hung))
                        width, done, hung = total, cut, 0.0
                        self.add_break(leaf, cut, breaks[cut], hyphen)
            made.items.append(Box(face.word(token[0]).width - width, (end - done) * is_tracked, hung))

    def hung_at_end(self, leaf: Leaf, sign: str) -> float:
        """Return how much of a sign of a text box stands in the margin of a line that ends with it."""
        if sign not in AT_END or not self.is_justified:
            return 0.0
        return hung_width(self.maker.measures, leaf.box.style, sign, AT_END, self.direction)

    def may_part(self, before: Leaf, place: int) -> bool:
        """Check whether a line may end between two text boxes, where there is no space."""
        return before.text != PICTURE and bool(self.flags[place]) and self.text[place - 1] not in SPACES

    def add_space(self, leaf: Leaf, start: int, before: Leaf | None, glue: Glue, wraps: bool) -> None:
        """Add a space, and what it costs to end a line there."""
        made, place, price = self.made, leaf.start + start, FORBIDDEN
        if wraps and place + 1 < len(self.text) and self.flags[place + 1]:
            price = self.rate(self.words_before.get(place, ""), self.words_after.get(place + 1, ""), self.language)
        if made.items and isinstance(made.items[-1], Box):
            end = end_at_space(leaf, start, before)
            made.ends[len(made.items)] = end
            owner = leaf if start or before is None else before
            hung = self.hung_at_end(owner, self.text[place - 1]) if price < FORBIDDEN else 0.0
            if price or hung:
                made.items.append(Penalty(-hung, price))
        made.items.append(glue)

    def add_break(self, leaf: Leaf, place: int, penalty: Penalty, hyphen: float) -> None:
        """Add a place within a word where a line may end."""
        has_hyphen = penalty.width == HYPHEN_WIDTH
        self.made.ends[len(self.made.items)] = LineEnd(leaf.path, place, place, has_hyphen)
        width = hyphen if has_hyphen else -self.hung_at_end(leaf, leaf.text[place - 1])
        self.made.items.append(penalty._replace(width=width))

    def breaks_in(self, leaf: Leaf, is_hyphenated: bool) -> Iterator[tuple[int, Penalty]]:
        """Yield the places within the words of a text box where a line may end, with their prices."""
        text = leaf.text
        in_address: set[int] = set()
        for start, end in self.addresses:
            first, last = start - leaf.start, end - leaf.start
            if last <= 0 or first >= len(text):
                continue
            in_address |= set(range(max(first, 0) + 1, min(last, len(text))))
            for place in breaks_of_address(self.text[start:end]):
                if 0 < first + place < len(text):
                    yield first + place, Penalty(0, ADDRESS)
        if is_hyphenated:
            for place in self.maker.hyphens.of_text(text, leaf.box.style):
                if place not in in_address and place < len(text):
                    yield place, Penalty(HYPHEN_WIDTH, NAME if in_name(text, place) else 0, True)
        flags = self.flags[leaf.start : leaf.start + len(text)]
        for place in [place for place, flag in enumerate(flags) if flag and place and text[place - 1] not in SPACES]:
            if place in in_address or text[place - 1] == SOFT_HYPHEN or text[place] in SPACES:
                continue
            if text[place - 1] in "-‐" and text[place - 2 : place - 1].isalpha():
                if text[place - 4 : place - 1].isalpha() and text[place : place + 3].isalpha():
                    yield place, Penalty(0, self.own_hyphen, True)
            else:
                in_range = text[place].isdigit() and text[place - 2 : place - 1].isdigit()
                yield place, Penalty(0, RANGE if in_range else SIGN)


# Stands for the width of a hyphen until the typeface is known.
HYPHEN_WIDTH = -1.0


def in_name(text: str, place: int) -> bool:
    """Check whether the word around a place begins with a capital."""
    while place and unicodedata.category(text[place - 1])[0] in "LM":
        place -= 1
    return text[place].isupper()


def end_at_space(leaf: Leaf, start: int, before: Leaf | None) -> LineEnd:
    """Return the end of a line before a space: where that begins a text box, the end of the box before."""
    if start == 0 and before is not None and before.text != PICTURE:
        return LineEnd(before.path, len(before.text), len(before.text))
    return LineEnd(leaf.path, start, start + 1)
