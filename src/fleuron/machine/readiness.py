"""Say for each task, such as a PDF, whether this machine is ready for it, what is missing, and how to get it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fleuron.extras import missing_packages
from fleuron.machine.installed_requirements import is_present
from fleuron.machine.package_table import Requirement, install_commands, requirements_for


@dataclass(frozen=True)
class Task:
    """What a machine may be wanted for: its extra of the package, and its needs of the table of packages.

    Without what is in ``wanted`` the task can be done too, but not as well: ``without`` says how.
    """

    name: str
    extra: str = ""
    needs: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    without: str = ""


READERS_TYPEFACES = "texts are shown in the reader’s own typefaces"
TASKS = (
    Task("html", wanted=("fonts",), without=READERS_TYPEFACES),
    Task("epub", wanted=("fonts",), without=READERS_TYPEFACES),
    Task("pdf", extra="pdf", needs=("pdf",)),
    Task("translations"),
    Task("live", extra="live"),
    Task(
        "archive",
        extra="archive",
        needs=("archive", "pdf"),
        wanted=("validators",),
        without="an archived version has no reports of validators",
    ),
)


@dataclass(frozen=True)
class Readiness:
    """Whether a machine is ready for a task, with the packages and requirements that are missing or wanted."""

    task: Task
    packages: tuple[str, ...]
    missing: tuple[Requirement, ...]
    wanted: tuple[Requirement, ...]

    @property
    def is_ready(self) -> bool:
        return not self.packages and not self.missing


def readiness(task: Task) -> Readiness:
    """Find out whether this machine is ready for a task."""
    return Readiness(
        task,
        tuple(missing_packages(task.extra)) if task.extra else (),
        missing_requirements(task.needs),
        missing_requirements(task.wanted),
    )


def missing_requirements(needs: tuple[str, ...]) -> tuple[Requirement, ...]:
    """Return the requirements that serve some needs and that the machine does not have."""
    return tuple(requirement for need in needs for requirement in requirements_for(need) if not is_present(requirement))


def report_lines(found: Readiness, system: str) -> Iterator[str]:
    """Yield the lines that say whether a machine is ready for a task, and what to install; the first has its name."""
    task = found.task
    missing = [*found.packages, *(requirement.name for requirement in found.missing)]
    state = f"missing: {', '.join(missing)}" if missing else "ready"
    if found.wanted and not missing:
        state += f"; without {', '.join(requirement.name for requirement in found.wanted)}, {task.without}"
    yield f"{task.name:13} {state}"
    commands = [f'pip install "fleuron[{task.extra}]"'] if found.packages else []
    requirements = found.missing if missing else found.wanted
    commands += install_commands(requirements, system)
    for text in (*commands, *dict.fromkeys(requirement.hint for requirement in requirements if requirement.hint)):
        yield f"{'':13}   {text}"
