"""Run Lighthouse on a page, as on a phone with a slow connection: scores, and how the page loads."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.browser import FLAGS, executable

LIGHTHOUSE = Path(__file__).parent / "node_modules" / ".bin" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# In seconds, as a part, and in bytes.
PAINT, SHIFT, WEIGHT = "largest-contentful-paint", "cumulative-layout-shift", "total-byte-weight"
# The score that each category but performance must have.
WHOLE = 100


class NotMeasured(SystemExit):
    """Ends the benchmark with the message of Lighthouse."""


@dataclass(frozen=True)
class Report:
    """The result of a run or the median of several: scores up to 100, largest paint in seconds, size in kB of 1,000."""

    scores: tuple[float, ...]
    paint: float
    shift: float
    weight: float
    faults: tuple[str, ...] = ()

    @property
    def performance(self) -> float:
        return self.scores[0]

    @property
    def whole(self) -> bool:
        """Whether all scores but that of performance are full."""
        return all(score == WHOLE for score in self.scores[1:])


def run(address: str, folder: Path) -> Report:
    """Run Lighthouse once on a page; ``folder`` is for what it writes."""
    result = folder / "lighthouse.json"
    flags = " ".join(("--headless=new", *FLAGS))
    command = [str(LIGHTHOUSE), address, "--output=json", f"--output-path={result}", "--quiet"]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={flags}"]
    command += ["--disable-full-page-screenshot", "--no-enable-error-reporting"]
    environment = os.environ | {"CHROME_PATH": executable()}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise NotMeasured(f"Lighthouse failed on {address}:\n{done.stdout}{done.stderr}")
    return read(json.loads(result.read_text("utf-8")))


def read(result: dict[str, Any]) -> Report:
    """Read what Lighthouse wrote."""
    audits, categories = result["audits"], result["categories"]
    if fault := result.get("runtimeError"):
        raise NotMeasured(f"Lighthouse: {fault['message']}")
    return Report(
        scores=tuple(100 * categories[name]["score"] for name in CATEGORIES),
        paint=audits[PAINT]["numericValue"] / 1000,
        shift=audits[SHIFT]["numericValue"],
        weight=audits[WEIGHT]["numericValue"] / 1000,
        faults=tuple(faults(result)),
    )


def faults(result: dict[str, Any]) -> Iterator[str]:
    """List the audits that lose points, in all categories but performance."""
    for name in CATEGORIES[1:]:
        for audit in result["categories"][name]["auditRefs"]:
            score = result["audits"][audit["id"]]["score"]
            if audit["weight"] and score is not None and score < 1:
                yield f"{name}: {audit['id']}"


def median(reports: Sequence[Report]) -> Report:
    """Return the median of each number; the faults are those of all runs."""
    return Report(
        scores=tuple(statistics.median(report.scores[place] for report in reports) for place in range(len(CATEGORIES))),
        paint=statistics.median(report.paint for report in reports),
        shift=statistics.median(report.shift for report in reports),
        weight=statistics.median(report.weight for report in reports),
        faults=tuple(dict.fromkeys(fault for report in reports for fault in report.faults)),
    )


def measure(addresses: Sequence[str], folder: Path, runs: int) -> list[Report]:
    """Measure pages alternately, so that other work of the machine affects all of them alike."""
    rounds = [[run(address, folder) for address in addresses] for _ in range(runs)]
    return [median(reports) for reports in zip(*rounds, strict=True)]
