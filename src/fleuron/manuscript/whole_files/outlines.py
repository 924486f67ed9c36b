"""Read the source of a text before its whole-file translation, for the ids, labels and numbers of what is in it."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.addnodes import toctree
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.logging import suppress_logging

from fleuron.editions.edition_project import EditionProject, translation_file
from fleuron.editions.whole_files.records import OutlinedSection, SourceOutline
from fleuron.guarded_documents import doctree_file
from fleuron.manuscript.passages import COUNTERPART, passages

# The attributes of a document that is read to be compared, with its messages, and with what each section calls.
MESSAGES, CALLS = "messages_of_source", "calls_of_sections"
# The entry of a document's metadata, while it is read, with what its source has.
OUTLINE = "fleuron_source_outline"


def sections_in(document: nodes.document) -> list[nodes.section]:
    """Return the sections of a document's own file, in their order, without those of included files."""
    sections = list(document.findall(nodes.section))
    return [section for section in sections if section is sections[0] or section.source in (None, document["source"])]


def numbered_by_section(document: nodes.document, found: list[nodes.Element]) -> Iterator[tuple[int, nodes.Element]]:
    """Yield each of the elements with the number of its section; what stands before all sections is in the first."""
    numbers = {id(section): number for number, section in enumerate(sections_in(document))}
    for element in found:
        parent: nodes.Node | None = element
        while parent is not None and id(parent) not in numbers:
            parent = parent.parent
        yield numbers[id(parent)] if parent is not None else 0, element


def outline_of(env: BuildEnvironment, name: str, document: nodes.document) -> SourceOutline:
    """Describe a source that has just been read."""
    sections = sections_in(document)
    found: list[list[tuple[int, str]]] = [[] for _section in sections] or [[]]
    for number, passage in numbered_by_section(document, list(passages(document))):
        if COUNTERPART in passage:
            found[number].append((passage[COUNTERPART], passage.tagname))
    labels = env.domains.standard_domain.anonlabels
    notes = {identifier for note in document.findall(nodes.footnote) for identifier in note["ids"]}
    return SourceOutline(
        tuple(
            OutlinedSection(tuple(section["ids"]), str(section.get("slug", "")), tuple(inner))
            for section, inner in zip(sections, found, strict=False)
        ),
        {
            label: identifier
            for label, (where, identifier) in labels.items()
            if where == name and identifier not in notes
        },
        {slug: identifier for slug, (_line, identifier, _text) in env.metadata[name].get("myst_slugs", {}).items()},
        tuple(document.get(MESSAGES, ())),
        listed_in(document),
        tuple(document.get(CALLS, ())),
    )


def listed_in(document: nodes.document) -> tuple[str, ...]:
    """Return the documents that the tables of contents of a document list, in their order."""
    return tuple(name for table in document.findall(toctree) for name in table["includefiles"])


def read_with_sources(app: Sphinx) -> None:
    """Let the builder read, before a translation, its source (an event handler)."""
    builder, env, project = app.builder, app.env, app.project
    read = builder.read_doc

    def read_source(docname: str) -> SourceOutline:
        """Read a source as if it were the edition's text, and forget all of it but its outline."""
        assert isinstance(project, EditionProject)
        with project.reading_source(docname), suppress_logging():
            read(docname, _cache=False)  # what is wrong with it is reported by the edition in its language
        path = doctree_file(app, docname)
        # Not by the environment, which would keep the document for those that ask for it later.
        outline = outline_of(env, docname, pickle.loads(path.read_bytes())) if path.is_file() else SourceOutline()
        app.events.emit("env-purge-doc", env, docname)
        env.clear_doc(docname)
        return outline

    def read_translation(docname: str, **options: Any) -> None:
        if translation_file(env, docname):
            outline = read_source(docname)
            env.metadata[docname][OUTLINE] = outline
        read(docname, **options)

    builder.read_doc = read_translation  # type: ignore[misc, method-assign]


def setup(app: Sphinx) -> None:
    # After `guarded_documents`, so that an exception in the source ends nothing.
    app.connect("builder-inited", read_with_sources, priority=600)
