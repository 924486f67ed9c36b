"""What a bag's payload is, for those who come by machine: RO-Crate and CITATION.cff."""

from __future__ import annotations

from pathlib import Path

from fleuron.archive.release import Release
from fleuron.publish.facts import Facts


def write_crate(data: Path, facts: Facts, release: Release) -> None:
    """Write the RO-Crate of a payload, and how its version is cited."""
