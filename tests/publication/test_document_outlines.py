"""An outline of a document is kept only where something in it has a number."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from docutils import nodes
from docutils.utils import new_document

from fleuron.content.numbering.document_outlines import keep_outline, outlines_of


class Containers:
    """A domain that, as Sphinx's, has a kind for every container."""

    def get_enumerable_node_type(self, node: nodes.Node) -> str | None:
        return "code-block" if isinstance(node, nodes.container) else None


@pytest.mark.parametrize(("ids", "is_kept"), [([], False), (["listing"], True)])
def test_a_container_without_an_id_has_no_number(ids: list[str], is_kept: bool) -> None:
    document = new_document("articles/one.md")
    document += nodes.section("", nodes.title("", "One"), nodes.container("", ids=ids))
    domains = SimpleNamespace(sorted=lambda: [Containers()])
    env: Any = SimpleNamespace(domains=domains, current_document=SimpleNamespace(docname="articles/one"))
    keep_outline(SimpleNamespace(env=env), document)  # type: ignore[arg-type]
    assert (outlines_of(env)["articles/one"] is not None) == is_kept
