"""Publications of the tests: their files, the commands that build them, and what is published."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import traceback
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path
from unittest.mock import patch

from lxml import etree, html

from fleuron.commands.main import main
from fleuron.publish import build_processes
from tests.support.forked_sphinx import server

ROOT = Path(__file__).parent.parent.parent
# The sample is the repository's own publication.
SAMPLE = ("conf.py", "index.md", "refs.bib", "issues", "articles", "authors", "locale", "_static", "_templates")

SMALL = {
    "conf.py": (
        'project = "Small"\nauthor = "A. Author"\nextensions = ["fleuron"]\nfleuron_languages = ["en", "tr"]\n'
        "fleuron_edition_threshold = 0; fleuron_epub_fonts = False\n"
    ),
    "index.md": "# Small\n\nA small publication.\n\n```{toctree}\narticles/one\n```\n",
    "articles/one.md": "---\nauthors: [ada]\ndate: 2026-01-02\n---\n# One\n\nThe first text.\n",
    "authors/ada.md": "---\nname: Ada Author\n---\nAda writes.\n",
}


@dataclass(frozen=True)
class Result:
    """The exit code of a command and all that it printed."""

    code: int
    output: str


def run_in_process(arguments: Sequence[str]) -> Result:
    """Run a command of Fleuron in this process, and return what it printed and how it ended."""
    output = StringIO()
    with (
        redirect_stdout(output),
        redirect_stderr(output),
        patch.object(sys, "argv", ["fleuron", *arguments]),
        patch.object(build_processes, "process_context", server),
    ):
        try:
            main()
            code: object = None
        except SystemExit as error:
            code = error.code
        except Exception:
            traceback.print_exc()
            code = 1
    if isinstance(code, str):  # as Python does when a process ends
        print(code, file=output)
        code = 1
    return Result(code if isinstance(code, int) else 0, output.getvalue())


@dataclass(frozen=True)
class Publication:
    """A publication's source folder; what is built stands beside it, in ``build``."""

    source: Path

    @property
    def build(self) -> Path:
        return self.source.parent / "build"

    def write(self, name: str, text: str | bytes) -> None:
        """Write a file of the publication."""
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def run(
        self,
        command: str,
        *arguments: str,
        options: str = "",
        languages: str = "",
        env: Mapping[str, str] | None = None,
        prefix: Sequence[str] = (),
    ) -> Result:
        """Run a command of Fleuron as the Makefile does."""
        command_line = [*prefix, sys.executable, "-P", "-m", "fleuron", command, *arguments]
        if command != "verify":
            command_line += ["--source", str(self.source)]
        if command in ("publish", "translations"):
            command_line += ["--build", str(self.build), f"--languages={languages}", f"--options={options}"]
        process = subprocess.run(
            command_line,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            env={**os.environ, **(env or {})},
        )
        return Result(process.returncode, process.stdout)

    def publish(
        self, *formats: str, options: str = "", languages: str = "", article: str = "", issue: str = ""
    ) -> Result:
        """Build and publish formats, in this process; each Sphinx has a process of its own."""
        arguments = ["publish", *formats, "--source", str(self.source), "--build", str(self.build)]
        arguments += [f"--languages={languages}", f"--options={options}", f"--article={article}", f"--issue={issue}"]
        return run_in_process(arguments)

    def page(self, language: str, name: str) -> html.HtmlElement:
        """Parse a published page, such as ``articles/one``."""
        return html.parse(str(self.build / "html" / language / f"{name}.html")).getroot()

    def files(self) -> dict[str, bytes]:
        """Read all that is published, without the folders that editions are built in."""
        return {
            str(path.relative_to(self.build)): path.read_bytes()
            for path in sorted(self.build.rglob("*"))
            if path.is_file() and "editions" not in path.parts
        }


def text_of(element: etree._Element) -> str:
    """Return an element's text with white space folded."""
    return " ".join("".join(str(part) for part in element.itertext()).split())


def in_latin_digits(text: str) -> str:
    """Return a text with the digits of other scripts as Latin ones."""
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)


def pdf_pages(path: Path) -> list[str]:
    """Return the text of each page of a PDF, as pdftotext reads it."""
    status = path.stat()
    return list(extracted_pages(path, status.st_ino, status.st_mtime_ns))


@cache
def extracted_pages(path: Path, inode: int, modified: int) -> tuple[str, ...]:
    """Run pdftotext on one state of a file, by its inode number and time: many tests read the same volume."""
    command = ["pdftotext", "-layout", str(path), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    # It puts words of another direction between characters that say so.
    return tuple(re.sub("[\u202a-\u202e]", "", text).split("\f")[:-1])


Maker = Callable[[Mapping[str, str | None]], Publication]


def copy_sample(folder: Path) -> Path:
    """Copy the sample's sources, without what earlier builds compiled beside them."""
    for name in SAMPLE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("*.mo", "pot"))
        elif source.exists():
            shutil.copy(source, folder / name)
    return folder
