"""What is looked for in each document is not listed for each: the work would grow with the square of the documents."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from fleuron.conservation.reading.stages import known_sources
from fleuron.manuscript.source_files import KnownContributors


class Unlisted(set[str]):
    """Names that may be looked for, but not listed."""

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("all names are listed")


def test_an_author_is_looked_for_among_the_documents() -> None:
    known = KnownContributors(Unlisted({"authors/ada", "articles/one"}))
    assert "ada" in known
    assert "one" not in known
    assert "../articles/one" not in known


def test_the_names_of_contributors_are_those_of_their_files() -> None:
    assert sorted(KnownContributors({"authors/bob", "articles/one", "authors/ada"})) == ["ada", "bob"]


def test_a_source_is_looked_for_in_the_bibliography() -> None:
    domain = SimpleNamespace(items=Unlisted({"key"}))
    env: Any = SimpleNamespace(get_domain=lambda _name: domain)
    assert "key" in known_sources(env)
    assert "other" not in known_sources(env)
