"""Gather what the press knows of an article's text: the numbers of its figures, its pictures, its sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from docutils import nodes
from sphinx.builders import Builder
from sphinxcontrib.bibtex.domain import BibtexDomain

from fleuron.content.addresses import addresses_of
from fleuron.editions.edition_names import publication_name
from fleuron.library.jats.article_text import Source, Text
from fleuron.notes.cited_sources import compiled_style, records_of
from fleuron.notes.note_wording import Wording, joined
from fleuron.notes.source_list import entries_of

# Of a picture in several formats, the one that the site shows (as Sphinx's HTML builder orders them).
FORMATS = ("*", "image/svg+xml", "image/png", "image/gif", "image/jpeg")


def labels_of(builder: Builder, page: str) -> dict[str, str]:
    """Word the labels of figures, tables and listings, by id."""
    words = builder.config.numfig_format
    return {
        name: str(words.get(kind, "%s")) % ".".join(map(str, number))
        for kind, numbers in builder.env.toc_fignumbers.get(page, {}).items()
        for name, number in numbers.items()
    }


def pictures_of(builder: Builder, doctree: nodes.document) -> dict[str, str]:
    """Return the addresses of a text's pictures, on the site or beside the record, by what the text calls them."""
    addresses = addresses_of(builder.config)
    found: dict[str, str] = {}
    for image in doctree.findall(nodes.image):
        candidates: dict[str, str] = image.get("candidates", {})
        for path in [candidates[kind] for kind in FORMATS if kind in candidates]:
            if path in builder.env.images:
                found.setdefault(image["uri"], addresses.file("", f"_images/{builder.env.images[path][1]}"))
    return found


def keys_of(builder: Builder, page: str, doctree: nodes.document) -> Iterator[str]:
    """Yield the keys of the sources that an article cites in its notes, or by `{cite}` in its text."""
    for note in doctree.findall(nodes.footnote):
        yield from note.get("sources", [])
    domain = cast(BibtexDomain, builder.env.get_domain("cite"))
    for reference in domain.citation_refs:
        if reference.docname == page:
            yield from (str(target.key) for target in reference.targets)


def sources_of(builder: Builder, page: str, doctree: nodes.document) -> tuple[Source, ...]:
    """List the sources of an article, in the order and the words of its edition's style."""
    items = records_of(builder.env).items
    keys = sorted({key for key in keys_of(builder, page, doctree) if key in items})
    if not keys:
        return ()
    wording = Wording(addresses_of(builder.config).language)
    entries = entries_of(compiled_style(builder._app), items, keys)
    return tuple(Source(each.id, items[each.id], tuple(joined(wording.of(each.runs)))) for each in entries)


def text_of(builder: Builder, page: str, doctree: nodes.document) -> Text:
    """Gather what a record needs of an article that is being written."""
    return Text(
        document=doctree,
        labels=labels_of(builder, page),
        pictures=pictures_of(builder, doctree),
        sources=sources_of(builder, page, doctree),
        serial=publication_name(builder.config),
        issn=builder.config.fleuron_imprint.get("issn", ""),
    )
