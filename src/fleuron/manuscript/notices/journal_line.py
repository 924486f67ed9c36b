"""Say at the head of an article where it stands in its journal: *Palimpsest* 7, no. 2 (2026), pp. 13-27."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.environment import BuildEnvironment

from fleuron.editions.bidirectional import isolate
from fleuron.editions.interface_words import Translate
from fleuron.editions.word_marks import marks_of
from fleuron.manuscript.records import publication_records
from fleuron.publication.article import Article
from fleuron.publication.edition import Edition

# The class of the line.
JOURNAL_LINE = "journal-line"


def journal_line(
    env: BuildEnvironment, document: str, article: Article, edition: Edition, word: Translate
) -> Iterator[nodes.paragraph]:
    """Yield the line of an article that has a volume, an issue, pages or a number; nothing of any other."""
    records = publication_records(env)
    issue = records.issue_of.get(document, "")
    article = records.paged(document, article)
    if not (article.volume or article.issue or article.pages.first or article.elocation_id):
        return
    title = env.titles[env.config.root_doc].astext()
    numbers: list[nodes.Node] = [isolate("", edition.numerals(article.volume))] if article.volume else []
    if article.issue:
        number = said(word("no. {number}"), "no. {number}", edition.numerals(article.issue), edition)
        numbers += [nodes.Text(edition.comma), number] if numbers else [number]
    if numbers and issue in env.found_docs:
        numbers = [link_to(issue, document, numbers)]
    # In a text from right to left, the number after a title in Latin letters would be shown before it.
    name = isolate("", title) if edition.direction == "rtl" else nodes.Text(title)
    line: list[nodes.Node] = [nodes.emphasis("", "", name), *([nodes.Text(" "), *numbers] if numbers else [])]
    if article.date:
        line.append(nodes.Text(f" ({edition.numerals(article.date.year)})"))
    line += pages_in_line(article, edition, word)
    yield nodes.paragraph("", "", *line, classes=[JOURNAL_LINE])


def pages_in_line(article: Article, edition: Edition, word: Translate) -> Iterator[nodes.Node]:
    """Yield the pages of an article, or its number in their place, after a comma."""
    if article.pages.last:
        yield from (
            nodes.Text(edition.comma),
            said(word("pp. {number}"), "pp. {number}", edition.numerals(article.pages.joined()), edition),
        )
    elif article.pages.first:
        page = edition.numerals(article.pages.first)
        yield from (nodes.Text(edition.comma), said(word("p. {number}"), "p. {number}", page, edition))
    elif article.elocation_id:
        yield from (
            nodes.Text(edition.comma),
            said(word("art. {number}"), "art. {number}", article.elocation_id, edition),
        )


def place_in_words(article: Article, edition: Edition, word: Translate) -> str:
    """Return what the line says after the journal's title, as text."""
    number = word("no. {number}").format(number=edition.numerals(article.issue)) if article.issue else ""
    numbers = edition.comma.join(filter(None, [edition.numerals(article.volume), number]))
    year = f"({edition.numerals(article.date.year)})" if article.date else ""
    pages = "".join(node.astext() for node in pages_in_line(article, edition, word))
    return " ".join(filter(None, [numbers, year])) + pages


def link_to(target: str, document: str, words: list[nodes.Node]) -> pending_xref:
    """Return a link from a document to another one, with these words."""
    inner = nodes.inline("", "", *words)
    return pending_xref(
        "", inner, refdomain="std", reftype="doc", reftarget=f"/{target}", refdoc=document, refexplicit=True
    )


def said(translated: str, english: str, number: str, edition: Edition) -> nodes.inline:
    """Return a number with the words around it, in the language of these words."""
    return nodes.inline("", translated.format(number=number), classes=marks_of(english, edition))
