"""Mark the passages of a page that are not translated, or in an older translation, for all who read it.

A raised siglum stands before each: the source's language (EN), or ≈ for an older translation, which in a whole-file
translation stands at the head of the section. A line at the head of an article says how much of it that is. Both are
inserted when a page is written: titles, searches and records lack them.
"""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.writers.html5 import HTML5Translator

from fleuron.config import languages_of
from fleuron.editions.bidirectional import LANGUAGE_CLASS, isolate, marked_language
from fleuron.editions.edition_names import current_edition
from fleuron.editions.interface_words import interface_words, language_of_words
from fleuron.editions.translation_progress import progress_of
from fleuron.editions.untranslated import OLDER, UNTRANSLATED_WORDS, WRITTEN_IN
from fleuron.editions.word_marks import marks_of
from fleuron.manuscript.records import publication_records
from fleuron.publication.document_names import is_article
from fleuron.publication.edition import Edition
from fleuron.publication.language_tags import direction_of, primary_language

OLDER_SIGN = "≈"
# The blocks that get a siglum: of headings and the like, copies stand elsewhere.
BLOCKS = (nodes.paragraph, nodes.caption, nodes.term, nodes.line, nodes.attribution)
# The lines of an article's head, by their classes; what is said of the whole article stands below them.
HEAD = frozenset({"subtitle", "byline", "dateline", "journal-line"})
AFTER = "\N{NO-BREAK SPACE}"


class siglum(nodes.inline):  # noqa: N801 (docutils spells its nodes so)
    """A sign that says in which state a passage is; ``meaning`` says it in words."""


def add_sigla(env: BuildEnvironment, document: str, doctree: nodes.document) -> None:
    """Mark the passages of a document that is to be written, and say in an article how much of it they are.

    Where nothing is translated, the line is enough.
    """
    marked = list(untranslated_blocks(doctree))
    edition, records = current_edition(env.config), publication_records(env)
    progress = progress_of(records.messages.get(document, ()))
    own = [node for node in marked if not is_within(node, "biography")]
    words = sum(node[UNTRANSLATED_WORDS] for node in own if not node.get(OLDER))
    older, absent = sum(node[UNTRANSLATED_WORDS] for node in own if node.get(OLDER)), 0
    if whole := records.whole_files.get(document):
        older, absent = progress.stale, whole.absent_words
    is_partly_translated = not words or words < progress.words
    for node in marked:
        if is_partly_translated and has_siglum(node):
            node[:0] = [siglum_of(node, edition), nodes.Text(AFTER)]
    for node in doctree.findall(nodes.paragraph):
        if node.get(OLDER) and UNTRANSLATED_WORDS not in node:  # says so of its section
            node[:0] = [siglum_of(node, edition), nodes.Text(AFTER)]
    move_languages(doctree, edition)
    has_text = is_article(document) and document not in records.withdrawn
    if has_text and (words or older or absent):
        missing, lacking, stale = (count / progress.words for count in (words, absent, older))
        insert_line(doctree, line_of_article(missing, lacking, stale, env, edition))


def untranslated_blocks(doctree: nodes.document) -> Iterator[nodes.TextElement]:
    """Yield the blocks that are not translated, or in an older translation."""
    for node in doctree.findall(nodes.TextElement):
        if UNTRANSLATED_WORDS in node:
            yield node


def has_siglum(node: nodes.TextElement) -> bool:
    """Return whether a block has words of text that get a siglum."""
    if not isinstance(node, BLOCKS) or not node[UNTRANSLATED_WORDS]:
        return False
    if HEAD.intersection(node["classes"]) or is_within(node, "keywords"):
        return False
    return any(text.strip() for text in node.findall(nodes.Text))  # a picture alone has none


def is_within(node: nodes.Element | None, name: str) -> bool:
    """Return whether a node is in an element of a class, such as the biography of an author."""
    while node is not None and name not in node.get("classes", ()):
        node = node.parent
    return node is not None


def siglum_of(node: nodes.Element, edition: Edition) -> siglum:
    """Make the siglum of a passage, in the language of the edition."""
    word = interface_words(edition.language)
    if node.get(OLDER):
        sign, text = OLDER_SIGN, "An older translation: the source has changed since"
        meaning = word("An older translation: the source has changed since")
    else:
        sign, text = primary_language(node[WRITTEN_IN]).upper(), "Not yet translated"
        meaning = word("Not yet translated")
    language = language_of_words(edition.language, text)
    is_other = language != (marked_language(node) or edition.language)
    mark = siglum("", sign, classes=[f"{LANGUAGE_CLASS}{language}"] if is_other else [])
    mark["meaning"] = meaning
    return mark


