"""Number the passages of a document (paragraphs, titles, pictures), and keep a digest of its text.

Both are made when a document is read, after translation, so that every format has the same numbers: with them, the
page plan says which text is on which page. With the digest, it is known whether the plan is still valid.
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

from fleuron.editions.untranslated import ADDED, OLDER, STALE, UNTRANSLATED_WORDS
from fleuron.manuscript.people.translators import translators_of
from fleuron.manuscript.records import publication_records
from fleuron.publication.document_names import contributor_document

# The attribute of a node that is a passage, and that of one that has counterparts in other editions: the number of the
# passage in the source, before it is translated.
PASSAGE, COUNTERPART = "passage", "counterpart"
# The entries of a document's metadata: the digest of its text, and whether it has references that show the title,
# caption or number of their target.
TEXT_DIGEST, QUOTES_TITLES = "fleuron_text", "fleuron_quoting"


def number_passages(app: Sphinx, doctree: nodes.document) -> None:
    """Number the passages of a document, and keep a digest of its text in its metadata."""
    for number, node in enumerate(passages(doctree)):
        node[PASSAGE] = number
    metadata = app.env.metadata[app.env.current_document.docname]
    metadata[TEXT_DIGEST] = digest_of_text(doctree)
    if any(not reference.get("refexplicit") for reference in doctree.findall(pending_xref)):
        metadata[QUOTES_TITLES] = True


def number_appended(part: nodes.Element, document: nodes.document) -> None:
    """Number the passages of a part that is appended to a document, after those of the document."""
    last = max((node[PASSAGE] for node in passages(document) if PASSAGE in node), default=-1)
    for number, node in enumerate(passages(part), last + 1):
        node[PASSAGE] = number
        node.attributes.pop(COUNTERPART, None)  # which is one in the document of the part


def passages(doctree: nodes.Element) -> Iterator[nodes.Element]:
    """Yield the passages of a text, in its order: blocks of text and pictures, without notes."""
    for child in doctree.children:
        if isinstance(child, nodes.image) or is_passage(child):
            yield child
        # A picture may be in a link; text in one is part of a passage.
        if isinstance(child, nodes.reference) or (
            isinstance(child, nodes.Element) and not isinstance(child, nodes.footnote | nodes.TextElement)
        ):
            yield from passages(child)


def is_passage(node: nodes.Node) -> TypeGuard[nodes.TextElement]:
    return isinstance(node, nodes.TextElement) and not isinstance(node, nodes.Inline | nodes.Invisible)


def digest_of_text(doctree: nodes.document) -> str:
    """Return the SHA-256 of a document's text, pictures and structure."""
    digest = hashlib.sha256()
    for node in doctree.findall():
        content = tag_of(node) if isinstance(node, nodes.Element) else node.astext()
        digest.update(content.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()


def tag_of(node: nodes.Element) -> str:
    """Return what a digest has of an element: its kind, its picture, and what its siglum and notices would say."""
    state = f" {node.get(OLDER, False)}" if node.get(UNTRANSLATED_WORDS) else ""
    if node.get(STALE) or node.get(ADDED):
        state += f" {node[STALE]} {node[ADDED]}"
    return f"<{node.tagname} {node.get('uri', '')}{state}>"


def quoted_titles(env: BuildEnvironment) -> list[object]:
    """Return all that references may show of their targets: titles, captions and numbers."""
    titles = [(document, title.astext()) for document, title in sorted(env.titles.items())]
    slugs = [(document, sorted(env.metadata[document].get("myst_slugs", {}).items())) for document, _ in titles]
    numbers = json.dumps([env.toc_secnumbers, env.toc_fignumbers], sort_keys=True)
    return [titles, slugs, sorted(env.domains.standard_domain.labels.items()), numbers]


def text_digests(env: BuildEnvironment, documents: Sequence[str]) -> dict[str, str]:
    """Return a digest of each document's text in print, which includes biographies and what its references show."""
    quoted, articles = repr(quoted_titles(env)), publication_records(env).articles
    digests = {}
    for document in documents:
        authors = articles[document].authors if document in articles else ()
        translators = list(translators_of(env, document))
        people = (*authors, *(translator.contributor for translator in translators if translator.contributor))
        parts = [
            env.metadata[name].get(TEXT_DIGEST, "")
            for name in (document, *(contributor_document(name) for name in people))
        ]
        parts += [translator.name for translator in translators]
        whole = repr([*parts, quoted if env.metadata[document].get(QUOTES_TITLES) else ""])
        digests[document] = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
    return digests


def setup(app: Sphinx) -> None:
    # After all other handlers have changed the document.
    app.connect("doctree-read", number_passages, priority=950)
