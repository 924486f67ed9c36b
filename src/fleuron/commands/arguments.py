"""Parse the options that several commands share, and suggest the nearest name for one that is unknown."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from fleuron.diagnostics.similar_names import suggestion


class UsageError(Exception):
    """A command was called wrongly; its text is the message to print."""


class CommandParser(argparse.ArgumentParser):
    """The parser of a command's arguments; options are not abbreviated."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)

    def parse(self, words: Sequence[str]) -> argparse.Namespace:
        """Parse arguments; raise UsageError, with the nearest option for one that is unknown."""
        arguments, unknown = self.parse_known_args(words)
        for word in unknown:
            if word.startswith("-"):
                name = word.partition("=")[0]
                raise UsageError(f"“{self.prog}” has no option “{name}”{suggestion(name, self.option_names())}")
        if unknown:
            raise UsageError(f"“{self.prog}” does not expect “{unknown[0]}”; see {self.prog} --help")
        return arguments

    def option_names(self) -> list[str]:
        """List the long options."""
        return [name for action in self._actions for name in action.option_strings if name.startswith("--")]

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{self.prog}: {message}")


def add_source(parser: CommandParser) -> None:
    parser.add_argument(
        "--source", type=Path, default=Path(), metavar="FOLDER", help="the publication's folder (default: this one)"
    )


def add_untrusted(parser: CommandParser) -> None:
    parser.add_argument(
        "--untrusted",
        action="store_true",
        help="build what a stranger has written: refuse a conf.py that is more than a list of values, templates and "
        "links that lead out of the folder, and show HTML as text (see SECURITY.md)",
    )


def add_build_folder(parser: CommandParser) -> None:
    parser.add_argument(
        "--build", type=Path, default=Path("_build"), metavar="FOLDER", help="where to publish (default: _build)"
    )


def add_build(parser: CommandParser) -> None:
    """Add the options of every command that builds a publication with Sphinx."""
    add_source(parser)
    add_untrusted(parser)
    add_build_folder(parser)
    parser.add_argument(
        "--languages",
        type=language_list,
        default=(),
        metavar='"LANGUAGE ..."',
        help='the editions to build, such as "en tr" (default: all that conf.py names)',
    )
    parser.add_argument(
        "--options",
        type=shlex.split,
        default=(),
        metavar='"OPTION ..."',
        help='options for sphinx-build, such as --options="-W -D version=2"',
    )


def language_list(text: str) -> list[str]:
    """Split a list of languages at blanks and commas."""
    return re.findall(r"[^\s,]+", text)
