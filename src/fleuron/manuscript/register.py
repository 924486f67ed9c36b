"""The register of a publication: the record of each article and contributor, by document."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar, cast

from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment

from fleuron.publication.article import Article
from fleuron.publication.contributor import Contributor


class Register(Domain):
    """Keeps the records through Sphinx's cache and its parallel reading."""

    name = "fleuron"
    label = "Fleuron"
    initial_data: ClassVar[dict[str, Any]] = {"articles": {}, "contributors": {}}
    data_version = 1

    @property
    def articles(self) -> dict[str, Article]:
        return cast("dict[str, Article]", self.data["articles"])

    @property
    def contributors(self) -> dict[str, Contributor]:
        return cast("dict[str, Contributor]", self.data["contributors"])

    def clear_doc(self, docname: str) -> None:
        self.articles.pop(docname, None)
        self.contributors.pop(docname, None)

    def merge_domaindata(self, docnames: Collection[str], otherdata: dict[str, Any]) -> None:
        for kind in ("articles", "contributors"):
            self.data[kind].update({name: record for name, record in otherdata[kind].items() if name in docnames})


def register_of(env: BuildEnvironment) -> Register:
    """Return the register of the publication that is being built."""
    return cast("Register", env.get_domain(Register.name))


def setup(app: Sphinx) -> None:
    app.add_domain(Register)
