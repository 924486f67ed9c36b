"""Count the stems of each article of an edition, and find similar articles."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any, ClassVar, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment

from fleuron.editions.edition_names import current_edition
from fleuron.manuscript.records import publication_records
from fleuron.publication.document_names import is_article
from fleuron.site.search.index import stopwords_of
from fleuron.site.search.page_texts import passages
from fleuron.site.search.stems import stem_counts
from fleuron.site.similar.known_similarities import KnownSimilarities, update
from fleuron.site.similar.stored_counts import StoredCounts


class ArticleStems(Domain):
    """Stores the counts of stems in Sphinx's environment, by document, in the language of the edition."""

    name = "fleuron-stems"
    label = "Article stems"
    data_version = 5
    initial_data: ClassVar[dict[str, Any]] = {
        "stems": StoredCounts(),
        "known": KnownSimilarities(),
        "changed": set(),
        "withheld": {},
    }

    @property
    def stems(self) -> StoredCounts:
        return cast("StoredCounts", self.data["stems"])

    @property
    def changed(self) -> set[str]:
        """The articles that have changed since similar ones were last found."""
        return cast("set[str]", self.data["changed"])

    def store(self, docname: str, counts: Mapping[str, int]) -> None:
        self.stems[docname] = counts
        self.changed.add(docname)

    def clear_doc(self, docname: str) -> None:
        self.withheld.pop(docname, None)
        if docname in self.stems:
            del self.stems[docname]
            self.changed.add(docname)

    @property
    def withheld(self) -> dict[str, Mapping[str, int]]:
        """The counts of articles that the edition does not offer."""
        return cast("dict[str, Mapping[str, int]]", self.data["withheld"])

    def withhold(self, documents: Set[str]) -> None:
        """Set the counts of articles aside that are not offered, and take back those of others."""
        for name in sorted(self.withheld.keys() - documents):
            self.store(name, self.withheld.pop(name))
        for name in sorted(name for name in documents if name in self.stems):
            counts = self.stems[name]
            self.clear_doc(name)
            self.withheld[name] = counts

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        for name in docnames & otherdata["stems"].keys():
            self.store(name, otherdata["stems"][name])

    def resolve_any_xref(self, *_arguments: Any) -> list[Any]:
        return []

    def similar_lists(self) -> Mapping[str, list[str]]:
        """Return the similar articles of each article, after all documents are read."""
        if self.changed:
            self.data["known"] = update(self.data["known"], self.stems, self.changed)
            self.changed.clear()
        return cast("KnownSimilarities", self.data["known"]).lists


def article_stems(env: BuildEnvironment) -> ArticleStems:
    """Return the stored counts of stems."""
    return cast("ArticleStems", env.get_domain(ArticleStems.name))


def similar_to(env: BuildEnvironment, document: str) -> list[str]:
    """List the articles most similar to a document, the most similar first; none if it is not an article."""
    return article_stems(env).similar_lists().get(document, [])


def count_stems(app: Sphinx, doctree: nodes.document) -> None:
    """Count the stems of an article, including its title and keywords, without its notes."""
    document = app.env.current_document.docname
    if is_article(document) and document not in publication_records(app.env).withdrawn:
        title = doctree.next_node(nodes.title)
        parts = [part for each in passages(doctree, notes=False) for part in (each.heading, each.text)]
        text = "\n".join([title.astext() if title else "", *parts])
        counts = stem_counts(text, current_edition(app.config).language, stopwords_of(app.config))
        article_stems(app.env).store(document, counts)


def withhold_articles(_app: Sphinx, env: BuildEnvironment) -> None:
    article_stems(env).withhold(publication_records(env).withheld.keys())


def setup(app: Sphinx) -> None:
    app.add_domain(ArticleStems)
    # After it is known which articles the edition offers.
    app.connect("env-updated", withhold_articles, priority=950)
    app.connect("doctree-read", count_stems)
