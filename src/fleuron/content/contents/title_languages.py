"""Mark the titles and captions in contents, navigation and references that are not in the language of the edition.

Sphinx copies the words of a title from a document, without the language with which the title itself is marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from fleuron.config import languages_of
from fleuron.editions.bidirectional import LANGUAGE_CLASS, marked_language
from fleuron.editions.untranslated import UNTRANSLATED
from fleuron.manuscript.article_texts import plain_text
from fleuron.manuscript.notices.article_status import is_status
from fleuron.publication.document_names import is_contributor

# What a reference takes its words from, and the key under which those of a document are kept.
REFERRED = (nodes.title, nodes.caption, nodes.term)
KEPT = "fleuron_foreign_titles"


def language_of_title(words: nodes.Element) -> str:
    """Return the language in which `mark_words` has marked a title or a link, or "" if it is that of the edition."""
    own = [child for child in words.children if not is_status(child)]
    return marked_language(own[0]) if len(own) == 1 and isinstance(own[0], nodes.inline) else ""


def mark_words(words: nodes.Element, language: str) -> None:
    """Mark all words of a title or a link with a language."""
    marked = nodes.inline("", "", *words.children, classes=[f"{LANGUAGE_CLASS}{language}"])
    words.children = []
    words.append(marked)


def untranslated_words(tables: Iterator[addnodes.toctree], env: BuildEnvironment) -> Mapping[str, str]:
    """Return the captions and explicit titles of tables of contents that have no translation, with their language."""
    source = languages_of(env.config)[0]
    texts: Iterator[list[str]] = (table.get(UNTRANSLATED, []) for table in tables)
    return {text: source for words in texts for text in words}


def mark_titles(app: Sphinx, doctree: nodes.document) -> None:
    """Mark the titles of a document and its sections, as Sphinx keeps them, with the languages of these titles.

    The title of a contributor's page is a name, which is in no language.
    """
    env, document = app.env, app.env.current_document.docname
    if is_contributor(document):
        return
    languages = {
        identifier: language
        for section in doctree.findall(nodes.section)
        if (language := marked_language(section.next_node(nodes.title)))
        for identifier in section["ids"]
    }
    if not languages:
        return
    first = doctree.next_node(nodes.section)
    language = languages.get(first["ids"][0], "") if first is not None else ""
    kept = (env.titles.get(document), env.longtitles.get(document))
    for title in {id(title): title for title in kept if title is not None}.values():
        if language:
            mark_words(title, language)
    for link in env.tocs[document].findall(nodes.reference) if document in env.tocs else ():
        anchor = str(link.get("anchorname", "")).removeprefix("#")
        if found := languages.get(anchor) if anchor else language:
            mark_words(link, found)


def mark_tables_of_contents(env: BuildEnvironment, document: str, doctree: nodes.document) -> None:
    """Mark the captions and explicit titles in the tables of contents that a page shows."""
    tables = env.tocs[document].findall(addnodes.toctree) if document in env.tocs else iter(())
    words = untranslated_words(tables, env)
    if not words:
        return
    for listing in doctree.findall(nodes.compound):
        if "toctree-wrapper" in listing["classes"]:
            for node in [
                *listing.findall(nodes.title),
                *listing.findall(nodes.caption),
                *listing.findall(nodes.reference),
            ]:
                if node.astext() in words and not language_of_title(node):
                    mark_words(node, words[node.astext()])


def keep_titles(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the titles, captions and terms of a document that are in another language, for references to them."""
    if is_contributor(app.env.current_document.docname):
        return
    kept = {
        words: language
        for kind in REFERRED
        for node in doctree.findall(kind)
        if (language := marked_language(node)) and (words := plain_text(node))
    }
    app.env.metadata[app.env.current_document.docname][KEPT] = kept


class ReferredTitles:
    """Marks the references of an edition whose words are a title in another language, in texts of the edition's own."""

    def __init__(self) -> None:
        self.languages: Mapping[str, str] | None = None

    def forget(self, _app: Sphinx, _env: BuildEnvironment) -> None:
        self.languages = None

    def mark(self, app: Sphinx, doctree: nodes.document, _document: str) -> None:
        if self.languages is None:
            kept = [app.env.metadata[name].get(KEPT, {}) for name in sorted(app.env.metadata)]
            self.languages = {words: language for titles in kept for words, language in titles.items()}
        for reference in list(doctree.findall(nodes.reference)) if self.languages else ():
            language = self.languages.get(" ".join(reference.astext().split()))
            if language and reference.get("internal") and language != language_around(reference):
                mark_words(reference, language)


def language_around(node: nodes.Node) -> str:
    """Return the language with which a node, the words in it or an element around it is marked; "" if none is."""
    within = next((marked for part in node.findall(nodes.inline) if (marked := marked_language(part))), "")
    around: nodes.Node | None = node
    while not within and isinstance(around, nodes.Element):
        within, around = marked_language(around), around.parent
    return within


def setup(app: Sphinx) -> None:
    referred = ReferredTitles()
    app.connect("env-updated", referred.forget)
    app.connect("doctree-resolved", referred.mark)
    app.connect("doctree-read", keep_titles)
    # After Sphinx has collected the titles.
    app.connect("doctree-read", mark_titles, priority=600)
