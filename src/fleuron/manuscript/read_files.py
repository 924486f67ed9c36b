"""List the files that documents were made from, for the command that decides whether a build is the same again."""

from __future__ import annotations

import json
import os
from pathlib import Path

from sphinx.application import Sphinx

from fleuron.atomic_files import write_file
from fleuron.build_results import READ_FILES


def setup(app: Sphinx) -> None:
    app.connect("build-finished", write_read_files)


def write_read_files(app: Sphinx, exception: Exception | None) -> None:
    """Write the names of the files that documents depend on, relative to the folder of the sources."""
    if exception is not None:
        return
    source = Path(app.srcdir).resolve()
    names = {str(name) for files in app.env.dependencies.values() for name in files}
    read = sorted({os.path.relpath((source / name).resolve(), source) for name in names})
    text = json.dumps(read)
    path = Path(app.doctreedir, READ_FILES)
    if not path.is_file() or path.read_text("utf-8") != text:
        write_file(path, text)
