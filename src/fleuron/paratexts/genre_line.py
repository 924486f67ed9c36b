"""Say above the title of an article what it is: a review, an interview, an obituary."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import ReferencesResolver, SphinxPostTransform

from fleuron.editions.edition_names import current_edition
from fleuron.editions.interface_words import interface_words
from fleuron.editions.word_marks import marks_of
from fleuron.manuscript.article_head import INSERTED
from fleuron.manuscript.records import publication_records
from fleuron.publication.values.genres import GENRES

# The class of the line.
GENRE_LINE = "genre"


class InsertGenreLine(SphinxPostTransform):
    """Insert the word for the genre, in the language of the edition."""

    default_priority = ReferencesResolver.default_priority - 3

    def run(self, **kwargs: Any) -> None:
        edition = current_edition(self.config)
        article = publication_records(self.env).articles.get(self.env.current_document.docname)
        title = self.document.next_node(nodes.title)
        if article is None or not article.genre or title is None or title.parent is None:
            return
        english = GENRES[article.genre].word
        word = interface_words(edition.language)(english)
        line = nodes.paragraph("", word, classes=[GENRE_LINE, *marks_of(english, edition)], **{INSERTED: True})
        title.parent.insert(title.parent.index(title), line)


def setup(app: Sphinx) -> None:
    app.add_post_transform(InsertGenreLine)
