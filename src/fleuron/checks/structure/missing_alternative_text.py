"""Report pictures that nothing describes to those who do not see them."""

from __future__ import annotations

from collections.abc import Iterator

from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Violation
from fleuron.diagnostics import Diagnostic


def find(sources: Sources) -> Iterator[Violation]:
    for document in sources.files:
        for picture in document.undescribed:
            yield Violation(picture.place, Diagnostic.NO_DESCRIPTION.text({"picture": f"the picture “{picture.name}”"}))


RULE = Rule(
    "missing-alternative-text",
    Level.WARNING,
    "A picture has an alternative text; an empty `:alt:` says that it is an ornament.",
    find,
)
