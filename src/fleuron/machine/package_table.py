"""Read the table of what Fleuron needs from the machine, which `setup/provide` reads too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

# The systems of the table, in the order of its columns, and the command that installs a package on each.
INSTALLERS = {
    "Debian, Ubuntu": "sudo apt install",
    "Fedora": "sudo dnf install",
    "macOS": "brew install",
}
# The names by which /etc/os-release calls the systems that have these packages.
RELATIVES = {"debian": "Debian, Ubuntu", "ubuntu": "Debian, Ubuntu", "fedora": "Fedora"}


@dataclass(frozen=True)
class Requirement:
    """A program, library or typeface: its ``needs``, its name, how it is found, and its package on each system."""

    needs: tuple[str, ...]
    name: str
    look_for: str
    packages: tuple[str, ...]
    hint: str = ""


@cache
def all_requirements() -> tuple[Requirement, ...]:
    """Return all requirements of the table, in its order."""
    text = files(__package__).joinpath("packages").read_text("utf-8")
    return tuple(parse_table(text))


def parse_table(text: str) -> Iterator[Requirement]:
    """Yield the requirements of a table, a line each; lines that begin with # are comments."""
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            needs, name, look_for, *packages, hint = (cell.strip() for cell in line.split("|"))
            yield Requirement(tuple(needs.split()), name, look_for, tuple(packages), hint)


def requirements_for(need: str) -> list[Requirement]:
    """List the requirements that serve a need, such as ``pdf``."""
    return [requirement for requirement in all_requirements() if need in requirement.needs]


def system_of(platform: str, os_release: Path = Path("/etc/os-release")) -> str:
    """Return the system that the machine has, as the table names it; "" if the table does not know it.

    ``platform`` is that of ``sys.platform``.
    """
    if platform == "darwin":
        return "macOS"
    try:
        lines = os_release.read_text("utf-8").splitlines()
    except OSError:
        return ""
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    names = " ".join(values.get(key, "").strip('"') for key in ("ID", "ID_LIKE")).split()
    return next((RELATIVES[name] for name in names if name in RELATIVES), "")


def install_commands(requirements: Iterable[Requirement], system: str) -> Iterator[str]:
    """Yield the command that installs requirements on a system, or those of all systems if it is not known."""
    found = list(requirements)
    for number, (name, command) in enumerate(INSTALLERS.items()):
        packages = dict.fromkeys(requirement.packages[number] for requirement in found)
        if packages and name == (system or name):
            yield f"{'' if system else f'{name}: '}{command} {' '.join(packages)}"
