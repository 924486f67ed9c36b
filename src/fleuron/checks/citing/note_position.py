"""Report the call of a note on the wrong side of a stop, by the usage of the language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fleuron.checks.language_usage import NOTE_AFTER_STOP, NOTE_BEFORE_STOP
from fleuron.checks.rule import Rule
from fleuron.checks.sources import MARKUP, Call, Sources, Text
from fleuron.checks.violation import Level, Violation
from fleuron.publication.language_tags import primary_language

STOPS = ".,;:"
# A full stop after a short word or a single letter belongs to it (“г.”, “т. д.”).
ABBREVIATION = re.compile(r"(?:^|[\s(«“])[^\W\d_]{1,3}\.$")


def find(sources: Sources) -> Iterator[Violation]:
    for text in sources.texts:
        language = primary_language(text.language)
        if text.kind == "note":
            continue  # within a note, a citation is part of the sentence
        for call in text.calls:
            if call.is_textual:
                continue
            if language in NOTE_AFTER_STOP:
                yield from before_stop(text, call)
            elif language in NOTE_BEFORE_STOP:
                yield from after_stop(text, call)


def before_stop(text: Text, call: Call) -> Iterator[Violation]:
    """Yield a call that stands before a stop, which it should follow."""
    stop = text.words[call.end : call.end + 1]
    following = text.words[call.end + 1 : call.end + 2]
    if stop and stop in STOPS and (not following or not following.isalnum()) and following not in (*STOPS, "-"):
        swapped = stop + text.source[call.start : call.end]
        message = f"the note is called before “{stop}”; call it after"
        yield text.violation(call.start, message, call.end + 1, swapped)


def after_stop(text: Text, call: Call) -> Iterator[Violation]:
    """Yield a call that stands after a stop, which should follow it."""
    before = text.words[: call.start].rstrip(MARKUP)
    stop = before[-1:]
    is_of_word = ABBREVIATION.search(before[-6:]) or before[-2:-1] in ("…", ".", "?", "!")
    if stop and stop in STOPS and not (stop == "." and is_of_word) and len(before) == call.start:
        swapped = text.source[call.start : call.end] + stop
        message = f"the note is called after “{stop}”; call it before"
        yield text.violation(call.start - 1, message, call.end, swapped)


RULE = Rule(
    "note-position",
    Level.WARNING,
    "A note is called after a full stop or comma in English and Turkish, and before it in Russian, Ukrainian, "
    "Belarusian and French.",
    find,
    is_corrected=True,
)
