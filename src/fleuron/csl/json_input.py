"""Read CSL-JSON items and lists of notes from JSON files, and check their structure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fleuron.csl.rendering.context import Cite
from fleuron.csl.rendering.positions import Citation


class InputError(ValueError):
    """An input file that cannot be used; the message names the file and the place in it."""


def read_file(path: Path) -> str:
    """Read a text file in UTF-8.

    Raises
    ------
    InputError
        The file cannot be read, or is not valid UTF-8.
    """
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: the file is not valid UTF-8: {error.reason} at byte {error.start}") from None


def read_json(path: Path) -> Any:
    """Read a JSON file; one that cannot be parsed raises `InputError`."""
    try:
        return json.loads(read_file(path))
    except json.JSONDecodeError as error:
        raise InputError(f"{path}:{error.lineno}: the file is not valid JSON: {error.msg}") from None
    except RecursionError:
        raise InputError(f"{path}: the JSON is nested too deeply") from None


def read_items(path: Path) -> dict[str, Mapping[str, Any]]:
    """Read CSL-JSON items, from a list or from the `items` of an object, and return them by id."""
    data = read_json(path)
    listed = data.get("items") if isinstance(data, dict) else data
    if not isinstance(listed, list):
        raise InputError(f"{path}: the file must contain a list of CSL-JSON items")
    items: dict[str, Mapping[str, Any]] = {}
    for number, item in enumerate(listed, 1):
        if not isinstance(item, dict):
            raise InputError(f"{path}: item {number} must be an object")
        if not isinstance(item.get("id"), str | int) or item["id"] == "":
            raise InputError(f"{path}: item {number} must have an “id”")
        items[str(item["id"])] = item
    return items


def read_notes(path: Path, items: Mapping[str, Any]) -> list[Citation]:
    """Read a list of notes, each a list of cites; notes are numbered from 1, and every cite must be of a known item."""
    data = read_json(path)
    if not isinstance(data, list):
        raise InputError(f"{path}: the file must contain a list of notes, each a list of cites")
    citations = []
    for number, note in enumerate(data, 1):
        if not isinstance(note, list):
            raise InputError(f"{path}: note {number} must be a list of cites")
        for cite in note:
            if not isinstance(cite, dict) or not isinstance(cite.get("id"), str | int):
                raise InputError(f"{path}: note {number}: a cite must be an object with an “id”")
            if str(cite["id"]) not in items:
                raise InputError(f"{path}: note {number}: the item “{cite['id']}” does not exist")
        citations.append(Citation(tuple(map(cite_of, note)), number))
    return citations


def cite_of(data: Mapping[str, Any]) -> Cite:
    """Read a cite in the form of citeproc-js (`id`, `locator`, `label`, `prefix`, `suffix` and so on)."""
    return Cite(
        str(data["id"]),
        text_of(data.get("locator")),
        text_of(data.get("label")) or "page",
        text_of(data.get("prefix")),
        text_of(data.get("suffix")),
        bool(data.get("suppress-author")),
        bool(data.get("author-only")),
    )


def text_of(value: Any) -> str:
    """Return a string or number as text, and "" for any other value."""
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
