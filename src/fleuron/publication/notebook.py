"""Read the text with which a notebook (`.ipynb`) begins, and the front matter that its metadata are."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

# The metadata that programs keep for themselves.
OF_PROGRAMS = frozenset(
    {"celltoolbar", "jupytext", "kernelspec", "language_info", "mystnb", "toc", "vscode", "widgets"}
)


@dataclass(frozen=True)
class Notebook:
    """A notebook: ``content`` as JSON has it, and the text of its first cell after its front matter."""

    content: dict[str, Any]
    text: str

    def with_text(self, text: str) -> str:
        """Return the notebook's JSON with another text at its beginning, and without the metadata of authors."""
        cell = {"cell_type": "markdown", "id": "beginning", "metadata": {}, "source": text}
        metadata = {key: value for key, value in self.content.get("metadata", {}).items() if key in OF_PROGRAMS}
        cells = self.content["cells"][1 if begins_with_text(self.content) else 0 :]
        return json.dumps({**self.content, "metadata": metadata, "cells": [cell, *cells]})

    def without_cells(self) -> Notebook:
        """Return the notebook without its cells, but for the text at its beginning."""
        return replace(self, content={**self.content, "cells": []})


def read_notebook(text: str, path: Path) -> Notebook | None:
    """Return the notebook that a file has; None if it is not a notebook, or is damaged, which myst_nb reports.

    Its front matter is that of its first cell, if that begins with one, or else the notebook's metadata.
    """
    if path.suffix != ".ipynb":
        return None
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or not isinstance(content.get("cells"), list):
        return None
    beginning = source_of(content["cells"][0]) if begins_with_text(content) else ""
    given = {key: value for key, value in content.get("metadata", {}).items() if key not in OF_PROGRAMS}
    if given and not beginning.startswith("---"):
        beginning = f"---\n{yaml.safe_dump(given, allow_unicode=True, sort_keys=False)}---\n\n{beginning}"
    return Notebook(content, beginning)


def begins_with_text(content: dict[str, Any]) -> bool:
    """Return whether the first cell is Markdown, or the front matter that some editors keep in a raw cell."""
    first = content["cells"][0] if content["cells"] else {}
    kind = first.get("cell_type")
    return kind == "markdown" or (kind == "raw" and source_of(first).startswith("---"))


def source_of(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)
