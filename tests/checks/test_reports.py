"""The reports of a check, for people and for programs."""

from __future__ import annotations

import json

import jsonschema

from fleuron.checks.reports.github_report import github_report
from fleuron.checks.reports.json_report import json_report
from fleuron.checks.reports.sarif_report import sarif_report
from fleuron.checks.reports.text_report import text_report
from fleuron.checks.rules import RULES
from fleuron.checks.violation import Correction, Level, Place, Violation

PLACE = Place("articles/a b,c:d.md", 3, 7)
RANGE = Violation(PLACE, "“1-2” is a range, 100 % sure", Correction(PLACE, "-", "–"), "range-hyphen", Level.WARNING)
LINK = Violation(Place("index.md", 2), "there is no file", None, "broken-link", Level.ERROR)
ADVICE = Violation(Place("refs.bib", 9), "nothing cites it", None, "unused-entry", Level.ADVICE)
ALL = [LINK, RANGE, ADVICE]

TEXT = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": {"type": "string"}},
    "additionalProperties": False,
}
# The objects of SARIF 2.1.0 that are written, by the clauses of the standard; nothing beside them is allowed.
REGION = {  # 3.30
    "type": "object",
    "required": ["startLine"],
    "properties": {name: {"type": "integer", "minimum": 1} for name in ("startLine", "startColumn", "endColumn")},
    "additionalProperties": False,
}
ARTIFACT = {  # 3.4
    "type": "object",
    "required": ["uri"],
    "properties": {"uri": {"type": "string", "pattern": r"^[!#-;=?-Z_a-z~]+$"}, "uriBaseId": {"type": "string"}},
    "additionalProperties": False,
}
LEVEL = {"enum": ["none", "note", "warning", "error"]}  # 3.27.10
RULE = {  # 3.49
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string"},
        "shortDescription": TEXT,
        "defaultConfiguration": {"type": "object", "properties": {"level": LEVEL}, "additionalProperties": False},
    },
    "additionalProperties": False,
}
REPLACEMENT = {  # 3.57
    "type": "object",
    "required": ["deletedRegion"],
    "properties": {"deletedRegion": REGION, "insertedContent": TEXT},
    "additionalProperties": False,
}
CHANGE = {  # 3.56
    "type": "object",
    "required": ["artifactLocation", "replacements"],
    "properties": {
        "artifactLocation": ARTIFACT,
        "replacements": {"type": "array", "minItems": 1, "items": REPLACEMENT},
    },
    "additionalProperties": False,
}
FIX = {  # 3.55
    "type": "object",
    "required": ["artifactChanges"],
    "properties": {"artifactChanges": {"type": "array", "minItems": 1, "items": CHANGE}},
    "additionalProperties": False,
}
LOCATION = {  # 3.28, 3.29
    "type": "object",
    "properties": {
        "physicalLocation": {
            "type": "object",
            "properties": {"artifactLocation": ARTIFACT, "region": REGION},
            "additionalProperties": False,
        }
    },
    "additionalProperties": False,
}
RESULT = {  # 3.27
    "type": "object",
    "required": ["message"],
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "message": TEXT,
        "locations": {"type": "array", "items": LOCATION},
        "fixes": {"type": "array", "items": FIX},
    },
    "additionalProperties": False,
}
DRIVER = {  # 3.19
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string"},
        "version": {"type": "string"},
        "rules": {"type": "array", "uniqueItems": True, "items": RULE},
    },
    "additionalProperties": False,
}
RUN = {  # 3.14
    "type": "object",
    "required": ["tool"],
    "properties": {
        "tool": {"type": "object", "required": ["driver"], "properties": {"driver": DRIVER}},
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "results": {"type": "array", "items": RESULT},
    },
    "additionalProperties": False,
}
LOG = {  # 3.13
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": RUN},
    },
    "additionalProperties": False,
}


def test_a_sarif_log_has_what_the_standard_demands() -> None:
    log = json.loads(sarif_report(ALL, RULES))
    jsonschema.Draft7Validator(LOG).validate(log)
    (run,) = log["runs"]
    names = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [names[result["ruleIndex"]] for result in run["results"]] == [result["ruleId"] for result in run["results"]]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]
    place = run["results"][1]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "articles/a%20b%2Cc%3Ad.md"
    assert place["region"] == {"startLine": 3, "startColumn": 7}
    (change,) = run["results"][1]["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 3, "startColumn": 7, "endColumn": 8},
            "insertedContent": {"text": "–"},
        }
    ]
    assert "startColumn" not in run["results"][0]["locations"][0]["physicalLocation"]["region"]


def test_github_shows_each_violation_at_its_line() -> None:
    assert github_report(ALL) == (
        "::error file=index.md,line=2,title=broken-link::there is no file\n"
        "::warning file=articles/a b%2Cc%3Ad.md,line=3,col=7,title=range-hyphen::“1-2” is a range, 100 %25 sure\n"
        "::notice file=refs.bib,line=9,title=unused-entry::nothing cites it\n"
    )


def test_json_has_the_correction() -> None:
    first, second, _third = json.loads(json_report(ALL))
    assert (first["column"], first["fix"], first["level"]) == (None, None, "error")
    assert second["fix"] == {"line": 3, "column": 7, "old": "-", "new": "–"}
    assert json.loads(json_report([])) == []


def test_a_text_ends_with_how_many_there_are() -> None:
    lines = text_report(ALL).splitlines()
    assert lines[0] == "index.md:2: error: there is no file [broken-link]"
    assert lines[1].startswith("articles/a b,c:d.md:3:7: warning: ")
    assert lines[-1] == "1 error, 1 warning, 1 piece of advice; fleuron check --fix corrects 1"
    assert text_report([]) == "nothing to correct\n"
