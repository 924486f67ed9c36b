"""Replace published files and folders by newly built ones, so that a reader finds the old or the new, never a part."""

from __future__ import annotations

import shutil
from pathlib import Path

# Files of a build that are not published.
UNPUBLISHED = shutil.ignore_patterns(".buildinfo", ".buildinfo.bak", ".doctrees", "edition.json", "works.json")

# Formats whose output is a folder of files for each edition.
FOLDER_FORMATS = frozenset({"html", "records"})


def replace_file(source: Path, target: Path) -> None:
    """Copy a file over another by way of a draft beside it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.part")
    shutil.copyfile(source, draft)
    draft.replace(target)


def replace_folder(source: Path, target: Path) -> None:
    """Copy a folder over another; the old one is moved aside only when the copy is complete."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft, old = (target.with_name(f".{target.name}.{state}") for state in ("part", "old"))
    for leftover in (draft, old):  # of a run that was interrupted
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.copytree(source, draft, ignore=UNPUBLISHED)
    if target.exists():
        target.rename(old)
    draft.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def publish_edition(output: Path, form: str, build: Path, language: str, article: str = "") -> None:
    """Publish one format of an edition from the folder it was built in, or only one ``article`` of it."""
    if article:
        replace_file(output / language / f"{article}.{form}", build / form / language / f"{article}.{form}")
        return
    if form in FOLDER_FORMATS:
        replace_folder(output, build / form / language)
        return
    for volume in sorted(output.glob(f"*.{form}")):
        replace_file(volume, build / form / volume.name)
    if (output / language).is_dir():
        replace_folder(output / language, build / form / language)
