"""Say at the head of a section that its translation follows an older version of the source, or lacks what is new there.

What Fleuron says is inserted when a page is written, in each format.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import ReferencesResolver, SphinxPostTransform

from fleuron.config import languages_of
from fleuron.editions.bidirectional import LANGUAGE_CLASS
from fleuron.editions.edition_names import current_edition
from fleuron.editions.interface_words import interface_words
from fleuron.editions.untranslated import ADDED, OLDER, STALE
from fleuron.editions.word_marks import marks_of

# What is said, in English.
SECTION = "This section follows an older version of the original."
BEGINNING = "The beginning of this text follows an older version of the original."
MISSING = "The original has more here, which is not translated yet:"
# The class of what is said.
CLASS = "older-version"
HEAD_CLASSES = frozenset({"subtitle", "byline", "dateline", "affiliation", "abstract", "keywords", "reviewed"})


class SayOlder(SphinxPostTransform):
    """Insert what is to be said of sections, in the language of the edition."""

    # After the head of an article is complete.
    default_priority = ReferencesResolver.default_priority - 4

    def run(self, **kwargs: Any) -> None:
        word = interface_words(current_edition(self.config).language)
        for section in list(self.document.findall(nodes.section)):
            if titles := section.get(ADDED):
                missing = self.notice(MISSING, word("The original has more here, which is not translated yet:"))
                missing += list(self.named(titles))
                section.insert(place_of_end(section), missing)
            if section.get(STALE) and section.parent is self.document:
                older = word("The beginning of this text follows an older version of the original.")
                section.insert(place_after_head(section), self.notice(BEGINNING, older, is_older=True))
            elif section.get(STALE):
                older = word("This section follows an older version of the original.")
                section.insert(place_after_head(section), self.notice(SECTION, older, is_older=True))

    def named(self, titles: Sequence[str]) -> Iterator[nodes.Node]:
        """Yield the titles of sections, in the language of the source."""
        for number, title in enumerate(titles):
            yield nodes.Text("; " if number else " ")
            yield nodes.emphasis("", title, classes=[f"{LANGUAGE_CLASS}{languages_of(self.config)[0]}"])

    def notice(self, english: str, text: str, *, is_older: bool = False) -> nodes.paragraph:
        """Return a text of the interface, marked as English if the edition's language lacks it.

        One that stands for an older translation gets the siglum of one.
        """
        attributes = {OLDER: True} if is_older else {}
        marks = marks_of(english, current_edition(self.config))
        return nodes.paragraph("", text, classes=[CLASS, *marks], **attributes)


def place_after_head(section: nodes.section) -> int:
    """Return the place after the title of a section, and what was made of front matter."""
    head = (number for number, child in enumerate(section.children) if is_of_head(child))
    return max(head, default=-1) + 1


def place_of_end(section: nodes.section) -> int:
    """Return the place after the text of a section, before the sections and notes in it."""
    return next((number for number, child in enumerate(section.children) if is_after_text(child)), len(section))


def is_after_text(node: nodes.Node) -> bool:
    is_of_end = isinstance(node, nodes.container) and "article-notes" in node["classes"]
    return is_of_end or isinstance(node, nodes.section | nodes.footnote)


def is_of_head(node: nodes.Node) -> bool:
    return isinstance(node, nodes.title) or (
        isinstance(node, nodes.Element) and not HEAD_CLASSES.isdisjoint(node.get("classes", ()))
    )


def setup(app: Sphinx) -> None:
    app.add_post_transform(SayOlder)
