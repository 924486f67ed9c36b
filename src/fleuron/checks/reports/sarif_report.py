"""Write violations as a log of SARIF (OASIS Static Analysis Results Interchange Format, 2.1.0)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import fleuron
from fleuron.checks.rule import Rule
from fleuron.checks.violation import Correction, Level, Place, Violation

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# SARIF 2.1.0, 3.27.10.
LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.ADVICE: "note"}
# The folder from which the paths of files are read (3.14.14).
ROOT = "SRCROOT"


def sarif_report(violations: Sequence[Violation], rules: Sequence[Rule]) -> str:
    """Return a log of one run, with the rules that it could apply."""
    indexes = {rule.name: index for index, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {"name": "fleuron", "version": fleuron.__version__, "rules": [*map(described, rules)]}},
        "columnKind": "unicodeCodePoints",
        "results": [result(violation, indexes[violation.rule]) for violation in violations],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def described(rule: Rule) -> dict[str, Any]:
    """Return a rule as a reportingDescriptor (3.49)."""
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.meaning.replace("`", "")},
        "defaultConfiguration": {"level": LEVELS[rule.level]},
    }


def result(violation: Violation, index: int) -> dict[str, Any]:
    """Return a violation as a result (3.27); the rule is found by its index."""
    place = violation.place
    found: dict[str, Any] = {
        "ruleId": violation.rule,
        "ruleIndex": index,
        "level": LEVELS[violation.level],
        "message": {"text": violation.message},
        "locations": [{"physicalLocation": {"artifactLocation": artifact(place), "region": region(place)}}],
    }
    if violation.correction:
        found["fixes"] = [fix(violation.correction)]
    return found


def fix(correction: Correction) -> dict[str, Any]:
    """Return a correction as a fix (3.55)."""
    deleted = region(correction.place) | {"endColumn": correction.place.column + len(correction.old)}
    replacement = {"deletedRegion": deleted, "insertedContent": {"text": correction.new}}
    return {"artifactChanges": [{"artifactLocation": artifact(correction.place), "replacements": [replacement]}]}


def artifact(place: Place) -> dict[str, str]:
    return {"uri": quote(place.path), "uriBaseId": ROOT}


def region(place: Place) -> dict[str, int]:
    """Return a place as a region (3.30)."""
    found = {"startLine": place.line}
    return found | {"startColumn": place.column} if place.column else found
