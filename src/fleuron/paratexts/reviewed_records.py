"""List the works that an article reviews, with what the bibliography has of them, for records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sphinx.environment import BuildEnvironment

from fleuron.csl.sources.latex.writer import plain_text
from fleuron.editions.interface_words import interface_words
from fleuron.metadata.work import Person, ReviewedWork, person
from fleuron.notes.cited_sources import notes_domain
from fleuron.paratexts.reviewed_works import worded
from fleuron.publication.article import Article, ArticleTexts
from fleuron.publication.language_tags import language_tag


def reviewed_works(env: BuildEnvironment, article: Article, texts: ArticleTexts) -> Iterator[ReviewedWork]:
    """Yield the works that an article reviews, in its order."""
    items, word = notes_domain(env).items, interface_words(language_tag(env.config.language))
    for review, text in zip(article.reviews, texts.reviewed, strict=False):
        if review not in items:
            yield ReviewedWork(text or review)
            continue
        item = items[review]
        yield ReviewedWork(
            text="".join(node.astext() for node in worded(env, review, word)),
            kind=str(item.get("type", "")),
            title=plain_text(str(item.get("title", ""))),
            authors=tuple(map(person_of, item.get("author") or item.get("editor") or ())),
            publisher=plain_text(str(item.get("publisher", ""))),
            year=year_of(item),
            doi=str(item.get("DOI", "")),
            isbn=str(item.get("ISBN", "")),
            address=str(item.get("URL", "")),
        )


def person_of(name: Mapping[str, Any]) -> Person:
    """Return the record of a name of an item; an organization has a name that has no parts."""
    if "literal" in name:
        return person(plain_text(str(name["literal"])), is_organization=True)
    particle, family, given = (
        plain_text(str(name.get(part, ""))) for part in ("non-dropping-particle", "family", "given")
    )
    family = f"{particle} {family}".strip()
    return Person(f"{given} {family}".strip(), family, given)


def year_of(item: Mapping[str, Any]) -> str:
    """Return the year in which a work was published; "" if its date has none."""
    parts = (item.get("issued") or {}).get("date-parts") or [[]]
    return str(parts[0][0]) if parts[0] else ""
