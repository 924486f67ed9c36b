"""CONTRIBUTING describes every folder of the source, and names no file that does not exist."""

from __future__ import annotations

import re
from pathlib import Path

import fleuron
from tests.support.publications import ROOT

SOURCE = Path(fleuron.__file__).parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def map_entries() -> set[str]:
    """Return the paths in the first column of the map."""
    lines = TEXT.partition("| In `src/fleuron/`")[2].partition("\n\n")[0].splitlines()[2:]
    return {path for line in lines for path in re.findall(r"`([^`]+)`", line.split("|")[1])}


def test_the_map_has_every_folder_and_top_module() -> None:
    top_modules = {path.name for path in SOURCE.glob("*.py") if not path.name.startswith("__")}
    folders = {f"{path.parent.relative_to(SOURCE).as_posix()}/" for path in SOURCE.rglob("__init__.py")} - {"./"}
    entries = map_entries()
    for name in sorted(folders | top_modules):
        described = any(entry.startswith(name) for entry in entries) or any(
            name.startswith(entry) and entry.count("/") >= 2 for entry in entries
        )
        assert described or f"`{name}`" in TEXT, f"{name} is not in the map"


def test_every_path_that_is_named_exists() -> None:
    for entry in map_entries():
        assert (SOURCE / entry).exists(), entry
    for path in re.findall(r"`((?:src|tests|setup|docs|benchmarks|\.github)/[^`* ]*)`", TEXT):
        assert (ROOT / path).exists(), path
