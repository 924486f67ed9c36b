"""Say on a terminal how large what a command has made is, and how long it took."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from fleuron.progress.progress_line import is_terminal


def made_in(folder: Path, seconds: float) -> str:
    """Say how large what was made in a folder is, and how long it took; nothing unless standard output is a terminal.

    What a command prints elsewhere may be compared with what it printed before.
    """
    if not is_terminal(sys.stdout, os.environ):
        return ""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    files = "one file" if len(sizes) == 1 else f"{len(sizes):,} files"
    return f" ({files} of {sum(sizes) / 1e6:,.1f} MB, in {seconds:.1f} s)"
