"""Update the translators' catalogues (.po files) from the sources."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from fleuron.atomic_files import write_file
from fleuron.editions.merging.catalogue_faults import faults_of
from fleuron.editions.merging.compendium import Compendium
from fleuron.editions.merging.merge import CatalogueMerge, MergeCounts, Sources
from fleuron.editions.merging.po_entries import PoFile, read_entries
from fleuron.editions.merging.renamed_texts import renamed_texts
from fleuron.editions.merging.translation_memory import MemoryFault, TranslationMemory, first_found, read_memory
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


def update_catalogues(
    settings: PublicationSettings,
    build: Path,
    languages: Sequence[str],
    options: Sequence[str],
    given: Sequence[Path] = (),
) -> None:
    """Extract the messages of the sources and merge them into the catalogues of each language but the sources' own.

    ``given`` are files with translations, .po or .tmx, that are offered for messages without one. Other commands wait;
    each catalogue is the old one or the new at any time, and none is changed if one of them is damaged.
    """
    translated = [language for language in languages if language != settings.languages[0]]
    if not translated:
        raise CommandError("there is no language to translate into: name one in fleuron_languages in conf.py")
    with reserved(build), locked(settings.catalogues):
        folders = {language: settings.catalogues / locale_name(language) / MESSAGES for language in translated}
        refuse_damaged([path for folder in folders.values() for path in catalogues_in(folder)])
        memories = {language: memories_of(settings, language, given) for language in translated}
        with extracted_templates(settings, build, options) as folder:
            templates = read_all(folder, ".pot")
        for language in translated:
            update_language(folders[language], locale_name(language), templates, memories[language])


def update_language(
    folder: Path, language: str, templates: Mapping[str, PoFile], memories: Sequence[TranslationMemory]
) -> None:
    """Merge templates, by the names of their catalogues, into the catalogues of a language, and print what was done."""
    catalogues = read_all(folder, ".po")
    follow_renamed_texts(folder, catalogues, templates)
    messages = {name: frozenset(entry.message or "" for entry in file.messages) for name, file in templates.items()}
    sources = Sources(Compendium(catalogues, messages).find, partial(first_found, memories))
    states = []
    for name, template in sorted(templates.items()):
        path, whole = folder / f"{name}.po", folder.parent / f"{name}.md"
        if whole.is_file() and name not in catalogues:
            states.append(f"{whole}: translated as a whole, and needs no catalogue")
            continue
        merge = CatalogueMerge(template, catalogues.get(name, PoFile(())), language, sources)
        merged = merge.merged()
        content = merged.text().encode("utf-8")
        if name not in catalogues or path.read_bytes() != content:
            write_file(path, content)
            print(f"{'Update' if name in catalogues else 'Create'}: {path}{changes_of(merge.counts)}")
        states.append(f"{path}: {state_of(merged)}")
    print("\n".join(states))


def follow_renamed_texts(folder: Path, catalogues: dict[str, PoFile], templates: Mapping[str, PoFile]) -> None:
    """Rename the catalogues of texts that were renamed or moved, and name those whose text is gone, which are kept."""
    lost = {name: file for name, file in catalogues.items() if name not in templates and name != SPHINX_TEXTS}
    new = {name: file for name, file in templates.items() if name not in catalogues}
    for old, found in renamed_texts(lost, new).items():
        target = folder / f"{found}.po"
        target.parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{old}.po").rename(target)
        (folder / f"{old}.mo").unlink(missing_ok=True)
        catalogues[found] = catalogues.pop(old)
        shared = len(catalogues[found].by_key.keys() & templates[found].by_key.keys())
        print(f"Rename: {folder / f'{old}.po'} → {found}.po, with {shared} of {len(templates[found].by_key)} messages")
    for name in sorted(lost.keys() & catalogues.keys()):
        translated = sum(entry.is_translated for entry in lost[name].entries if entry.message)
        print(f"Without text: {folder / f'{name}.po'}, with {translated} translations; delete it if the text is gone")


def changes_of(counts: MergeCounts) -> str:
    """Say how many messages of a catalogue changed, and how."""
    numbers = {
        "new": counts.new,
        "changed (fuzzy)": counts.changed,
        "translated elsewhere (fuzzy)": counts.offered,
        "back": counts.returned,
        f"gone ({counts.kept} kept as obsolete)": counts.gone,
    }
    told = ", ".join(f"{number} {what}" for what, number in numbers.items() if number)
    return f": {told}" if told else ""


def state_of(catalogue: PoFile) -> str:
    """Say how many messages of a catalogue are translated."""
    fuzzy = sum(entry.is_fuzzy and entry.is_translated for entry in catalogue.messages)
    done = sum(entry.is_translated and not entry.is_fuzzy for entry in catalogue.messages)
    obsolete = f", {len(catalogue.obsolete)} obsolete" if catalogue.obsolete else ""
    return f"{done} translated, {fuzzy} fuzzy, {len(catalogue.messages) - done - fuzzy} untranslated{obsolete}"


def refuse_damaged(paths: Sequence[Path]) -> None:
    """End the command if a catalogue is damaged: what cannot be read might be lost."""
    faults = [f"{path}:{line}: {problem}" for path in paths for line, problem in faults_of(path)]
    if faults:
        raise CommandError("no catalogue was changed; correct these first:\n" + "\n".join(faults))


def memories_of(settings: PublicationSettings, language: str, given: Sequence[Path]) -> list[TranslationMemory]:
    """Read the files that a translator brings along."""
    try:
        return [read_memory(path, settings.languages[0], language) for path in given]
    except MemoryFault as fault:
        raise CommandError(str(fault)) from None


def read_all(folder: Path, suffix: str) -> dict[str, PoFile]:
    """Read the files with a suffix below a folder, by their names from there without it."""
    paths = [path for path in sorted(folder.rglob(f"*{suffix}")) if path.is_file()]
    return {path.relative_to(folder).with_suffix("").as_posix(): read_entries(path.read_bytes()) for path in paths}


def catalogues_in(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.po"))


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


def run(module: str, *arguments: str) -> None:
    """Run a Python module, which ends with this process; end the command if it fails."""
    sys.stdout.flush()  # before the other program prints
    command = [sys.executable, "-P", "-m", module, *arguments]
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    prepare = end_with_parent if sys.platform == "linux" else None  # Windows refuses any
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, encoding="utf-8", env=env, preexec_fn=prepare)
    if done.returncode:
        print(done.stdout, end="")
        raise SystemExit(done.returncode)
