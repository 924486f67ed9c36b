"""Render the pages of the archive from their templates in ``pages/``."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from fleuron.archive.release.article_changes import ReleaseChanges

VERSIONS = "versions"
LIST = "index.html"


def render_page(name: str, **values: object) -> str:
    """Return a page; all values are escaped."""
    folder = str(files("fleuron.archive.site").joinpath("pages"))
    environment = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
    return environment.get_template(name).render(**values) + "\n"


def write_pointer_page(site: Path, title: str, version: str, changes: ReleaseChanges) -> None:
    """Write the page of a version: what it has changed, and where the list of all versions is, once on the site.

    It is part of the bag and never written again; in the latest version the list itself replaces it.
    """
    (site / VERSIONS).mkdir()
    page = render_page("pointer.html", title=title, version=version, changes=changes, address=f"../../{LIST}")
    (site / VERSIONS / LIST).write_text(page, "utf-8")
