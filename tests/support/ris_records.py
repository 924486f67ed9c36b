"""RIS records as rispy reads them, by their tags."""

from __future__ import annotations

import rispy  # type: ignore[import-untyped]
from rispy.config import TAG_KEY_MAPPING  # type: ignore[import-untyped]

TAGS = {tag: tag for tag in TAG_KEY_MAPPING}


def read_ris(text: str) -> list[dict[str, list[str]]]:
    """Return the values of each tag, for each record; `TY` has its value in a list as the others do."""
    records = rispy.loads(text, mapping=TAGS, list_tags=list(TAGS), delimiter_tags_mapping={})
    return [{tag: values if isinstance(values, list) else [values] for tag, values in each.items()} for each in records]
