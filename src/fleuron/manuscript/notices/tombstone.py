"""Leave nothing of the text of a withdrawn article but its title, each line in its place."""

from __future__ import annotations

from markdown_it import MarkdownIt

from fleuron.publication.front_matter import fenced_lines


def title_alone(text: str, *, has_title: bool) -> str:
    """Return a Markdown text without its lines after the front matter, but for those of its first heading.

    With ``has_title``, the front matter has the title, and no heading is kept.
    """
    lines = text.split("\n")
    fenced = fenced_lines(text)
    height = len(fenced) + 2 if fenced is not None else 0
    body = lines[height:]
    tokens = [] if has_title else MarkdownIt("commonmark").parse("\n".join(body))
    heading = next((token.map for token in tokens if token.type == "heading_open" and token.map), (0, 0))
    kept = [line if heading[0] <= number < heading[1] else "" for number, line in enumerate(body)]
    return "\n".join([*lines[:height], *kept])
