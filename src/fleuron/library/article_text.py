"""Collect the text of an article for its library records: doctree, labels of figures, pictures, cited sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from docutils import nodes
from sphinx.builders import Builder
from sphinxcontrib.bibtex.domain import BibtexDomain

from fleuron.content.addresses import addresses_of
from fleuron.csl.text.runs import plain
from fleuron.editions.edition_names import publication_name
from fleuron.metadata.plain_text import one_line
from fleuron.metadata.work import Work
from fleuron.notes.cited_sources import compiled_style, notes_domain
from fleuron.notes.note_wording import NoteWording, merge_adjacent
from fleuron.notes.source_list import bibliography_entries

# The formats of a picture, the one that the site shows first (in the order of Sphinx's HTML builder).
PICTURE_FORMATS = ("*", "image/svg+xml", "image/png", "image/gif", "image/jpeg")


@dataclass(frozen=True)
class CitedSource:
    """A source that an article cites.

    ``item`` is its CSL-JSON; ``entry`` is its entry in a list of sources, in the citation style of the edition.
    """

    key: str
    item: Mapping[str, Any]
    entry: tuple[nodes.Node, ...] = ()


@dataclass(frozen=True)
class ArticleText:
    """The text of an article in one edition, translated and with its notes.

    ``labels`` are those of figures, tables and listings (“Fig. 1”) by id; ``pictures`` are the addresses of pictures
    by their URI in the doctree; ``publication`` is the publication's name in file names.
    """

    document: nodes.document
    labels: Mapping[str, str]
    pictures: Mapping[str, str]
    sources: tuple[CitedSource, ...]
    publication: str
    issn: str = ""


def collect_article_text(builder: Builder, docname: str, doctree: nodes.document) -> ArticleText:
    """Collect what a record needs of an article that is being written."""
    return ArticleText(
        document=doctree,
        labels=labels_of(builder, docname),
        pictures=pictures_of(builder, doctree),
        sources=cited_sources_of(builder, docname, doctree),
        publication=publication_name(builder.config),
        issn=builder.config.fleuron_imprint.get("issn", ""),
    )


def labels_of(builder: Builder, docname: str) -> dict[str, str]:
    """Return the labels of figures, tables and listings by id."""
    formats = builder.config.numfig_format
    return {
        name: str(formats.get(kind, "%s")) % ".".join(map(str, number))
        for kind, numbers in builder.env.toc_fignumbers.get(docname, {}).items()
        for name, number in numbers.items()
    }


def pictures_of(builder: Builder, doctree: nodes.document) -> dict[str, str]:
    """Return the addresses of a text's pictures, on the site or relative to the record, by their URI."""
    addresses = addresses_of(builder.config)
    found: dict[str, str] = {}
    for image in doctree.findall(nodes.image):
        candidates: dict[str, str] = image.get("candidates", {})
        for path in [candidates[kind] for kind in PICTURE_FORMATS if kind in candidates]:
            if path in builder.env.images:
                found.setdefault(image["uri"], addresses.file("", f"_images/{builder.env.images[path][1]}"))
    return found


def cited_keys(builder: Builder, docname: str, doctree: nodes.document) -> Iterator[str]:
    """Yield the keys of the sources that an article cites in its notes, or by `{cite}` in its text."""
    for note in doctree.findall(nodes.footnote):
        yield from note.get("sources", [])
    domain = cast(BibtexDomain, builder.env.get_domain("cite"))
    for reference in domain.citation_refs:
        if reference.docname == docname:
            yield from (str(target.key) for target in reference.targets)


def with_wordings(builder: Builder, work: Work) -> Work:
    """Return a work whose references have their entries in the citation style of the edition.

    Each is worded alone: beside others, a style may print a dash for their author, or letters after a year.
    """
    items, style = notes_domain(builder.env).items, compiled_style(builder.env)

    def wording(key: str) -> str:
        return one_line("".join(plain(entry.runs) for entry in bibliography_entries(style, items, [key])))

    return replace(work, references=tuple(replace(each, text=wording(each.key)) for each in work.references))


def cited_sources_of(builder: Builder, docname: str, doctree: nodes.document) -> tuple[CitedSource, ...]:
    """List the sources that an article cites, in the order and wording of its edition's citation style."""
    items = notes_domain(builder.env).items
    keys = sorted({key for key in cited_keys(builder, docname, doctree) if key in items})
    if not keys:
        return ()
    wording = NoteWording(addresses_of(builder.config).language)
    entries = bibliography_entries(compiled_style(builder.env), items, keys)
    return tuple(
        CitedSource(entry.id, items[entry.id], tuple(merge_adjacent(wording.nodes_of(entry.runs)))) for entry in entries
    )
