"""The moment of the sources, where whoever builds them tells it (reproducible-builds.org, SOURCE_DATE_EPOCH)."""

from __future__ import annotations

import datetime
import os


def source_moment() -> datetime.datetime | None:
    """Return the moment that the environment tells; none where it tells none, or what is no number of seconds."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC) if seconds.isdecimal() else None
