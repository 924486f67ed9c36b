"""A Sphinx domain that keeps the record of each article and contributor, by document."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar, TypeVar, cast

from docutils.nodes import Element, reference
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.util.i18n import docname_to_domain

from fleuron.editions.translation_progress import (
    MessageState,
    TextMessage,
    TextMessages,
    TranslationProgress,
    progress_of,
)
from fleuron.editions.whole_files.records import WholeFile
from fleuron.publication.article import Article, ArticleTexts, Page
from fleuron.publication.contributor import Contributor
from fleuron.publication.journal.issues import Issue, placed
from fleuron.publication.journal.membership import Member
from fleuron.publication.journal.notices import Notices
from fleuron.publication.reading_order import reading_order, volume_order
from fleuron.publication.values.places import PageRange

KINDS = ("articles", "contributors", "pages", "article_texts", "messages", "unchecked", "whole_files", "issues")
OF_EDITIONS = ("rejected", "withheld", "withheld_index", "progress", "withheld_by_language", "missing_pages")

Kind = TypeVar("Kind", Article, Contributor, Issue, Page)


class RecordsDomain(Domain):
    """Keep the records in Sphinx's environment, so that they survive its cache and parallel reading."""

    name = "fleuron"
    label = "Fleuron"
    initial_data: ClassVar[dict[str, Any]] = {
        **{kind: {} for kind in (*KINDS, *OF_EDITIONS)},
        "notices": Notices({}, {}),
        "issue_of": {},
        "naming_issue": {},
        "printed_pages": {},
    }
    data_version = 16

    @property
    def articles(self) -> dict[str, Article]:
        return cast("dict[str, Article]", self.data["articles"])

    @property
    def contributors(self) -> dict[str, Contributor]:
        return cast("dict[str, Contributor]", self.data["contributors"])

    @property
    def pages(self) -> dict[str, Page]:
        """The pages that are not articles, such as “About”."""
        return cast("dict[str, Page]", self.data["pages"])

    @property
    def article_texts(self) -> dict[str, ArticleTexts]:
        """The texts of each article in the language of the edition that is being built."""
        return cast("dict[str, ArticleTexts]", self.data["article_texts"])

    @property
    def messages(self) -> dict[str, list[tuple[TextMessage, MessageState]]]:
        """The messages of each document, and how they are printed in this edition."""
        return cast("dict[str, list[tuple[TextMessage, MessageState]]]", self.data["messages"])

    @property
    def whole_files(self) -> dict[str, WholeFile]:
        """The whole-file translations of documents that are read from one."""
        return cast("dict[str, WholeFile]", self.data["whole_files"])

    def of_head(self, document: str, records: Mapping[str, Kind]) -> Kind | None:
        """Return the record by which the head of a document is made, from records of one kind.

        It is that of the whole-file translation, where there is one.
        """
        record = records.get(document)
        whole = self.whole_files.get(document)
        return cast("Kind", whole.head) if record is not None and whole and whole.head else record

    @property
    def unchecked(self) -> dict[str, list[tuple[Path, int, pending_xref]]]:
        """References of each document that only a translation has, with their catalogue and line."""
        return cast("dict[str, list[tuple[Path, int, pending_xref]]]", self.data["unchecked"])

    @property
    def rejected(self) -> dict[str, set[tuple[Path, int]]]:
        """The catalogue and line of each document's translations that are not used, because they refer to nothing.

        They are kept while their document is read again, and forgotten when a build begins.
        """
        return cast("dict[str, set[tuple[Path, int]]]", self.data["rejected"])

    @property
    def withheld(self) -> dict[str, Article]:
        """The articles that the edition does not offer, because too little of them is translated."""
        return cast("dict[str, Article]", self.data["withheld"])

    @property
    def withheld_by_language(self) -> Mapping[str, Sequence[str]]:
        """The documents that each edition does not offer, as far as the build needs to know."""
        return cast("dict[str, list[str]]", self.data["withheld_by_language"])

    @property
    def missing_pages(self) -> Mapping[str, Sequence[str]]:
        """The pages without a source, such as those of keywords, that each edition lacks for that."""
        return cast("dict[str, list[str]]", self.data["missing_pages"])

    @property
    def progress(self) -> Mapping[str, Mapping[str, TranslationProgress]]:
        """How much of each document the catalogues of each language translate, as far as the build needs to know."""
        return cast("dict[str, dict[str, TranslationProgress]]", self.data["progress"])

    @property
    def notices(self) -> Notices:
        """Which articles are related to which, as `notices.relations` has found when all were read."""
        return cast("Notices", self.data["notices"])

    @property
    def issues(self) -> dict[str, Issue]:
        return cast("dict[str, Issue]", self.data["issues"])

    @property
    def issue_of(self) -> Mapping[str, str]:
        """The issue of each document that one lists, as `notices.relations` has found when all were read."""
        return cast("dict[str, str]", self.data["issue_of"])

    @property
    def naming_issue(self) -> Mapping[str, tuple[Member, ...]]:
        """The articles that name each issue as theirs, as `notices.issue_members` finds before reading."""
        return cast("dict[str, tuple[Member, ...]]", self.data["naming_issue"])

    @property
    def printed_pages(self) -> Mapping[str, PageRange]:
        """The pages of articles in print, as `notices.printed_pages` finds them before the formats are written."""
        return cast("dict[str, PageRange]", self.data["printed_pages"])

    def placed(self, document: str, article: Article) -> Article:
        """Return the record of an article with the volume and the number of its issue."""
        name = self.issue_of.get(document, "")
        return placed(article, name, self.issues.get(name))

    def paged(self, document: str, article: Article) -> Article:
        """Return the record of an article with its place in its issue, and the pages that it has there in print."""
        found = self.placed(document, article)
        return replace(found, pages=self.printed_pages.get(document, found.pages))

    @property
    def withdrawn(self) -> set[str]:
        """The articles that are withdrawn: they have a page that says so, and are in no volume."""
        return {document for document, article in self.articles.items() if article.withdrawn}

    def clear_doc(self, docname: str) -> None:
        for kind in KINDS:
            self.data[kind].pop(docname, None)

    def merge_domaindata(self, docnames: Collection[str], otherdata: dict[str, Any]) -> None:
        for kind in KINDS:
            self.data[kind].update({name: record for name, record in otherdata[kind].items() if name in docnames})

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, reference]]:
        """Offer no targets: articles and contributors are documents, which Sphinx finds itself."""
        return []


