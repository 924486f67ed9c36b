"""Say of the articles in a page's tables of contents that the edition does not offer in which language they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from docutils import nodes

from fleuron.content.edition_context import EditionContext
from fleuron.editions.bidirectional import LANGUAGE_CLASS
from fleuron.editions.interface_words import interface_words, language_of_words
from fleuron.manuscript.records import publication_records


def toctree_items(doctree: nodes.document) -> Iterator[tuple[nodes.list_item, nodes.reference]]:
    """Find the items of tables of contents, each with its link."""
    for item in list(doctree.findall(nodes.list_item)):
        link = item.next_node(nodes.reference)
        if any(name.startswith("toctree-l") for name in item["classes"]) and link is not None and link.get("refuri"):
            yield item, link


def say_source_only(
    context: EditionContext, page: str, doctree: nodes.document, address_of: Callable[[str, str], str]
) -> None:
    """Add the language to each article of which the edition has no page, and remove its sections.

    ``address_of`` returns the address of its second argument, relative to its first.
    """
    addresses = {address_of(page, document) for document in publication_records(context.env).withheld}
    for item, link in toctree_items(doctree) if addresses else ():
        if link["refuri"] not in addresses:
            continue
        link["hreflang"] = context.languages[0]
        for sections in [child for child in item if isinstance(child, nodes.bullet_list)]:
            item.remove(sections)
        item["classes"].append("source-only")
        item.append(source_only_line(context))


def source_only_line(context: EditionContext) -> nodes.paragraph:
    """Make the line that says in which language alone a text is."""
    edition = context.edition
    language = language_of_words(edition.language, "In {language} only")
    marks = [] if language == edition.language else [f"{LANGUAGE_CLASS}{language}"]
    word, name = interface_words(edition.language), edition.name_of(context.languages[0], language)
    return nodes.paragraph("", word("In {language} only").format(language=name), classes=["in-source-only", *marks])
