"""The reference in docs/reference/ is what the code says now."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import fleuron
from fleuron.diagnostics import Diagnostic
from fleuron.diagnostics.remedies import REMEDIES
from tests.support.publications import ROOT


def test_the_reference_is_current() -> None:
    process = subprocess.run(
        [sys.executable, "-P", str(ROOT / "docs/reference/generate.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (process.returncode, process.stderr) == (0, "")


def test_each_message_has_its_cause_and_its_remedy() -> None:
    assert set(REMEDIES) == set(Diagnostic)
    text = (ROOT / "docs/reference/messages.md").read_text("utf-8")
    sections = re.findall(r"^## `(\w+)`\n\n`.+`\n\n- An? (?:error|warning)\. .+\n- What to do: .+$", text, re.MULTILINE)
    assert sections == [member.value.subtype for member in Diagnostic]


def test_the_reference_names_every_event() -> None:
    literals = {
        node.value
        for path in Path(fleuron.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    emitted = {text for text in literals if re.fullmatch(r"fleuron-[a-z]+-(ready|worded|composed)", text)}
    described = re.findall(r"^## `(.+)`$", (ROOT / "docs/reference/events.md").read_text("utf-8"), re.MULTILINE)
    assert emitted == set(described)
