"""Run the rules over the sources of a publication, but where they are turned off."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from fleuron.checks.reading.off_comments import OffComment, off_comments
from fleuron.checks.reading.publication import text_of
from fleuron.checks.rule import Rule
from fleuron.checks.rules import RULES, UNKNOWN_RULE
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Place, Violation
from fleuron.diagnostics.similar_names import suggestion


def check(sources: Sources, off: Collection[str] = (), *, online: bool = False) -> list[Violation]:
    """Return the violations of all rules but those in ``off``, by file and line."""
    comments = comments_of(sources)
    rules = [rule for rule in RULES if rule.name not in off and (online or not rule.is_online)]
    found = {violation for rule in rules for violation in violations_of(rule, sources)}
    kept = [violation for violation in found if not is_off(violation, comments.get(violation.place.path, ()))]
    if UNKNOWN_RULE.name not in off:
        kept += unknown_rules(comments)
    return sorted(kept, key=lambda violation: (violation.place, violation.rule, violation.message))


def violations_of(rule: Rule, sources: Sources) -> Iterator[Violation]:
    """Yield what a rule finds; an error stays one whatever the level of the rule."""
    for violation in rule.find(sources):
        level = violation.level if violation.level is not Violation.level else rule.level
        yield replace(violation, rule=rule.name, level=level)


def comments_of(sources: Sources) -> Mapping[str, list[OffComment]]:
    """Return the comments that turn rules off, by the path of their file."""
    paths = [document.path for document in sources.files] + [catalogue.path for catalogue in sources.catalogues]
    texts = {path: text_of(sources.root / path) for path in paths}
    texts |= {source.name: source.text.text for source in sources.bibliography.sources}
    return {
        path: list(off_comments(text.split("\n"), path[path.rfind(".") :]))
        for path, text in texts.items()
        if "fleuron:" in text
    }


def is_off(violation: Violation, comments: Collection[OffComment]) -> bool:
    line = violation.place.line
    return any(violation.rule in comment.rules and comment.first <= line <= comment.last for comment in comments)


def unknown_rules(comments: Mapping[str, list[OffComment]]) -> Iterator[Violation]:
    """Yield the names of rules in comments that no rule has."""
    names = [rule.name for rule in RULES]
    for path, found in comments.items():
        for comment in found:
            for name in comment.rules:
                if name not in names:
                    message = f"there is no rule “{name}”{suggestion(name, names)}"
                    yield Violation(Place(path, comment.line), message, None, UNKNOWN_RULE.name, UNKNOWN_RULE.level)
