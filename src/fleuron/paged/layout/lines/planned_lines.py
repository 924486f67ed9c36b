"""Let WeasyPrint 70 end the lines of a paragraph where they are planned, and space them as they need.

WeasyPrint takes as much as fits on each line by itself (its issue 2264). The functions below stand in place of its
own while it lays out a document whose context has a `LineSetter`: one plans the lines of a paragraph when they are
first asked for, one ends the text of a line at its planned place, and one divides what the line lacks among its
spaces. Where a paragraph has floats beside it, preserved line breaks or no spaces, the lines are WeasyPrint's.

A plan is kept with the first text of its paragraph, whose lines are asked for again on the next page, and each time
that a page is tried anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from weasyprint import draw
from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox
from weasyprint.layout import block, inline
from weasyprint.layout.percent import resolve_one_percentage, resolve_percentages
from weasyprint.text.line_break import Layout

from fleuron.paged.layout.lines.hung_signs import hung_widths
from fleuron.paged.layout.lines.hyphen_places import HyphenPlaces
from fleuron.paged.layout.lines.paragraph_items import (
    SHRINK,
    STRETCH,
    UNTRACKED,
    ItemMaker,
    Leaves,
    LineEnd,
    NotPlanned,
    ParagraphItems,
    collect,
)
from fleuron.paged.layout.lines.ragged_texts import LineRules, rules_of
from fleuron.paged.layout.lines.word_measures import Faces, WordMeasures
from fleuron.paged.layout.patches.known_styles import strut
from fleuron.paged.line_breaking.items import Penalty
from fleuron.paged.line_breaking.ragged import choose_ragged_ends
from fleuron.paged.line_breaking.spacing import Spacing, spacing_of
from fleuron.paged.line_breaking.total_fit import Choice, Measure, choose_ends, price_of_hyphen

# The most that is added between letters or taken away; how wide a last line is to be at least; both in the size of
# letters.
TRACKING, RUNT = 0.015, 4.0
# By how much a space may grow on a last line for that to be justified, in the size of letters.
WIDEST = 0.4
# How far the spaces of lines without hyphens may stretch for none to be tried, in their comfortable stretch.
PATIENT = 1.0
# How much wider a planned line may be than its measure before WeasyPrint breaks it: never.
ROOM = 1e6
# How many words are kept from sheet to sheet, some 30 MB.
MOST_WORDS = 100_000
# The attribute of a box that has its plans.
PLANS = "fleuron_plans"


@dataclass(frozen=True)
class Plan:
    """Where the lines of a paragraph end, but for the last; ``space`` is the width of a space."""

    ends: tuple[LineEnd, ...]
    space: float
    size: float
    # Where lines resume, as WeasyPrint has it, with the numbers of those lines; known as they are laid out.
    starts: dict[Any, int] = field(default_factory=lambda: {None: 0})


@dataclass(frozen=True)
class SetLine:
    """The line that is being set: how it is planned, where it ends (None: with the paragraph) and in which text
    box, whether it is justified, and whether it is its paragraph's first.
    """

    plan: Plan
    end: LineEnd | None
    target: Any
    is_justified: bool
    is_first: bool


@dataclass(frozen=True)
class KnownWords:
    """What is known of words in the faces of a font configuration: their sizes, and where they may be hyphenated."""

    faces: Faces = field(default_factory=dict)
    hyphens: HyphenPlaces = field(default_factory=HyphenPlaces)

    def begin_sheet(self) -> None:
        """Forget all words when they are many: a process may lay out sheets for days."""
        if sum(len(face.extents) for face in self.faces.values()) + len(self.hyphens.found) > MOST_WORDS:
            self.faces.clear()
            self.hyphens.found.clear()


class LineSetter:
    """Plans and sets the lines of one sheet; ``line`` is the one that is being set."""

    def __init__(self, words: KnownWords) -> None:
        words.begin_sheet()
        self.maker = ItemMaker(WordMeasures(words.faces), words.hyphens)
        self.line: SetLine | None = None
        # The plans by all that they depend on: a sheet is laid out several times, from boxes that are made anew.
        self.plans: dict[Any, Plan | None] = {}

    def plan(self, context: Any, box: Any, containing_block: Any) -> Plan | None:
        """Return the plan of a paragraph, or None if WeasyPrint sets its lines."""
        holder = next((each for each in box.descendants() if isinstance(each, TextBox)), box)
        plans = holder.__dict__.setdefault(PLANS, {})
        key = (containing_block.width, box.text_indent)
        if key not in plans:
            try:
                plans[key] = self.make_plan(context, box, containing_block)
            except NotPlanned:
                plans[key] = None
        return plans[key]  # type: ignore[no-any-return]

    @contextmanager
    def setting(self, plan: Plan, number: int, box: Any) -> Iterator[None]:
        """Set a line of a plan meanwhile."""
        end, target = None, None
        if number < len(plan.ends):
            end, target = plan.ends[number], box
            for place in end.path:
                target = target.children[place]
        self.line = SetLine(plan, end, target, box.style["text_align_all"] == "justify", number == 0)
        try:
            yield
        finally:
            self.line = None

    def split(self, box: Any, skip: int) -> tuple[Any, int | None, bool]:
        """Return a text box's part on the line that is being set, where it resumes, and that no break is preserved."""
        line = self.line
        assert line is not None
        text, resume = box.text.encode()[skip:].decode(), None
        if line.end is not None and box is line.target:
            before = len(box.text) - len(text)
            text = box.text[before : line.end.end]
            resume = len(box.text[: line.end.resume].encode())
            if line.end.hyphen:
                text += box.style["hyphenate_character"]
        if not text:
            return None, resume, False
        extent = self.maker.measures.face(box.style).text(text)
        part = box.copy_with_text(text)
        part.pango_layout = layout_of(text, box.style)
        part.width, part.height = extent.width, extent.ascent + extent.descent
        leading = strut(box.style)[0] - part.height
        part.margin_top = part.margin_bottom = leading / 2
        part.baseline = extent.ascent + part.margin_top
        return part, resume, False

    def align(self, line: Any, width: float, is_last: bool) -> float:
        """Space the line that is being set, of a width, and return how far it is moved."""
        setting = self.line
        assert setting is not None
        slack = width - line.width
        # WeasyPrint takes `text-align: justify` for `text-align-last: start`; a last line that is planned to shrink
        # would stand beyond the measure.
        is_short = is_last and slack >= 0 and line.style["text_align_last"] not in ("auto", "justify")
        if not setting.is_justified or is_short:
            return ORIGINAL.text_align(None, line, width, is_last)  # type: ignore[no-any-return]
        texts = [box for box in line.descendants() if isinstance(box, TextBox)]
        spaces = sum(count_spaces(box.text) for box in texts)
        is_full = line.style["text_align_last"] == "justify" and slack < spaces * WIDEST * setting.plan.size
        if is_last and slack >= 0 and not is_full:
            return 0.0
        tracked = [box.text for box in texts if not UNTRACKED.search(box.text)]
        letters = sum(len(text) - 2 * count_spaces(text) for text in tracked)
        space, size = setting.plan.space, setting.plan.size
        start, end = 0.0, 0.0
        if spaces:
            direction = line.style["direction"]
            start, end = hung_widths(self.maker.measures, texts, direction, is_first=setting.is_first)
        slack += start + end
        spacing = spacing_of(slack, spaces, letters, STRETCH * space, SHRINK * space, TRACKING * size)
        space_out(line, spacing, 0.0)
        return -start

    def make_plan(self, context: Any, box: Any, containing_block: Any) -> Plan | None:
        """Choose the lines of a paragraph; raises NotPlanned."""
        leaves = Leaves()
        collect(context, box, containing_block, leaves)
        if not leaves.leaves:
            return None
        style = box.style
        size = style["font_size"]
        measure = Measure(
            containing_block.width,
            box.text_indent,
            TRACKING * size,
            RUNT * size,
            price_of_hyphen(style["lang"] or ""),
            style["text_align_last"] == "justify",
        )
        rules = rules_of(box)
        key = (measure, rules, style["lang"], self.maker.key(leaves))
        if key not in self.plans:
            made, choice = self.choose(leaves, style, measure, rules)
            ends = tuple(made.ends[end] for end in choice.ends[:-1])
            self.plans[key] = Plan(ends, made.space, size) if choice.fits else None
        return self.plans[key]

    def choose(self, leaves: Leaves, style: Any, measure: Measure, rules: LineRules) -> tuple[ParagraphItems, Choice]:
        """Choose the ends of lines, first without hyphens."""
        made = self.maker.make(leaves, style, rules, is_hyphenated=False)
        width = sum(item.width for item in made.items if not isinstance(item, Penalty))
        if width <= measure.width - measure.indent and not measure.is_full:
            return made, Choice((len(made.items),), 0.0, True)
        if not rules.is_justified:
            choice = choose_ragged_ends(made.items, measure, is_balanced=rules.is_balanced)
            if choice.fits and (rules.is_balanced or style["hyphens"] != "auto"):
                return made, choice
            made = self.maker.make(leaves, style, rules, is_hyphenated=True)
            return made, choose_ragged_ends(made.items, measure, is_balanced=rules.is_balanced)
        choice = choose_ends(made.items, measure)
        if not choice.fits or choice.loosest > PATIENT or choice.is_runt:
            made = self.maker.make(leaves, style, rules, is_hyphenated=True)
            choice = choose_ends(made.items, measure)
        return made, choice


