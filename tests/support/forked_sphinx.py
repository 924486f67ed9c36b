"""Run Sphinx in a process forked from one that has imported Fleuron: as separate as a new process, without its start.

Builds in one process would share what Sphinx, docutils and their extensions register and cache; builds in new
processes spend most of their time on imports.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from functools import cache
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerContext
from pathlib import Path

from sphinx.application import builtin_extensions

import fleuron

# What is imported during a build, and not together with Fleuron.
IMPORTED_LATE = (
    *builtin_extensions,
    *("docutils.languages.en", "docutils.parsers.rst.directives.admonitions", "docutils.writers.docutils_xml"),
    *("myst_parser.sphinx_ext.directives", "myst_parser.sphinx_ext.mathjax", "myst_parser.sphinx_ext.myst_refs"),
    *("sphinx.environment.collectors.toctree", "sphinx.util.console", "sphinx.versioning", "sphinx.ext.mathjax"),
    *("sphinxcontrib.bibtex.style.names.last", "sphinxcontrib.bibtex.style.referencing.foot", "resvg_py"),
)


def fleuron_modules() -> Iterator[str]:
    """Yield the names of all modules of Fleuron that do nothing but define things when imported."""
    package = Path(fleuron.__file__).parent
    for path in sorted(package.rglob("*.py")):
        name = ".".join(("fleuron", *path.relative_to(package).with_suffix("").parts))
        if not name.endswith(".__main__"):
            yield name.removesuffix(".__init__")


@cache
def server() -> ForkServerContext:
    """Return the context of the server process, which is started by the first build and ends with the tests."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*IMPORTED_LATE, *fleuron_modules()])
    return context


@cache
def lock() -> threading.Lock:
    """Return what keeps threads from starting and joining processes at the same time."""
    return threading.Lock()


def run_sphinx(arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run ``python -m fleuron.publish.sphinx_process``, and capture its output."""
    with tempfile.NamedTemporaryFile() as output:
        process = server().Process(target=build, args=(list(arguments), dict(os.environ), output.name))
        # Editions are built in threads. Starting a process reads the exit codes of all that have ended, joining it
        # that of its own, and each can be read once.
        with lock():
            process.start()
        wait([process.sentinel])
        with lock():
            process.join()
            code = process.exitcode
            process.close()
        assert code is not None
        return subprocess.CompletedProcess(arguments, code, Path(output.name).read_text("utf-8"))


def build(arguments: list[str], environment: dict[str, str], output: str) -> None:
    """Run Sphinx in this process, a new one, with standard output and error in a file."""
    from fleuron.publish.sphinx_process import main

    descriptor = os.open(output, os.O_WRONLY | os.O_APPEND)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    # As in a process whose output is a pipe.
    sys.stdout.reconfigure(encoding="utf-8", line_buffering=False)  # type: ignore[union-attr]
    sys.stderr.reconfigure(encoding="utf-8", line_buffering=True)  # type: ignore[union-attr]
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["sphinx-build", *arguments]
    sys.exit(main(arguments))
