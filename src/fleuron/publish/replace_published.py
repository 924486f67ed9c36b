"""Replace published files and folders by newly built ones, so that a reader finds the old or the new, never a part."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

from fleuron.atomic_files import copy_file, draft_of, replace_folder

# What the landing page says of an edition; beside the folders in which it was built, that of the published pages.
SUMMARY = "edition.json"
# Files of a build that are not published.
UNPUBLISHED = frozenset({".buildinfo", ".buildinfo.bak", ".doctrees", SUMMARY, "works.json"})

# Formats whose output is a folder of files for each edition.
FOLDER_FORMATS = frozenset({"html", "records"})


def publish_folder(source: Path, target: Path) -> int:
    """Copy a folder of published files over another; return how many files of it are new, changed or gone.

    A file whose bytes are those of the published one is a hard link to it, where the file system has links, and keeps
    its time. It never is one to the file in ``source``, which the next build may write in place.
    """
    draft = draft_of(target)
    shutil.rmtree(draft, ignore_errors=True)  # of an interrupted run
    built = {path.relative_to(source): path for path in published_files(source)}
    before = {path.relative_to(target) for path in published_files(target)} if target.is_dir() else set()
    kept = {name for name, path in built.items() if name in before and is_same(path, target / name)}
    changes = len(built.keys() | before) - len(kept)
    if not changes and target.is_dir():
        return 0
    draft.mkdir(parents=True)  # also if nothing is published
    for name, path in built.items():
        new = draft / name
        new.parent.mkdir(parents=True, exist_ok=True)
        if name in kept:
            link_or_copy(target / name, new)
        else:
            shutil.copy2(path, new)
    replace_folder(draft, target, in_two_steps=True)
    return changes


def published_files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder that are published, in alphabetical order."""
    for entry in sorted(folder.iterdir()):
        if entry.name in UNPUBLISHED:
            continue
        if entry.is_dir():
            yield from published_files(entry)
        else:
            yield entry


def is_same(one: Path, other: Path) -> bool:
    """Return whether two files have the same bytes; those of the same size and time are not read."""
    first, second = one.stat(), other.stat()
    if first.st_size != second.st_size:
        return False
    return first.st_mtime_ns == second.st_mtime_ns or one.read_bytes() == other.read_bytes()


def link_or_copy(source: Path, target: Path) -> None:
    """Give a file a second name, or copy it where the file system has no hard links."""
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copy2(source, target)


def publish_edition(output: Path, form: str, build: Path, language: str, article: str = "") -> int:
    """Publish one format of an edition from the folder it was built in, or only one ``article`` of it.

    Return how many files have changed.
    """
    if article:
        name = f"{language}/{article}.{form}"
        return publish_file(output / name, build / form / name)
    if form in FOLDER_FORMATS:
        changes = publish_folder(output, build / form / language)
        if (summary := output / SUMMARY).is_file():
            copy_file(summary, build / "editions" / language / SUMMARY)
        return changes
    changes = sum(publish_file(volume, build / form / volume.name) for volume in sorted(output.glob(f"*.{form}")))
    if (output / language).is_dir():
        changes += publish_folder(output / language, build / form / language)
    return changes


def publish_file(source: Path, target: Path) -> int:
    """Copy a file over the published one unless both have the same bytes; return how many files have changed."""
    if target.is_file() and is_same(source, target):
        return 0
    copy_file(source, target)
    return 1


def withdraw_editions(build: Path, languages: Collection[str], name: str) -> list[str]:
    """Delete what was published of languages that the publication has no longer; return these languages.

    They are known by the folders that their editions were built in; ``name`` is the publication's in file names.
    """
    folders = [folder for folder in (build / "editions").glob("*") if folder.is_dir()]
    dropped = [folder for folder in folders if folder.name not in languages and (folder / "doctrees").is_dir()]
    for folder in sorted(dropped):
        for form in ("html", "pdf", "epub", "records"):
            shutil.rmtree(build / form / folder.name, ignore_errors=True)
            (build / form / f"{name}-{folder.name}.{form}").unlink(missing_ok=True)
        shutil.rmtree(folder)
    return sorted(folder.name for folder in dropped)
