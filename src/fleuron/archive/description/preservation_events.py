"""Tell what has happened to a version as events: its building, the validators that ran, and its checksums."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from fleuron.archive.description.premis import Agent, Event, software
from fleuron.archive.validation.reports import report_name
from fleuron.metadata.volume import File, Program

REPORTS = "reports"
# The key of a report's list, and its name in a sentence.
LISTS = {"messages": "message", "violations": "violation", "faults": "fault", "failures": "failure"}
# The severities of epubcheck that make an EPUB invalid.
SEVERE = ("ERROR", "FATAL")


def events_of(data: Path, files: Sequence[File], program: Program, publisher: str) -> Iterator[Event]:
    """Yield what has happened to the payload of a bag, in order. Validators that did not run are left out."""
    if publisher:
        agent = Agent("organization", "local", publisher, publisher)
        yield Event("creation", "The publisher tagged the sources of the version in its Git repository.", agent)
    detail = "The sources were built into web pages, EPUBs, PDFs and library records; data/build.json says how."
    yield Event("creation", detail, software(program))
    yield from validations(data, program)
    detail = "The SHA-512 of each file of the payload was computed; manifest-sha512.txt lists them."
    yield Event("message digest calculation", detail, software(program), "success", f"{len(files)} files")


def validations(data: Path, program: Program) -> Iterator[Event]:
    """Yield the events of validators that ran, from their reports."""
    subjects = subjects_of(data)
    for path in sorted((data / REPORTS).glob("*.json")):
        report = json.loads(path.read_text("utf-8"))
        files = subjects.get(path.stem) or tuple(report.get("files", ()))
        for part in (report, report.get("syntax", {})):
            if "validator" in part:
                outcome, note = outcome_of(part)
                detail = f"Validated; the report is data/{REPORTS}/{path.name}."
                yield Event("validation", detail, validator(part["validator"], program), outcome, note, files)


def subjects_of(data: Path) -> dict[str, tuple[str, ...]]:
    """Return the files that the reports on one EPUB or PDF are about, by the names of the reports."""
    found: dict[str, tuple[str, ...]] = {}
    for folder, kinds in (("epub", ("epubcheck", "ace")), ("pdf", ("pdf",))):
        for path in sorted((data / folder).glob(f"**/*.{folder}")):
            name = report_name(path, data / folder)
            found.update({f"{kind}-{name}": (path.relative_to(data).as_posix(),) for kind in kinds})
    return found


def validator(name: str, program: Program) -> Agent:
    """Return a validator, which reports name with its version, such as ``epubcheck 5.3.0``; one of them is Fleuron."""
    if name == "fleuron":
        return software(program)
    parts = name.removesuffix(".").replace(" version ", " ").rsplit(" ", 1)
    return Agent("software", "local", name, *parts)


def outcome_of(report: Mapping[str, Any]) -> tuple[str, str]:
    """Return whether a validator found what makes a file invalid, and how much it found."""
    if "whole" in report:
        return ("pass" if report["whole"] else "fail"), ""
    notes, is_valid = [], report.get("outcome", "pass") == "pass"
    for key, name in LISTS.items():
        if key in report:
            found = list(findings(report[key]))
            notes.append(f"{len(found)} {name}{'' if len(found) == 1 else 's'}")
            is_valid = is_valid and not any(map(is_severe, found))
    return ("pass" if is_valid else "fail"), ", ".join(notes)


def findings(value: Any) -> Iterator[Any]:
    """Yield the findings of a list, or of the lists of a report that has one for each profile or file."""
    if isinstance(value, Mapping):
        for each in value.values():
            yield from findings(each)
    else:
        yield from value


def is_severe(finding: Any) -> bool:
    """Return whether a finding makes its file invalid: epubcheck reports harmless ones too, and some are disproved."""
    if not isinstance(finding, Mapping):
        return True
    return "proof" not in finding and finding.get("severity", SEVERE[0]) in SEVERE
