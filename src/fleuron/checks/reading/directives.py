"""Split directives of MyST into their options and their text, for those whose text is prose."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

# A directive's name and argument, as a fence has them.
OPENING = re.compile(r"\{(?P<name>[\w:.-]+)\}\s*(?P<argument>.*)", re.DOTALL)
OPTION = re.compile(r"\s*:(?P<name>[\w-]+):(?:\s+(?P<value>.*))?")
PICTURES = frozenset({"figure", "image"})
# Directives whose content is text, and those of them whose argument is text too.
PROSE = frozenset(
    {
        *("admonition", "attention", "caution", "danger", "error", "hint", "important", "note", "seealso", "tip"),
        *("warning", "compound", "container", "epigraph", "figure", "highlights", "list-table", "pull-quote"),
        *("abbreviations", "attribution", "dedication", "dialogue", "dramatis", "gallery", "interview", "verse"),
        *("sidebar", "table", "topic", "rst-class"),
    }
)
TITLED = frozenset(
    {"abbreviations", "admonition", "dramatis", "centered", "list-table", "rubric", "sidebar", "table", "topic"}
)


@dataclass(frozen=True)
class Directive:
    """A directive: its name, argument and options, and its content, which begins so many lines below its fence."""

    name: str
    argument: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    content: str = ""
    height: int = 1


def read_directive(info: str, body: str) -> Directive | None:
    """Return the directive of a fence, or None if the fence has code or text as it is."""
    opening = OPENING.fullmatch(info.strip())
    if opening is None:
        return None
    lines = body.split("\n")
    options: dict[str, str] = {}
    start = 0
    if lines[0].strip() == "---":
        start = next((number for number, line in enumerate(lines[1:], 1) if line.strip() == "---"), 0) + 1
        for line in lines[1 : start - 1]:
            name, _, value = line.partition(":")
            options[name.strip()] = value.strip().strip("\"'")
    else:
        while start < len(lines) and (option := OPTION.fullmatch(lines[start])):
            options[option["name"]] = (option["value"] or "").strip()
            start += 1
    return Directive(opening["name"], opening["argument"].strip(), options, "\n".join(lines[start:]), start + 1)
