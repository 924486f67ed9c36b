"""Collect each article's subtitle, abstract, keywords and translators in the language of the edition.

The front matter has them in the language of the source; lists, library records and keyword pages need the translations.
"""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx

from fleuron.editions.bidirectional import marked_language
from fleuron.manuscript.notices.history import CHANGES, WITHDRAWAL
from fleuron.manuscript.people.translators import written_translators
from fleuron.manuscript.records import publication_records
from fleuron.publication.article import ArticleTexts
from fleuron.publication.document_names import is_article

# The class of each note at the end of an article, beside that of its kind.
NOTE = "article-note"


def plain_text(node: nodes.Node) -> str:
    """Return a node's text without note numbers, each run of white space as one space."""
    texts = (text for text in node.findall(nodes.Text) if not isinstance(text.parent, nodes.footnote_reference))
    return " ".join("".join(text.astext() for text in texts).split())


def elements_of_class(doctree: nodes.document, name: str) -> Iterator[nodes.Element]:
    """Yield the elements that have a class."""
    yield from (element for element in doctree.findall(nodes.Element) if name in element.get("classes", ()))


def paragraphs_of(doctree: nodes.document, name: str) -> tuple[str, ...]:
    """Return the paragraphs of the notes of a kind at the end of an article."""
    notes = (note for note in elements_of_class(doctree, name) if NOTE in note["classes"])
    return tuple(plain_text(paragraph) for note in notes for paragraph in note.findall(nodes.paragraph))


def article_texts_of(doctree: nodes.document, translators: tuple[str, ...] = ()) -> ArticleTexts:
    """Return the texts of an article's head, as Locale has translated them, with its translators."""
    subtitle = next(elements_of_class(doctree, "subtitle"), None)
    abstract = [
        paragraph for topic in elements_of_class(doctree, "abstract") for paragraph in topic.findall(nodes.paragraph)
    ]
    return ArticleTexts(
        subtitle=plain_text(subtitle) if subtitle is not None else "",
        subtitle_language=marked_language(subtitle),
        abstract=tuple(map(plain_text, abstract)),
        abstract_language=marked_language(abstract[0]) if abstract else "",
        keywords=tuple(
            plain_text(item)
            for container in elements_of_class(doctree, "keywords")
            for item in container.findall(nodes.list_item)
        ),
        changes=tuple(
            plain_text(item)
            for container in elements_of_class(doctree, CHANGES)
            for item in container.findall(nodes.list_item)
        ),
        acknowledgements=paragraphs_of(doctree, "acknowledgements"),
        funding=" ".join(paragraphs_of(doctree, "funding")),
        competing_interests=" ".join(paragraphs_of(doctree, "competing-interests")),
        reviewed=tuple(map(plain_text, elements_of_class(doctree, "reviewed-work"))),
        withdrawal=" ".join(map(plain_text, elements_of_class(doctree, WITHDRAWAL))),
        translators=translators,
    )


def store_article_texts(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the texts of an article in the Fleuron domain."""
    document = app.env.current_document.docname
    if is_article(document):
        translators = written_translators(app.env, document)
        publication_records(app.env).article_texts[document] = article_texts_of(doctree, translators)


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", store_article_texts)
