"""Find pandoc and run it: documents become trees, and trees Markdown."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

# What MyST reads; all else is written as HTML, which it reads too.
WRITTEN = (
    "commonmark+footnotes+pipe_tables+tex_math_dollars+strikeout+definition_lists+implicit_figures+yaml_metadata_block"
)
# The first moment that a zip can record, 1980-01-01, in seconds.
EARLIEST = "315532800"
# What pandoc says of what it has not read.
LOSS = re.compile("Could not|Skipp")


class ConversionError(Exception):
    """A document cannot be converted; the message says why."""


def find_pandoc(environment: Mapping[str, str]) -> str | None:
    """Return the path of pandoc: as PANDOC names it, of pypandoc_binary, or of the system; None if it is missing."""
    if named := environment.get("PANDOC"):
        return named
    package = find_spec("pypandoc")
    if package and package.origin:
        own = Path(package.origin).parent / "files" / "pandoc"
        if own.is_file():
            return str(own)
    return shutil.which("pandoc")


def run_pandoc(pandoc: str, options: Sequence[str], folder: Path, source: bytes = b"") -> tuple[bytes, tuple[str, ...]]:
    """Run pandoc in a folder; return what it writes, and what it says it has not read.

    In its sandbox it reads no file but those that it is given, and nothing from the network. Raises ConversionError.
    """
    try:
        command = [pandoc, "--sandbox", *options]
        done = subprocess.run(command, cwd=folder, input=source, capture_output=True, check=False, env=timeless())
    except OSError as error:
        raise ConversionError(f"pandoc cannot be run: {error.strerror}") from error
    said = done.stderr.decode("utf-8", "replace")
    if done.returncode:
        raise ConversionError(f"pandoc cannot read it: {' '.join(said.split())}")
    lines = (line.removeprefix("[WARNING] ") for line in said.splitlines())
    return done.stdout, tuple(line for line in lines if LOSS.search(line))


def timeless() -> dict[str, str]:
    """Return the environment of pandoc, in which documents that it writes have no date of today."""
    return {"SOURCE_DATE_EPOCH": EARLIEST, **os.environ}


def read_tree(
    pandoc: str, kind: str, folder: Path, source: Path | str, options: Sequence[str] = ()
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the tree of a file or of a text, and what pandoc has not read of it."""
    named = [str(source.resolve())] if isinstance(source, Path) else []
    given = b"" if isinstance(source, Path) else source.encode("utf-8")
    output, losses = run_pandoc(pandoc, [f"--from={kind}", "--to=json", *options, *named], folder, given)
    return json.loads(output), losses


def write_markdown(pandoc: str, tree: Mapping[str, Any], folder: Path) -> str:
    """Return a tree as Markdown, with its metadata before it."""
    options = ["--standalone", "--wrap=none", "--from=json", f"--to={WRITTEN}"]
    return run_pandoc(pandoc, options, folder, json.dumps(tree).encode("utf-8"))[0].decode("utf-8")


def write_word_document(pandoc: str, tree: Mapping[str, Any], folder: Path) -> bytes:
    """Return a tree as a document of Word, the same whenever it is written."""
    target = folder / "document.docx"
    options = ["--standalone", "--from=json", "--to=docx", f"--output={target.name}"]
    run_pandoc(pandoc, options, folder, json.dumps(tree).encode("utf-8"))
    return target.read_bytes()
