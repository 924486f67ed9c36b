"""Say what this machine lacks for each format and task, and how to get it on this system."""

from __future__ import annotations

import sys
from argparse import Namespace

from fleuron.commands.arguments import CommandParser, UsageError
from fleuron.diagnostics.similar_names import suggestion
from fleuron.machine.package_table import system_of
from fleuron.machine.readiness import TASKS, readiness, report_lines


def add_arguments(parser: CommandParser) -> None:
    names = ", ".join(task.name for task in TASKS)
    parser.add_argument(
        "tasks",
        nargs="*",
        metavar="TASK",
        help=f"what to look into: {names} (default: all); the exit code is 1 if one of them is not ready",
    )


def run(arguments: Namespace) -> int:
    tasks = {task.name: task for task in TASKS}
    for name in arguments.tasks:
        if name not in tasks:
            raise UsageError(f"there is no task “{name}”{suggestion(name, tasks)}")
    found = [readiness(tasks[name]) for name in arguments.tasks or tasks]
    system = system_of(sys.platform)
    for each in found:
        print("\n".join(report_lines(each, system)))
    return 0 if all(each.is_ready for each in found) else 1
