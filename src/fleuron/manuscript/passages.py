"""The passages of a document, by numbers that all formats share, and what tells whether its text is still the same.

They are counted when a document is read, in the words of its edition, so that each format that is made of it later
knows by the same number what stands on which page of the volume.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import TypeGuard

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from fleuron.manuscript.records import publication_records
from fleuron.publication.document_names import contributor_document

# The attribute of a node that is a passage.
PASSAGE = "passage"
# The entries of a document's metadata: the digest of its text, and whether its references take their words from what
# they lead to.
TEXT, QUOTING = "fleuron_text", "fleuron_quoting"


def number_passages(app: Sphinx, doctree: nodes.document) -> None:
    """Number the passages of a document, and keep a digest of all its text."""
    for number, node in enumerate(passages(doctree)):
        node[PASSAGE] = number
    told = app.env.metadata[app.env.current_document.docname]
    told[TEXT] = digest(doctree)
    if any(not reference.get("refexplicit") for reference in doctree.findall(pending_xref)):
        told[QUOTING] = True


def number_on(part: nodes.Element, document: nodes.document) -> None:
    """Number the passages of a part that is added to a document, after the document's own."""
    last = max((node[PASSAGE] for node in passages(document) if PASSAGE in node), default=-1)
    for number, node in enumerate(passages(part), last + 1):
        node[PASSAGE] = number


def passages(doctree: nodes.Element) -> Iterator[nodes.Element]:
    """Yield the passages of a text: what has words in it and is no part of a line, and pictures; no notes."""
    for child in doctree.children:
        if isinstance(child, nodes.image) or is_passage(child):
            yield child
        if isinstance(child, nodes.Element) and not isinstance(child, nodes.footnote | nodes.TextElement):
            yield from passages(child)


def is_passage(node: nodes.Node) -> TypeGuard[nodes.TextElement]:
    return isinstance(node, nodes.TextElement) and not isinstance(node, nodes.Inline | nodes.Invisible)


def digest(doctree: nodes.document) -> str:
    """Return the SHA-256 of a document's words, pictures and order."""
    found = hashlib.sha256()
    for node in doctree.findall():
        told = f"<{node.tagname} {node.get('uri', '')}>" if isinstance(node, nodes.Element) else node.astext()
        found.update(told.encode("utf-8", "surrogatepass") + b"\0")
    return found.hexdigest()


def words_of_references(env: BuildEnvironment) -> list[object]:
    """List the words that references may take from what they lead to: titles, captions and numbers."""
    titles = [(document, title.astext()) for document, title in sorted(env.titles.items())]
    slugs = [(document, sorted(env.metadata[document].get("myst_slugs", {}).items())) for document, _ in titles]
    numbers = json.dumps([env.toc_secnumbers, env.toc_fignumbers], sort_keys=True)
    return [titles, slugs, sorted(env.domains.standard_domain.labels.items()), numbers]


def texts_of(env: BuildEnvironment, documents: Sequence[str]) -> dict[str, str]:
    """Return a digest of each document's text as it will be printed: with its authors' biographies, which close an
    article, and with what its references quote.
    """
    quoted, articles = repr(words_of_references(env)), publication_records(env).articles
    texts = {}
    for document in documents:
        authors = articles[document].authors if document in articles else ()
        told = [
            env.metadata[name].get(TEXT, "")
            for name in (document, *(contributor_document(author) for author in authors))
        ]
        whole = repr([*told, quoted if env.metadata[document].get(QUOTING) else ""])
        texts[document] = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
    return texts


def setup(app: Sphinx) -> None:
    # When all others have had their say.
    app.connect("doctree-read", number_passages, priority=950)
