"""Write the twin of a publication for Sphinx without Fleuron: the same texts, notes and sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

CONF = """project = "A Review of Everything"
extensions = {extensions!r}
bibtex_bibfiles = ["refs.bib"]
include_patterns = ["index.md", "articles/*", "authors/*"]
suppress_warnings = ["myst.header"]
gettext_compact = False
"""
# The front matter of a contributor, whose name is the title of the page.
NAME = re.compile(r"\A---\nname: (.*)\n---\n")
CITED = re.compile(r"\{footcite\}`(\w+?)(?:\{([^}]*)\})?`")


def write_twin(source: Path, target: Path, extensions: Sequence[str] = (), theme: str = "") -> Path:
    """Copy a publication into ``target``; sphinxcontrib-bibtex has no locators. Unchanged files keep their times."""
    for path in source.rglob("*.*"):
        if path.suffix in (".md", ".bib", ".po"):
            text = CITED.sub(r"{footcite}`\1`", path.read_text("utf-8"))
            if path.parent.name == "articles" and path.suffix == ".md":
                text = f"{text}\n```{{footbibliography}}\n```\n"
            write_if_other(target / path.relative_to(source), NAME.sub(r"# \1\n\n", text))
    conf = CONF.format(extensions=["myst_parser", "sphinxcontrib.bibtex", *extensions])
    write_if_other(target / "conf.py", f'{conf}html_theme = "{theme}"\n' if theme else conf)
    return target


def write_if_other(path: Path, text: str) -> None:
    """Write a file unless it has this text: Sphinx reads a file with a new date again."""
    if not path.is_file() or path.read_text("utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
