"""Items and notes from JSON files, checked before anything is rendered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fleuron.csl.rendering.context import Cite
from fleuron.csl.rendering.positions import Citation


class InputError(ValueError):
    """A file that cannot be used: the message names it, and the place in it."""


def read_file(path: Path) -> str:
    """Read a text in UTF-8.

    Raises
    ------
    InputError
        The file is missing, or in another encoding.
    """
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: this is not UTF-8: {error.reason} at byte {error.start}") from None


def read_json(path: Path) -> Any:
    """Read a file of JSON."""
    try:
        return json.loads(read_file(path))
    except json.JSONDecodeError as error:
        raise InputError(f"{path}:{error.lineno}: this is not JSON: {error.msg}") from None
    except RecursionError:
        raise InputError(f"{path}: this is nested too deeply") from None


def read_items(path: Path) -> dict[str, Mapping[str, Any]]:
    """Read CSL-JSON items, a list or the `items` of an object, by their ids."""
    data = read_json(path)
    listed = data.get("items") if isinstance(data, dict) else data
    if not isinstance(listed, list):
        raise InputError(f"{path}: a list of CSL-JSON items is expected")
    items: dict[str, Mapping[str, Any]] = {}
    for number, item in enumerate(listed, 1):
        if not isinstance(item, dict):
            raise InputError(f"{path}: item {number} is no object")
        if not isinstance(item.get("id"), str | int) or item["id"] == "":
            raise InputError(f"{path}: item {number} has no “id”")
        items[str(item["id"])] = item
    return items


def read_notes(path: Path, items: Mapping[str, Any]) -> list[Citation]:
    """Read a list of notes, each a list of cites of known items; they are numbered from 1."""
    data = read_json(path)
    if not isinstance(data, list):
        raise InputError(f"{path}: a list of notes is expected, each a list of cites")
    citations = []
    for number, note in enumerate(data, 1):
        if not isinstance(note, list):
            raise InputError(f"{path}: note {number} is no list of cites")
        for cite in note:
            if not isinstance(cite, dict) or not isinstance(cite.get("id"), str | int):
                raise InputError(f"{path}: note {number}: a cite is an object with an “id”")
            if str(cite["id"]) not in items:
                raise InputError(f"{path}: note {number}: there is no item “{cite['id']}”")
        citations.append(Citation(tuple(map(cite_of, note)), number))
    return citations


def cite_of(data: Mapping[str, Any]) -> Cite:
    """Read a cite as citeproc-js has it."""
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
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