def layout_of(text: str, style: Any) -> Any:
    """Return what WeasyPrint keeps of a text until it is drawn; it is laid out by Pango only then."""
    if style["text_decoration_line"] != "none":
        layout = Layout(style)
        layout.set_text(text)
        layout.deactivate()
        return layout
    layout = Layout.__new__(Layout)
    layout.text, layout.justification_spacing, layout.max_width = text, 0, None
    layout.first_line_direction = int(style["direction"] == "rtl")
    return layout


def count_spaces(text: str) -> int:
    """Count the spaces that stretch and shrink."""
    return text.count(" ") + text.count("\u00a0")


def space_out(box: Any, spacing: Spacing, advance: float) -> float:
    """Space the words and letters in a box, which is moved by ``advance``; return by how much what follows is moved."""
    if isinstance(box, TextBox):
        box.position_x += advance
        words, letters = spacing.words, 0.0
        if spacing.letters and not UNTRACKED.search(box.text):
            box.tracking = letters = spacing.letters
            # What tracking adds before a space and to it.
            words -= 2 * letters
        box.justification_spacing = box.pango_layout.justification_spacing = words
        added = words * count_spaces(box.text) + letters * len(box.text)
        box.width += added
        return advance + added
    if isinstance(box, (LineBox, InlineBox)):
        box.position_x += advance
        before = advance
        children = box.children if box.style["direction"] == "ltr" else box.children[::-1]
        for child in children:
            if child.is_in_normal_flow():
                advance = space_out(child, spacing, advance)
        box.width += advance - before
        return advance
    box.translate(advance, 0)
    return advance


