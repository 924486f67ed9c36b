"""A version that is to be archived: a tag of the repository, and the tree that it names."""

from __future__ import annotations

import datetime
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fleuron.diagnostics import suggestion
from fleuron.publish.settings import CommandError

# A tag that can be the name of a folder, and a word of a command.
VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")


@dataclass(frozen=True)
class Release:
    """A released version.

    ``version`` is the tag's name; ``commit`` and ``tree`` are object names of Git, ``moment`` is that of the commit in
    seconds since 1970, ``folder`` that of the publication below the repository's root, with slashes, or ``.``.
    """

    version: str
    commit: str
    tree: str
    moment: int
    folder: str

    @property
    def day(self) -> datetime.date:
        return datetime.datetime.fromtimestamp(self.moment, datetime.UTC).date()

    @property
    def tree_identifier(self) -> str:
        """The Software Heritage identifier of the sources (SWHID 1.2, 5): of a directory it is Git's."""
        return f"swh:1:dir:{self.tree}"

    @property
    def commit_identifier(self) -> str:
        return f"swh:1:rev:{self.commit}"


def git(repository: Path, *words: str) -> str:
    """Ask Git; raises CalledProcessError where it has no answer."""
    asked = ["git", "-C", str(repository), *words]
    return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()


def repository_of(source: Path) -> Path:
    """Find the repository that a publication is kept in."""
    try:
        return Path(git(source, "rev-parse", "--show-toplevel")).resolve()
    except (OSError, subprocess.CalledProcessError) as error:
        raise CommandError(f"{source} is in no Git repository, and an archive is made of a tag") from error


def archive_folder(source: Path) -> Path:
    """Return the folder of a repository's archived versions."""
    return repository_of(source) / "archive"


def release_of(source: Path, version: str) -> Release:
    """Look up a version by its tag."""
    repository = repository_of(source)
    tags = git(repository, "tag", "--list").split()
    if version not in tags:
        raise CommandError(
            f"there is no tag “{version}”{suggestion(version, tags[-20:])}; git tag {version or 'v1.0'} makes one"
        )
    if not VERSION.fullmatch(version):
        raise CommandError(
            f"the tag “{version}” can be no file name; use letters, digits, dots and hyphens, such as v1.0"
        )
    commit = git(repository, "rev-parse", f"refs/tags/{version}^{{commit}}")
    return Release(
        version=version,
        commit=commit,
        tree=git(repository, "rev-parse", f"{commit}^{{tree}}"),
        moment=int(git(repository, "log", "-1", "--format=%ct", commit)),
        folder=source.resolve().relative_to(repository).as_posix(),
    )


@contextmanager
def checked_out(repository: Path, commit: str) -> Iterator[Path]:
    """Check a commit out into a worktree of its own, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="fleuron-") as folder:
        tree = Path(folder, "tree")
        git(repository, "worktree", "add", "--detach", "--quiet", "--force", str(tree), commit)
        try:
            yield tree
        finally:
            git(repository, "worktree", "remove", "--force", str(tree))


@dataclass(frozen=True)
class Source:
    """A file of a tree: its path, its mode in Git, and its object name."""

    path: str
    mode: str
    blob: str


def sources(tree: Path, commit: str = "HEAD") -> Sequence[Source]:
    """List the files of a worktree as Git has them; what a build leaves beside them is not among them."""
    listed = []
    for line in git(tree, "ls-tree", "-r", "-z", "--full-tree", commit).split("\0"):
        if line:
            facts, _, path = line.partition("\t")
            mode, kind, blob = facts.split()
            if kind != "blob" or mode == "120000":
                raise CommandError(f"{path} is no plain file: an archive holds neither links nor other repositories")
            listed.append(Source(path, mode, blob))
    return listed
