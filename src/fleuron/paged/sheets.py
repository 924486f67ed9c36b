"""Compose sheets, the HTML documents that are laid out: a volume, or an article alone."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from fleuron.editions.words import words
from fleuron.paged.fragments import Fragment, running_head
from fleuron.publication.edition import Edition

TEMPLATES = Environment(
    loader=PackageLoader("fleuron.paged"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Imprint:
    """What a volume says of itself; ``preface`` is HTML, all else is text."""

    title: str
    author: str
    rights: str
    date: datetime.date | None
    preface: str


def volume_sheet(imprint: Imprint, fragments: Sequence[Fragment], edition: Edition) -> str:
    """Compose the volume: title page, contents, the articles in order."""
    return compose("volume.html", imprint, fragments, edition)


def offprint_sheet(imprint: Imprint, fragment: Fragment, edition: Edition) -> str:
    """Compose an article alone; its links to other articles are made text, for they lead nowhere in it."""
    return compose("offprint.html", imprint, [fragment], edition)


def compose(template: str, imprint: Imprint, fragments: Sequence[Fragment], edition: Edition) -> str:
    return TEMPLATES.get_template(template).render(
        imprint=imprint,
        preface=Markup(imprint.preface),
        fragments=[(fragment, Markup(fragment.body), running_head(fragment.title)) for fragment in fragments],
        edition=edition,
        word=words(edition.language),
    )
