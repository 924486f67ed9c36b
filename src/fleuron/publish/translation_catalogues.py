"""Update the translators' catalogues (.po files) from the sources, with sphinx-intl."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from fleuron.atomic_files import write_file
from fleuron.editions.catalogue_reader import UNREADABLE, read_catalogue
from fleuron.editions.message_list import read_message_list
from fleuron.editions.translation_progress import TextMessages
from fleuron.publication.language_tags import locale_name
from fleuron.publish.build_folder import locked, reserved
from fleuron.publish.build_processes import end_with_parent
from fleuron.publish.settings import CommandError, PublicationSettings

# The catalogue of templates and of Sphinx's own texts.
SPHINX_TEXTS = "sphinx"
# The folder of a language's catalogues in its folder, as gettext has it.
MESSAGES = "LC_MESSAGES"
# A line with the flags of a message.
FLAGS = re.compile(r"^#,(.*)\r?\n", re.MULTILINE)


def update_catalogues(
    settings: PublicationSettings, build: Path, languages: Sequence[str], options: Sequence[str]
) -> None:
    """Extract the messages of the sources and merge them into the catalogues of each language but the sources' own.

    Other commands wait, and each catalogue is the old one or the new at any time: sphinx-intl 2.3 empties a file before
    it writes it, and updates copies here.
    """
    translated = [language for language in languages if language != settings.languages[0]]
    if not translated:
        raise CommandError("there is no language to translate into: name one in fleuron_languages in conf.py")
    names = [locale_name(language) for language in translated]
    with reserved(build) as temporary, locked(settings.catalogues):
        with extracted_templates(settings, build, options) as templates:
            copies = temporary / settings.catalogues.name
            for name in names:
                copy_catalogues(settings.catalogues / name, copies / name)
                follow_renamed_texts(templates, copies / name / MESSAGES, settings.catalogues / name / MESSAGES)
            folders = ("-p", str(templates), "-d", str(copies))
            printed = run("sphinx_intl", "update", *folders, *options_of(names))
            print(printed.replace(str(copies), str(settings.catalogues)), end="")
        for name in names:
            replace_catalogues(copies / name, settings.catalogues / name)
    # Its exit code says that something is left to translate, which is not an error here.
    print(call("sphinx_intl", "stat", "-d", str(settings.catalogues), *options_of(names)).stdout, end="")


@contextmanager
def extracted_templates(settings: PublicationSettings, build: Path, options: Sequence[str]) -> Iterator[Path]:
    """Yield a folder with the templates of catalogues, for as long as they are needed."""
    # Catalogues name a message's source file relative to this folder, so it must be the same on every machine.
    templates = settings.catalogues / "pot"
    shutil.rmtree(templates, ignore_errors=True)  # of a command that was killed
    try:
        extract_messages(settings, build, templates, options)
        yield templates
    finally:
        shutil.rmtree(templates, ignore_errors=True)


def publication_messages(
    settings: PublicationSettings, build: Path, options: Sequence[str]
) -> Mapping[str, TextMessages]:
    """Return the messages of each text of a publication, by the text's name, also of those that were just changed."""
    with reserved(build) as temporary:
        extract_messages(settings, build, temporary / "messages", options)
        return read_message_list(temporary / "messages")


def extract_messages(settings: PublicationSettings, build: Path, folder: Path, options: Sequence[str]) -> None:
    """Write the templates of catalogues and the list of messages into a folder."""
    doctrees = build / "editions" / "gettext"
    sources = ("-D", f"language={locale_name(settings.languages[0])}")
    run("sphinx", "-q", "-b", "gettext", "-d", str(doctrees), *sources, *options, str(settings.source), str(folder))


def options_of(names: Sequence[str]) -> list[str]:
    """Return the options by which sphinx-intl is told the names of languages."""
    return [option for name in names for option in ("-l", name)]


def copy_catalogues(folder: Path, copy: Path) -> None:
    """Copy the catalogues of a language; without byte order marks, which Babel 2.18 takes for a fault of line 1."""
    for path in catalogues_in(folder):
        target = copy / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes().removeprefix(BOM_UTF8))


def catalogues_in(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.po"))


def replace_catalogues(copy: Path, folder: Path) -> None:
    """Replace the catalogues of a language by the updated copies, and delete those of texts that were renamed."""
    updated = {path.relative_to(copy): path for path in catalogues_in(copy)}
    for name, path in updated.items():
        content, target = without_python_flags(path.read_bytes()), folder / name
        if not target.is_file() or target.read_bytes() != content:
            write_file(target, content)
    for path in catalogues_in(folder):
        if path.relative_to(folder) not in updated:
            path.unlink()
            path.with_suffix(".mo").unlink(missing_ok=True)


def follow_renamed_texts(templates: Path, folder: Path, shown: Path) -> None:
    """Rename the catalogues of texts that were renamed, and name those whose text is gone.

    A text is taken for renamed if at least half of the messages of a catalogue without text are in a new one.
    ``folder`` has copies of the catalogues, which are named as those in the folder ``shown``.
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
            print(f"Rename: {shown / f'{old}.po'} → {new}.po, with {len(shared[old])} of {len(messages)} messages")
    for old in lost:
        print(f"Without text: {shown / f'{old}.po'}; delete it if the text is gone")


def messages_of(path: Path) -> frozenset[str]:
    """Return the messages of a catalogue or a template; none if it cannot be read."""
    try:
        return frozenset(read_catalogue(path).translations)
    except UNREADABLE:
        return frozenset()  # reported when the edition is read


def without_python_flags(content: bytes) -> bytes:
    """Return a catalogue without the flags that Babel 2.18 gives messages with braces or a percent sign.

    It takes them for Python's formats, and `msgfmt -c` would demand the same “fields” in a translation.
    """
    text = content.decode("utf-8", "surrogateescape")
    return FLAGS.sub(lambda line: flags_of_gettext(line[1]), text).encode("utf-8", "surrogateescape")


def flags_of_gettext(flags: str) -> str:
    """Return a line with the flags that are not Python's; "" if there are none."""
    kept = [flag for flag in map(str.strip, flags.split(",")) if flag and not flag.startswith("python-")]
    return f"#, {', '.join(kept)}\n" if kept else ""


def call(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a Python module, which ends with this process; return how it ended and what it printed."""
    sys.stdout.flush()  # before the other program prints
    command = [sys.executable, "-P", "-m", module, *arguments]
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    prepare = end_with_parent if sys.platform == "linux" else None  # Windows refuses any
    return subprocess.run(command, check=False, stdout=subprocess.PIPE, encoding="utf-8", env=env, preexec_fn=prepare)


def run(module: str, *arguments: str) -> str:
    """Run a Python module and return what it printed; end the command if it fails."""
    done = call(module, *arguments)
    if done.returncode:
        print(done.stdout, end="")
        raise SystemExit(done.returncode)
    return done.stdout
