"""Records of an article in one edition, its authors, files and translations: what all metadata are made of."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from fleuron.csl.sources.entry.names import read_name
from fleuron.csl.sources.entry.titles import join_title_parts
from fleuron.csl.sources.latex.writer import escape
from fleuron.metadata.plain_text import one_line
from fleuron.metadata.references import Reference
from fleuron.publication.journal.notices import Relation
from fleuron.publication.licence import Licence
from fleuron.publication.values.genres import GENRES
from fleuron.publication.values.history import Change, Withdrawal
from fleuron.publication.values.organizations import NO_FUNDING, Affiliation, Funding
from fleuron.publication.values.places import NO_PAGES, PageRange

PDF = "application/pdf"


@dataclass(frozen=True)
class Person:
    """An author: a person, or an organisation; ``family`` and ``given`` are empty where the name is not to be split.

    ``address`` is that of the author's page; it may be relative. ``roles`` are those in the article, by CRediT.
    """

    name: str
    family: str = ""
    given: str = ""
    orcid: str = ""
    affiliations: tuple[Affiliation, ...] = ()
    address: str = ""
    is_organization: bool = False
    roles: tuple[str, ...] = ()

    @property
    def named_affiliations(self) -> tuple[Affiliation, ...]:
        """The affiliations that have a name."""
        return tuple(each for each in self.affiliations if one_line(each.name))

    @property
    def affiliation(self) -> str:
        """The names of the affiliations, for formats that have one."""
        return "; ".join(one_line(each.name) for each in self.named_affiliations)

    @property
    def inverted(self) -> str:
        """The name as libraries sort it, “Family, Given”, if it can be split."""
        return f"{self.family}, {self.given}" if self.family and self.given else self.name


def person(
    name: str,
    *,
    is_organization: bool = False,
    orcid: str = "",
    affiliations: tuple[Affiliation, ...] = (),
    address: str = "",
    roles: tuple[str, ...] = (),
) -> Person:
    """Make the record of a person whose name is written “Given von Family”, or of an organisation."""
    family, given = ("", "") if is_organization else split_name(name)
    return Person(one_line(name), family, given, orcid, affiliations, address, is_organization, roles)


def split_name(name: str) -> tuple[str, str]:
    """Split a name into family and given name as BibTeX does, the particle with the family.

    Both are empty where this would be a guess: one word, a comma, nothing before a particle.
    """
    words = one_line(name).split()
    found = read_name(escape(" ".join(words)), lambda _message: None) if words else None
    if found is None or "given" not in found or "," in name:
        return "", ""
    given = len(found["given"].split())
    # The words as they were written, not as TeX would print them.
    return " ".join(words[given:]), " ".join(words[:given])


@dataclass(frozen=True)
class Copy:
    """A file: of the article, of the volume that it is in, or a record of it; ``size`` is in bytes.

    ``older`` is whether it has another text than the article has now. ``profile`` is the address of what a record
    follows beside its media type, such as the schema of its XML.
    """

    media_type: str
    address: str
    title: str
    size: int | None = None
    of_volume: bool = False
    older: bool = False
    profile: str = ""


@dataclass(frozen=True)
class Translation:
    """The same article in another edition; ``language`` is a BCP 47 tag."""

    language: str
    address: str


@dataclass(frozen=True)
class RelatedWork:
    """An article that another one corrects, retracts or comments on, or the reverse; ``address`` is that of its page.

    ``date`` is that of the notice, whichever of the two it is.
    """

    relation: Relation
    title: str
    address: str = ""
    doi: str = ""
    date: datetime.date | None = None


@dataclass(frozen=True)
class ReviewedWork:
    """A work that an article reviews: ``text`` describes it; the others are empty where it is not in the bibliography.

    ``kind`` is its type in CSL, such as ``book``; ``year`` that of its publication.
    """

    text: str
    kind: str = ""
    title: str = ""
    authors: tuple[Person, ...] = ()
    publisher: str = ""
    year: str = ""
    doi: str = ""
    isbn: str = ""
    address: str = ""


@dataclass(frozen=True)
class Work:
    """An article in one edition; ``name`` is that of its file, languages are BCP 47 tags.

    ``address`` is that of its page on the web, empty where the site has no address; the addresses of copies
    and records may then be relative. ``publication`` is the review's title, ``editors`` are those of the volume,
    ``translators`` those of the article into this language, and ``original_language`` is the one it was written in.
    ``updated`` is the day of its last change; ``changes`` and the reason for which it is ``withdrawn`` are in the
    language of the edition. ``volume``, ``issue``, and ``pages`` or ``elocation_id`` say where it stands in
    ``publication``. ``references`` are the sources that it cites, each once, in the order of first citation.
    ``genre`` is a key of `GENRES`, or ""; ``edited_by`` and ``reviewed_by`` are those who have edited and reviewed the
    article; ``copyright`` is who holds it. ``issn`` is that of ``publication``. ``untranslated`` is whether the text is
    still in ``original_language``. ``linkset`` is the address of the file with the links of its page.
    ``version`` is that of the release whose site and records are built, with the DOI and the address of the article in
    that version alone. ``section`` is that of its issue in which it stands, in the language of the edition.
    """

    name: str
    language: str
    title: str
    subtitle: str = ""
    abstract: str = ""
    authors: tuple[Person, ...] = ()
    date: datetime.date | None = None
    keywords: tuple[str, ...] = ()
    doi: str = ""
    licence: Licence | None = None
    publication: str = ""
    publisher: str = ""
    publication_address: str = ""
    address: str = ""
    copies: tuple[Copy, ...] = ()
    records: tuple[Copy, ...] = ()
    translations: tuple[Translation, ...] = ()
    original_language: str = ""
    editors: tuple[Person, ...] = ()
    received: datetime.date | None = None
    accepted: datetime.date | None = None
    updated: datetime.date | None = None
    changes: tuple[Change, ...] = ()
    withdrawn: Withdrawal | None = None
    related: tuple[RelatedWork, ...] = ()
    translators: tuple[Person, ...] = ()
    volume: str = ""
    issue: str = ""
    pages: PageRange = NO_PAGES
    elocation_id: str = ""
    references: tuple[Reference, ...] = ()
    genre: str = ""
    reviewed: tuple[ReviewedWork, ...] = ()
    edited_by: tuple[Person, ...] = ()
    reviewed_by: tuple[Person, ...] = ()
    acknowledgements: str = ""
    funding: Funding = NO_FUNDING
    competing_interests: str = ""
    copyright: str = ""
    issn: str = ""
    untranslated: bool = False
    linkset: str = ""
    version: str = ""
    version_doi: str = ""
    version_address: str = ""
    section: str = ""

    @property
    def genre_word(self) -> str:
        """The word for the genre in English, the language of records; "" if none is given."""
        return GENRES[self.genre].word if self.genre in GENRES else ""

    @property
    def full_title(self) -> str:
        """The title with its subtitle: “Title: Subtitle”."""
        return join_title_parts(one_line(self.title), ":", one_line(self.subtitle))

    @property
    def signed_by(self) -> tuple[Person, ...]:
        """The authors who have a name."""
        return tuple(author for author in self.authors if one_line(author.name))

    @property
    def translated_by(self) -> tuple[Person, ...]:
        """The translators who have a name."""
        return tuple(translator for translator in self.translators if one_line(translator.name))

    @property
    def creators(self) -> tuple[Person, ...]:
        """The authors who have a name, or the publisher of an unsigned article: repositories demand a creator."""
        publisher = one_line(self.publisher)
        return self.signed_by or ((Person(publisher, is_organization=True),) if publisher else ())

    @property
    def own_copies(self) -> tuple[Copy, ...]:
        """The files of the article alone."""
        return tuple(copy for copy in self.copies if not copy.of_volume)

    @property
    def pdf(self) -> Copy | None:
        """The article's own PDF."""
        return next((copy for copy in self.own_copies if copy.media_type == PDF), None)

    def related_by(self, *relations: Relation) -> tuple[RelatedWork, ...]:
        """The articles that are related to this one in one of some ways."""
        return tuple(each for each in self.related if each.relation in relations)

    @property
    def is_placed(self) -> bool:
        """Whether it is known where the article stands in a journal."""
        return bool(self.volume or self.issue or self.pages.first or self.elocation_id)

    @property
    def is_translation(self) -> bool:
        """Whether the article was translated into this language, or begun to be."""
        return not self.is_original and not self.untranslated

    @property
    def is_original(self) -> bool:
        """Whether the article was written in this language."""
        return self.original_language in ("", self.language)
