"""Read CSL-JSON items, and normalise what reference managers and registries write in them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from fleuron.csl.rendering.context import Item
from fleuron.csl.sources.entry.localisation_keys import PUBLICATION_STATES, is_key, phrase
from fleuron.csl.style.locales import Locale
from fleuron.csl.vocabulary import DATE_VARIABLES, NAME_VARIABLES, TEXT_VARIABLES

# A line of `note` with a variable for which a reference manager has no field: “genre: Peer commentary”.
VARIABLE_IN_NOTE = re.compile(r"(?:^|\n)\{?:?([a-z]+(?:-[a-z]+)*): *([^\n}]+)\}?")


def read_item(data: Mapping[str, Any], locale: Locale) -> Item:
    """Read a CSL-JSON item; values of the wrong type count as empty.

    By the language of the locale, an item without a language counts as English or not. A genre or state of publication
    that has a localisation key is in that language.
    """
    known = {name: kept for name, value in data.items() if (kept := value_of(name, value)) is not None}
    values = add_variables_in_note(known)
    custom = data.get("custom")
    if isinstance(custom, Mapping):
        values |= localised_texts(custom, locale)
    language = str(values.get("language") or "").strip()
    english = re.match(r"en(?![a-z])", language or locale.language, re.IGNORECASE) is not None
    return Item(values, language.replace("_", "-"), english)


def localised_texts(custom: Mapping[str, Any], locale: Locale) -> dict[str, str]:
    """Return the texts, by variable, of the localisation keys in an item's `custom`, in the language of the locale."""
    genre, state = (str(custom.get(f"{variable}-key", "")) for variable in ("genre", "status"))
    texts = {"genre": phrase(genre, locale.language)} if is_key(genre) else {}
    if state in PUBLICATION_STATES:
        texts["status"] = locale.term(PUBLICATION_STATES[state]) or phrase(state)
    return texts


def value_of(name: str, value: Any) -> Any:
    """Return a date unchanged, names as a list of persons, and any other value as a text or a whole number."""
    if name in DATE_VARIABLES:
        return value
    if name in NAME_VARIABLES:
        return [person for person in value if isinstance(person, Mapping)] if isinstance(value, list | tuple) else None
    return text_of(value)


def text_of(value: Any) -> str | int | None:
    """Return a text or a whole number; a list of texts, as registries have it, becomes one text."""
    if isinstance(value, list | tuple):
        return ", ".join(
            str(part) for part in value if isinstance(part, str | int) and not isinstance(part, bool) and part != ""
        )
    if isinstance(value, float) and math.isfinite(value):
        return int(value) if value.is_integer() else str(value)
    return value if isinstance(value, str | int) and not isinstance(value, bool) else None


def add_variables_in_note(data: dict[str, Any]) -> dict[str, Any]:
    """Add the variables in the lines of an item's `note`, unless the item has them itself."""
    note = data.get("note")
    if not isinstance(note, str) or ":" not in note:
        return data
    variables: dict[str, Any] = {}
    for variable, value in VARIABLE_IN_NOTE.findall(note):
        if variable in NAME_VARIABLES:
            family, _bars, given = (part.strip() for part in value.partition("||"))
            variables.setdefault(variable, []).append(
                {"family": family, "given": given} if given else {"literal": family}
            )
        elif variable in DATE_VARIABLES:
            variables[variable] = {"raw": value.strip()}
        elif variable in TEXT_VARIABLES:
            variables[variable] = value.strip()
    return variables | data