def publication_records(env: BuildEnvironment) -> RecordsDomain:
    """Return the records of the publication that is being built."""
    return cast("RecordsDomain", env.get_domain(RecordsDomain.name))


def whole_file_of(env: BuildEnvironment, document: str) -> WholeFile | None:
    """Return the whole-file translation that a document is read from; none where the notes are used alone."""
    return publication_records(env).whole_files.get(document) if RecordsDomain.name in env.domains else None


def volume_of(env: BuildEnvironment, issue: str = "") -> list[str]:
    """List the documents of the volume, in order, or those of an issue, its own first."""
    records = publication_records(env)
    below = volume_order(issue or env.config.root_doc, env.toctree_includes, {*records.pages, *records.withdrawn})
    return [issue, *below] if issue else below


def pages_in_order(env: BuildEnvironment) -> list[str]:
    """List the pages that are not articles: as the tables of contents name them, then the others by their names."""
    pages = publication_records(env).pages
    listed = [name for name in reading_order(env.config.root_doc, env.toctree_includes) if name in pages]
    return [*listed, *sorted(set(pages) - set(listed))]


def text_messages(env: BuildEnvironment) -> dict[str, TextMessages]:
    """Return the messages of each document, in the order of the documents' names."""
    compact, found = env.config.gettext_compact, publication_records(env).messages
    return {
        document: TextMessages(docname_to_domain(document, compact), [message for message, _state in found[document]])
        for document in sorted(found)
    }


def printed_progress(env: BuildEnvironment) -> dict[str, TranslationProgress]:
    """Return how much of each document is translated in the edition that is being built."""
    found = publication_records(env).messages
    return {document: progress_of(found[document]) for document in sorted(found)}


def setup(app: Sphinx) -> None:
    """Add the domain, unless another of Fleuron's extensions has added it."""
    if RecordsDomain.name not in app.registry.domains:
        app.add_domain(RecordsDomain)
