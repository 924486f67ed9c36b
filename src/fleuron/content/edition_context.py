"""Describe the edition that is being built: what formats need to know of it, without its builder."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from sphinx.addnodes import toctree
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from fleuron.config import languages_of
from fleuron.content.addresses import Addresses, addresses_of, relative_addresses_of
from fleuron.content.downloads import Downloads, OfferedDownloads, find_downloads
from fleuron.editions.edition_names import current_edition, file_stem
from fleuron.editions.translation_progress import total_progress
from fleuron.manuscript.records import printed_progress, publication_records
from fleuron.metadata.plain_text import one_line
from fleuron.metadata.work import Work
from fleuron.publication.edition import Edition


@dataclass(frozen=True)
class EditionContext:
    """The edition that is being built, and the others as far as it names them.

    ``languages`` are those of the publication, the source's first; ``built`` those of the editions that are
    built along with this one, itself among them; ``published`` those of others that may have pages on the
    site. ``works`` holds the records that `work_records.work_of` has made during this build, by document.
    """

    env: BuildEnvironment
    config: Config
    edition: Edition
    languages: tuple[str, ...]
    built: tuple[str, ...]
    published: tuple[str, ...]
    downloads: Downloads
    works: dict[str, Work] = field(default_factory=dict, repr=False, compare=False)

    @property
    def language(self) -> str:
        """The language of the edition, as a BCP 47 tag."""
        return self.edition.language

    @property
    def addresses(self) -> Addresses:
        """The addresses that metadata names: on the web, where the site has an address."""
        return addresses_of(self.config)

    @property
    def relative_addresses(self) -> Addresses:
        """The addresses that readers follow: from page to page, so that they work on a disk as well."""
        return relative_addresses_of(self.config)

    @property
    def publication_title(self) -> str:
        """The title of the publication, in plain text."""
        return self.env.titles[self.config.root_doc].astext()

    @property
    def has_landing_page(self) -> bool:
        """Whether there is a page above all editions: `fleuron publish` writes it, and names the editions it builds."""
        return bool(self.config.fleuron_editions)

    @cached_property
    def offered(self) -> OfferedDownloads:
        """The downloads that pages offer; not to be used before all documents have been read."""
        return find_downloads(self.downloads, self.env)

    @cached_property
    def sections(self) -> dict[str, str]:
        """The sections of issues in which articles stand, by document, as the edition names them."""
        return sections_of(self.env)

    def editions_with(self, page: str) -> list[str]:
        """List the languages of the editions that have a page, in the order of the publication."""
        records = publication_records(self.env)
        missing = (records.withheld_by_language, records.missing_pages)
        built = [language for language in self.built if not any(page in each.get(language, ()) for each in missing)]
        besides = {language for language in self.published if self.downloads.has_page(language, page)}
        return [language for language in self.languages if language in built or language in besides]


def sections_of(env: BuildEnvironment) -> dict[str, str]:
    """Return the sections of issues in which articles stand, by document, in the language of the edition."""
    issues = [name for name in sorted(publication_records(env).issues) if name in env.tocs]
    tables = [table for issue in issues for table in env.tocs[issue].findall(toctree) if table.get("caption")]
    return {page: one_line(table["caption"]) for table in tables for page in table["includefiles"]}


def source_page(context: EditionContext, here: str, page: str) -> str:
    """Return the address of an article's page in the source's language, relative to ``here``; "" if it has one here.

    An edition has no page of an article that it does not offer.
    """
    if page not in publication_records(context.env).withheld:
        return ""
    return context.relative_addresses.relative_page(here, page, context.languages[0])


def translated_part(context: EditionContext) -> str:
    """Return how much of the edition is translated, rounded down; nothing if all is."""
    progress = total_progress(printed_progress(context.env).values())
    if context.language == context.languages[0] or not progress.left:
        return ""
    return context.edition.percentage(int(progress.share * 100) / 100)


def not_offered(article: str, edition: Edition) -> str:
    """Return the message that an article is not offered in an edition."""
    return (
        f"fleuron: the edition in {edition.name} does not offer the article “{article}”: too little of it is "
        "translated; name other languages (--languages), or set fleuron_edition_threshold in conf.py"
    )


def edition_context(env: BuildEnvironment, config: Config, *, self_contained: bool = False) -> EditionContext:
    """Make the context of the edition that is being built.

    A ``self_contained`` file, such as a PDF, is the same whatever else was built: it names every edition of the
    publication, and no downloads.
    """
    edition, languages = current_edition(config), tuple(languages_of(config))
    if self_contained:
        return EditionContext(env, config, edition, languages, languages, (), Downloads("", "", edition.language))
    return EditionContext(
        env,
        config,
        edition,
        languages,
        built=tuple(config.fleuron_editions) or (edition.language,),
        published=tuple(config.fleuron_published),
        downloads=Downloads(config.fleuron_downloads, file_stem(config), edition.language),
    )
