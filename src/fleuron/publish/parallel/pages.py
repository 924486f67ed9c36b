"""Write the pages that show an article side by side in a translated edition and in that of the sources.

They stand in a folder for both languages, ``tr_en/articles/paper.html``, and are made again only if either page that
they are made of is another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Template
from lxml import html
from markupsafe import Markup

from fleuron.atomic_files import write_file
from fleuron.cache_folder import stamp
from fleuron.content.addresses import parallel_folder
from fleuron.extras import installed_version
from fleuron.publication.document_names import is_article
from fleuron.publish.landing_page import PublishedEdition, published_editions
from fleuron.publish.parallel.moved_markup import moved
from fleuron.publish.parallel.paired_blocks import is_left_out, paired
from fleuron.publish.replace_published import NewFormat
from fleuron.publish.settings import PublicationSettings
from fleuron.site import theme_files

# The folder of a build where the pages are kept, and the file in it that says what they were made of.
MADE, RECORD = Path("editions", "parallel"), "made.json"


@dataclass(frozen=True)
class ParallelRow:
    """Two pieces of HTML that stand side by side; ``passage`` is the number of their first passage."""

    passage: int
    first: Markup
    second: Markup


@dataclass(frozen=True)
class EditionPair:
    """A translated edition and that of the sources, on one site."""

    site: NewFormat
    translation: PublishedEdition
    source: PublishedEdition

    @property
    def name(self) -> str:
        """The folder of the pages."""
        return parallel_folder(self.translation.edition.language, self.source.edition.language)

    @property
    def editions(self) -> tuple[PublishedEdition, PublishedEdition]:
        return self.translation, self.source

    def file(self, edition: PublishedEdition, page: str) -> Path:
        return self.site.path(f"{edition.edition.language}/{page}.html")

    def articles(self) -> Iterator[str]:
        """Yield the articles that both editions have."""
        for page in sorted(set(self.translation.pages) & set(self.source.pages)):
            if is_article(page) and all(self.file(edition, page).is_file() for edition in self.editions):
                yield page

    def stamps(self, page: str) -> str:
        """Return what changes when either page of an article does."""
        return " ".join(stamp(self.file(edition, page)) for edition in self.editions)

    def render(self, page: str, template: Template) -> str:
        """Return the page of an article in both languages; "" if nothing of it can be paired."""
        up = "../" * (page.count("/") + 1)
        first, second = (article_in(self.file(edition, page)) for edition in self.editions)
        if first is None or second is None or not (found := paired(first, second)):
            return ""
        languages = [edition.edition.language for edition in self.editions]
        rows = [
            ParallelRow(
                row.passage,
                Markup(moved(row.first, page, languages[0], up=up)),
                Markup(moved(row.second, page, languages[1], up=up)),
            )
            for row in found
        ]
        titles = [title_in(first), title_in(second)]
        return template.render(page=page, up=up, editions=self.editions, titles=titles, rows=rows)


def article_in(path: Path) -> html.HtmlElement | None:
    """Return the element of a page that has its article."""
    return next(html.fromstring(path.read_text("utf-8")).iter("article"), None)


def title_in(article: html.HtmlElement) -> str:
    """Return the title of an article in plain text, without the link to it."""
    heading = next(article.iter("h1"), None)
    if heading is None:
        return ""
    title = deepcopy(heading)
    for link in [each for each in title.iterdescendants() if is_left_out(each)]:
        link.drop_tree()
    return " ".join(title.text_content().split())


def add_parallel_pages(site: NewFormat, settings: PublicationSettings) -> int:
    """Prepare the pages of all translated editions beside that of the sources; return how many files have changed.

    Sites with a theme of their own have none.
    """
    editions = {published.edition.language: published for published in published_editions(site, settings.languages)}
    source = editions.pop(settings.languages[0], None)
    if source is None or not site.path(f"{source.edition.language}/_static/typefaces.css").is_file():
        return 0
    changes = 0
    for translation in editions.values():
        pair = EditionPair(site, translation, source)
        folder = site.build / MADE / pair.name
        make_pages(pair, folder, theme_files.parallel_template(settings.templates))
        if (folder / RECORD).is_file():
            changes += site.add_folder(folder, pair.name)
    return changes


def make_pages(pair: EditionPair, folder: Path, template: Template) -> None:
    """Make the pages of a pair of editions that are not there as they would be made now, and delete others."""
    program = program_digest(template)
    before, now = read_record(folder / RECORD, program), {}
    for page in pair.articles():
        path = folder / f"{page}.html"
        now[page] = pair.stamps(page)
        if before.get(page) == now[page]:
            continue
        if content := pair.render(page, template):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_file(path, content)
        else:
            path.unlink(missing_ok=True)
    for page in before.keys() - now.keys():
        (folder / f"{page}.html").unlink(missing_ok=True)
    if now != before:
        folder.mkdir(parents=True, exist_ok=True)
        write_file(folder / RECORD, json.dumps({"program": program, "pages": now}, sort_keys=True))


def program_digest(template: Template) -> str:
    """Return a digest of what makes the pages: the template, the version, and the modules of this folder.

    A checkout may have other modules of the same version.
    """
    parts = sorted(map(str, (theme_files.THEME / "parts").glob("shared_*.html")))
    texts = [template.filename, *parts, *sorted(map(str, Path(__file__).parent.glob("*.py")))]
    content = b"".join(Path(name).read_bytes() for name in texts if name)
    return hashlib.sha256(installed_version("fleuron").encode() + content).hexdigest()


def read_record(path: Path, program: str) -> dict[str, str]:
    """Return of what each page was made; nothing if it cannot be used."""
    with suppress(OSError, ValueError, LookupError, TypeError, RecursionError):
        record = json.loads(path.read_bytes())
        if record["program"] == program:
            return {str(page): str(stamps) for page, stamps in dict(record["pages"]).items()}
    return {}
