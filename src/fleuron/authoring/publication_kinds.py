"""The kinds of publication that a new one can be: what its parts are called, and who signs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of publication: what it is, its sections and its first text, and who signs that.

    ``section`` and ``authors_section`` are English captions. Where nobody is named, ``signed_by`` signs, an
    organization if ``is_organization``; ``author_is_organization`` tells whether who is named is one too.
    """

    name: str
    meaning: str
    section: str
    authors_section: str
    first_title: str
    signed_by: str
    is_organization: bool
    author_is_organization: bool


REVIEW = Kind(
    name="review",
    meaning="articles by several authors",
    section="Articles",
    authors_section="Contributors",
    first_title="The First Article",
    signed_by="The editors",
    is_organization=True,
    author_is_organization=False,
)
MONOGRAPH = Kind(
    name="monograph",
    meaning="a book in chapters, with figures numbered through",
    section="Contents",
    authors_section="Contributors",
    first_title="The First Chapter",
    signed_by="The author",
    is_organization=False,
    author_is_organization=False,
)
BLOG = Kind(
    name="blog",
    meaning="the posts of an institute, the newest first",
    section="Articles",
    authors_section="Contributors",
    first_title="The First Post",
    signed_by="The institute",
    is_organization=True,
    author_is_organization=True,
)
KINDS = {kind.name: kind for kind in (REVIEW, MONOGRAPH, BLOG)}
