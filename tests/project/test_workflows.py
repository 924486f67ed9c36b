"""The workflows of GitHub Actions: valid by their schema, and naming tests, targets and variables that there are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from tests.support.publications import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
SCHEMA = files("check_jsonschema.builtin_schemas.vendor").joinpath("github-workflows.json")


def steps_of(path: Path) -> Iterator[Mapping[str, Any]]:
    for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_is_valid(path: Path) -> None:
    text = path.read_text("utf-8").replace("\non:", '\n"on":')  # which YAML 1.1 takes for a boolean
    validator = Draft7Validator(json.loads(SCHEMA.read_text("utf-8")))
    assert [error.message for error in validator.iter_errors(yaml.safe_load(text))] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_names_what_there_is(path: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+)(?: [a-z-]+)*:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    modules = (each for each in (ROOT / "tests").rglob("*.py") if "node_modules" not in each.parts)
    read = "".join(module.read_text("utf-8") for module in modules)
    for step in steps_of(path):
        command = str(step.get("run", ""))
        assert {*re.findall(r"\bmake ([a-z-]+)", command)} <= targets, command
        for place in re.findall(r"(?:TESTS=|\bsh )([\w/.]+)", command):
            assert (ROOT / place).exists(), command
        for name in step.get("env", {}):
            assert f'"{name}"' in read, f"no test reads {name}"
