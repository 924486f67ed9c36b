"""Update the translators' catalogues (.po files) from the sources, with sphinx-intl."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from fleuron.publication.language_tags import locale_name
from fleuron.publish.settings import CommandError, PublicationSettings


def update_catalogues(
    settings: PublicationSettings, build: Path, languages: Sequence[str], options: Sequence[str]
) -> None:
    """Extract the messages of the sources and merge them into the catalogues of each language but the sources' own."""
    translated = [language for language in languages if language != settings.languages[0]]
    if not translated:
        raise CommandError("there is no language to translate into: name one in fleuron_languages in conf.py")
    # Catalogues name a message's source file relative to this folder, so it must be the same on every machine.
    templates = settings.catalogues / "pot"
    doctrees = build / "editions" / "gettext"
    run("sphinx", "-q", "-b", "gettext", "-d", str(doctrees), *options, str(settings.source), str(templates))
    names = [option for language in translated for option in ("-l", locale_name(language))]
    try:
        run("sphinx_intl", "update", "-p", str(templates), "-d", str(settings.catalogues), *names)
    finally:
        shutil.rmtree(templates, ignore_errors=True)
    # Its exit code says that something is left to translate, which is not an error here.
    call("sphinx_intl", "stat", "-d", str(settings.catalogues), *names)


def call(module: str, *arguments: str) -> int:
    """Run a Python module; return its exit code."""
    return subprocess.run([sys.executable, "-P", "-m", module, *arguments], check=False).returncode


def run(module: str, *arguments: str) -> None:
    """Run a Python module; end the command if it fails."""
    if code := call(module, *arguments):
        raise SystemExit(code)
