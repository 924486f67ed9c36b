"""Read titles from sources before Sphinx reads them.

A publication whose conf.py sets no ``project`` has the heading of its table of contents as its title.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

# What no page can have as its title: it stands where neither conf.py nor the table of contents has one.
NO_TITLE = "Publication"
FENCE = re.compile(r"\s*(`{3,}|~{3,}|:{3,})")
EMPHASIS = re.compile(r"[*_]{1,2}(\S(?:.*?\S)?)[*_]{1,2}")
HEADING = re.compile(r"#\s+(.*?)\s*#*")
# Markup that is more than emphasis: roles, links, substitutions, HTML.
MARKUP = re.compile(r"[{}<>|\[\]`]")
UNDERLINE = re.compile(r"([!-/:-@\[-`{-~])\1+")


def root_title(source: Path, root: str) -> str:
    """Return the heading of a publication's table of contents, as its source has it, if it has no markup of its own."""
    for suffix, heading in ((".md", markdown_heading), (".rst", restructuredtext_heading)):
        path = Path(source, root + suffix)
        if path.is_file():
            title = heading(path.read_text("utf-8", "replace").removeprefix("\ufeff"))
            return EMPHASIS.sub(r"\1", title) if title and not MARKUP.search(title) else NO_TITLE
    return NO_TITLE


def markdown_heading(text: str) -> str:
    """Return the title in the front matter of a Markdown text, or its first heading of the first level; else ""."""
    from fleuron.publication.front_matter import read_front_matter  # which a build of nothing need not import

    front_matter = read_front_matter(text)
    if (entry := front_matter.entries.get("title")) and entry.value:
        return " ".join(str(entry.value).split())
    fence = ""
    for line in text.splitlines()[front_matter.height :]:
        if fence or FENCE.match(line):
            mark = line.strip()
            fence = "" if fence and mark == fence else fence or FENCE.match(line)[1]  # type: ignore[index]
        elif heading := HEADING.fullmatch(line.rstrip()):
            return heading[1]
    return ""


def restructuredtext_heading(text: str) -> str:
    """Return the first line of a reStructuredText that is underlined, or ""."""
    underlined = (
        line.strip()
        for line, below in pairwise(text.splitlines())
        if line.strip() and not UNDERLINE.fullmatch(line.rstrip()) and UNDERLINE.fullmatch(below.rstrip())
    )
    return next(underlined, "")
