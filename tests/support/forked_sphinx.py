"""The server process from which the tests' Sphinx processes are forked: one that has imported Fleuron.

A test's own process has threads, and must not be forked.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from pathlib import Path
from unittest.mock import patch

from sphinx.application import builtin_extensions

import fleuron
from fleuron.publish import build_processes
from fleuron.publish.build_processes import EndedBuild

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
    context.set_forkserver_preload([*IMPORTED_LATE, *fleuron_modules(), "tests.support.read_early"])
    # Python 3.11 does not give it the path of this process.
    with patch.dict(os.environ, PYTHONPATH=os.pathsep.join(filter(None, sys.path))):
        forkserver.ensure_running()
    return context


def run_sphinx(arguments: Sequence[str]) -> EndedBuild:
    """Run ``sphinx-build`` as Fleuron's command does."""
    with patch.object(build_processes, "process_context", server):
        (ended,) = build_processes.run_builds([arguments], 1)
    return ended
