"""Name what decides how an application of Sphinx reads documents, so that another one reads them in the same way."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docutils
import sphinx
from sphinx.application import Sphinx
from sphinx.config import Config, is_serializable

from fleuron.reporting import collected_messages

# Variables of the environment that reading depends on, and some that it does not.
VARIABLES = ("SOURCE_DATE_EPOCH", "FLEURON_")
OTHER_VARIABLES = frozenset({"FLEURON_CACHE", "FLEURON_TERMINAL"})
# What Fleuron's domain finds in all sources before any is read.
FOUND_BEFORE = frozenset({"naming_issue"})


@dataclass(frozen=True)
class ReadingSettings:
    """What an application is made with, to read like the one that asks, and what tells whether it does.

    ``values`` are the options that decide how sources are read, ``programs`` the versions of what reads them.
    ``errors`` and ``places`` are those that were reported before, ``found_before`` is what Fleuron's domain has found
    in all sources before any is read.
    """

    source: Path
    configuration: Path
    builder: str
    overrides: Mapping[str, Any]
    tags: tuple[str, ...]
    fails_on_warnings: bool
    values: Mapping[str, Any]
    programs: Mapping[str, str]
    variables: Mapping[str, str]
    errors: frozenset[tuple[str, str]]
    places: frozenset[tuple[str, int]]
    found_before: Mapping[str, Any] = field(default_factory=dict)


def settings_of(app: Sphinx) -> ReadingSettings:
    """Return what a process needs to read as this application does."""
    messages = collected_messages()
    return ReadingSettings(
        source=Path(app.srcdir),
        configuration=Path(app.confdir),
        builder=app.builder.name,
        overrides=app.config.overrides,
        tags=tuple(sorted(app.tags)),
        fails_on_warnings=app._fail_on_warnings,
        values=reading_values(app.config),
        programs=reading_programs(app),
        variables=reading_variables(),
        errors=frozenset(messages.errors) if messages else frozenset(),
        places=frozenset(messages.places) if messages else frozenset(),
        found_before={name: found for name, found in domain_data(app).items() if name in FOUND_BEFORE},
    )


def domain_data(app: Sphinx) -> dict[str, Any]:
    """Return the data of Fleuron's domain, which has the records of the publication."""
    return app.env.domaindata.get("fleuron", {})


def reading_values(config: Config) -> dict[str, Any]:
    """Return the options that decide how sources are read, without those that are functions or modules."""
    return {item.name: item.value for item in config.filter(frozenset({"env"})) if is_serializable(item.value)}


def reading_programs(app: Sphinx) -> dict[str, str]:
    """Return the versions of what reads documents: all extensions, Python, Sphinx and docutils."""
    python = ".".join(platform.python_version_tuple()[:2])
    common = {"Python": python, "Sphinx": sphinx.__display_version__, "docutils": docutils.__version__}
    return {**{name: extension.version for name, extension in app.extensions.items()}, **common}


def reading_variables() -> dict[str, str]:
    """Return the variables of the environment that reading depends on."""
    return {
        name: value for name, value in os.environ.items() if name.startswith(VARIABLES) and name not in OTHER_VARIABLES
    }


def use_variables(variables: Mapping[str, str]) -> None:
    """Give this process the variables that reading depends on, and no others of their kind."""
    for name in reading_variables():
        del os.environ[name]
    os.environ.update(variables)


def difference(app: Sphinx, settings: ReadingSettings) -> str:
    """Return in what an application differs from the one that asks; "" if it reads in the same way."""
    own_programs, own_values = reading_programs(app), reading_values(app.config)
    for name in sorted(own_programs.keys() | settings.programs.keys()):
        here, there = settings.programs.get(name, "none"), own_programs.get(name, "none")
        if here != there:
            return f"{name} is {there} on its workers, and {here} on this machine"
    for name in sorted(own_values.keys() | settings.values.keys()):
        if name not in own_values or name not in settings.values or own_values[name] != settings.values[name]:
            return f"conf.py gives {name} another value on its workers"
    return ""
