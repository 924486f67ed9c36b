"""Say at the head of a section that its translation follows an older version of the source, or lacks what is new there.

What Fleuron says is inserted when a page is written, in each format.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import ReferencesResolver, SphinxPostTransform

from fleuron.config import languages_of
from fleuron.editions.bidirectional import LANGUAGE_CLASS
from fleuron.editions.edition_names import current_edition
from fleuron.editions.interface_words import interface_words
from fleuron.manuscript.article_head import marks_of
from fleuron.manuscript.whole_files.paired_sections import ADDED, STALE

# What is said, in English.
SECTION = "This section follows an older version of the original."
BEGINNING = "The beginning of this text follows an older version of the original."
MISSING = "The original has more here, which is not translated yet:"
# The class of what is said.
CLASS = "older-version"
HEAD_CLASSES = frozenset({"subtitle", "byline", "dateline", "affiliation", "abstract", "keywords"})


class SayOlder(SphinxPostTransform):
    """Insert what is to be said below the headings of sections."""

    # After the head of an article is complete.
    default_priority = ReferencesResolver.default_priority - 4

    def run(self, **kwargs: Any) -> None:
        for section in list(self.document.findall(nodes.section)):
            if notices := list(self.notices(section)):
                place = place_behind_head(section)
                section[place:place] = notices

    def notices(self, section: nodes.section) -> Iterator[nodes.paragraph]:
        """Yield what is to be said of a section, in the language of the edition."""
        word = interface_words(current_edition(self.config).language)
        if section.get(STALE) and section.parent is self.document:
            yield self.notice(BEGINNING, word("The beginning of this text follows an older version of the original."))
        elif section.get(STALE):
            yield self.notice(SECTION, word("This section follows an older version of the original."))
        if titles := section.get(ADDED):
            notice = self.notice(MISSING, word("The original has more here, which is not translated yet:"))
            for number, title in enumerate(titles):
                notice += nodes.Text("; " if number else " ")
                notice += nodes.emphasis("", title, classes=[f"{LANGUAGE_CLASS}{languages_of(self.config)[0]}"])
            yield notice

    def notice(self, english: str, text: str) -> nodes.paragraph:
        """Return a text of the interface, marked as English if the edition's language lacks it."""
        return nodes.paragraph("", text, classes=[CLASS, *marks_of(english, current_edition(self.config))])


def place_behind_head(section: nodes.section) -> int:
    """Return the place behind the title of a section, and what was made of front matter."""
    head = (number for number, child in enumerate(section.children) if is_of_head(child))
    return max(head, default=-1) + 1


def is_of_head(node: nodes.Node) -> bool:
    return isinstance(node, nodes.title) or (
        isinstance(node, nodes.Element) and not HEAD_CLASSES.isdisjoint(node.get("classes", ()))
    )


def setup(app: Sphinx) -> None:
    app.add_post_transform(SayOlder)
