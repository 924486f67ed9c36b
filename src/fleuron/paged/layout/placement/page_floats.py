"""Set figures and tables at the heads and feet of pages, and blocks on the grid of lines (extends WeasyPrint 70).

WeasyPrint 70 has no page floats: a figure that does not fit goes to the next page, and leaves the rest of its own
empty. Here an element of the class `FLOATING` is out of the flow. Where it is called it leaves a box without size; it
is laid out by itself, and its page keeps room for it at the foot, or the next page at the head. A block whose height
is not that of whole lines is made so much higher, so that the lines of facing pages register.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block
from weasyprint.layout import page as page_layout
from weasyprint.layout.absolute import absolute_layout
from weasyprint.text.line_break import strut

from fleuron.paged.layout.placement.float_plan import ALMOST_NOTHING, FloatPlan, on_grid
from fleuron.paged.layout.placement.floating_elements import FLOATING

# The class of what stands at the end of an article, below its text.
BIOGRAPHIES = "biographies"
# The elements whose blocks are the running text.
TEXT = frozenset({"article", "section"})


class FloatCall(boxes.BlockBox):  # type: ignore[misc]  # WeasyPrint has no types
    """What a figure or table leaves in the flow where it is called: nothing that can be seen."""

    is_call = True

    def is_in_normal_flow(self) -> bool:
        return False


def call_of(box: Any) -> FloatCall:
    """Return the call of a box, at its position."""
    found: FloatCall = FloatCall.anonymous_from(box, [])
    found.position_x, found.position_y, found.width, found.height = box.position_x, box.position_y, 0, 0
    for side in ("top", "right", "bottom", "left"):
        setattr(found, f"margin_{side}", 0)
        setattr(found, f"padding_{side}", 0)
        setattr(found, f"border_{side}_width", 0)
    return found


@dataclass(frozen=True)
class FloatsState:
    """The figures and tables of a sheet between two pages: those that wait, and as they are laid out."""

    short: dict[int, float]
    free: list[int]
    waiting: dict[object, float]
    unplaced: set[object]
    laid: dict[object, Any]


class PageFloats:
    """The figures and tables of a sheet while its pages are laid out.

    ``short`` are the numbers of pages, from 1, that are to be so many lines shorter; ``free`` are the lines that each
    page could have had more of, when it is laid out.
    """

    def __init__(self) -> None:
        self.short: dict[int, float] = {}
        self.plan: FloatPlan | None = None
        self.has_grid = False
        self.laid: dict[Any, Any] = {}
        self.page: Any = None
        self.heads: list[tuple[Any, float]] = []
        self.free: list[int] = []

    def state(self) -> FloatsState:
        """Return what is known between two pages."""
        plan = self.plan
        waiting, unplaced = (plan.waiting, plan.unplaced) if plan else ({}, set())
        # What has a place is moved there, and would be moved again with the pages that are made anew.
        laid = {key: self.laid[key].deepcopy() for key in waiting}
        return FloatsState(self.short, self.free.copy(), waiting.copy(), unplaced.copy(), laid)

    def restore(self, state: FloatsState) -> None:
        """Return to what was known before a page."""
        self.short, self.free, self.page = state.short, state.free.copy(), None
        self.laid |= {key: box.deepcopy() for key, box in state.laid.items()}
        if self.plan:
            self.plan.waiting, self.plan.unplaced = state.waiting.copy(), state.unplaced.copy()

    def begin_page(self, context: Any, root: Any, page: Any) -> None:
        """Make room at the head of a page for what has waited, above its root box."""
        if self.plan is None:
            self.plan = FloatPlan(strut(root.style)[0])
            # A style that gives the root a length has a grid; a number is a proportion of each size of letters.
            self.has_grid = hasattr(root.style["line_height"], "unit")
        if self.page is page:  # WeasyPrint tries again where nothing has had room
            return
        self.page = page
        self.heads = [] if not root.children else self.plan.begin_page(page.height)
        root.position_y += sum(needed for _, needed in self.heads)
        context.page_bottom -= self.short.get(context.current_page, 0) * self.plan.step

    def call(self, context: Any, box: Any, bottom_space: float) -> FloatCall:
        """Find a place for a box where it is called; return what is left there."""
        assert self.plan is not None
        found = call_of(box)
        key = box.element
        self.laid[key] = laid = self.lay_out(context, box)
        space = context.page_bottom - bottom_space - found.position_y
        context.page_bottom -= self.plan.call(key, laid.margin_height(), space, self.page.height)
        return found

    @property
    def top(self) -> float:
        """Where the text of the page begins, below what stands at its head."""
        return float(self.page.content_box_y()) + sum(needed for _, needed in self.heads)

    def lay_out(self, context: Any, box: Any) -> Any:
        """Lay out a figure or table by itself, as wide as the page's text."""
        box.position_x, box.position_y = self.page.content_box_x(), self.page.content_box_y()
        unbounded = float("-inf")
        positioned: list[Any] = []
        laid = block.block_level_layout(
            context, box, unbounded, None, self.page, absolute_boxes=positioned, fixed_boxes=positioned
        )[0]
        # The markers of lists, which stand beside their items.
        for each in positioned:
            absolute_layout(context, each, self.page, positioned, unbounded, None)
        return laid

    def withdraw(self, context: Any, removed: Sequence[Any]) -> None:
        """Give up the places of boxes whose calls are moved to the next page."""
        if self.plan is None:
            return
        for box in removed:
            if isinstance(box, FloatCall) or is_floating(box):
                context.page_bottom += self.plan.withdraw(box.element)

    def without_place(self) -> set[Any]:
        """Return the figures and tables for which no page has had room."""
        return self.plan.end() if self.plan else set()

    def place(self, context: Any, root: Any, *, ends: bool) -> None:
        """Put what has a place on a page there, after its text; note how many lines are free below that.

        Where the text ``ends`` on the page, what would be at its foot follows the text, before the biographies.
        """
        assert self.plan is not None
        lines = [box for box in root.descendants() if isinstance(box, boxes.LineBox | boxes.ReplacedBox)]
        foot = max((box.position_y + box.margin_height() for box in lines), default=root.position_y)
        del self.free[context.current_page - 1 :]
        self.free.append(int((context.page_bottom - foot) / self.plan.step + 0.2))
        left, top = self.page.content_box_x(), self.page.content_box_y()
        placed = []
        for key, needed in self.heads:
            placed.append(self.moved(key, left, top))
            top += needed
        top = context.page_bottom
        if ends and self.plan.feet:
            top = make_room_before_biographies(root, foot, sum(self.plan.feet.values()))
        for key, needed in self.plan.feet.items():
            top += needed
            placed.append(self.moved(key, left, top - self.laid[key].margin_height()))
        root.children = [*root.children, *placed]

    def moved(self, key: Any, left: float, top: float) -> Any:
        """Return what was laid out for a figure or table, at a position."""
        laid = self.laid[key]
        laid.translate(left - laid.position_x, top - laid.position_y)
        return laid


