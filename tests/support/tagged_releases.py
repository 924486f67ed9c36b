"""A small publication in a Git repository, with tags to archive."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.support.publications import Publication

FILES = {
    "conf.py": (
        'project = "Küçük"\nauthor = "A. Author"\nextensions = ["fleuron"]\nfleuron_languages = ["en"]\n'
        'fleuron_publication = "small"\nhtml_baseurl = "https://press.example/"\n'
        'fleuron_imprint = {"doi": "10.5555/small", "email": "press@press.example"}\n'
    ),
    "index.md": "# Küçük\n\nA small publication.\n\n```{toctree}\narticles/one\n```\n",
    "refs.bib": "@book{grafton1997,\n author = {Grafton, Anthony},\n title = {The Footnote},\n year = {1997}\n}\n",
    "articles/one.md": (
        "---\nauthors: [ada]\ndate: 2026-01-02\ndoi: 10.5555/one\nlicense: CC-BY-4.0\n---\n# One\n\n"
        "The first text.{footcite}`grafton1997`\n"
    ),
    "authors/ada.md": "---\nname: Ada Author\n---\nAda writes.\n",
    ".gitignore": "*.mo\n/archive/\n",
}
COMMITTED = "2026-03-04T05:06:07Z"


def git(folder: Path, *words: str, day: str = COMMITTED) -> str:
    """Ask Git, as somebody on a day."""
    names = {"NAME": "A", "EMAIL": "a@press.example", "DATE": day}
    who = {f"GIT_{part}_{name}": value for part in ("AUTHOR", "COMMITTER") for name, value in names.items()}
    words = ("-C", str(folder), "-c", "init.defaultBranch=main", *words)
    done = subprocess.run(["git", *words], env={**os.environ, **who}, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def repository(folder: Path, files: Mapping[str, str] = FILES) -> Publication:
    """Make a repository of a publication in a new folder, ``source`` in it, with all in one commit that is v1.0."""
    made = Publication(folder / "source")
    for name, text in files.items():
        made.write(name, text)
    git(made.source, "init", "--quiet")
    commit(made, "v1.0")
    return made


def commit(publication: Publication, tag: str, day: str = COMMITTED) -> None:
    """Commit all, and tag it."""
    git(publication.source, "add", "--all")
    git(publication.source, "commit", "--quiet", "--allow-empty", "--message", tag, day=day)
    git(publication.source, "tag", tag)
