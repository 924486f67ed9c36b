"""Bring the translators' catalogues up to the sources, with sphinx-intl."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from fleuron.publish.settings import CommandError, PublicationSettings


def update_catalogues(settings: PublicationSettings, build: Path, languages: list[str], options: list[str]) -> None:
    """Extract the messages, and merge them into the catalogue of each language but the source's."""
    translated = [language for language in languages if language != settings.languages[0]]
    if not translated:
        raise CommandError("there is no language to translate into; fleuron_languages in conf.py names them")
    # Catalogues tell where a message stands by the way from here, so it is the same for everyone.
    templates = settings.catalogues / "pot"
    run(
        "sphinx",
        "-q",
        "-b",
        "gettext",
        "-d",
        str(build / "editions" / "gettext"),
        *options,
        str(settings.source),
        str(templates),
    )
    names = [option for language in translated for option in ("-l", language.replace("-", "_"))]
    try:
        run("sphinx_intl", "update", "-p", str(templates), "-d", str(settings.catalogues), *names)
    finally:
        shutil.rmtree(templates, ignore_errors=True)
    # Its exit code tells that something is left to translate, which is no failure of this command.
    call("sphinx_intl", "stat", "-d", str(settings.catalogues), *names)


def call(module: str, *arguments: str) -> int:
    return subprocess.run([sys.executable, "-P", "-m", module, *arguments], check=False).returncode


def run(module: str, *arguments: str) -> None:
    if code := call(module, *arguments):
        raise SystemExit(code)
