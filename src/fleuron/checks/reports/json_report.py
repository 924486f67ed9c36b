"""Write violations as a list in JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from fleuron.checks.violation import Violation


def json_report(violations: Sequence[Violation]) -> str:
    """Return a JSON array of objects, one for each violation."""
    return json.dumps([*map(as_data, violations)], ensure_ascii=False, indent=2) + "\n"


def as_data(violation: Violation) -> dict[str, Any]:
    """Return a violation as plain data; ``fix`` is None, or what to write instead of what."""
    correction = violation.correction
    fix = correction and {
        "line": correction.place.line,
        "column": correction.place.column,
        "old": correction.old,
        "new": correction.new,
    }
    return {
        "rule": violation.rule,
        "level": violation.level.value,
        "file": violation.place.path,
        "line": violation.place.line,
        "column": violation.place.column or None,
        "message": violation.message,
        "fix": fix,
    }
