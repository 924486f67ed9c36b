"""Write violations as commands of GitHub Actions, which shows them beside the lines of a change.

See “Workflow commands for GitHub Actions”, “Setting an error message”.
"""

from __future__ import annotations

from collections.abc import Sequence

from fleuron.checks.violation import Level, Violation

COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.ADVICE: "notice"}


def github_report(violations: Sequence[Violation]) -> str:
    """Return a workflow command for each violation."""
    return "".join(f"{command(violation)}\n" for violation in violations)


def command(violation: Violation) -> str:
    place = violation.place
    properties = {"file": place.path, "line": str(place.line)}
    if place.column:
        properties["col"] = str(place.column)
    properties["title"] = violation.rule
    listed = ",".join(f"{name}={escaped_property(value)}" for name, value in properties.items())
    return f"::{COMMANDS[violation.level]} {listed}::{escaped(violation.message)}"


def escaped(text: str) -> str:
    """Escape what ends a command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escaped_property(text: str) -> str:
    """Escape what ends a command, or one of its properties."""
    return escaped(text).replace(":", "%3A").replace(",", "%2C")
