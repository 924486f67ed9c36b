"""Say in words how the files of a version that was built again differ from those in its bag, and why."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

# Files that list or describe the others, with their checksums: they differ if any of those does.
DESCRIPTIONS = frozenset(
    {
        "README.txt",
        "bag-info.txt",
        "manifest-sha512.txt",
        "tagmanifest-sha512.txt",
        "metadata/premis.xml",
        "data/ro-crate-metadata.json",
        "data/ro-crate-preview.html",
    }
)
# Files that say what a version was built with.
RECORDS_OF_BUILD = frozenset({"data/build.json", "data/requirements.lock", "bagit-profile.json"})
REPORTS = "data/reports/"
TEXTS = (".html", ".xml", ".json", ".js", ".css", ".txt", ".cff", ".bib", ".ris", ".md")
# The key of a report of a validator that did not run (`validation.reports`, whose packages nobody needs here).
NOT_RUN = "not run"
MOST_MEMBERS, LONGEST = 3, 60


@dataclass(frozen=True)
class Difference:
    """A file that differs and what to say of it; ``is_explained`` if the publication is the same all the same."""

    path: str
    sentence: str
    is_explained: bool = False


def differences_between(old: Path, new: Path, before: Mapping[str, str], now: Mapping[str, str]) -> list[Difference]:
    """Return the differences of two bags in folders, given the checksums of their files by path."""
    names = [name for name in sorted({*before, *now}) if before.get(name) != now.get(name)]
    found = [difference_of(old, new, name) for name in names if name not in DESCRIPTIONS]
    others = sum(name not in DESCRIPTIONS for name in names)
    sentence = f"differs, as it describes {others} other {'file that differs' if others == 1 else 'files that differ'}"
    if not others:
        sentence = "differs, although all that it describes is the same"
    found += [Difference(name, sentence, bool(others)) for name in names if name in DESCRIPTIONS]
    return sorted(found, key=lambda each: each.path)


def difference_of(old: Path, new: Path, name: str) -> Difference:
    """Return how a file differs that describes no others."""
    if not (new / name).exists():
        return Difference(name, "was not built")
    if not (old / name).exists():
        return Difference(name, "is new")
    if name in RECORDS_OF_BUILD:
        return Difference(name, "differs, as other programs have built it", True)
    if name.startswith(REPORTS) and (said := report_difference(old / name, new / name)):
        return Difference(name, f"differs: {said}", True)
    place = member_difference(old / name, new / name) if name.endswith(".epub") else ""
    if name.endswith(TEXTS):
        place = line_difference(old / name, new / name)
    return Difference(name, f"differs{place and f' {place}'}")


def report_difference(old: Path, new: Path) -> str:
    """Return why two reports differ, or an empty string if the validator has found something else."""
    before, now = (json.loads(path.read_text("utf-8")) for path in (old, new))
    for was, is_now in ((before, now), (before.get("syntax", {}), now.get("syntax", {}))):
        if NOT_RUN in is_now and NOT_RUN not in was:
            return f"the validator did not run here, because {is_now[NOT_RUN]}"
        if NOT_RUN in was and NOT_RUN not in is_now:
            return "the validator has run here, and had not when the version was archived"
        if was.get("validator") != is_now.get("validator"):
            return f"it is of {is_now.get('validator')}, and was of {was.get('validator')}"
    return ""


def member_difference(old: Path, new: Path) -> str:
    """Return which files in an EPUB differ."""
    before, now = ({each.filename: each.CRC for each in zipfile.ZipFile(path).infolist()} for path in (old, new))
    names = [name for name in sorted({*before, *now}) if before.get(name) != now.get(name)]
    if not names:
        return "in how it is packed; the files in it are the same"
    more = f" and {len(names) - MOST_MEMBERS} more" if len(names) > MOST_MEMBERS else ""
    return f"in {', '.join(names[:MOST_MEMBERS])}{more}"


def line_difference(old: Path, new: Path) -> str:
    """Return the first line in which two texts differ, with what is in each."""
    before, now = (path.read_text("utf-8", "replace").splitlines() for path in (old, new))
    for number, (was, is_now) in enumerate(zip_longest(before, now, fillvalue=""), 1):
        if was != is_now:
            first = next((at for at, (one, two) in enumerate(zip(was, is_now, strict=False)) if one != two), 0)
            begin = max(0, first - LONGEST // 3) if max(len(was), len(is_now)) > LONGEST else 0
            return f"in line {number}: “{excerpt(was, begin)}” is now “{excerpt(is_now, begin)}”"
    return "in its line ends"


def excerpt(line: str, begin: int) -> str:
    end = begin + LONGEST
    return f"{'…' * (begin > 0)}{line[begin:end]}{'…' * (end < len(line))}"


def reasons_of(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """Yield the programs, libraries and fonts that are not those with which the version was archived."""
    if before.get("python") != now.get("python"):
        yield f"Python was {before.get('python')} and is now {now.get('python')}"
    old_program, new_program = before.get("program", {}), now.get("program", {})
    if old_program and old_program != new_program:
        versions = old_program.get("version"), new_program.get("version")
        changed = "its modules differ" if versions[0] == versions[1] else f"was {versions[0]} and is now {versions[1]}"
        yield f"Fleuron: {changed}"
    for kind in ("packages", "libraries"):
        old, new = before.get(kind, {}), now.get(kind, {})
        for name in sorted({*old, *new}):
            if old.get(name) != new.get(name):
                yield f"{name} was {old.get(name, 'not installed')} and is now {new.get(name, 'not installed')}"
    old, new = ({font["name"]: font["sha512"] for font in record.get("fonts", ())} for record in (before, now))
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            change = "has changed" if name in old and name in new else "is missing" if name in old else "is new"
            yield f"the font {name} {change}"


def verdict_of(differences: list[Difference], reasons: list[str]) -> str:
    """Return what differences mean for who relies on the bag."""
    if not differences:
        return "the version can be built again as it was archived"
    unexplained = [each for each in differences if not each.is_explained]
    if not unexplained:
        return (
            "what readers and libraries get can be built again as it was archived; "
            "only the records of what built and checked it differ"
        )
    if not reasons:
        return (
            "no program, library or font that build.json names has changed, so that the reason is one that it does "
            "not name, such as another processor; please report it to the makers of Fleuron"
        )
    return "the version was not built again as it was archived; each possible reason is above"
