"""Find what a release says that the last one did not: articles new, changed, withdrawn or removed, by their text."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from fleuron.archive.release.tagged_version import VERSION, Release, git
from fleuron.publication.document_names import ARTICLE_FOLDER
from fleuron.publication.front_matter import FrontMatter, fenced_lines, read_front_matter

Kind = Literal["new", "changed", "withdrawn", "removed"]
# The parts of front matter that are text of an article; those of no other key are compared.
TEXTS = ("title", "subtitle", "abstract")
SUFFIXES = (".md", ".rst", ".ipynb")


@dataclass(frozen=True)
class ArticleChange:
    """How an article, by its path below articles/, differs from the last release; ``notes`` are its own sentences."""

    name: str
    title: str
    kind: Kind
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReleaseChanges:
    """What has changed since a version; that of a first release is empty, and has no articles."""

    since: str = ""
    articles: tuple[ArticleChange, ...] = ()

    @property
    def by_kind(self) -> Mapping[Kind, tuple[ArticleChange, ...]]:
        """The articles of each kind that there is."""
        kinds: tuple[Kind, ...] = ("new", "changed", "withdrawn", "removed")
        found = {kind: tuple(each for each in self.articles if each.kind == kind) for kind in kinds}
        return {kind: articles for kind, articles in found.items() if articles}


# Those of a first release, and of one that was archived before they were recorded.
NO_CHANGES = ReleaseChanges()


def changes_to_record(changes: ReleaseChanges) -> dict[str, Any]:
    """Return changes as values of JSON."""
    return asdict(changes)


def changes_from_record(record: Mapping[str, Any] | None) -> ReleaseChanges:
    """Return what `changes_to_record` made; raise KeyError or TypeError for anything else. Old records have none."""
    if not record:
        return ReleaseChanges()
    articles = (ArticleChange(**{**each, "notes": tuple(each["notes"])}) for each in record["articles"])
    return ReleaseChanges(str(record["since"]), tuple(articles))


def changes_since_last(repository: Path, release: Release) -> ReleaseChanges:
    """Return what a release has changed since the nearest tag before it in the history of its commit."""
    try:
        since = git(repository, "describe", "--tags", "--abbrev=0", f"{release.commit}^")
    except subprocess.CalledProcessError:  # the first commit, or no tag before it
        return ReleaseChanges()
    if not VERSION.fullmatch(since):
        return ReleaseChanges()
    before, now = (blobs_of(repository, commit, release.folder) for commit in (f"refs/tags/{since}", release.commit))
    changed = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    texts = (tuple(text_of(repository, blobs.get(name)) for blobs in (before, now)) for name in changed)
    found = (change_of(name, *both) for name, both in zip(changed, texts, strict=True))
    return ReleaseChanges(since, tuple(change for change in found if change))


def blobs_of(repository: Path, commit: str, folder: str) -> dict[str, str]:
    """Return the object names of the sources of articles in a commit, by their names."""
    place = PurePosixPath(folder, ARTICLE_FOLDER)
    listed = git(repository, "ls-tree", "-r", "-z", "--full-tree", commit, "--", f"{place}/")
    found = {}
    for line in filter(None, listed.split("\0")):
        fields, _, path = line.partition("\t")
        name = PurePosixPath(path).relative_to(place)
        if name.suffix in SUFFIXES:
            found[name.with_suffix("").as_posix()] = fields.split()[2]
    return found


@dataclass(frozen=True)
class SourceText:
    """The text of an article's source: its front matter, and its words below that."""

    front_matter: FrontMatter
    words: tuple[str, ...]
    heading: str = ""

    @property
    def title(self) -> str:
        """The title in front matter, or the first heading."""
        return self.value("title") or self.heading

    @property
    def shown(self) -> tuple[object, ...]:
        """What a reader reads, whatever the breaks of its lines are."""
        return (*(self.value(key) for key in TEXTS), self.words)

    @property
    def is_withdrawn(self) -> bool:
        return "withdrawn" in self.front_matter.entries

    @property
    def changes(self) -> Iterator[str]:
        """The sentences of `changes`, as far as they can be read."""
        entry = self.front_matter.entries.get("changes")
        listed = entry.value if entry and isinstance(entry.value, list) else []
        yield from (" ".join(str(each["text"]).split()) for each in listed if isinstance(each, dict) and "text" in each)

    def value(self, key: str) -> str:
        entry = self.front_matter.entries.get(key)
        return " ".join(str(entry.value).split()) if entry else ""


def text_of(repository: Path, blob: str | None) -> SourceText | None:
    """Return the text of an object of the repository, or None for none."""
    if blob is None:
        return None
    text = git(repository, "cat-file", "blob", blob)
    fenced = fenced_lines(text)
    body = text.split("\n")[len(fenced) + 2 if fenced is not None else 0 :]
    heading = next((line.lstrip("# ").strip() for line in body if line.startswith("# ")), "")
    return SourceText(read_front_matter(text), tuple(" ".join(body).split()), heading)


def change_of(name: str, before: SourceText | None, now: SourceText | None) -> ArticleChange | None:
    """Return how an article has changed, given its text then and now; None if a reader sees no difference."""
    if now is None:
        return ArticleChange(name, (before.title if before else "") or name, "removed")
    title = now.title or name
    if before is None:
        return ArticleChange(name, title, "new")
    if now.is_withdrawn:
        return None if before.is_withdrawn else ArticleChange(name, title, "withdrawn")
    told = set(before.changes)
    notes = tuple(note for note in now.changes if note not in told)
    return ArticleChange(name, title, "changed", notes) if notes or now.shown != before.shown else None
