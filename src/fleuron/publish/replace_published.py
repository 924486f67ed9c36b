"""Replace published files and folders by newly built ones, so that a reader finds the old or the new, never a part."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

from fleuron.atomic_files import copy_file, draft_of, replace_folder

# Files of a build that are not published.
UNPUBLISHED = shutil.ignore_patterns(".buildinfo", ".buildinfo.bak", ".doctrees", "edition.json", "works.json")

# Formats whose output is a folder of files for each edition.
FOLDER_FORMATS = frozenset({"html", "records"})


def publish_folder(source: Path, target: Path) -> None:
    """Copy a folder of published files over another."""
    draft = draft_of(target)
    shutil.rmtree(draft, ignore_errors=True)  # of an interrupted run
    shutil.copytree(source, draft, ignore=UNPUBLISHED)
    replace_folder(draft, target, in_two_steps=True)


def publish_edition(output: Path, form: str, build: Path, language: str, article: str = "") -> None:
    """Publish one format of an edition from the folder it was built in, or only one ``article`` of it."""
    if article:
        copy_file(output / language / f"{article}.{form}", build / form / language / f"{article}.{form}")
        return
    if form in FOLDER_FORMATS:
        publish_folder(output, build / form / language)
        return
    for volume in sorted(output.glob(f"*.{form}")):
        copy_file(volume, build / form / volume.name)
    if (output / language).is_dir():
        publish_folder(output / language, build / form / language)


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
