"""What an article is called in the edition: its subtitle, abstract and keywords as they are translated, in plain text.

The register has them as their author wrote them; lists, catalogues and keyword pages want the edition's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docutils import nodes
from sphinx.application import Sphinx

from fleuron.manuscript.records import register_of
from fleuron.publication.reading_order import is_article


@dataclass(frozen=True)
class Wording:
    """The words around an article; ``keywords`` stand in the order of the source's."""

    subtitle: str = ""
    abstract: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


def plain(node: nodes.Node) -> str:
    """Return a node's text without the numbers of notes, its white space folded."""
    texts = (text for text in node.findall(nodes.Text) if not isinstance(text.parent, nodes.footnote_reference))
    return " ".join("".join(text.astext() for text in texts).split())


def marked(doctree: nodes.document, name: str) -> Iterator[nodes.Element]:
    """Find the elements of the opening by their class."""
    yield from (element for element in doctree.findall(nodes.Element) if name in element.get("classes", ()))


def wording_of(doctree: nodes.document) -> Wording:
    """Read the words of an article's opening, as `manuscript.opening` set them and Locale translated them."""
    return Wording(
        subtitle=next((plain(each) for each in marked(doctree, "subtitle")), ""),
        abstract=tuple(plain(part) for topic in marked(doctree, "abstract") for part in topic.findall(nodes.paragraph)),
        keywords=tuple(plain(item) for list_ in marked(doctree, "keywords") for item in list_.findall(nodes.list_item)),
    )


def take_note(app: Sphinx, doctree: nodes.document) -> None:
    """Keep an article's words in the register."""
    document = app.env.current_document.docname
    if is_article(document):
        register_of(app.env).wordings[document] = wording_of(doctree)


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", take_note)
