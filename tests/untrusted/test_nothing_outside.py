"""A text reads no file outside the publication, fetches nothing and runs nothing, whatever it is written with.

One publication has an article for each way to try. An audit hook in its conf.py notes which files outside are opened
and which connections are tried; each article has one message, at its line, and nothing of the files is written.
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from tests.support.publications import SMALL, Publication, run_in_process
from tests.support.shared_folders import shared_folder

# The text of an article begins on line 7.
HEAD = "---\nauthors: [ada]\nmyst: {{enable_extensions: [substitution, dollarmath]}}\n---\n# {name}\n\n"
WORD = "SECRETWORD"
# Notes what the Sphinx process opens and connects to; the conf.py of a trusted publication may do anything.
WATCH = """
import sys
def watch(event, arguments):
    shown = str(arguments)
    is_network = event in ("socket.connect", "socket.getaddrinfo") and "family=1," not in shown
    if is_network or event == "os.system" or "secret" in shown and event in ("open", "import", "subprocess.Popen"):
        with open({log!r}, "a") as log:
            log.write(event + shown + "\\n")
sys.addaudithook(watch)
"""
SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"'
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)  # fmt: skip


def rst(text: str) -> str:
    return f"```{{eval-rst}}\n{text}\n```"


# What each article says; ``OUT`` is the folder around that of the publication.
READERS = {
    "include": "```{include} ../../secret.md\n```",
    "include-absolute": "```{include} <OUT/secret.md>\n```",
    "include-literal": "```{include} ../../secret.txt\n:literal:\n```",
    "include-code": "```{include} ../../secret.txt\n:code: python\n```",
    "include-device": "```{include} ../../../../../../../../../../../../dev/zero\n```",
    "include-link": "```{include} link.txt\n```",
    "include-french": "```{inclure} ../../secret.md\n```",
    "include-rst": rst(".. include:: ../../secret.md"),
    "include-rst-standard": rst(".. include:: <OUT/secret.md>"),
    "include-rst-french": rst(".. inclure:: ../../secret.md"),
    "include-rst-literal": rst(".. include:: ../../secret.txt\n   :literal:"),
    "include-parser": rst(".. include:: /refs.bib\n   :parser: secretparser"),
    "include-parser-markdown": "```{include} /refs.bib\n:parser: secretparser\n```",
    "literal": "```{literalinclude} ../../secret.txt\n```",
    "literal-absolute": "```{literalinclude} OUT/secret.txt\n```",
    "literal-link": "```{literalinclude} link.txt\n```",
    "literal-difference": "```{literalinclude} /conf.py\n:diff: ../../secret.txt\n```",
    "literal-rst": rst(".. literalinclude:: ../../secret.txt"),
    "table": "```{csv-table} x\n:file: ../../secret.txt\n```",
    "table-address": "```{csv-table} x\n:url: file://OUT/secret.txt\n```",
    "table-web": "```{csv-table} x\n:url: http://127.0.0.1:9/secret.txt\n```",
    "table-rst": rst(".. csv-table:: x\n   :file: ../../secret.txt"),
    "table-rst-web": rst(".. csv-table:: x\n   :url: http://127.0.0.1:9/secret.txt"),
    "raw": "```{raw} html\n:file: ../../secret.txt\n```",
    "raw-address": "```{raw} html\n:url: file://OUT/secret.txt\n```",
    "raw-web": "```{raw} html\n:url: http://127.0.0.1:9/secret.txt\n```",
    "raw-french": "```{brut} html\n:file: ../../secret.txt\n```",
    "raw-rst": rst(".. raw:: html\n   :file: ../../secret.txt"),
    "image": "![x](../../secret.png)",
    "image-absolute": "![x](OUT/secret.png)",
    "image-address": "![x](file://OUT/secret.png)",
    "image-link": "![x](link.png)",
    "image-web": "![x](http://127.0.0.1:9/secret.png)",
    "image-directive": "```{image} ../../secret.png\n:alt: x\n```",
    "image-rst": rst(".. image:: ../../secret.png\n   :alt: x"),
    "image-embedded": "```{image} ../../secret.png\n:alt: x\n:loading: embed\n```",
    "figure": "```{figure} ../../secret.png\n:alt: x\n```",
    "figure-width": "```{figure} OUT/secret.png\n:alt: x\n:figwidth: image\n```",
    "figure-width-address": "```{figure} file://OUT/secret.png\n:alt: x\n:figwidth: image\n```",
    "download": "{download}`x <../../secret.txt>`",
    "download-link": "{download}`x <link.txt>`",
    "download-rst": rst(":download:`x <../../secret.txt>`"),
    "link": "[x](../../secret.txt)",
    "html-image": 'A <img src="../../secret.png" alt="x">.',
    "html-image-set": 'A <img srcset="../../secret.png 2x" alt="x">.',
    "html-object": '<object data="../../secret.png">x</object>',
    "html-video": '<video src="../../secret.mp4"></video>',
    "html-link": 'A <a href="../../secret.png">link</a>.',
    "html-style": '<div style="background: url(http://127.0.0.1:9/secret.png)">x</div>',
    "html-drawing": f'<svg {SVG} aria-label="x"><image href="file://OUT/secret.png"/></svg>',
    "svg-image": "![x](image.svg)",
    "svg-style": "![x](style.svg)",
    "svg-import": "![x](import.svg)",
    "svg-xinclude": "![x](xinclude.svg)",
    "svg-entity": "![x](entity.svg)",
    "svg-stylesheet": "![x](stylesheet.svg)",
    "svg-dtd": "![x](dtd.svg)",
    "substitution": "{{ cycler.__init__.__globals__.os.popen('touch OUT/run').read() }}",
    "formula": "$\\input{../../secret.txt}$",
    "bibliography": "```{bibliography} ../../secret.bib\n```",
    "bibliography-filter": "```{bibliography}\n:filter: __import__('os').system('touch OUT/run')\n```",
}
DRAWINGS = {
    "image": '<image href="../../secret.png"/><image xlink:href="http://127.0.0.1:9/secret.png"/>',
    "style": "<style>g { fill: url('file://OUT/secret.svg#a') }</style><g style='fill: u\\72l(../../secret.svg)'/>",
    "import": "<style>@import 'http://127.0.0.1:9/secret.css';</style>",
    "xinclude": '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="OUT/secret.txt" parse="text"/>',
    "entity": "<text>&x;</text>",
    "stylesheet": "<rect/>",
    "dtd": "<rect/>",
}
BEFORE = {
    "entity": '<!DOCTYPE svg [<!ENTITY x SYSTEM "file://OUT/secret.txt">]>',
    "stylesheet": '<?xml-stylesheet href="file://OUT/secret.css"?>',
    "dtd": '<!DOCTYPE svg SYSTEM "file://OUT/secret.dtd">',
}
# By night PDFs too, which show the same pictures and need the most time.
FORMATS = ("html", "epub", "records", *(["pdf"] if "FLEURON_NIGHTLY" in os.environ else []))
# Those that are printed as they are written, or shown as they are: nothing is asked of the file that they name.
SILENT = {"image-address", "svg-dtd"}


@dataclass(frozen=True)
class Tried:
    """A publication that has tried to read everything, as it was built with errors."""

    folder: Path

    @cached_property
    def output(self) -> str:
        return (self.folder / "output").read_text("utf-8")

    def messages(self, name: str) -> list[str]:
        """Return the messages about an article, each once; sphinxcontrib-bibtex 2.7 prints the address of an object."""
        lines = [re.sub("0x[0-9a-f]+", "", line) for line in self.output.splitlines()]
        return list(dict.fromkeys(line for line in lines if f"/articles/{name}.md:" in line))


def sources(outside: Path) -> Mapping[str, str]:
    watch = f"import sys; sys.path.insert(0, {str(outside)!r})\n" + WATCH.format(log=str(outside / "log"))
    conf = 'project = "Small"\nextensions = ["fleuron"]\nfleuron_languages = ["fr"]\nfleuron_epub_fonts = False\n'
    names = "\n".join(f"articles/{name}" for name in READERS)
    texts = {
        "conf.py": conf + watch,
        "index.md": f"# Small\n\nA small publication.\n\n```{{toctree}}\n{names}\n```\n",
        "authors/ada.md": SMALL["authors/ada.md"],
        "refs.bib": "@book{a, title = {A}, author = {B, C}, year = 2000}\n",
    }
    for name, text in READERS.items():
        texts[f"articles/{name}.md"] = HEAD.format(name=name.title()) + text + "\n"
    for name, inner in DRAWINGS.items():
        texts[f"articles/{name}.svg"] = f"{BEFORE.get(name, '')}<svg {SVG}>{inner}</svg>"
    return {name: text if name == "conf.py" else text.replace("OUT", str(outside)) for name, text in texts.items()}


@pytest.fixture(scope="session")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Tried:
    """The publication, written as far as it can be, in spite of its errors."""

    def build(folder: Path) -> None:
        publication = Publication(folder / "source")
        for name, text in sources(folder).items():
            publication.write(name, text)
        for suffix in ("txt", "md", "bib", "css", "svg", "dtd"):
            (folder / f"secret.{suffix}").write_text(f"{WORD}, 1\n")
        (folder / "secretparser.py").write_text(f"open({str(folder / 'run')!r}, 'w')\n")
        (folder / "secret.png").write_bytes(base64.b64decode(PIXEL) + WORD.encode())
        (folder / "secret.mp4").write_bytes(WORD.encode())
        for suffix in ("txt", "png"):
            (publication.source / f"articles/link.{suffix}").symlink_to(folder / f"secret.{suffix}")
        arguments = ["--source", str(publication.source), "--build", str(publication.build), "--keep-going"]
        result = run_in_process(["publish", *FORMATS, *arguments])
        (folder / "output").write_text(result.output, "utf-8")

    return Tried(shared_folder(tmp_path_factory, "outside", build))


def test_no_file_outside_is_opened_and_nothing_is_fetched_or_run(tried: Tried) -> None:
    log = tried.folder / "log"
    assert not log.exists(), log.read_text("utf-8")
    assert not (tried.folder / "run").exists()


def test_nothing_of_the_files_is_written(tried: Tried) -> None:
    made = [path for path in (tried.folder / "build").rglob("*") if path.is_file()]
    assert len(made) > 100
    assert not [path for path in made if WORD.encode() in path.read_bytes()]
    assert not [path for path in made if path.name.startswith("secret")]


@pytest.mark.parametrize("name", sorted(READERS.keys() - SILENT))
def test_each_has_one_message_at_its_line(tried: Tried, name: str) -> None:
    (message,) = tried.messages(name)
    assert re.search(rf"{name}\.md:[78]: (ERROR|WARNING): ", message)
