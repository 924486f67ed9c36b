"""Read the title of a publication whose conf.py sets no ``project``: the heading of its table of contents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

# What no page can have as its title: it stands where neither conf.py nor the table of contents has one.
NO_TITLE = "Publication"
FENCE = re.compile(r"\s*(`{3,}|~{3,}|:{3,})")
HEADING = re.compile(r"#\s+(.*?)\s*#*")
# Markup that is more than emphasis: roles, links, substitutions, HTML.
MARKUP = re.compile(r"[{}<>|\[\]`]")
UNDERLINE = re.compile(r"([!-/:-@\[-`{-~])\1+")


def root_title(source: Path, root: str) -> str:
    """Return the heading of a publication's table of contents, as its source has it, if it has no markup of its own."""
    for suffix, heading in ((".md", markdown_heading), (".rst", restructuredtext_heading)):
        path = Path(source, root + suffix)
        if path.is_file():
            title = heading(path.read_text("utf-8", "replace").removeprefix("\ufeff").splitlines())
            return re.sub(r"[*_]{1,2}(\S(?:.*?\S)?)[*_]{1,2}", r"\1", title) if not MARKUP.search(title) else NO_TITLE
    return NO_TITLE


def markdown_heading(lines: Sequence[str]) -> str:
    """Return the title in the front matter of a Markdown text, or its first heading of the first level."""
    if lines and lines[0].rstrip() == "---":
        end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
        found = next((line for line in lines[1:end] if line.startswith("title:")), "")
        if title := found.removeprefix("title:").strip().strip("\"'"):
            return title
        lines = lines[end + 1 :]
    fence = ""
    for line in lines:
        if fence or FENCE.match(line):
            mark = line.strip()
            fence = "" if fence and mark == fence else fence or FENCE.match(line)[1]  # type: ignore[index]
        elif heading := HEADING.fullmatch(line.rstrip()):
            return heading[1]
    return NO_TITLE


def restructuredtext_heading(lines: Sequence[str]) -> str:
    """Return the first line of a reStructuredText that is underlined."""
    underlined = (
        line.strip()
        for line, below in pairwise(lines)
        if line.strip() and not UNDERLINE.fullmatch(line.rstrip()) and UNDERLINE.fullmatch(below.rstrip())
    )
    return next(underlined, NO_TITLE)