def frozen(resume: Mapping[int, Any] | None) -> Any:
    """Return a place where WeasyPrint resumes as a key."""
    return None if resume is None else tuple((place, frozen(within)) for place, within in resume.items())


def share_plans(box: Any) -> None:
    """Let copies of a note share their plans: WeasyPrint lays out all notes of a page each time that one is added."""
    for text in box.descendants():
        if isinstance(text, TextBox):
            text.__dict__.setdefault(PLANS, {})


def iter_line_boxes(
    context: Any,
    box: Any,
    position_y: float,
    bottom_space: float,
    skip_stack: Any,
    containing_block: Any,
    absolute_boxes: list[Any],
    fixed_boxes: list[Any],
    first_letter_style: Any,
    first_line_style: Any,
) -> Iterator[tuple[Any, Any]]:
    """Yield the lines of a paragraph and where each resumes; stands for WeasyPrint's function of this name."""
    setter: LineSetter | None = getattr(context, "line_setter", None)
    boxes = (absolute_boxes, fixed_boxes)
    if setter is not None and not (first_letter_style or first_line_style):
        resolve_percentages(box, containing_block)
        resolve_one_percentage(box, "text_indent", containing_block.width)
        plan = None if context.excluded_shapes else setter.plan(context, box, containing_block)
        while plan is not None and not context.excluded_shapes:
            number = plan.starts.get(frozen(skip_stack))
            if number is None:
                break
            if number:
                box.text_indent = 0
            with setter.setting(plan, number, box):
                line, resume = inline.get_next_linebox(
                    context, box, position_y, bottom_space, skip_stack, containing_block, *boxes, None, None
                )
            if line is None:
                return
            position_y = line.position_y + line.height
            if resume is not None:
                plan.starts[frozen(resume)] = number + 1
            yield line, resume
            if resume is None:
                return
            skip_stack = resume
    yield from ORIGINAL.iter_line_boxes(
        context,
        box,
        position_y,
        bottom_space,
        skip_stack,
        containing_block,
        *boxes,
        first_letter_style,
        first_line_style,
    )


