"""Check that the packages of an extra, such as ``fleuron[pdf]``, are installed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version


@cache
def installed_version(package: str) -> str:
    """Return the version of an installed package; read once, because its metadata are as long as its README.

    Raises PackageNotFoundError.
    """
    return version(package)


class MissingExtra(SystemExit):
    """Ends a command or a build with one message that names the extra to install."""

    def __init__(self, purpose: str, extra: str, missing: list[str]) -> None:
        packages = f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} not installed"
        super().__init__(f'fleuron: {packages}; {purpose}: pip install "fleuron[{extra}]"')


def required_packages(extra: str) -> Iterator[str]:
    """Yield the names of the packages that an extra adds, with those of the extras that it includes."""
    from packaging.requirements import Requirement

    for requirement in map(Requirement, requires("fleuron") or ()):
        marker = requirement.marker
        if marker is None or marker.evaluate({"extra": ""}) or not marker.evaluate({"extra": extra}):
            continue
        if requirement.name == "fleuron":
            for included in sorted(requirement.extras):
                yield from required_packages(included)
        else:
            yield requirement.name


def missing_packages(extra: str) -> list[str]:
    """List the packages of an extra that are not installed."""
    missing = []
    for name in required_packages(extra):
        try:
            version(name)
        except PackageNotFoundError:
            missing.append(name)
    return missing


def require_extra(extra: str, purpose: str) -> None:
    """Raise MissingExtra if a package of an extra is not installed; ``purpose`` ends "to install …: pip …"."""
    if missing := missing_packages(extra):
        raise MissingExtra(purpose, extra, missing)
