"""Put what the galleys hold in its place, so that a reader finds the old or the new, never a half."""

from __future__ import annotations

import shutil
from pathlib import Path

# What Sphinx and the press keep in a galley for themselves.
OWN = shutil.ignore_patterns(".buildinfo", ".buildinfo.bak", ".doctrees", "edition.json", "works.json")

# Formats of which an edition has a folder of files.
WHOLE = frozenset({"html", "records"})


def replace_file(source: Path, target: Path) -> None:
    """Copy a file to its place by way of a draft beside it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.part")
    shutil.copyfile(source, draft)
    draft.replace(target)


def replace_folder(source: Path, target: Path) -> None:
    """Copy a folder to its place; the old one is moved aside only when the new one is whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft, old = (target.with_name(f".{target.name}.{state}") for state in ("part", "old"))
    for left in (draft, old):  # of a run that was interrupted
        shutil.rmtree(left, ignore_errors=True)
    shutil.copytree(source, draft, ignore=OWN)
    if target.exists():
        target.rename(old)
    draft.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def shelve(made: Path, form: str, build: Path, language: str, article: str = "") -> None:
    """Publish one format of an edition from the folder where it was made, or ``article`` alone."""
    if article:
        replace_file(made / language / f"{article}.{form}", build / form / language / f"{article}.{form}")
        return
    if form in WHOLE:
        replace_folder(made, build / form / language)
        return
    for volume in sorted(made.glob(f"*.{form}")):
        replace_file(volume, build / form / volume.name)
    if (made / language).is_dir():
        replace_folder(made / language, build / form / language)