def make_room_before_biographies(root: Any, foot: float, height: float) -> float:
    """Move the biographies at the end of an article down by a height; return where they were, or the text's foot.

    The space above them stays above them.
    """
    for box in root.descendants():
        if box.element is not None and BIOGRAPHIES in classes_of(box.element):
            top: float = box.border_box_y() - box.margin_top
            box.translate(dy=height)
            return top
    return foot


def is_floating(box: Any) -> bool:
    """Return whether a box is that of a figure or table which goes to the head or foot of a page."""
    return box.element is not None and "::" not in box.element_tag and FLOATING in classes_of(box.element)


def classes_of(element: Any) -> list[str]:
    return str(element.get("class", "")).split()


def floats_of(context: Any) -> PageFloats | None:
    """Return the floats of a layout; one of another program's has none."""
    return getattr(context, "page_floats", None)


def is_running_text(parent: Any) -> bool:
    """Return whether the children of a box are blocks of the running text."""
    return getattr(parent, "element", None) is not None and parent.element.tag in TEXT


def begin_list_at_head(box: Any, top: float) -> None:
    """Set a list that begins at the ``top`` of a page as high as other text there, without its room above."""
    is_list = box.element is not None and box.element.tag in ("ul", "ol", "dl")
    if is_list and box.border_box_y() < top + ALMOST_NOTHING:
        for child in box.children:
            child.translate(dy=-box.padding_top)


