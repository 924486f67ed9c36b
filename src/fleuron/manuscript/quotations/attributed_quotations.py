"""Read all of an epigraph: MyST 5.2 drops what stands after the first line that begins with a dash.

As docutils has it for reStructuredText, each attribution ends a quotation, and another one may follow. A line within
a directive or code does not belong to the quotation around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docutils import nodes
from docutils.parsers.rst.directives.body import BlockQuote, Epigraph, Highlights, PullQuote
from docutils.statemachine import StringList
from myst_parser.mocking import MockState
from sphinx.application import Sphinx

FENCE = re.compile(r"\s*(`{3,}|~{3,}|:{3,})(.*)")
ATTRIBUTION = MockState.attribution_pattern


def quotations_of(lines: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield where each quotation begins, and where its attribution begins and ends: both at its end if it has none."""
    start, number, fence, is_new = 0, 0, "", False
    while number < len(lines):
        marks = FENCE.match(lines[number])
        if fence:
            closes = marks and marks[1].startswith(fence) and not marks[2].strip()
            fence = "" if closes else fence
        elif marks:
            fence = marks[1]
        elif is_new and (end := end_of_attribution(lines, number)):
            yield start, number, end
            start = number = end
            is_new = False
            continue
        is_new = not lines[number].strip() and number > start
        number += 1
    if any(line.strip() for line in lines[start:]):
        yield start, len(lines), len(lines)


def end_of_attribution(lines: Sequence[str], number: int) -> int:
    """Return where the attribution ends that begins in a line, or 0; its other lines are indented to its words."""
    found = ATTRIBUTION.match(lines[number])
    if not found:
        return 0
    end = number + 1
    while end < len(lines) and lines[end].strip():
        if len(lines[end]) - len(lines[end].lstrip()) != len(found[1]):
            return 0
        end += 1
    return end


class WholeQuotation(BlockQuote):
    """Reads each quotation of a directive with its attribution."""

    def run(self) -> list[nodes.Node]:
        if not isinstance(self.state, MockState):
            return super().run()  # type: ignore[no-any-return, no-untyped-call]
        self.assert_has_content()
        made: list[nodes.Node] = []
        for start, attribution, end in quotations_of(list(self.content)):
            quotation = nodes.block_quote(classes=list(self.classes))
            quotation.source, quotation.line = self.state_machine.get_source_and_line(self.lineno)
            self.state.nested_parse(self.content[start:attribution], self.content_offset + start, quotation)
            made.append(quotation)
            if attribution < end:
                # MyST reads it where it stands after an empty line.
                lines = StringList(["", *self.content[attribution:end]], self.content.source(attribution))
                (only_source, *messages) = self.state.block_quote(lines, self.content_offset + attribution - 1)
                quotation += only_source.children
                made += messages
        return made


class WholeEpigraph(WholeQuotation, Epigraph):
    pass


class WholeHighlights(WholeQuotation, Highlights):
    pass


class WholePullQuote(WholeQuotation, PullQuote):
    pass


def setup(app: Sphinx) -> None:
    app.add_directive("epigraph", WholeEpigraph, override=True)
    app.add_directive("highlights", WholeHighlights, override=True)
    app.add_directive("pull-quote", WholePullQuote, override=True)
