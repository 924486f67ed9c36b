"""Serve one edition in the browser, and build it again whenever a source file is saved."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path

from fleuron.commands.arguments import CommandParser, add_build
from fleuron.extras import require_extra
from fleuron.publish.edition_builds import EditionBuild
from fleuron.publish.settings import read_settings


def add_arguments(parser: CommandParser) -> None:
    add_build(parser)
    parser.add_argument("--port", type=int, default=8000, help="the port of http://127.0.0.1 (default: 8000)")


def run(arguments: Namespace) -> int:
    require_extra("live", "to serve an edition while you write")
    settings = read_settings(arguments.source)
    language = settings.chosen(arguments.languages)[0]
    build = arguments.build
    edition = EditionBuild(settings.source, build, language, "html", (), (), tuple(arguments.options))
    # Sphinx compiles .po files into .mo files beside them, which no author has edited.
    ignored = [word for path in ("*.mo", build.resolve(), Path(".venv").resolve()) for word in ("--ignore", str(path))]
    program = [sys.executable, "-P", "-m", "sphinx_autobuild", "--port", str(arguments.port), *ignored]
    os.execv(sys.executable, [*program, *edition.sphinx_arguments()])
