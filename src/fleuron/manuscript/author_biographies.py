"""Append the biographies of an article's authors, from their files in authors/, to the article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import ReferencesResolver, SphinxPostTransform

from fleuron.manuscript.passages import number_appended
from fleuron.manuscript.people.signatures import ORCID, name_nodes
from fleuron.manuscript.records import publication_records
from fleuron.publication.document_names import contributor_document


class AppendBiographies(SphinxPostTransform):
    """Append biographies to an article, and the ORCID iD to a contributor's page."""

    default_priority = ReferencesResolver.default_priority - 6

    def run(self, **kwargs: Any) -> None:
        records, document = publication_records(self.env), self.env.current_document.docname
        if contributor := records.contributors.get(document):
            section = self.document.next_node(nodes.section) or self.document
            section.extend(orcid_paragraph(contributor.orcid))
        article = records.articles.get(document)
        if article and article.authors and not article.withdrawn:
            biographies = [self.biography(author) for author in article.authors]
            container = nodes.container("", *biographies, classes=["biographies"])
            number_appended(container, self.document)
            self.document.append(container)

    def biography(self, author: str) -> nodes.topic:
        """Return a copy of a contributor's page with its notes, which `notes.biography_notes` numbers anew."""
        page = self.env.get_doctree(contributor_document(author))
        section = page.next_node(nodes.section)
        body = list(without_sections(section)) if section else []
        for element in body:
            remove_ids(element)
        name = nodes.title("", "", *name_nodes(self.env, author))
        orcid = publication_records(self.env).contributors[contributor_document(author)].orcid
        notes = [child.deepcopy() for child in page if isinstance(child, nodes.footnote)]
        return nodes.topic("", name, *body, *orcid_paragraph(orcid), *notes, classes=["biography"])


def without_sections(section: nodes.section) -> Iterator[nodes.Node]:
    """Yield copies of the blocks of a section without its title; the headings below it as such, in no section.

    A biography is a topic, which has no sections.
    """
    for child in section:
        if isinstance(child, nodes.section):
            heading = child[0]
            yield nodes.rubric("", "", *(part.deepcopy() for part in heading.children))
            yield from without_sections(child)
        elif not isinstance(child, nodes.title):
            yield child.deepcopy()


def orcid_paragraph(orcid: str) -> Iterator[nodes.paragraph]:
    """Yield a paragraph with an ORCID iD as a link; nothing for an empty string."""
    if orcid:
        link = nodes.reference("", ORCID + orcid, refuri=ORCID + orcid)
        yield nodes.paragraph("", "ORCID: ", link, classes=["orcid"])


def remove_ids(element: nodes.Node) -> None:
    """Remove the ids from a copy, except those of its notes; on a page, and in a volume, each id must be unique."""
    for descendant in element.findall(nodes.Element):
        if not isinstance(descendant, nodes.footnote | nodes.footnote_reference):
            descendant["ids"], descendant["names"] = [], []


def setup(app: Sphinx) -> None:
    app.add_post_transform(AppendBiographies)
