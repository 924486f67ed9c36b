"""Write which Python packages were installed when a version was built, in the form that pip installs again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FILE_NAME = "requirements.lock"


def requirements_lock(record: Mapping[str, Any]) -> str:
    """Return a requirements file of the packages that a build record names, sorted by name, without Fleuron itself.

    It has no checksums, because an installed package does not tell them; a lock file among the sources may.
    """
    program = record["program"]
    lines = [
        f"# What was installed when this version was built, with Python {record['python']}.",
        f"# Fleuron itself was {program['version']}, of the source {program['identifier']}.",
        *(
            [f"# They were installed from {record['lock']['name']} in source/, which has checksums."]
            if "lock" in record
            else []
        ),
        *(f"{name}=={version}" for name, version in sorted(record["packages"].items())),
    ]
    return "\n".join(lines) + "\n"
