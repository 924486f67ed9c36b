"""False alarms of a validator that the file itself proves false: they are reported with the proof, and not left out."""

from __future__ import annotations

import re

LENGTH = "PDFA3A-STREAM-LENGTH-001"
STREAM = re.compile(rb"/Length (\d+)((?!stream).)*>>\nstream\n", re.DOTALL)


def proof_against(rule: str, pdf: bytes) -> str:
    """Return what proves that a finding of page-validation is false, or nothing where nothing does.

    page-validation 0.11 takes the last byte of a stream that ends in CR for a part of the line's end before
    ``endstream``. Then the length that the file states is right (ISO 32000-1, 7.3.8.2) if exactly so many bytes
    stand before that end.
    """
    if rule == LENGTH and lengths_are_right(pdf):
        return "a false alarm: before each “endstream” stand as many bytes as /Length says, and the last of one is CR"
    return ""


def lengths_are_right(pdf: bytes) -> bool:
    """Tell whether all streams are as long as they say, and one ends in CR."""
    data = []
    for head in STREAM.finditer(pdf):
        end = head.end() + int(head[1])
        if pdf[end : end + 10] != b"\nendstream":
            return False
        data.append(pdf[head.end() : end])
    return len(data) == pdf.count(b"\nendstream\n") and any(stream.endswith(b"\r") for stream in data)