def move_languages(doctree: nodes.document, edition: Edition) -> None:
    """Let captions have their language on their words alone: their label, such as “Figure 1”, is in the edition's."""
    for caption in list(doctree.findall(nodes.TextElement)):
        language = marked_language(caption) if is_labelled(caption) else ""
        if not language:
            continue
        caption["classes"].remove(f"{LANGUAGE_CLASS}{language}")
        signs = 2 if isinstance(caption.children[0], siglum) else 0
        direction = direction_of(language)
        kind, attributes = (isolate, {"dir": direction}) if direction != edition.direction else (nodes.inline, {})
        words = kind("", "", *caption.children[signs:], classes=[f"{LANGUAGE_CLASS}{language}"], **attributes)
        caption.children = caption.children[:signs]
        caption.append(words)


def is_labelled(node: nodes.Node) -> bool:
    """Return whether a node is the caption of a figure or code, or the title of a table."""
    is_title = isinstance(node, nodes.title) and isinstance(node.parent, nodes.table)
    return (is_title or isinstance(node, nodes.caption)) and bool(node.children)


def line_of_article(
    missing: float, absent: float, older: float, env: BuildEnvironment, edition: Edition
) -> nodes.paragraph:
    """Make the line that says which shares of an article, from 0 to 1, are in the source, absent or older."""
    word, source = interface_words(edition.language), languages_of(env.config)[0]
    language = language_of_words(edition.language)
    name, sign = edition.name_of(source, language), primary_language(source).upper()
    sentences = []
    if missing >= 1:
        sentences.append(word("This article is not yet translated; it is in {language}.").format(language=name))
    elif missing:
        text = word("{share} of this article is not yet translated; passages marked {sign} are in {language}.")
        sentences.append(text.format(share=percent(missing, language), sign=sign, language=name))
    if absent:
        text = word(
            "{share} of this article is missing here: sections that the original has and this translation has not."
        )
        sentences.append(text.format(share=percent(absent, language)))
    if older:
        text = word(
            "{share} of this article is an older translation, whose source has changed since; it is marked {sign}."
        )
        sentences.append(text.format(share=percent(older, language), sign=OLDER_SIGN))
    marks = [] if language == edition.language else [f"{LANGUAGE_CLASS}{language}"]
    return nodes.paragraph("", " ".join(sentences), classes=["translation-state", *marks])


def say_share(doctree: nodes.document, share: str, edition: Edition) -> None:
    """Say below the title of a document how much of the edition is translated; ``share`` is in percent."""
    text = "{share} of the words of this publication are translated in this edition."
    said = interface_words(edition.language)("{share} of the words of this publication are translated in this edition.")
    line = nodes.paragraph("", said.format(share=share), classes=["translation-state", *marks_of(text, edition)])
    insert_line(doctree, line)


def percent(share: float, language: str) -> str:
    """Return a share in percent: neither 0 nor 100, unless it is."""
    whole = min(max(round(share * 100), 1), 99 if share < 1 else 100)
    return Edition(language).percentage(whole / 100)


def insert_line(doctree: nodes.document, line: nodes.paragraph) -> None:
    """Insert a line below the head of an article: its title, subtitle, authors and date."""
    title = doctree.next_node(nodes.title)
    if title is None or title.parent is None:
        return
    section = title.parent
    place = section.index(title) + 1
    while place < len(section) and HEAD.intersection(classes_of(section[place])):
        place += 1
    section.insert(place, line)


def classes_of(node: nodes.Node) -> list[str]:
    return node.get("classes", []) if isinstance(node, nodes.Element) else []


def visit_siglum(self: HTML5Translator, node: siglum) -> None:
    attributes = {"role": "img", "title": node["meaning"], "aria-label": node["meaning"]}
    self.body.append(self.starttag(node, "sup", "", CLASS="siglum", **attributes))


def depart_siglum(self: HTML5Translator, node: siglum) -> None:
    self.body.append("</sup>")


def setup(app: Sphinx) -> None:
    app.add_node(siglum, html=(visit_siglum, depart_siglum))
