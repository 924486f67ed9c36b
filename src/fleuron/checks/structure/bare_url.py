"""Report an address in a text that is not a link."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Violation

# Without the stop or bracket after it, which belongs to the sentence. A reader's own machine has no page.
ADDRESS = re.compile(
    r"(?<![\w/@.])(?:https?://(?!localhost|127\.)|www\.)[^\s<>\ue000\ufffc]*[^\s<>\ue000\ufffc.,;:!?)\]}'\"”’»]"
)


def find(sources: Sources) -> Iterator[Violation]:
    for text in sources.texts:
        if text.kind == "value":
            continue
        for found in text.matches(ADDRESS):
            address = found[0] if "://" in found[0] else f"https://{found[0]}"
            link = f"<{address}>"
            message = f"the address {found[0]} is not a link; write {link}"
            yield text.violation(found.start(), message, found.end(), link)


RULE = Rule(
    "bare-url",
    Level.WARNING,
    "An address in a text is a link, `<https://example.org>`, or better a note with its source.",
    find,
    is_corrected=True,
)
