"""Make pages of an article again, from the first that is to be shorter, so that others are fuller (WeasyPrint 70).

WeasyPrint makes all pages of a document in a row, and again only those whose counters have changed. What has been laid
out before the first page that changes is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import weasyprint.layout
from weasyprint.formatting_structure.boxes import LineBox

from fleuron.paged.layout.placement.page_floats import BIOGRAPHIES, FloatsState, PageFloats, classes_of, floats_of
from fleuron.paged.layout.placement.short_pages import LOWER, corrections, gaps, lines_lacking

# How many corrections are tried, at most, for fuller pages.
MOST_TRIES = 4

make_all_pages = weasyprint.layout.make_all_pages


@dataclass(frozen=True)
class PageStart:
    """What a layout has left over where a page begins: notes without a place, and figures that wait for one."""

    footnotes: list[Any]
    reported: list[Any]
    broken: dict[Any, Any]
    floats: FloatsState

    @classmethod
    def of(cls, context: Any, floats: PageFloats) -> PageStart:
        """Return the present state of a layout."""
        return cls(
            context.footnotes.copy(),
            context.reported_footnotes.copy(),
            context.broken_out_of_flow.copy(),
            floats.state(),
        )

    def restore(self, context: Any, floats: PageFloats) -> None:
        """Bring a layout back to this state."""
        context.footnotes = self.footnotes.copy()
        context.reported_footnotes = self.reported.copy()
        context.broken_out_of_flow = self.broken.copy()
        floats.restore(self.floats)


def make_fuller_pages(context: Any, root_box: Any, html: Any, pages: Sequence[Any]) -> Iterator[Any]:
    """Yield the pages of a document; some of an article are a line shorter so that others have no gap.

    Stands for WeasyPrint's function of the name ``make_all_pages``.
    """
    floats = floats_of(context)
    if floats is None or pages:
        yield from make_all_pages(context, root_box, html, pages)
        return
    starts = [PageStart.of(context, floats)]
    made = []
    for page in make_all_pages(context, root_box, html, []):
        made.append(page)
        starts.append(PageStart.of(context, floats))
    tried: list[dict[int, float]] = []
    while len(tried) < MOST_TRIES and not floats.without_place():
        before, lacking = floats.short, lines_lacking_on(made[-1])
        end = pages_of_text(context)
        untried = (
            each
            for each in corrections(floats.free, lacking, before)
            if each not in tried and first_changed(each, before) < end
        )
        if (short := next(untried, None)) is None:
            break
        tried.append(short)
        bad = gaps(floats.free, lacking)
        first = first_changed(short, before)
        starts[first].restore(context, floats)
        floats.short = short
        made, others = make_again(context, root_box, html, made[:first], floats)
        if floats.without_place() or gaps(floats.free, lines_lacking_on(made[-1])) >= bad:
            # The pages that were better cannot be taken again: WeasyPrint has moved their pictures.
            starts[first].restore(context, floats)
            floats.short = before
            made, others = make_again(context, root_box, html, made[:first], floats)
        starts = [*starts[: first + 1], *others]
    lower_notes(made, floats)
    yield from made


def first_changed(short: Mapping[int, float], before: Mapping[int, float]) -> int:
    """Return the index of the first page that a correction changes."""
    return min(page for page, lines in short.items() if lines != before.get(page)) - 1


def pages_of_text(context: Any) -> int:
    """Return on how many pages the text is; the rest of its notes may fill others, none of which is made by itself."""
    ends = (number for number, (resume_at, *_) in enumerate(context.page_maker) if number and resume_at is None)
    return next(ends, len(context.page_maker))


def make_again(
    context: Any, root_box: Any, html: Any, kept: Sequence[Any], floats: PageFloats
) -> tuple[list[Any], list[PageStart]]:
    """Return all pages, of which some are kept and the others made, and the state after each of these."""
    context.page_maker = context.page_maker[: len(kept) + 1]
    context.page_maker[-1][-1]["content_changed"] = True
    # WeasyPrint looks only whether there are any pages, and then for those that have not changed.
    pages, starts = [], []
    for page in make_all_pages(context, root_box, html, list(kept) or [None]):
        pages.append(page)
        if len(pages) > len(kept):
            starts.append(PageStart.of(context, floats))
            # The text has ended: WeasyPrint takes the pages that the rest of the notes fills for unchanged ones.
            if context.reported_footnotes:
                context.page_maker[len(pages)][-1]["content_changed"] = True
    return pages, starts


def lower_notes(pages: Sequence[Any], floats: PageFloats) -> None:
    """Move the notes of pages that are a little longer down by their part of that."""
    assert floats.plan is not None
    for number in (number for number, lines in floats.short.items() if lines < 0 and number <= len(pages)):
        _, notes, *_ = pages[number - 1].children
        notes.translate(dy=LOWER * floats.plan.step)


def lines_lacking_on(page: Any) -> int:
    """Return how many lines the last page of an article has too few."""
    body, *_ = page.children
    biographies = (
        box for box in body.descendants() if box.element is not None and BIOGRAPHIES in classes_of(box.element)
    )
    return lines_lacking(lines_on(page), sum(len(line_positions(box)) for box in biographies))


def lines_on(page: Any) -> int:
    """Count the lines of a page, without its notes and those in its margins."""
    body, *_ = page.children
    return len(line_positions(body))


def line_positions(box: Any) -> set[int]:
    """Return the vertical positions of the lines in a box, in whole pixels: columns have theirs side by side."""
    return {round(line.position_y) for line in box.descendants() if isinstance(line, LineBox) and line.width}


def register() -> None:
    """Let WeasyPrint make pages so; those of a layout without `PageFloats` are as they were."""
    weasyprint.layout.make_all_pages = make_fuller_pages
