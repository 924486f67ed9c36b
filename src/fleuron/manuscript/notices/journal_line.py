"""Say at the head of an article where it stands in its journal: *Palimpsest* 7, no. 2 (2026), pp. 13-27."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx.environment import BuildEnvironment

from fleuron.editions.bidirectional import isolate
from fleuron.editions.interface_words import Translate
from fleuron.editions.word_marks import marks_of
from fleuron.publication.article import Article
from fleuron.publication.edition import Edition

# The class of the line.
JOURNAL_LINE = "journal-line"


def journal_line(
    env: BuildEnvironment, article: Article, edition: Edition, word: Translate
) -> Iterator[nodes.paragraph]:
    """Yield the line of an article that has a volume, an issue, pages or a number; nothing of any other."""
    if not (article.volume or article.issue or article.pages.first or article.elocation_id):
        return
    title = env.titles[env.config.root_doc].astext()
    volume = [nodes.Text(" "), isolate("", article.volume)] if article.volume else []
    line: list[nodes.Node] = [nodes.emphasis("", title), *volume]
    if article.issue:
        line += [nodes.Text(", "), said(word("no. {number}"), "no. {number}", article.issue, edition)]
    if article.date:
        line.append(nodes.Text(f" ({article.date.year})"))
    if article.pages.last:
        line += [nodes.Text(", "), said(word("pp. {number}"), "pp. {number}", article.pages.joined(), edition)]
    elif article.pages.first:
        line += [nodes.Text(", "), said(word("p. {number}"), "p. {number}", article.pages.first, edition)]
    elif article.elocation_id:
        line += [nodes.Text(", "), said(word("art. {number}"), "art. {number}", article.elocation_id, edition)]
    yield nodes.paragraph("", "", *line, classes=[JOURNAL_LINE])


def said(translated: str, english: str, number: str, edition: Edition) -> nodes.inline:
    """Return a number with the words around it, in the language of these words."""
    return nodes.inline("", translated.format(number=number), classes=marks_of(english, edition))
