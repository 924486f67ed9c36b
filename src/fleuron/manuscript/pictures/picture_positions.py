"""Find the line on which an author wrote a picture."""

from __future__ import annotations

from urllib.parse import unquote

from docutils import nodes

from fleuron.manuscript.source_positions import line_with, position_of


def position_of_picture(image: nodes.Element, doctree: nodes.document) -> tuple[str, int]:
    """Return the file and line of a picture: that which has its name, in a text of several lines."""
    path, line = position_of(image, doctree["source"])
    name = str(image.get("original_uri") or image["uri"])
    for written in (name, unquote(name), name.rpartition("/")[2]):
        if (found := line_with(path, line, written)) != line:
            return path, found
    return path, line
