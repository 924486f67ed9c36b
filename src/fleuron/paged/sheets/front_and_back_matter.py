"""What stands before and behind the articles of a volume, and before those of an offprint, as sheets."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from fleuron.editions.interface_words import words
from fleuron.paged.book_parts import VOLUME, Attachment
from fleuron.paged.sheets.fragments import Fragment, page_mark, running_head
from fleuron.paged.sheets.indexes import Letter
from fleuron.publication.edition import Edition

TEMPLATES = Environment(
    loader=PackageLoader("fleuron.paged.sheets"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Imprint:
    """What a volume says of itself; ``preface`` is HTML, all else is text.

    ``facts`` are the lines of the imprint page, each with its label, such as ISBN or licence.
    """

    title: str
    author: str
    rights: str
    date: datetime.date | None
    preface: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Line:
    """A line of the contents: what it leads to, and on which folio that opens."""

    anchor: str
    title: str
    authors: str
    folio: int


@dataclass(frozen=True)
class Offprint:
    """What the title sheet of an offprint says beside the article's own record."""

    citation: str
    address: str
    doi: str
    licence: str


@dataclass(frozen=True)
class Chapter:
    """An article, or another text of the volume, with the pictures it shows and what its offprint says.

    ``offprint`` is None for what is printed in the volume alone; ``attachments`` go with both.
    """

    fragment: Fragment
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    offprint: Offprint | None = None
    subject: str = ""
    date: datetime.datetime | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Back:
    """A part behind the articles: its title, its id, and its text as HTML."""

    title: str
    anchor: str
    body: str


def front_sheet(imprint: Imprint, lines: Sequence[Line], edition: Edition) -> str:
    """Compose half-title, title page, imprint page and contents."""
    return compose("front.html", imprint, edition, lines=lines)


def chapter_sheet(imprint: Imprint, fragment: Fragment, edition: Edition, folios: Mapping[str, int]) -> str:
    """Compose an article; ``folios`` are those of the ids that it refers to by page."""
    body = fragment.body
    for place in fragment.pages_named:
        body = body.replace(page_mark(place), str(folios.get(place, "?")))
    facts = {"fragment": fragment, "body": Markup(body), "head": running_head(fragment.title)}
    return compose("chapter.html", imprint, edition, **facts)


def title_sheet(imprint: Imprint, fragment: Fragment, offprint: Offprint, folios: str, edition: Edition) -> str:
    """Compose the first leaf of an offprint: what it is, where it comes from, how to cite it."""
    facts = {"fragment": fragment, "offprint": offprint, "citation": Markup(offprint.citation), "folios": folios}
    return compose("offprint.html", imprint, edition, **facts)


def back_sheet(imprint: Imprint, title: str, anchor: str, body: str, edition: Edition) -> str:
    """Compose a part behind the articles, such as the list of sources; ``body`` is HTML."""
    facts = {"title": title, "anchor": anchor, "body": Markup(body), "head": running_head(title)}
    return compose("back.html", imprint, edition, **facts)


def index_body(letters: Sequence[Letter], edition: Edition) -> str:
    """Set an index as HTML."""
    template = TEMPLATES.get_template("index.html")
    return template.render(letters=letters, volume=f"{VOLUME}#", edition=edition)


def compose(template: str, imprint: Imprint, edition: Edition, **facts: object) -> str:
    return TEMPLATES.get_template(template).render(
        imprint=imprint,
        preface=Markup(imprint.preface),
        edition=edition,
        word=words(edition.language),
        volume=f"{VOLUME}#",
        **facts,
    )
