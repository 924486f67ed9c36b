"""Know how far signs stand in the margin where a justified line begins or ends with them, so that its edge looks even.

Parts of a sign's width, smaller for a sign with more ink. They are the same in both directions of writing: what ends
a line stands at the left in a text from right to left, and its mirrored quotation marks are the same characters.
"""

from __future__ import annotations

QUOTES = dict.fromkeys("’”“‘„‚»«›‹", 0.4)
AT_END = (
    dict.fromkeys(".,،۔", 0.6)
    | dict.fromkeys("-\u2010", 0.5)
    | QUOTES
    | dict.fromkeys(":;؛", 0.3)
    | dict.fromkeys("–—", 0.2)
)
AT_BEGINNING = QUOTES
