"""Print at the end of an article what journals print there: acknowledgements, funding, roles, interests, copyright."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.i18n import Locale
from sphinx.transforms.post_transforms import ReferencesResolver, SphinxPostTransform

from fleuron.editions.bidirectional import isolate
from fleuron.editions.edition_names import current_edition
from fleuron.editions.interface_words import Translate, interface_words
from fleuron.editions.word_marks import marks_of
from fleuron.manuscript.article_head import DOI, INSERTED, ROR_ADDRESS, field_block
from fleuron.manuscript.article_texts import NOTE
from fleuron.manuscript.people.named_people import people_of
from fleuron.manuscript.people.signatures import name_nodes, named_people
from fleuron.manuscript.records import publication_records
from fleuron.publication.article import Article
from fleuron.publication.edition import Edition
from fleuron.publication.licence import licence_of
from fleuron.publication.values.contributions import ROLES
from fleuron.publication.values.organizations import Funder

# The classes of the whole, and of its notes; those of the notes with texts are their keys in front matter.
BACK_MATTER = "article-notes"
ACKNOWLEDGEMENTS, FUNDING, INTERESTS = "acknowledgements", "funding", "competing-interests"
ROLES_OF_AUTHORS, PEOPLE, COPYRIGHT = "contributions", "people", "copyright"


class InsertBackMatter(SphinxTransform):
    """Insert a block for each note at the end of an article, with the texts that Locale translates."""

    default_priority = Locale.default_priority - 11

    def apply(self, **kwargs: Any) -> None:
        records, document = publication_records(self.env), self.env.current_document.docname
        article = records.of_head(document, records.articles)
        section = self.document.next_node(nodes.section)
        if article is None or section is None:
            return
        blocks = [
            nodes.container("", *self.paragraphs(article, kind, text), classes=[NOTE, kind])
            for kind, text, is_given in notes_of(article)
            if is_given
        ]
        if blocks:
            section += nodes.container("", *blocks, classes=[BACK_MATTER])

    def paragraphs(self, article: Article, kind: str, text: str) -> list[nodes.Node]:
        return [field_block(self, article, kind, each) for each in text.split("\n\n") if each.strip()]


def notes_of(article: Article) -> Iterator[tuple[str, str, bool]]:
    """Yield the kinds of notes in their order: each with its text, if it has one, and whether the article has it."""
    yield ACKNOWLEDGEMENTS, article.acknowledgements, bool(article.acknowledgements)
    funding = article.funding
    yield FUNDING, funding.statement, bool(funding.statement or funding.funders)
    yield ROLES_OF_AUTHORS, "", any(author in article.roles for author in article.authors)
    yield INTERESTS, article.competing_interests, bool(article.competing_interests)
    yield PEOPLE, "", bool(article.edited_by or article.reviewed_by)
    yield COPYRIGHT, "", bool(article.copyright)


class CompleteBackMatter(SphinxPostTransform):
    """Insert the labels of the notes, and what they say of people, funders and rights, in the edition's language."""

    default_priority = ReferencesResolver.default_priority - 5

    def run(self, **kwargs: Any) -> None:
        article = publication_records(self.env).articles.get(self.env.current_document.docname)
        if article is None:
            return
        edition = current_edition(self.config)
        word, labels = interface_words(edition.language), labels_of(interface_words(edition.language))
        for note in list(self.document.findall(nodes.container)):
            if NOTE not in note["classes"]:
                continue
            for kind in note["classes"]:
                if kind in labels:
                    english, label = labels[kind]
                    marks = ["note-label", *marks_of(english, edition)]
                    note.insert(0, nodes.paragraph("", label, classes=marks, **{INSERTED: True}))
                for paragraph in self.lines(kind, article, edition, word):
                    paragraph[INSERTED] = True
                    note += paragraph

    def lines(self, kind: str, article: Article, edition: Edition, word: Translate) -> Iterator[nodes.paragraph]:
        """Yield the paragraphs of a note that are made of the record of an article."""
        if kind == FUNDING and article.funding.funders:
            yield nodes.paragraph("", "", *funders(article.funding.funders, edition))
        elif kind == ROLES_OF_AUTHORS:
            for author in article.authors:
                if roles := article.roles.get(author):
                    yield self.contribution(author, roles, edition, word)
        elif kind == PEOPLE:
            yield from self.people("Edited by {names}", word("Edited by {names}"), article.edited_by, edition)
            yield from self.people("Reviewed by {names}", word("Reviewed by {names}"), article.reviewed_by, edition)
        elif kind == COPYRIGHT:
            yield nodes.paragraph("", "", *rights(article, edition))

    def contribution(self, author: str, roles: Sequence[str], edition: Edition, word: Translate) -> nodes.paragraph:
        """Return what one author has done."""
        words = [nodes.inline("", word(ROLES[role]), classes=marks_of(ROLES[role], edition)) for role in roles]
        listed = [part for each in words for part in (nodes.Text(edition.comma), each)][1:]
        name = nodes.inline("", "", *name_nodes(self.env, author), classes=["name"])
        return nodes.paragraph("", "", name, nodes.Text(": "), *listed)

    def people(self, english: str, form: str, names: Sequence[str], edition: Edition) -> Iterator[nodes.paragraph]:
        """Yield a line that names people who have worked on the article."""
        if names:
            marks = marks_of(english, edition)
            before, after = (nodes.inline("", text, classes=marks) for text in form.split("{names}"))
            people = named_people(self.env, people_of(self.env, names), edition)
            yield nodes.paragraph("", "", before, *people, after)


def labels_of(word: Translate) -> dict[str, tuple[str, str]]:
    """Return the labels of the notes that have one, in English and in the language of the edition."""
    return {
        ACKNOWLEDGEMENTS: ("Acknowledgements", word("Acknowledgements")),
        FUNDING: ("Funding", word("Funding")),
        ROLES_OF_AUTHORS: ("Author contributions", word("Author contributions")),
        INTERESTS: ("Competing interests", word("Competing interests")),
    }


def funders(listed: Sequence[Funder], edition: Edition) -> Iterator[nodes.Node]:
    """Yield the names of funders, each a link to its entry in a register, with the numbers of their grants."""
    for number, funder in enumerate(listed):
        if number:
            yield nodes.Text(edition.comma)
        address = ROR_ADDRESS + funder.ror if funder.ror else DOI + quote(funder.doi, safe="/") if funder.doi else ""
        name = isolate("", funder.name)
        yield nodes.reference("", "", name, refuri=address) if address else name
        if funder.grants:
            grants = [part for grant in funder.grants for part in (nodes.Text(edition.comma), isolate("", grant))][1:]
            yield from (nodes.Text(" ("), *grants, nodes.Text(")"))


def rights(article: Article, edition: Edition) -> Iterator[nodes.Node]:
    """Yield who holds the copyright, since when, and the licence."""
    year = f"{edition.numerals(article.date.year)} " if article.date else ""
    yield nodes.Text(f"© {year}")
    yield isolate("", article.copyright)
    licence = licence_of(article.license)
    if licence:
        name = isolate("", licence.name)
        yield nodes.Text(" · ")
        yield nodes.reference("", "", name, refuri=licence.address) if licence.address else name


def setup(app: Sphinx) -> None:
    app.add_transform(InsertBackMatter)
    app.add_post_transform(CompleteBackMatter)
