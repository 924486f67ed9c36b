"""The words that references take from titles and captions: without the numbers of notes, and in the edition's language.

`{ref}` repeated the number of a note that a title calls as if it were a word of it: Sphinx 9.0 leaves calls out of
the titles of documents and of contents (`SphinxContentsFilter`), but not here (`StandardDomain.process_doc`). MyST
5.2 does the same for `[](#label)`, and for a heading without a label it takes the words from before translation.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.nodes import clean_astext

from fleuron.manuscript.article_texts import plain_text


def word_references(app: Sphinx, document: nodes.document) -> None:
    """Word anew what Sphinx and MyST have kept for the references to a document, and set in those within it."""
    titles = {clean_astext(title): plain_text(title) for title in titles_with_calls(document)}
    here, labels = app.env.current_document.docname, app.env.domains.standard_domain.labels
    for name, (target, label, words) in labels.items():
        if target == here and words in titles:
            labels[name] = (target, label, titles[words])
    # From the document: those of the environment are by now those of the last heading that Locale had parsed.
    slugs = {
        slug: (line, label, heading(document, label) or words)
        for slug, (line, label, words) in getattr(document, "myst_slugs", {}).items()
    }
    if slugs:
        app.env.metadata[here]["myst_slugs"] = slugs
    headings = {label: words for _line, label, words in slugs.values()}
    for reference in document.findall(nodes.reference):
        if reference.get("id_link") and isinstance(part := reference.next_node(nodes.inline), nodes.inline):
            if "std-ref" in part["classes"]:
                words = part.astext()
                part.children = [nodes.Text(headings.get(reference.get("refid", ""), titles.get(words, words)))]


def titles_with_calls(document: nodes.document) -> list[nodes.Element]:
    """Find the lines in which a note is called."""
    calls = document.findall(nodes.footnote_reference)
    return [call.parent for call in calls if isinstance(call.parent, nodes.TextElement)]


def heading(document: nodes.document, label: str) -> str:
    """Return the title of the section with an id, without its calls; empty where there is none."""
    section = document.ids.get(label)
    title = section.next_node(nodes.title) if isinstance(section, nodes.section) else None
    return plain_text(title) if title is not None else ""


def setup(app: Sphinx) -> None:
    # Before passages are numbered and the text has its digest.
    app.connect("doctree-read", word_references, priority=400)
