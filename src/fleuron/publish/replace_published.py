"""Replace what is published of a format by what is newly built: a reader finds the old or the new, never a part.

All that is new of a format is prepared first. What has changed then takes its place in one step: a single file or
folder by being renamed, several by the exchange of the format's whole folder with one that has them, and hard links to
everything that stays. Where that is impossible (the folder is a symbolic link or a mounted disk, its parent is somebody
else's, the file system has no hard links), each changes in a step of its own, one right after the other.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

from fleuron.atomic_files import copy_file, draft_of, replace_folder
from fleuron.publication.document_names import PRINT_FOLDER, printer_file_name
from fleuron.publication.journal.issues import ISSUE_FOLDER

# What the landing page says of an edition; beside the folders in which it was built, that of the published pages.
SUMMARY = "edition.json"
# Files of a build that are not published.
UNPUBLISHED = frozenset(
    {".buildinfo", ".buildinfo.bak", ".doctrees", SUMMARY, "works.json", "texts.json", "pictures.json", "made.json"}
)

# Formats whose output is a folder of files for each edition.
FOLDER_FORMATS = frozenset({"html", "records"})
# Folders of a format that have one for each edition: issues, and printers' files.
FOLDERS_ABOVE = (ISSUE_FOLDER, PRINT_FOLDER)
# The folder in that of a format where the new is prepared.
PREPARED = ".new.part"


class NewFormat:
    """The files and folders of a format that are to be published, as ``BUILDDIR/<format>/<name>``."""

    def __init__(self, build: Path, form: str) -> None:
        self.build = build
        self.form = form
        self.published = build / form
        self.prepared = self.published / PREPARED
        # The names of what is prepared, and of what is to be deleted.
        self.new: list[str] = []
        self.gone: list[str] = []
        # The summaries of prepared editions, by the paths where they stand once the editions are published.
        self.summaries: dict[Path, Path] = {}
        shutil.rmtree(self.prepared, ignore_errors=True)  # of an interrupted run

    def path(self, name: str) -> Path:
        """Return the path of a file of the format: of the new one if there is a new one, and else of the published."""
        is_new = any(name == new or name.startswith(f"{new}/") for new in self.new)
        return (self.prepared if is_new else self.published) / name

    def add_folder(self, source: Path, name: str) -> int:
        """Prepare a folder of published files; return how many files of it are new, changed or gone.

        A file whose bytes are those of the published one is a hard link to it, where the file system has links, and
        keeps its time. It never is one to the file in ``source``, which the next build may write in place.
        """
        target, draft = self.published / name, self.prepared / name
        built = dict(published_files(source))
        before = dict(published_files(target)) if target.is_dir() else {}
        kept = {file for file, entry in built.items() if file in before and is_same(entry, before[file])}
        changes = len(built.keys() | before) - len(kept)
        if not changes and target.is_dir():
            return 0
        draft.mkdir(parents=True)  # also if nothing is published
        for folder in sorted({file.rpartition("/")[0] for file in built}):
            (draft / folder).mkdir(parents=True, exist_ok=True)
        for file, entry in built.items():
            if file in kept:
                link_or_copy(before[file].path, f"{draft}/{file}")
            else:
                shutil.copy2(entry.path, f"{draft}/{file}")
        self.new.append(name)
        return changes

    def add_file(self, source: Path, name: str) -> int:
        """Prepare a copy of a file unless the published one has the same bytes; return how many files have changed."""
        target = self.published / name
        if target.is_file() and is_same(source, target):
            return 0
        copy_file(source, self.prepared / name)
        self.new.append(name)
        return 1

    def write(self, name: str, content: bytes) -> None:
        """Prepare a file with this content unless the published one has it."""
        target = self.published / name
        if not target.is_file() or target.read_bytes() != content:
            draft = self.prepared / name
            draft.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(content)
            self.new.append(name)

    def delete(self, name: str) -> None:
        """Have a file of the format deleted, if there is one."""
        if (self.published / name).is_file():
            self.gone.append(name)

    def publish(self) -> None:
        """Put all that is prepared in its place, in one step if the system can."""
        try:
            if len(self.new) + len(self.gone) <= 1 or not self.replace_whole():
                self.replace_each()
        finally:
            shutil.rmtree(self.prepared, ignore_errors=True)
        for target, source in self.summaries.items():
            copy_file(source, target)

    def replace_whole(self) -> bool:
        """Exchange the published folder with one that has the new and what stays; return whether that is possible."""
        if self.published.is_symlink():
            return False
        draft, status = draft_of(self.published), self.published.stat()
        try:
            os.chown(self.prepared, status.st_uid, status.st_gid)
            shutil.copytree(
                self.published,
                self.prepared,
                symlinks=True,
                ignore=self.names_replaced,
                copy_function=os.link,
                dirs_exist_ok=True,
            )
            self.prepared.rename(draft)
        except (OSError, AttributeError):  # Windows has no owners of files
            return False
        replace_folder(draft, self.published, in_two_steps=True)
        return True

    def names_replaced(self, folder: str, names: list[str]) -> list[str]:
        """Return the names in a published folder that do not stay: those replaced or deleted, and all drafts."""
        prefix = Path(folder).relative_to(self.published)
        replaced = {*self.new, *self.gone}
        return [name for name in names if (prefix / name).as_posix() in replaced or name == PREPARED]

    def replace_each(self) -> None:
        """Put each prepared file or folder in its place by itself."""
        for name in self.new:
            target = self.published / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if (self.prepared / name).is_dir():
                replace_folder(self.prepared / name, target, in_two_steps=True)
            else:
                (self.prepared / name).replace(target)
        for name in self.gone:
            (self.published / name).unlink(missing_ok=True)


def published_files(folder: Path | str, within: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield the files below a folder that are published, with their paths there."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name in UNPUBLISHED:
                continue
            if entry.is_dir():
                yield from published_files(entry.path, f"{within}{entry.name}/")
            else:
                yield f"{within}{entry.name}", entry


def is_same(one: Path | os.DirEntry[str], other: Path | os.DirEntry[str]) -> bool:
    """Return whether two files have the same bytes; those of the same size and time are not read."""
    first, second = one.stat(), other.stat()
    if first.st_size != second.st_size:
        return False
    return first.st_mtime_ns == second.st_mtime_ns or Path(one).read_bytes() == Path(other).read_bytes()


def link_or_copy(source: str, target: str) -> None:
    """Give a file a second name, or copy it where the file system has no hard links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def add_edition(new: NewFormat, output: Path, language: str, article: str = "", issue: str = "") -> int:
    """Prepare an edition in the folder it was built in, or only one ``article`` of it, or the book of an ``issue``.

    That is named by its path in the folder, without ending. Return how many files have changed.
    """
    if article or issue:
        name = f"{issue or f'{language}/{article}'}.{new.form}"
        changes = new.add_file(output / name, name)
        printed = printer_file_name(name, language)
        return changes + new.add_file(output / printed, printed) if issue and (output / printed).is_file() else changes
    if new.form in FOLDER_FORMATS:
        if (summary := output / SUMMARY).is_file():
            new.summaries[summary_path(new.build, language)] = summary
        return new.add_folder(output, language)
    changes = sum(new.add_file(volume, volume.name) for volume in sorted(output.glob(f"*.{new.form}")))
    for folder in (language, *(f"{above}{language}" for above in FOLDERS_ABOVE)):
        if (output / folder).is_dir():
            changes += new.add_folder(output / folder, folder)
        elif folder != language and (new.published / folder).is_dir():
            for file, _entry in published_files(new.published / folder, f"{folder}/"):
                new.delete(file)
                changes += 1
    return changes


def summary_path(build: Path, language: str) -> Path:
    """Return the path of what the landing page says of a published edition."""
    return build / "editions" / language / SUMMARY


def withdraw_editions(build: Path, languages: Collection[str], name: str) -> list[str]:
    """Delete what was published of languages that the publication has no longer; return these languages.

    They are known by the folders that their editions were built in; ``name`` is the publication's in file names.
    """
    folders = [folder for folder in (build / "editions").glob("*") if folder.is_dir()]
    dropped = [folder for folder in folders if folder.name not in languages and (folder / "doctrees").is_dir()]
    for folder in sorted(dropped):
        for form in ("html", "pdf", "epub", "records"):
            shutil.rmtree(build / form / folder.name, ignore_errors=True)
            for above in FOLDERS_ABOVE:
                shutil.rmtree(build / form / above / folder.name, ignore_errors=True)
            (build / form / f"{name}-{folder.name}.{form}").unlink(missing_ok=True)
        for parallel in (*build.glob(f"html/{folder.name}_*"), *build.glob(f"html/*_{folder.name}")):
            shutil.rmtree(parallel)
        shutil.rmtree(folder)
    return sorted(folder.name for folder in dropped)
