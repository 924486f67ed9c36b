"""A publication in a folder of its own, built as its Makefile builds it, and what came of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree, html

ROOT = Path(__file__).parent.parent.parent
# The sample is the repository's own publication.
SAMPLE = ("conf.py", "index.md", "refs.bib", "articles", "authors", "locale", "_static", "_templates")

SMALL = {
    "conf.py": (
        'project = "Small"\nauthor = "A. Author"\nextensions = ["fleuron"]\nfleuron_languages = ["en", "tr"]\n'
        "fleuron_epub_fonts = False\n"
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
        """Call a command of the press as the Makefile does."""
        words = [*prefix, sys.executable, "-P", "-m", "fleuron", command, *arguments]
        if command != "verify":
            words += ["--source", str(self.source)]
        if command in ("publish", "translations"):
            words += ["--build", str(self.build), f"--languages={languages}", f"--options={options}"]
        done = subprocess.run(
            words,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            env={**os.environ, **(env or {})},
        )
        return Result(done.returncode, done.stdout)

    def publish(self, *formats: str, options: str = "", languages: str = "", **circumstances: Any) -> Result:
        """Build and publish formats."""
        return self.run("publish", *formats, options=options, languages=languages, **circumstances)

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


def pdf_pages(path: Path) -> list[str]:
    """Return the text of each page of a PDF, as pdftotext reads it."""
    text = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    return text.split("\f")[:-1]


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