def split_text_box(context: Any, box: Any, available_width: Any, skip: int | None, is_line_start: bool = True) -> Any:
    """Return the text of a text box on a line, and where it resumes; stands for WeasyPrint's function of this name."""
    setter: LineSetter | None = getattr(context, "line_setter", None)
    if setter is None or setter.line is None or box.style["font_size"] == 0:
        return ORIGINAL.split_text_box(context, box, available_width, skip, is_line_start)
    return setter.split(box, skip or 0)


def avoid_collisions(context: Any, box: Any, containing_block: Any, outer: bool = True) -> tuple[float, float, float]:
    """Return where a box is beside floats, and how wide it may be: a planned line, which has none, as wide as it is."""
    setter: LineSetter | None = getattr(context, "line_setter", None)
    if setter is None or setter.line is None or not isinstance(box, LineBox):
        return ORIGINAL.avoid_collisions(context, box, containing_block, outer=outer)  # type: ignore[no-any-return]
    x = containing_block.content_box_x()
    if containing_block.style["direction"] == "rtl":
        x += containing_block.width
    return x, box.position_y, containing_block.width + ROOM


def text_align(context: Any, line: Any, available_width: float, last: bool) -> float:
    """Space a planned line, and return how far it is moved; stands for WeasyPrint's function of this name."""
    setter: LineSetter | None = getattr(context, "line_setter", None)
    if setter is None or setter.line is None:
        return ORIGINAL.text_align(context, line, available_width, last)  # type: ignore[no-any-return]
    return setter.align(line, available_width - ROOM, last)


def draw_text(stream: Any, textbox: Any, *arguments: Any) -> None:
    """Draw a text with the distance between its letters; stands for WeasyPrint's function of this name."""
    tracking = getattr(textbox, "tracking", 0)
    if tracking:
        stream.stream.append(b"%.4f Tc" % tracking)
    ORIGINAL.draw_text(stream, textbox, *arguments)
    if tracking:
        stream.stream.append(b"0 Tc")


@dataclass(frozen=True)
class Original:
    """WeasyPrint's own functions."""

    iter_line_boxes: Any = inline.iter_line_boxes
    split_text_box: Any = inline.split_text_box
    avoid_collisions: Any = inline.avoid_collisions
    text_align: Any = inline.text_align
    draw_text: Any = draw.draw_text


ORIGINAL = Original()


def install() -> None:
    """Put the functions of this module in place of WeasyPrint's; without a `LineSetter` they do what those do."""
    block.iter_line_boxes = iter_line_boxes
    inline.split_text_box = split_text_box
    inline.avoid_collisions = avoid_collisions
    inline.text_align = text_align
    draw.draw_text = draw_text
