"""Read the date of the sources from the environment (reproducible-builds.org, SOURCE_DATE_EPOCH)."""

from __future__ import annotations

import datetime
import os


def source_moment() -> datetime.datetime | None:
    """Return the date and time in SOURCE_DATE_EPOCH; None if it is not set, or is not a number of seconds."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC) if seconds.isdecimal() else None
