"""The closing of an article: the biographies of its authors, from their files in authors/."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import ReferencesResolver, SphinxPostTransform

from fleuron.manuscript.article_head import name_of
from fleuron.manuscript.passages import number_on
from fleuron.manuscript.records import publication_records
from fleuron.publication.document_names import contributor_document

ORCID = "https://orcid.org/"


class PrintedClosing(SphinxPostTransform):
    """Set biographies at an article's end, and the ORCID iD on a contributor's page."""

    default_priority = ReferencesResolver.default_priority - 6

    def run(self, **kwargs: Any) -> None:
        records, document = publication_records(self.env), self.env.current_document.docname
        if contributor := records.contributors.get(document):
            section = self.document.next_node(nodes.section) or self.document
            section.extend(identifier(contributor.orcid))
        article = records.articles.get(document)
        if article and article.authors:
            biographies = [self.biography(author) for author in article.authors]
            closing = nodes.container("", *biographies, classes=["biographies"])
            number_on(closing, self.document)
            self.document.append(closing)

    def biography(self, author: str) -> nodes.topic:
        """Copy what a contributor's page says, with its notes, which `notes.biographical` numbers on."""
        page = self.env.get_doctree(contributor_document(author))
        section = page.next_node(nodes.section)
        body = [child.deepcopy() for child in section if not isinstance(child, nodes.title)] if section else []
        for element in body:
            forget_targets(element)
        name = nodes.title("", "", *name_of(self.env, author))
        orcid = publication_records(self.env).contributors[contributor_document(author)].orcid
        notes = [child.deepcopy() for child in page if isinstance(child, nodes.footnote)]
        return nodes.topic("", name, *body, *identifier(orcid), *notes, classes=["biography"])


def identifier(orcid: str) -> Iterator[nodes.paragraph]:
    if orcid:
        link = nodes.reference("", ORCID + orcid, refuri=ORCID + orcid)
        yield nodes.paragraph("", "ORCID: ", link, classes=["orcid"])


def forget_targets(element: nodes.Node) -> None:
    """Take the ids from a copy, but those of its notes; a page, and a volume, has each id once."""
    for part in element.findall(nodes.Element):
        if not isinstance(part, nodes.footnote | nodes.footnote_reference):
            part["ids"], part["names"] = [], []


def setup(app: Sphinx) -> None:
    app.add_post_transform(PrintedClosing)
