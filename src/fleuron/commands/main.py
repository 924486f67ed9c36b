"""Parse the command line of ``fleuron`` and run the subcommand."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import Protocol, cast

import fleuron
from fleuron.commands.arguments import CommandParser, UsageError
from fleuron.diagnostics.similar_names import suggestion
from fleuron.interruption import ended_by_signals, exit_code_of
from fleuron.system_faults import message_of_fault

# The subcommands, in the order of the help; each is a module of this package.
COMMANDS = (
    *("new", "article", "contributor", "policy", "language", "style", "adopt", "doctor"),
    *("publish", "live", "check", "import", "export", "translations", "translation", "progress"),
    *("archive", "verify", "release", "package"),
)

# The exit code of a program that ends because nobody reads what it prints, as shells have it.
BROKEN_PIPE = 141
# What other programs call what these do.
OTHER_NAMES = {"build": "publish", "make": "publish", "serve": "live", "watch": "live"}


class Command(Protocol):
    """What the module of a subcommand has; the first line of its docstring is its help."""

    __doc__: str

    def add_arguments(self, parser: CommandParser) -> None: ...

    def run(self, arguments: Namespace) -> int: ...


def command_named(name: str) -> Command:
    return cast(Command, import_module(f"fleuron.commands.{name}"))


def summary_of(name: str) -> str:
    """Return the first line of a subcommand's description, without its full stop."""
    return command_named(name).__doc__.splitlines()[0].rstrip(".")


def parser_of(name: str) -> CommandParser:
    """Return the parser of a subcommand's arguments."""
    command = command_named(name)
    parser = CommandParser(prog=f"fleuron {name}", description=command.__doc__)
    command.add_arguments(parser)
    return parser


def overview() -> str:
    """Return what ``fleuron --help`` prints."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:{width}}  {summary_of(name)}" for name in COMMANDS]
    return "\n".join(
        [
            "usage: fleuron COMMAND [OPTIONS]",
            "",
            "Publish articles in several languages as a web site, EPUB and PDF, and archive what was released.",
            "",
            *lines,
            "",
            "Of what somebody else has written, nothing runs with --untrusted: fleuron publish html --untrusted.",
            "fleuron COMMAND --help lists the options of a command; fleuron --version prints the version.",
        ]
    )


def run(words: Sequence[str]) -> int:
    """Run the subcommand that the command line names; return the exit code."""
    if not words:
        print(overview())
        return 2
    name, *rest = words
    if name in ("-h", "--help"):
        print(overview())
        return 0
    if name in ("-V", "--version"):
        print(f"fleuron {fleuron.__version__}")
        return 0
    if name not in COMMANDS:
        if other := OTHER_NAMES.get(name):
            raise UsageError(f"there is no command “{name}”; did you mean “{other}”?")
        known = (*COMMANDS, "--help", "--version") if name.startswith("-") else COMMANDS
        kind = "option" if name.startswith("-") else "command"
        raise UsageError(f"there is no {kind} “{name}”{suggestion(name, known)}")
    return command_named(name).run(parser_of(name).parse(rest))


def main() -> None:
    """Run ``fleuron`` with the arguments of the process."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # where the terminal has no such letter
    try:
        with ended_by_signals():
            sys.exit(run(sys.argv[1:]))
    except UsageError as error:
        print(f"fleuron: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        # Who reads the output wants no more of it, such as “head”; Python would write the rest at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(BROKEN_PIPE)
    except OSError as error:
        print(f"fleuron: {message_of_fault(error)}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt as interruption:
        print("fleuron: interrupted; what is published is whole, the old or the new", file=sys.stderr)
        sys.exit(exit_code_of(interruption))
