"""Collect the metadata in the head of a page, for search engines, libraries and citation managers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fleuron.metadata.page_head.head_elements import (
    SCHEMAS,
    Link,
    Meta,
    dublin_core,
    highwire,
    open_graph,
    signposting,
    website,
)
from fleuron.metadata.page_head.schema_org import json_ld, scholarly_article
from fleuron.metadata.work import Work


@dataclass(frozen=True)
class Head:
    """The meta elements, the links and the JSON-LD of a page, unescaped; ``json_ld`` is safe in a script element."""

    metas: Sequence[Meta] = ()
    links: Sequence[Link] = ()
    json_ld: str = ""


def head_of_article(work: Work) -> Head:
    """Return the metadata of an article's page."""
    metas = [*dublin_core(work), *open_graph(work)]
    # Those of Highwire Press say where a text can be read, which one that is withdrawn cannot.
    metas = [Meta("robots", "noindex"), *metas] if work.withdrawn else [*highwire(work), *metas]
    return Head(metas, [*SCHEMAS, *signposting(work)], json_ld(scholarly_article(work)))


def head_of_page(title: str, publication: str, address: str, language: str) -> Head:
    """Return the metadata of any other page."""
    return Head(website(title, publication, address, language))
