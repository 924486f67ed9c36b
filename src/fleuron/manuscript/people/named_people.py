"""Find the people whom an article names, by their files in authors/ or in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sphinx.environment import BuildEnvironment

from fleuron.manuscript.records import publication_records
from fleuron.publication.document_names import contributor_document, contributor_name


@dataclass(frozen=True)
class NamedPerson:
    """A person who has worked on an article: the name, and that of her file in authors/ if she has one."""

    name: str
    contributor: str = ""


def people_of(env: BuildEnvironment, names: Iterable[str]) -> Iterator[NamedPerson]:
    """Yield the people who are named; who has a page in authors/ may be named by its file or by its name."""
    records = publication_records(env)
    by_name = {record.name: contributor_name(name) for name, record in records.contributors.items()}
    for written in names:
        contributor = written if contributor_document(written) in records.contributors else by_name.get(written, "")
        title = env.titles.get(contributor_document(contributor)) if contributor else None
        yield NamedPerson(title.astext() if title else written, contributor)
