"""The genres of articles: what readers call them, and what the Journal Article Tag Suite does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fleuron.diagnostics.similar_names import suggestion
from fleuron.publication.values.plain_values import BadValueError


@dataclass(frozen=True)
class Genre:
    """A genre: its word in English, which the interface translates, and its ``article-type`` in JATS.

    The types are those that JATS 1.1 suggests (NISO Z39.96-2015, “@article-type”); a genre that has none there is
    “other”, and only its word, in ``article-categories``, says more. Crossref and DataCite have no genres of articles.
    """

    word: str
    article_type: str


# By the values of “genre” in front matter.
GENRES: Mapping[str, Genre] = {
    "article": Genre("Article", "research-article"),
    "essay": Genre("Essay", "other"),
    "review": Genre("Review", "book-review"),
    "review-essay": Genre("Review essay", "book-review"),
    "interview": Genre("Interview", "other"),
    "discussion": Genre("Discussion", "discussion"),
    "poem": Genre("Poem", "other"),
    "story": Genre("Story", "other"),
    "play": Genre("Play", "other"),
    "editorial": Genre("Editorial", "editorial"),
    "introduction": Genre("Introduction", "introduction"),
    "obituary": Genre("Obituary", "obituary"),
    "document": Genre("Document", "other"),
    "translation": Genre("Translation", "translation"),
    "letter": Genre("Letter", "letter"),
    "reply": Genre("Reply", "reply"),
    "commentary": Genre("Commentary", "article-commentary"),
    "note": Genre("Research note", "brief-report"),
    "report": Genre("Report", "meeting-report"),
    "speech": Genre("Speech", "oration"),
    "bibliography": Genre("Bibliography", "other"),
    "announcement": Genre("Announcement", "announcement"),
    "correction": Genre("Correction", "correction"),
    "retraction": Genre("Retraction", "retraction"),
}


def as_genre(value: Any) -> str:
    """Return the name of a genre, which may be written with a space or a capital: `Review essay`."""
    name = "-".join(str(value).lower().replace("_", " ").split())
    if name not in GENRES:
        raise BadValueError(f"a genre{suggestion(name, GENRES)}")
    return name
