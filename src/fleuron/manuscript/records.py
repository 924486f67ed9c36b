"""A Sphinx domain that keeps the record of each article and contributor, by document."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar, cast

from docutils.nodes import Element, reference
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment

from fleuron.publication.article import Article, ArticleTexts
from fleuron.publication.contributor import Contributor

KINDS = ("articles", "contributors", "article_texts")


class RecordsDomain(Domain):
    """Keep the records in Sphinx's environment, so that they survive its cache and parallel reading."""

    name = "fleuron"
    label = "Fleuron"
    initial_data: ClassVar[dict[str, Any]] = {kind: {} for kind in KINDS}
    data_version = 3

    @property
    def articles(self) -> dict[str, Article]:
        return cast("dict[str, Article]", self.data["articles"])

    @property
    def contributors(self) -> dict[str, Contributor]:
        return cast("dict[str, Contributor]", self.data["contributors"])

    @property
    def article_texts(self) -> dict[str, ArticleTexts]:
        """The texts of each article in the language of the edition that is being built."""
        return cast("dict[str, ArticleTexts]", self.data["article_texts"])

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


def setup(app: Sphinx) -> None:
    """Add the domain, unless another of Fleuron's extensions has added it."""
    if RecordsDomain.name not in app.registry.domains:
        app.add_domain(RecordsDomain)
