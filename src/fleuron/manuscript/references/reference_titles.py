"""Correct the titles and captions that references show: without note numbers, and in the language of the edition.

Sphinx 9.0 removes note numbers from the titles of documents and in tables of contents (`SphinxContentsFilter`), but not
from those that `{ref}` shows (`StandardDomain.process_doc`). Nor does MyST 5.2 for `[](#label)`; and for a heading
without a label, it takes the title from before translation.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.nodes import clean_astext

from fleuron.manuscript.article_texts import plain_text


def correct_reference_titles(app: Sphinx, document: nodes.document) -> None:
    """Correct what Sphinx and MyST keep for references to a document, and the references within it."""
    titles = {clean_astext(title): plain_text(title) for title in titles_with_calls(document)}
    here, labels = app.env.current_document.docname, app.env.domains.standard_domain.labels
    for name, (target, label, title) in labels.items():
        if target == here and title in titles:
            labels[name] = (target, label, titles[title])
    # From the document: the environment has those of the heading that Locale parsed last.
    slugs = {
        slug: (line, label, section_title(document, label) or title)
        for slug, (line, label, title) in getattr(document, "myst_slugs", {}).items()
    }
    if slugs:
        app.env.metadata[here]["myst_slugs"] = slugs
    headings = {label: title for _line, label, title in slugs.values()}
    for reference in document.findall(nodes.reference):
        if reference.get("id_link") and isinstance(part := reference.next_node(nodes.inline), nodes.inline):
            if "std-ref" in part["classes"]:
                title = part.astext()
                part.children = [nodes.Text(headings.get(reference.get("refid", ""), titles.get(title, title)))]


def titles_with_calls(document: nodes.document) -> list[nodes.Element]:
    """Return the titles, captions and other lines that contain a note call."""
    calls = document.findall(nodes.footnote_reference)
    return [call.parent for call in calls if isinstance(call.parent, nodes.TextElement)]


def section_title(document: nodes.document, label: str) -> str:
    """Return the title of the section with an id, without note numbers; "" if there is no such section."""
    section = document.ids.get(label)
    title = section.next_node(nodes.title) if isinstance(section, nodes.section) else None
    return plain_text(title) if title is not None else ""


def setup(app: Sphinx) -> None:
    # Before the digest of the text is made.
    app.connect("doctree-read", correct_reference_titles, priority=400)
