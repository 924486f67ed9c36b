"""What stands above all editions: the page where a reader chooses a language, the map of the site, and robots.txt."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateError

from fleuron.atomic_files import write_file
from fleuron.editions.interface_words import words
from fleuron.metadata.feeds.sitemap import Place, robots, sitemap
from fleuron.metadata.page_head.open_graph import DESCRIPTION_LENGTH
from fleuron.metadata.plain_text import shortened
from fleuron.publication.edition import Edition
from fleuron.publish.settings import CommandError
from fleuron.publish.template_errors import template_fault


@dataclass(frozen=True)
class Entrance:
    """An edition as the landing page offers it; ``title`` and ``summary`` are in its language.

    ``address`` is that of the site, empty where it has none; ``pages`` are those of the edition, each with
    the day of its last change (ISO 8601) or an empty text.
    """

    edition: Edition
    title: str
    summary: str
    address: str = ""
    pages: Mapping[str, str] = field(default_factory=dict)

    @property
    def yours(self) -> str:
        """Say, in the edition's language, that it is the reader's."""
        return words(self.edition.language)("Your browser’s language")


def entrances(build: Path, languages: Sequence[str]) -> list[Entrance]:
    """List the editions whose pages are published, from the records their builds left."""
    found = []
    for language in languages:
        record = build / "editions" / language / "html" / "edition.json"
        if record.is_file() and (build / "html" / language / "index.html").is_file():
            found.append(Entrance(Edition(language), **json.loads(record.read_text("utf-8"))))
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
        raise CommandError(template_fault(error) or str(error)) from error


def write_entrance(build: Path, title: str, languages: Sequence[str], template: Template) -> bool:
    """Write the landing page and the map of a site; return whether the site has an address."""
    offered = entrances(build, languages)
    write_landing_page(build, title, offered, template)
    write_site_map(build, offered, languages[0])
    return bool(offered[0].address)


def write_landing_page(build: Path, title: str, offered: Sequence[Entrance], template: Template) -> None:
    """Write the page; a publication without a title of its own has that of its first edition."""
    facts = {"title": title or offered[0].title, "address": offered[0].address, "entrances": offered}
    description = shortened(offered[0].summary or offered[0].title, DESCRIPTION_LENGTH)
    try:
        page = template.render(description=description, **facts)
    except Exception as error:  # whatever a publication's own template may do
        if fault := template_fault(error):
            raise CommandError(fault) from error
        raise
    write_file(build / "html" / "index.html", page.encode())


def write_site_map(build: Path, offered: Sequence[Entrance], default: str) -> None:
    """Write sitemap.xml and robots.txt, or the latter alone where the site has no address.

    ``default`` is the language for readers whose own there is not.
    """
    address, folder = offered[0].address, build / "html"
    target = folder / "sitemap.xml"
    write_file(folder / "robots.txt", robots(f"{address}{target.name}" if address else "").encode())
    if address:
        write_file(target, sitemap(places(offered, address, default)))
    else:
        target.unlink(missing_ok=True)


def places(offered: Sequence[Entrance], address: str, default: str) -> list[Place]:
    """List the pages of all editions, each with the same page in the others, and the landing page."""
    alternates: dict[str, dict[str, str]] = {}
    for entrance in offered:
        language = entrance.edition.language
        for page in entrance.pages:
            alternates.setdefault(page, {})[language] = f"{address}{language}/{quote(page)}.html"
    for page, others in alternates.items():
        if page == "index":
            others["x-default"] = address
        elif default in others:
            others["x-default"] = others[default]
    listed = [Place(address, None, alternates.get("index", {}))]
    for entrance in offered:
        for page, day in entrance.pages.items():
            changed = datetime.date.fromisoformat(day) if day else None
            listed.append(Place(alternates[page][entrance.edition.language], changed, alternates[page]))
    return listed
