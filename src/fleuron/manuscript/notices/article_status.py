"""Say in the title of an article that it is retracted or withdrawn, on its page and wherever the title is listed."""

from __future__ import annotations

from docutils import nodes
from sphinx.environment import BuildEnvironment

from fleuron.editions.edition_names import current_edition
from fleuron.editions.interface_words import interface_words
from fleuron.editions.word_marks import marks_of
from fleuron.manuscript.records import publication_records

# The class of what stands before the title.
STATUS_CLASS = "article-status"


def status_of(env: BuildEnvironment, document: str) -> nodes.inline | None:
    """Return the words that stand before the title of an article that is withdrawn or retracted; None for any other."""
    records, edition = publication_records(env), current_edition(env.config)
    article, word = records.articles.get(document), interface_words(edition.language)
    if article is None:
        return None
    if article.withdrawn:
        text, marks = word("WITHDRAWN:"), marks_of("WITHDRAWN:", edition)
    elif records.notices.is_retracted(document):
        text, marks = word("RETRACTED:"), marks_of("RETRACTED:", edition)
    else:
        return None
    return nodes.inline("", f"{text} ", classes=[STATUS_CLASS, *marks])


def is_status(node: nodes.Node) -> bool:
    return isinstance(node, nodes.inline) and STATUS_CLASS in node["classes"]


def mark_title(title: nodes.Element, status: nodes.inline | None) -> None:
    """Put the status of an article before the words of its title, in place of another one."""
    for child in [child for child in title.children if is_status(child)]:
        title.remove(child)
    if status is not None:
        title.insert(0, status.deepcopy())


def mark_kept_titles(env: BuildEnvironment, document: str) -> None:
    """Mark the title of an article as Sphinx keeps it, for lists of articles and for references."""
    status = status_of(env, document)
    kept: list[nodes.Element | None] = [env.titles.get(document), env.longtitles.get(document)]
    if document in env.tocs:
        kept += [link for link in env.tocs[document].findall(nodes.reference) if not link.get("anchorname")][:1]
    for title in {id(title): title for title in kept if title is not None}.values():
        mark_title(title, status)
