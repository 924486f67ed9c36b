"""Report words in another script than that of the text's language that no mark names the language of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Violation
from fleuron.notes.scripts import guess_language, script_of, script_of_language

WORD = re.compile(r"[^\W\d_]+")
# What may stand between words of one language: spaces, punctuation and numbers.
BETWEEN = re.compile(r"[\s\u200c.,:;!?—–·-]+(?:[\dIVXLC]+[\s.,:;—–-]+)?")
# How many letters of the words are shown.
SHOWN = 40


def find(sources: Sources) -> Iterator[Violation]:
    for text in sources.texts:
        if text.kind == "value" or text.words.isascii():
            continue  # front matter has no place for marks
        own = {script_of_language(text.language), "LATIN"}
        for start, end in foreign_runs(text.words, own):
            yield text.violation(start, message_of(text.words[start:end]))


def foreign_runs(words: str, own: set[str]) -> Iterator[tuple[int, int]]:
    """Yield where words in another script begin and end; a single letter by itself is a symbol, such as β."""
    start = end = 0
    script = ""
    for found in WORD.finditer(words):
        script_here = script_of(found[0])
        if script_here in own or not script_here:
            continue
        if script_here == script and BETWEEN.fullmatch(words, end, found.start()):
            end = found.end()
            continue
        if end - start > 1:
            yield start, end
        start, end, script = found.start(), found.end(), script_here
    if end - start > 1:
        yield start, end


def message_of(words: str) -> str:
    code = guess_language(words, script_of(words)) or "…"
    line = " ".join(words.split())
    shown = line if len(line) <= SHOWN else f"{line[:SHOWN].rstrip()}…"
    return f"“{shown}” has no mark of its language; write [{shown}]{{.language-{code}}}"


RULE = Rule(
    "unmarked-language",
    Level.WARNING,
    "Words in another script have a mark of their language: it chooses their typeface and hyphenation, and how "
    "they are read aloud. Latin letters are at home in every script.",
    find,
)
