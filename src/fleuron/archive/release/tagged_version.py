"""Look up a tagged version in its Git repository, and check its sources out."""

from __future__ import annotations

import datetime
import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fleuron.diagnostics.similar_names import suggestion
from fleuron.publish.settings import CommandError

# Tags that can be the name of a folder, and an argument of a command.
VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")


@dataclass(frozen=True)
class Release:
    """A released version.

    ``version`` is the name of the tag; ``commit`` and ``tree`` are Git's object names; ``moment`` is the time of the
    commit in seconds since 1970; ``folder`` is the path of the publication in the repository, with slashes, or ``.``.
    ``tag`` is the object name of a tag that has a message of its own, and else empty.
    """

    version: str
    commit: str
    tree: str
    moment: int
    folder: str
    tag: str = ""

    @property
    def day(self) -> datetime.date:
        return datetime.datetime.fromtimestamp(self.moment, datetime.UTC).date()

    @property
    def tree_identifier(self) -> str:
        """The Software Heritage identifier of the sources (ISO/IEC 18670), which has Git's object name of the tree."""
        return f"swh:1:dir:{self.tree}"

    @property
    def commit_identifier(self) -> str:
        return f"swh:1:rev:{self.commit}"

    @property
    def tag_identifier(self) -> str:
        return f"swh:1:rel:{self.tag}" if self.tag else ""


def git(repository: Path, *arguments: str, index: Path | None = None) -> str:
    """Run Git, with another index than the repository's if one is given, and return its output.

    Raise CalledProcessError if it fails.
    """
    command = ["git", "-C", str(repository), *arguments]
    env = {**os.environ, "GIT_INDEX_FILE": str(index)} if index else None
    return subprocess.run(command, check=True, capture_output=True, text=True, env=env).stdout.strip()


def repository_of(source: Path) -> Path:
    """Return the root folder of the repository that contains a publication."""
    try:
        return Path(git(source, "rev-parse", "--show-toplevel")).resolve()
    except (OSError, subprocess.CalledProcessError) as error:
        raise CommandError(f"{source} is not in a Git repository; only a tagged version can be archived") from error


def archive_folder(source: Path) -> Path:
    """Return the folder of a repository's archived versions."""
    return repository_of(source) / "archive"


def clone(repository: Path, folder: Path) -> Path:
    """Clone a repository into a new folder in ``folder``, without its settings, which may name programs; return it.

    The clone does not run the programs of Git LFS either, which the files of a commit may have ask any server.
    """
    target = folder / "repository.git"
    lfs = ("filter.lfs.process=", "filter.lfs.smudge=", "filter.lfs.required=false")
    options = [word for setting in lfs for word in ("--config", setting)]
    git(folder, "clone", "--quiet", "--bare", "--no-local", "--template=", *options, "--", str(repository), str(target))
    return target


def find_release(repository: Path, version: str, folder: str) -> Release:
    """Return the release with this tag of the publication in a folder of a repository."""
    tags = git(repository, "tag", "--list").split()
    if version not in tags:
        raise CommandError(
            f"there is no tag “{version}”{suggestion(version, tags[-20:])}; to make one: git tag {version or 'v1.0'}"
        )
    if not VERSION.fullmatch(version):
        raise CommandError(
            f"the tag “{version}” is not a valid file name; use letters, digits, dots and hyphens, such as v1.0"
        )
    commit = git(repository, "rev-parse", f"refs/tags/{version}^{{commit}}")
    tag = git(repository, "rev-parse", f"refs/tags/{version}")
    return Release(
        version=version,
        commit=commit,
        tree=git(repository, "rev-parse", f"{commit}^{{tree}}"),
        moment=int(git(repository, "log", "-1", "--format=%ct", commit)),
        folder=folder,
        tag=tag if tag != commit else "",
    )


def check_out(repository: Path, commit: str, folder: Path) -> Path:
    """Write the files of a commit into a new folder ``tree`` in ``folder``, as Git checks them out; return it.

    Git does not list it as a worktree, which would stay in its list if the command is killed.
    """
    tree = folder / "tree"
    tree.mkdir()
    options = ("-c", "core.sparseCheckout=false", f"--work-tree={tree}")
    git(repository, *options, "read-tree", "--reset", "-u", commit, index=folder / "index")
    return tree


@dataclass(frozen=True)
class SourceFile:
    """A file of a commit: its path, its mode and its object name in Git."""

    path: str
    mode: str
    blob: str


def list_sources(repository: Path, commit: str) -> Sequence[SourceFile]:
    """List the files of a commit; raise CommandError if one is a link or another repository."""
    listed = []
    for line in git(repository, "ls-tree", "-r", "-z", "--full-tree", commit).split("\0"):
        if line:
            fields, _, path = line.partition("\t")
            mode, kind, blob = fields.split()
            if kind != "blob" or mode == "120000":
                raise CommandError(f"{path} is a link or a submodule, which cannot be archived; use a regular file")
            listed.append(SourceFile(path, mode, blob))
    return listed
