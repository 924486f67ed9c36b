"""Read what front matter says of an article's history: its dates, what was changed, and that it was withdrawn."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fleuron.publication.values.plain_values import BadValueError, as_date, as_text

CHANGES_FORM = "a list of changes, each with “date: 2026-05-03” and “text: …”, a sentence"
WITHDRAWAL_FORM = "“date: 2026-05-03” and “reason: …”"


@dataclass(frozen=True)
class Change:
    """What was changed in an article after its publication, on which day; ``text`` is a sentence."""

    date: datetime.date
    text: str


@dataclass(frozen=True)
class Withdrawal:
    """The day on which an article was withdrawn, and why."""

    date: datetime.date
    reason: str


def as_changes(value: Any) -> tuple[Change, ...]:
    """Return the changes of an article, in the order of their days."""
    entries = value if isinstance(value, list) else [value]
    changes = [Change(*dated_text(entry, "text", CHANGES_FORM)) for entry in entries]
    return tuple(sorted(changes, key=lambda change: change.date))


def as_withdrawal(value: Any) -> Withdrawal:
    return Withdrawal(*dated_text(value, "reason", WITHDRAWAL_FORM))


def dated_text(value: Any, key: str, form: str) -> tuple[datetime.date, str]:
    """Return the date and the text of an entry that must have both, and nothing else."""
    if not isinstance(value, Mapping) or set(value) != {"date", key}:
        raise BadValueError(form)
    try:
        return as_date(value["date"]), as_text(value[key])
    except BadValueError as error:
        raise BadValueError(f"{form}; “{value['date']}: {value[key]}” is not {error}") from None
