"""Make authors' text fit for any format: one line, of characters that every format can carry; omit empty values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

# What XML 1.0 (2.2) cannot carry once white space is folded: control characters, lone surrogates, two non-characters.
FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

# “A one to two sentence description”; those who show a longer one cut it.
DESCRIPTION_LENGTH = 300


def one_line(text: str) -> str:
    """Return a text as one line: its white space folded, without control characters and lone surrogates."""
    return " ".join(FORBIDDEN.sub("", " ".join(text.split())).split())


def shortened(text: str, limit: int) -> str:
    """Cut a text at a word, and mark it with “…”, so that it has at most ``limit`` characters."""
    line = one_line(text)
    if len(line) <= limit:
        return line
    head = line[:limit]
    kept = head.rpartition(" ")[0]
    if len(kept) < limit // 2:  # a word this long can only be cut within
        kept = head[: limit - 1]
    return kept.rstrip(" ,;:–—-…") + "…"


def without_empty(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that are not empty, each text in one line; 0 and False are kept."""
    lines = {name: one_line(value) if isinstance(value, str) else value for name, value in values.items()}
    return {name: value for name, value in lines.items() if value is not None and value not in ("", [], {})}


def distinct(texts: Iterable[str]) -> list[str]:
    """Return the texts that are not empty, each once and in one line."""
    return list(dict.fromkeys(filter(None, map(one_line, texts))))
