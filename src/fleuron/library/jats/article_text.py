"""An article's text as a record may need it: its doctree, and what the press knows of the things in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docutils import nodes


@dataclass(frozen=True)
class Source:
    """A source that an article cites.

    ``item`` is its CSL-JSON; ``words`` are those that the style of the notes has for a list of sources.
    """

    key: str
    item: Mapping[str, Any]
    words: tuple[nodes.Node, ...] = ()


@dataclass(frozen=True)
class Text:
    """An article in one edition, translated and with its notes.

    ``labels`` are those of figures, tables and listings by id (“Fig. 1”), ``pictures`` the addresses of
    pictures by what the doctree calls them. ``serial`` is the publication's name in file names.
    """

    document: nodes.document
    labels: Mapping[str, str]
    pictures: Mapping[str, str]
    sources: tuple[Source, ...]
    serial: str
    issn: str = ""
