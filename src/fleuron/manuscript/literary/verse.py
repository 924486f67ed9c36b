"""Read ``{verse}``: each line of the source is a line of verse; a last line with dashes before it is the source."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.parsers.rst.directives.body import LineBlock
from docutils.statemachine import StringList
from sphinx.application import Sphinx

from fleuron.manuscript.quotations.attributed_quotations import ATTRIBUTION

# What keeps a line apart in other programs: a backslash at its end, or a bar at its beginning.
LINE_END = re.compile(r"(?<!\\)\\\s*$")
BAR = re.compile(r"^(\s*)\| ?")
# The class of a verse with its source.
VERSE = "verse"


class Verse(LineBlock):
    """Reads lines of verse, with the source below them if there is one."""

    option_spec: ClassVar[dict[str, Any]] = {**(LineBlock.option_spec or {}), "numbered": directives.flag}

    def run(self) -> list[nodes.Node]:
        if "numbered" in self.options:
            self.options["class"] = [*self.options.get("class", []), "numbered"]
        lines = [LINE_END.sub("", BAR.sub(r"\1", line)) for line in self.content]
        count = lines_of_verse(lines)
        source = " ".join(line.strip() for line in lines[count:]).strip()
        first, offset = self.content_offset + count, self.content_offset
        name = self.content.source(0) if self.content else ""
        self.content = StringList(lines[:count] or lines, name)
        made = super().run()  # type: ignore[no-untyped-call]
        self.content_offset = offset
        found = ATTRIBUTION.match(source)
        if not found:
            return list(made)
        text, messages = self.state.inline_text(found[2], self.lineno + first)
        attribution = nodes.attribution(found[2], "", *text)
        attribution.source, attribution.line = made[0].source, self.lineno + first
        return [nodes.block_quote("", *made, attribution, classes=[VERSE]), *messages]


def lines_of_verse(lines: list[str]) -> int:
    """Return how many lines are verse: all before the last empty line, if the source stands after that."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    start = end
    while start and lines[start - 1].strip():
        start -= 1
    if not start or not ATTRIBUTION.match(lines[start]):
        return end
    while start and not lines[start - 1].strip():
        start -= 1
    return start or end


def setup(app: Sphinx) -> None:
    app.add_directive("verse", Verse)
