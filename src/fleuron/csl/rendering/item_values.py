"""Items as reference managers and registries write them, made into what the elements of a style look at."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from fleuron.csl.rendering.context import Item
from fleuron.csl.vocabulary import DATE_VARIABLES, NAME_VARIABLES, TEXT_VARIABLES

# A line of the note that gives a variable for which a reference manager has no field: “genre: Peer commentary”.
NOTED = re.compile(r"(?:^|\n)\{?:?([a-z]+(?:-[a-z]+)*): *([^\n}]+)\}?")


def read_item(data: Mapping[str, Any], edition: str) -> Item:
    """Read an item of CSL-JSON for an edition's language; whatever has the wrong type counts as empty.

    An item without a language of its own takes the edition's for the one question whether it is in English.
    """
    values = with_noted({name: kept for name, value in data.items() if (kept := value_of(name, value)) is not None})
    language = str(values.get("language") or "").strip()
    english = re.match(r"en(?![a-z])", language or edition, re.IGNORECASE) is not None
    return Item(values, language.replace("_", "-"), english)


def value_of(name: str, value: Any) -> Any:
    """Return a date as it is, names as a list of persons, and anything else as a text or a whole number."""
    if name in DATE_VARIABLES:
        return value
    if name in NAME_VARIABLES:
        return [person for person in value if isinstance(person, Mapping)] if isinstance(value, list | tuple) else None
    return text_of(value)


def text_of(value: Any) -> str | int | None:
    """Return a text or a whole number; several texts, as registries give, become one."""
    if isinstance(value, list | tuple):
        return ", ".join(
            str(each) for each in value if isinstance(each, str | int) and not isinstance(each, bool) and each != ""
        )
    if isinstance(value, float) and math.isfinite(value):
        return int(value) if value.is_integer() else str(value)
    return value if isinstance(value, str | int) and not isinstance(value, bool) else None


def with_noted(data: dict[str, Any]) -> dict[str, Any]:
    """Take the variables that stand as lines in the note of an item, where it has them nowhere else."""
    note = data.get("note")
    if not isinstance(note, str) or ":" not in note:
        return data
    found: dict[str, Any] = {}
    for variable, value in NOTED.findall(note):
        if variable in NAME_VARIABLES:
            family, _bars, given = (part.strip() for part in value.partition("||"))
            found.setdefault(variable, []).append({"family": family, "given": given} if given else {"literal": family})
        elif variable in DATE_VARIABLES:
            found[variable] = {"raw": value.strip()}
        elif variable in TEXT_VARIABLES:
            found[variable] = value.strip()
    return found | data
