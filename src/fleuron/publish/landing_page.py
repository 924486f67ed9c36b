"""Write the pages above all editions: the landing page (a reader chooses a language), sitemap.xml and robots.txt."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from jinja2 import Template, TemplateError

from fleuron.content.mark import MARK
from fleuron.content.template_errors import template_fault
from fleuron.editions.interface_words import attributes_as_html, interface_words
from fleuron.metadata.feeds.sitemap import SitemapPage, robots, sitemap
from fleuron.metadata.plain_text import DESCRIPTION_LENGTH, shortened
from fleuron.publication.edition import Edition
from fleuron.publish.replace_published import NewFormat, summary_path
from fleuron.publish.settings import CommandError
from fleuron.site import theme_files

SITE_MAP = "sitemap.xml"
# The most letters of a summary on the landing page.
SUMMARY_LENGTH = 260


@dataclass(frozen=True)
class PublishedEdition:
    """A published edition as the landing page lists it; ``title`` and ``summary`` are in its language.

    ``address`` is that of the site, empty if it has none; ``pages`` maps each page of the edition to the day of its
    last change (ISO 8601), or to an empty string; ``root`` is its first page, the table of contents; ``icon`` is the
    file in `_static` that browsers show beside its title. ``articles`` is their number; ``translated`` how much of the
    edition is, "" for that of the sources. What is newest is the page ``newest_page`` with its title, "" if nothing is;
    ``newest_kind`` is a text of the interface.
    """

    edition: Edition
    title: str
    summary: str
    address: str = ""
    pages: Mapping[str, str] = field(default_factory=dict)
    root: str = "index"
    icon: str = MARK
    has_own_look: bool = False
    articles: int = 0
    translated: str = ""
    newest_kind: str = ""
    newest_title: str = ""
    newest_page: str = ""

    @property
    def word(self) -> Callable[[str], str]:
        """The function that translates a text of the interface into the edition's language."""
        return interface_words(self.edition.language)

    @property
    def beginning(self) -> str:
        """The beginning of the summary: all languages should be visible at once."""
        return shortened(self.summary, SUMMARY_LENGTH)

    @property
    def number_of_articles(self) -> str:
        """Their number as the language writes it."""
        return self.edition.number(self.articles)

    @property
    def newest_address(self) -> str:
        """The address of what is newest, from the landing page."""
        return f"{self.edition.language}/{quote(self.newest_page)}.html"

    @property
    def first_page(self) -> str:
        """The address of the first page, from the landing page."""
        return f"{self.edition.language}/{quote(self.root)}.html"

    @property
    def browser_language_label(self) -> str:
        """The words, in the edition's language, that mark it as the one in the language of the browser."""
        return interface_words(self.edition.language)("Your browser’s language")

    @property
    def words_language(self) -> str:
        """The attributes of an element with these words, if they are not in the edition's language."""
        return attributes_as_html(self.edition.language)


def published_editions(site: NewFormat, languages: Sequence[str]) -> list[PublishedEdition]:
    """List the editions of a site, from the records that their builds wrote."""
    editions = []
    for language in languages:
        record = summary_path(site.build, language)
        record = site.summaries.get(record, record)
        if record.is_file():
            edition = PublishedEdition(Edition(language), **json.loads(record.read_text("utf-8")))
            if site.path(f"{language}/{edition.root}.html").is_file():
                editions.append(edition)
    return editions


def landing_template(folders: Sequence[Path]) -> Template:
    """Load the template of the landing page; a ``landing.html`` in the publication's own folders comes first."""
    try:
        return theme_files.landing_template(folders)
    except TemplateError as error:
        raise CommandError(template_fault(error) or str(error)) from error


def add_site_pages(site: NewFormat, title: str, languages: Sequence[str], template: Template) -> bool:
    """Prepare the landing page, sitemap.xml and robots.txt of a site; return whether the site has an address."""
    editions = published_editions(site, languages)
    add_landing_page(site, title, editions, template)
    add_site_map(site, editions, languages[0])
    return bool(editions[0].address)


def add_landing_page(site: NewFormat, title: str, editions: Sequence[PublishedEdition], template: Template) -> None:
    """Prepare the landing page; a publication without a title of its own has that of its first edition."""
    first = editions[0]
    description = shortened(first.summary or first.title, DESCRIPTION_LENGTH)
    try:
        page = template.render(
            title=title or first.title, address=first.address, description=description, editions=editions
        )
    except Exception as error:  # whatever a publication's own template may do
        if fault := template_fault(error):
            raise CommandError(fault) from error
        raise
    site.write("index.html", page.encode())


def add_site_map(site: NewFormat, editions: Sequence[PublishedEdition], default: str) -> None:
    """Prepare robots.txt, and sitemap.xml if the site has an address.

    ``default`` is the language for readers whose own the site lacks.
    """
    address = editions[0].address
    site.write("robots.txt", robots(f"{address}{SITE_MAP}" if address else "").encode())
    if address:
        site.write(SITE_MAP, sitemap(sitemap_entries(editions, address, default)))
    else:
        site.delete(SITE_MAP)


def sitemap_entries(editions: Sequence[PublishedEdition], address: str, default: str) -> list[SitemapPage]:
    """List the landing page and the pages of all editions, each with the same page in the other editions."""
    alternates: dict[str, dict[str, str]] = {}
    root = editions[0].root
    for published in editions:
        language = published.edition.language
        for page in published.pages:
            alternates.setdefault(page, {})[language] = f"{address}{language}/{quote(page)}.html"
    for page, others in alternates.items():
        if page == root:
            others["x-default"] = address
        elif default in others:
            others["x-default"] = others[default]
    entries = [SitemapPage(address, None, alternates.get(root, {}))]
    for published in editions:
        for page, day in published.pages.items():
            changed = datetime.date.fromisoformat(day) if day else None
            entries.append(SitemapPage(alternates[page][published.edition.language], changed, alternates[page]))
    return entries
