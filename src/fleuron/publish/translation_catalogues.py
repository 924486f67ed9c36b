"""Update the translators' catalogues (.po files) from the sources, with sphinx-intl."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from codecs import BOM_UTF8
from collections.abc import Sequence
from pathlib import Path

from fleuron.atomic_files import write_file
from fleuron.editions.catalogue_reader import UNREADABLE, read_catalogue
from fleuron.publication.language_tags import locale_name
from fleuron.publish.settings import CommandError, PublicationSettings

# The catalogue of templates and of Sphinx's own texts.
SPHINX_TEXTS = "sphinx"
# A line with the flags of a message.
FLAGS = re.compile(r"^#,(.*)\r?\n", re.MULTILINE)


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
    sources = ("-D", f"language={locale_name(settings.languages[0])}")
    run("sphinx", "-q", "-b", "gettext", "-d", str(doctrees), *sources, *options, str(settings.source), str(templates))
    names = [option for language in translated for option in ("-l", locale_name(language))]
    folders = {locale_name(language): settings.catalogues / locale_name(language) for language in translated}
    try:
        for folder in folders.values():
            for path in sorted(folder.rglob("*.po")):
                remove_byte_order_mark(path)
            follow_renamed_texts(templates, folder / "LC_MESSAGES")
        run("sphinx_intl", "update", "-p", str(templates), "-d", str(settings.catalogues), *names)
    finally:
        shutil.rmtree(templates, ignore_errors=True)
    for folder in folders.values():
        for path in sorted(folder.rglob("*.po")):
            remove_python_flags(path)
    # Its exit code says that something is left to translate, which is not an error here.
    call("sphinx_intl", "stat", "-d", str(settings.catalogues), *names)


def follow_renamed_texts(templates: Path, folder: Path) -> None:
    """Rename the catalogues of texts that were renamed, and name those whose text is gone.

    A text is taken for renamed if at least half of the messages of a catalogue without text are in a new one.
    """
    texts = {path.relative_to(templates).with_suffix("") for path in templates.rglob("*.pot")}
    catalogues = {path.relative_to(folder).with_suffix("") for path in folder.rglob("*.po")}
    lost = sorted(name for name in catalogues - texts if name.name != SPHINX_TEXTS)
    for new in sorted(texts - catalogues):
        messages = messages_of(templates / f"{new}.pot")
        shared = {old: messages & messages_of(folder / f"{old}.po") for old in lost}
        old = max(lost, key=lambda name: len(shared[name]), default=None)
        if old and shared[old] and 2 * len(shared[old]) >= len(messages_of(folder / f"{old}.po")):
            lost.remove(old)
            target = folder / f"{new}.po"
            target.parent.mkdir(parents=True, exist_ok=True)
            (folder / f"{old}.po").rename(target)
            (folder / f"{old}.mo").unlink(missing_ok=True)
            print(f"Rename: {folder / f'{old}.po'} → {new}.po, with {len(shared[old])} of {len(messages)} messages")
    for old in lost:
        print(f"Without text: {folder / f'{old}.po'}; delete it if the text is gone")
    sys.stdout.flush()  # before the other programs print


def messages_of(path: Path) -> frozenset[str]:
    """Return the messages of a catalogue or a template; none if it cannot be read."""
    try:
        return frozenset(read_catalogue(path).translations)
    except UNREADABLE:
        return frozenset()  # reported when the edition is read


def remove_byte_order_mark(path: Path) -> None:
    """Remove the byte order mark of a catalogue, which Babel 2.18 takes for a fault of the first line."""
    content = path.read_bytes()
    if content.startswith(BOM_UTF8):
        write_file(path, content.removeprefix(BOM_UTF8))


def remove_python_flags(path: Path) -> None:
    """Remove the flags that Babel 2.18 gives messages with braces or a percent sign, as if they were Python's formats.

    `msgfmt -c` would demand the same “fields” in a translation.
    """
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    kept = FLAGS.sub(lambda line: flags_of_gettext(line[1]), text)
    if kept != text:
        write_file(path, kept.encode("utf-8", "surrogateescape"))


def flags_of_gettext(flags: str) -> str:
    """Return a line with the flags that are not Python's; "" if there are none."""
    kept = [flag for flag in map(str.strip, flags.split(",")) if flag and not flag.startswith("python-")]
    return f"#, {', '.join(kept)}\n" if kept else ""


def call(module: str, *arguments: str) -> int:
    """Run a Python module; return its exit code."""
    return subprocess.run([sys.executable, "-P", "-m", module, *arguments], check=False).returncode


def run(module: str, *arguments: str) -> None:
    """Run a Python module; end the command if it fails."""
    if code := call(module, *arguments):
        raise SystemExit(code)
