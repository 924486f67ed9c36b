"""Words that come from authors, made fit for any format: one line, of characters that every format can carry."""

from __future__ import annotations

import re

# What XML 1.0 (2.2) cannot carry once white space is folded: control characters, lone surrogates, two non-characters.
FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def folded(text: str) -> str:
    """Return a text as one line: its white space folded, without control characters and lone surrogates."""
    return " ".join(FORBIDDEN.sub("", " ".join(text.split())).split())


def shortened(text: str, limit: int) -> str:
    """Cut a text at a word, and mark it with “…”, so that it has at most ``limit`` characters."""
    line = folded(text)
    if len(line) <= limit:
        return line
    head = line[:limit]
    kept = head.rpartition(" ")[0]
    if len(kept) < limit // 2:  # a word this long can only be cut within
        kept = head[: limit - 1]
    return kept.rstrip(" ,;:–—-…") + "…"
