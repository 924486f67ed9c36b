"""The landing page, where a reader chooses a language; it stands above all editions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateError

from fleuron.publication.edition import Edition
from fleuron.publish.facts import Mistake
from fleuron.publish.templates import template_fault


@dataclass(frozen=True)
class Entrance:
    """An edition as the landing page offers it; ``title`` and ``summary`` are in its language."""

    edition: Edition
    title: str
    summary: str


def entrances(build: Path, languages: Sequence[str]) -> list[Entrance]:
    """List the editions whose pages are published, from the records their builds left."""
    found = []
    for language in languages:
        record = build / "galleys" / language / "html" / "edition.json"
        if record.is_file() and (build / "html" / language / "index.html").is_file():
            facts = json.loads(record.read_text("utf-8"))
            found.append(Entrance(Edition(language), facts["title"], facts["summary"]))
    return found


def landing_template(templates: Sequence[Path]) -> Template:
    """Load the page's template; a publication's own ``landing.html`` among its templates is preferred."""
    # A publication's page may extend "theme/landing.html", the one it stands in for.
    site = files("fleuron.site")
    folders = [*map(str, templates), str(site.joinpath("theme")), str(site)]
    environment = Environment(loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined)
    try:
        return environment.get_template("landing.html")
    except TemplateError as error:
        raise Mistake(template_fault(error) or str(error)) from error


def write_landing_page(build: Path, title: str, languages: Sequence[str], template: Template) -> None:
    """Write the page; a publication without a title of its own has that of its first edition."""
    offered = entrances(build, languages)
    try:
        page = template.render(title=title or offered[0].title, entrances=offered)
    except Exception as error:  # whatever a publication's own template may do
        if fault := template_fault(error):
            raise Mistake(fault) from error
        raise
    target = build / "html" / "index.html"
    draft = target.with_name(".index.html.part")
    draft.write_text(page, "utf-8")
    draft.replace(target)
