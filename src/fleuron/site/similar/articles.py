"""What each article of an edition is about, kept as counts of stems, and which articles are alike."""

from __future__ import annotations

from collections.abc import Set
from typing import Any, ClassVar, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment

from fleuron.editions.edition_names import current_edition
from fleuron.publication.document_names import is_article
from fleuron.site.search.index import stopwords_of
from fleuron.site.search.page_texts import passages
from fleuron.site.search.stems import stem_counts
from fleuron.site.similar.tf_idf import similar


class Likeness(Domain):
    """Sphinx's store for the counts of stems, by document, in the language of the edition that is built."""

    name = "likeness"
    label = "Likeness"
    data_version = 1
    initial_data: ClassVar[dict[str, Any]] = {"stems": {}}
    lists: dict[str, list[str]] | None = None

    @property
    def stems(self) -> dict[str, dict[str, int]]:
        return cast("dict[str, dict[str, int]]", self.data["stems"])

    def note(self, docname: str, counts: dict[str, int]) -> None:
        self.stems[docname] = counts
        self.lists = None

    def clear_doc(self, docname: str) -> None:
        self.stems.pop(docname, None)
        self.lists = None

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        self.stems.update({name: counts for name, counts in otherdata["stems"].items() if name in docnames})
        self.lists = None

    def resolve_any_xref(self, *_arguments: Any) -> list[Any]:
        return []

    def similar_lists(self) -> dict[str, list[str]]:
        """Name for each article those like it; computed once for a build, after all is read."""
        if self.lists is None:
            self.lists = similar(self.stems)
        return self.lists


def likeness_of(env: BuildEnvironment) -> Likeness:
    return cast("Likeness", env.get_domain(Likeness.name))


def similar_to(env: BuildEnvironment, document: str) -> list[str]:
    """List the articles most like an article, the nearest first; of another page there are none."""
    return likeness_of(env).similar_lists().get(document, [])


def count_stems(app: Sphinx, doctree: nodes.document) -> None:
    """Count the words of an article, its title and keywords among them, without its notes."""
    document = app.env.current_document.docname
    if is_article(document):
        title = doctree.next_node(nodes.title)
        parts = [part for each in passages(doctree, notes=False) for part in (each.heading, each.text)]
        text = "\n".join([title.astext() if title else "", *parts])
        counts = stem_counts(text, current_edition(app.config).language, stopwords_of(app.config))
        likeness_of(app.env).note(document, counts)


def setup(app: Sphinx) -> None:
    app.add_domain(Likeness)
    app.connect("doctree-read", count_stems)
