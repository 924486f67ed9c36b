"""Ask on the terminal for what the command line has not said."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import TypeVar

from fleuron.diagnostics.similar_names import suggestion
from fleuron.publish.settings import CommandError

Answer = TypeVar("Answer")


def can_ask() -> bool:
    """Return whether somebody can answer: input and output are a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(question: str, default: str, read: Callable[[str], Answer]) -> Answer:
    """Ask until an answer can be read; ``read`` raises CommandError for one that cannot, which is shown.

    An empty answer is the default.
    """
    while True:
        try:
            answer = input(f"{question} [{default}]: ").strip()
        except EOFError:
            raise CommandError("nothing is made: the questions were not answered") from None
        try:
            return read(answer or default)
        except CommandError as error:
            print(error, file=sys.stderr)


def choose(question: str, meanings: Mapping[str, str], default: str) -> str:
    """Ask for one of several names, each shown with its meaning; a number or a name is an answer."""
    for number, (name, meaning) in enumerate(meanings.items(), 1):
        first, *others = meaning.splitlines()
        print(f"  {number}  {name}", *([] if others else [f"({first})"]))
        for line in (first, *others) if others else ():
            print(f"       {line}")
    return ask(question, default, lambda answer: chosen_name(answer, list(meanings)))


def chosen_name(answer: str, names: list[str]) -> str:
    """Return the name that an answer stands for; raise CommandError with the nearest one if it is unknown."""
    if answer.isdecimal() and 1 <= int(answer) <= len(names):
        return names[int(answer) - 1]
    if answer not in names:
        raise CommandError(f"“{answer}” is not one of them{suggestion(answer, names)}")
    return answer
