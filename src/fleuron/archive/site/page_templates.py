"""The pages of the archive: how each is made of its template, in ``pages/``."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

VERSIONS = "versions"
LIST = "index.html"


def rendered(name: str, **facts: object) -> str:
    """Make a page; all text is escaped."""
    folder = str(files("fleuron.archive.site").joinpath("pages"))
    environment = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
    return environment.get_template(name).render(**facts) + "\n"


def write_pointer(site: Path, title: str, version: str) -> None:
    """Write the page by which a released version leads to the list of all, from where it will stand on the site.

    It is part of the bag, and never written again; in the latest version the list itself stands in its place.
    """
    (site / VERSIONS).mkdir()
    page = rendered("pointer.html", title=title, version=version, address=f"../../{LIST}")
    (site / VERSIONS / LIST).write_text(page, "utf-8")
