"""Collect what the half-title, title page and imprint page of a volume say about it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from fleuron.content.edition_context import EditionContext, translated_part
from fleuron.content.work_records import author_names, editors_of
from fleuron.editions.interface_words import interface_words
from fleuron.manuscript.notices.issue_books import IssueBook
from fleuron.manuscript.notices.journal_line import place_in_words
from fleuron.manuscript.people.translators import translators_of
from fleuron.manuscript.records import publication_records
from fleuron.metadata.work import Work
from fleuron.publication.article import Article
from fleuron.publication.document_names import contributor_document
from fleuron.publication.licence import Licence, licence_of
from fleuron.sphinx_defaults import UNRELEASED

# The authors on a title page, one to a line: more are set smaller; still more are left out.
MANY_AUTHORS, MOST_AUTHORS = 8, 32


@dataclass(frozen=True)
class Imprint:
    """The title and imprint of a volume; ``preface`` is HTML, as is the citation, all else is text.

    ``author`` is who has written it, or who publishes it where nobody is named; ``authors``, ``editors`` and
    ``translators`` are the people by name. ``details`` are the lines of the imprint page, each with its label, such as
    ISBN or licence; ``series`` has the number in it, ``publisher`` is empty where it is the title, and ``citation`` is
    HTML.
    """

    title: str
    author: str
    rights: str
    date: datetime.date | None
    preface: str
    details: tuple[tuple[str, str], ...] = ()
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    series: str = ""
    publisher: str = ""
    place: str = ""
    citation: str = ""

    @property
    def has_many_authors(self) -> bool:
        """Whether the title page names so many authors that it sets them smaller."""
        return self.shows_authors and not self.editors and len(self.authors) > MANY_AUTHORS

    @property
    def shows_authors(self) -> bool:
        """Whether the authors have room on the title page; all of them are named in the contents."""
        return bool(self.authors) and self.author != self.title and len(self.authors) <= MOST_AUTHORS


def imprint_of_issue(context: EditionContext, issue: IssueBook) -> Imprint:
    """Return the title and imprint of an issue that is a book of its own, with the journal's ISSN, and no ISBN or DOI.

    Its introduction is a text of the book, and its place in the journal stands where a volume has its series.
    """
    imprint, word = imprint_of(context, issue.volume, "", ""), interface_words(context.edition.language)
    own = (word("Series"), "ISBN", "DOI", word("Editors"), word("Editor"), word("Edition"), word("Published"))
    editors = tuple(author_names(context.env, issue.editors))
    date = issue.date or imprint.date
    details = [
        (word("Editors") if len(editors) > 1 else word("Editor"), context.edition.comma.join(editors)),
        *(detail for detail in imprint.details if detail[0] not in own),
        *edition_and_date(context, date),
    ]
    shown = tuple((label, text) for label, text in details if text)
    return replace(imprint, title=issue.title, editors=editors, date=date, details=shown, series=issue.line)


def imprint_of_article(context: EditionContext, work: Work, citation: str) -> Imprint:
    """Return the title and imprint of an article that is a book of its own; ``citation``, how to cite it, is HTML."""
    told, word, comma = context.config.fleuron_imprint, interface_words(context.edition.language), context.edition.comma
    authors = tuple(author.name for author in work.authors)
    translators = tuple(translator.name for translator in work.translated_by)
    article = Article(date=work.date, volume=work.volume, issue=work.issue, pages=work.pages)
    article = replace(article, elocation_id=work.elocation_id)
    place = place_in_words(article, context.edition, word) if work.is_placed else ""
    details = [
        (word("Translators") if len(translators) > 1 else word("Translator"), comma.join(translators)),
        (word("Publisher"), comma.join(filter(None, [work.publisher, told.get("place", "")]))),
        ("ISSN", told.get("issn", "")),
        ("DOI", work.doi),
        (word("Licence"), licence_in_words(work.licence.name if work.licence else "", word)),
        *edition_and_date(context, work.date),
        (word("Version"), released_version(context.config)),
    ]
    return Imprint(
        title=work.title,
        author=comma.join(authors) or context.config.author,
        rights=str(context.config.copyright),
        date=work.date,
        preface="",
        details=tuple((label, text) for label, text in details if text),
        authors=authors,
        translators=translators,
        series=" ".join(filter(None, [work.publication, place])),
        publisher=work.publisher,
        place=told.get("place", ""),
        citation=citation,
    )


def imprint_of(context: EditionContext, volume: Sequence[str], preface: str, citation: str) -> Imprint:
    """Return the title and imprint of the volume; ``preface`` and ``citation``, how to cite it, are HTML."""
    config, env, told = context.config, context.env, context.config.fleuron_imprint
    word = interface_words(context.edition.language)
    comma = context.edition.comma
    title = env.titles[config.root_doc].astext()
    articles = publication_records(env).articles
    date = max((date for name in volume if name in articles and (date := articles[name].date)), default=None)
    authors = authors_by_name(env, volume)
    editors = tuple(editor.name for editor in editors_of(context))
    publisher = str(told.get("publisher") or config.author)
    series = comma.join(filter(None, [told.get("series", ""), told.get("number", "")]))
    translators = translators_by_name(env, volume)
    details = [
        (word("Editors") if len(editors) > 1 else word("Editor"), comma.join(editors)),
        (word("Translators") if len(translators) > 1 else word("Translator"), comma.join(translators)),
        (word("Publisher"), comma.join(filter(None, [publisher, told.get("place", "")]))),
        (word("Series"), series),
        *((label, told.get(key, "")) for key, label in (("issn", "ISSN"), ("isbn", "ISBN"), ("doi", "DOI"))),
        (word("Licence"), licence_in_words(told.get("license", ""), word)),
        *edition_and_date(context, date),
        (word("Translated"), translated_part(context)),
        (word("Version"), released_version(config)),
    ]
    return Imprint(
        title=title,
        author=comma.join(authors) or config.author,
        authors=tuple(authors or filter(None, [config.author])),
        editors=editors,
        translators=translators,
        rights=str(config.copyright),
        date=date,
        preface=preface,
        details=tuple((label, text) for label, text in details if text),
        series=series,
        publisher="" if publisher == title else publisher,
        place=told.get("place", ""),
        citation=citation,
    )


def signatories_of(env: BuildEnvironment, documents: Sequence[str], editors: Sequence[str]) -> list[str]:
    """List the pages of editors, and of the authors and translators of articles in the order of these."""
    articles = publication_records(env).articles
    authors = (author for name in documents if name in articles for author in articles[name].authors)
    translators = (each.contributor for name in documents for each in translators_of(env, name))
    return [contributor_document(name) for name in dict.fromkeys((*editors, *authors, *filter(None, translators)))]


def edition_and_date(context: EditionContext, date: datetime.date | None) -> list[tuple[str, str]]:
    """Return the line with the language of the edition, if there are several, and the date of its last article."""
    word = interface_words(context.edition.language)
    day = context.edition.date(date) if date else ""
    if len(context.languages) > 1:
        return [(word("Edition"), context.edition.comma.join(filter(None, [context.edition.name, day])))]
    return [(word("Published"), day)]


def released_version(config: Config) -> str:
    """Return the name of the release, or nothing: print names a release, and never a draft."""
    version = str(config.release or config.version)
    return "" if version == UNRELEASED else version


def licence_in_words(identifier: str, word: Callable[[str], str]) -> str:
    """Return a licence by its name in words and its address, such as “Creative Commons Attribution 4.0 International”.

    ``word`` gives the words of the interface in the edition's language.
    """
    licence = licence_of(identifier)
    if licence is None or not licence.is_creative_commons:
        return identifier
    words = creative_commons_in_words(licence, word)
    address = licence.address.removeprefix("https://").removesuffix("/")
    return f"{words} ({licence.name}), {address}" if words else f"{licence.name}, {address}"


def creative_commons_in_words(licence: Licence, word: Callable[[str], str]) -> str:
    """Return a licence of Creative Commons in words, or nothing for one without terms."""
    _, terms, version = licence.name.split(" ") if licence.name.count(" ") == 2 else ("", "", "")
    if not terms:
        return ""
    words = {
        "BY": word("Attribution"),
        "NC": word("NonCommercial"),
        "SA": word("ShareAlike"),
        "ND": word("NoDerivatives"),
    }
    named = "-".join(words[term] for term in terms.split("-"))
    # Before version 4.0, each country had a licence of its own.
    international = f" {word('International')}" if version >= "4" else ""
    return f"Creative Commons {named} {version}{international}"


def translators_by_name(env: BuildEnvironment, documents: Sequence[str]) -> tuple[str, ...]:
    """Return the translators of articles, each once."""
    return tuple(dict.fromkeys(each.name for document in documents for each in translators_of(env, document)))


def authors_by_name(env: BuildEnvironment, documents: Sequence[str]) -> list[str]:
    """Return the authors of articles, each once, as the edition names them."""
    articles = publication_records(env).articles
    authors = dict.fromkeys(
        name for document in documents if document in articles for name in articles[document].authors
    )
    return author_names(env, authors)