def is_apart(element: Any) -> bool:
    """Return whether an element is a figure, a table or code, which stands in the middle of its lines."""
    code = any(name.startswith("highlight") for name in classes_of(element))
    return element.tag in ("figure", "table", "pre") or code


def set_on_grid(context: Any, box: Any, bottom_space: float, top: float, step: float) -> None:
    """Make a block as high as whole lines, unless the page ends before.

    A formula stands in the middle of them, as do figures, tables and code below the ``top`` of a page.
    """
    height = box.border_height()
    room = context.page_bottom - bottom_space - box.border_box_y() - height
    added = min(on_grid(height, step) - height, room)
    if added <= 0:
        return
    if box.element is not None and "formula" in classes_of(box.element):
        for child in box.children:
            child.translate(dy=added / 2)
    elif box.element is not None and is_apart(box.element) and box.border_box_y() > top + ALMOST_NOTHING:
        added /= 2
        box.translate(dy=added)
    box.height += added


def register() -> None:
    """Extend WeasyPrint's layout of blocks and pages, once; layouts without `PageFloats` are as they were."""
    if getattr(block, "has_page_floats", False):
        return
    block.has_page_floats = True
    out_of_flow, remove, level = block._out_of_flow_layout, block.remove_placeholders, block.block_level_layout
    root_level = page_layout.block_level_layout

    def lay_out_of_flow(context: Any, box: Any, index: int, child: Any, new_children: list[Any], *rest: Any) -> Any:
        floats = floats_of(context)
        if floats is None or not is_floating(child):
            return out_of_flow(context, box, index, child, new_children, *rest)
        _, _, _, adjoining_margins, bottom_space = rest
        child.position_y += block.collapse_margin(adjoining_margins)
        call = floats.call(context, child, bottom_space)
        call.index = index
        new_children.append(call)
        return False, None, call, None

    def remove_placeholders(context: Any, box_list: Sequence[Any], *rest: Any) -> None:
        if floats := floats_of(context):
            floats.withdraw(context, box_list)
        remove(context, box_list, *rest)

    def lay_out_block(
        context: Any, box: Any, bottom_space: float, skip_stack: Any, containing_block: Any, *rest: Any, **more: Any
    ) -> Any:
        result = level(context, box, bottom_space, skip_stack, containing_block, *rest, **more)
        floats = floats_of(context)
        if floats and floats.plan and floats.has_grid and result[0] is not None and is_running_text(containing_block):
            begin_list_at_head(result[0], floats.top)
            if result[1] is None and not is_running_text(result[0]):
                set_on_grid(context, result[0], bottom_space, floats.top, floats.plan.step)
        return result

    def lay_out_root(
        context: Any, box: Any, bottom_space: float, skip_stack: Any, containing_block: Any, *rest: Any, **more: Any
    ) -> Any:
        floats = floats_of(context)
        if floats is None or not box.is_for_root_element:
            return root_level(context, box, bottom_space, skip_stack, containing_block, *rest, **more)
        floats.begin_page(context, box, containing_block)
        result = level(context, box, bottom_space, skip_stack, containing_block, *rest, **more)
        if result[0] is not None:
            floats.place(context, result[0], ends=result[1] is None)
        return result

    block._out_of_flow_layout = lay_out_of_flow
    block.remove_placeholders = remove_placeholders
    block.block_level_layout = lay_out_block
    page_layout.block_level_layout = lay_out_root
