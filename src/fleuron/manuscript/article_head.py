"""Insert the head of an article below its title: subtitle, byline, abstract and keywords.

The author's texts become nodes before translation, so that gettext extracts them like any paragraph. What Fleuron
adds (the date, the label “Abstract”) is inserted when a page is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from docutils import nodes
from docutils.utils import new_document
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.transforms.i18n import Locale
from sphinx.transforms.post_transforms import ReferencesResolver, SphinxPostTransform
from sphinx.util.docutils import LoggingReporter

from fleuron.adopted import is_left_to_sphinx
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.editions.edition_names import current_edition
from fleuron.editions.interface_words import interface_words
from fleuron.editions.word_marks import marks_of
from fleuron.manuscript.notices.article_status import mark_title, status_of
from fleuron.manuscript.notices.history import (
    CHANGES,
    WITHDRAWAL,
    complete_changes,
    complete_withdrawal,
    history_of,
    notices_of,
)
from fleuron.manuscript.notices.journal_line import journal_line
from fleuron.manuscript.people.named_people import NamedPerson
from fleuron.manuscript.people.signatures import bylines, named_people, signatures
from fleuron.manuscript.people.translators import translators_of
from fleuron.manuscript.records import publication_records
from fleuron.manuscript.source_positions import line_of
from fleuron.publication.article import Article
from fleuron.publication.contributor import Contributor
from fleuron.publication.edition import Edition
from fleuron.publication.journal.issues import Issue
from fleuron.reporting import documents_with_errors, report
from fleuron.sphinx_versions import application_of

# What Sphinx gives a document as title that has none.
NO_TITLE = "<no title>"
DOI = "https://doi.org/"
ROR_ADDRESS = "https://ror.org/"
# The attribute of a block whose words a whole-file translation lacks, so that they are the source's.
FROM_SOURCE = "from_source"
# The attribute of a line that no author has written, such as that of the names.
INSERTED = "inserted"
# The attribute of an affiliation that has an identifier in the Research Organization Registry.
ROR = "ror"
# The builder of what is read on paper, where nobody follows a link.
PRINTED = "pdf"
# How the line on the translators is worded.
TRANSLATED_BY = "Translated by {names}"
# Comments in HTML, and nothing else.
COMMENTS = re.compile(r"\s*(?:<!--.*?-->\s*)*", re.DOTALL)


class byline(nodes.Part, nodes.Element):  # noqa: N801 (docutils spells its nodes so)
    """A placeholder for authors, translators and date, until a page is written."""


def is_invisible(node: nodes.Node) -> bool:
    """Return whether a node prints nothing, as targets and comments do; MyST makes raw HTML of a comment in HTML.

    A list of fields at the beginning is what MyST makes of front matter for Sphinx, such as `orphan`.
    """
    if isinstance(node, nodes.field_list):
        return isinstance(node.parent, nodes.document) and node.parent.index(node) == 0
    is_comment = isinstance(node, nodes.raw) and bool(COMMENTS.fullmatch(node.astext()))
    return isinstance(node, nodes.Invisible) or is_comment


class InsertArticleHead(SphinxTransform):
    """Insert front matter as nodes below the title, before Locale translates them."""

    default_priority = Locale.default_priority - 12

    def apply(self, **kwargs: Any) -> None:
        records, document = publication_records(self.env), self.env.current_document.docname
        sections = [child for child in self.document.children if isinstance(child, nodes.section)]
        title = sections[0].next_node(nodes.title) if sections else None
        article = records.of_head(document, records.articles)
        if article is not None:
            self.check_title(article, sections)
        contributor = records.of_head(document, records.contributors)
        if contributor and len(sections) > 1 and repeats_title(sections):
            heading = Finding(Diagnostic.NAME_TWICE, line_of(sections[1][0]), {"heading": sections[1][0].astext()})
            report(heading, self.document["source"])
        record = article or records.of_head(document, records.pages) or records.of_head(document, records.issues)
        if (contributor or (record and record.title)) and len(sections) > 1:
            nest(sections)
        if title is None or title.parent is None:
            return
        if article is not None:
            head = self.head_of_article(article)
        elif contributor:
            mark_language(title.parent, title, contributor.lang)
            head = self.head_of_contributor(contributor)
        elif issue := records.of_head(document, records.issues):
            head = [*cover_of(issue), byline()]
        else:
            return
        index = title.parent.index(title) + 1
        title.parent[index:index] = head

    def check_title(self, article: Article, sections: list[nodes.section]) -> None:
        """Report an article that has no title, or one in its front matter and one as a heading."""
        before = self.document.children[: self.document.index(sections[0])] if sections else []
        is_titled = sections and all(is_invisible(child) for child in before)
        if not is_titled or not sections[0][0].astext().strip():
            report(Finding(Diagnostic.NO_TITLE), self.document["source"])
        elif article.title and repeats_title(sections):
            report(Finding(Diagnostic.TITLE_TWICE, line_of(sections[1][0])), self.document["source"])

    def head_of_article(self, article: Article) -> list[nodes.Node]:
        """Return subtitle, byline, abstract, keywords, changes, and why an article was withdrawn."""
        head: list[nodes.Node] = []
        if article.subtitle:
            head.append(field_block(self, article, "subtitle", article.subtitle, "subtitle"))
        head.append(byline())
        if article.abstract:
            paragraphs = [
                field_block(self, article, "abstract", paragraph) for paragraph in article.abstract.split("\n\n")
            ]
            head.append(nodes.topic("", *paragraphs, classes=["abstract"]))
        if article.keywords:
            items = [
                nodes.list_item("", field_block(self, article, "keywords", keyword)) for keyword in article.keywords
            ]
            head.append(nodes.container("", nodes.bullet_list("", *items), classes=["keywords"]))
        if article.changes:
            items = [
                nodes.list_item("", field_block(self, article, "changes", change.text)) for change in article.changes
            ]
            head.append(nodes.container("", nodes.bullet_list("", *items), classes=[CHANGES]))
        if article.withdrawn:
            reason = field_block(self, article, "withdrawn", article.withdrawn.reason)
            head.append(nodes.container("", reason, classes=[WITHDRAWAL]))
        return head

    def head_of_contributor(self, contributor: Contributor) -> list[nodes.Node]:
        """Return the affiliations, each with its identifier, which `CompleteArticleHead` makes a link of."""
        blocks: list[nodes.Node] = []
        for affiliation in contributor.affiliation:
            block = field_block(self, contributor, "affiliation", affiliation.name, "affiliation")
            block[ROR] = affiliation.ror
            blocks.append(block)
        return blocks


def field_block(
    transform: SphinxTransform, record: Article | Contributor, field: str, text: str, *classes: str
) -> nodes.paragraph:
    """Parse the text of a field of a document's front matter as one paragraph of MyST, at the line of the field."""
    document, env = transform.document, transform.env
    text, line = " ".join(text.split()), (record.lines or {}).get(field, 1)
    draft = new_document(document["source"], document.settings)
    draft.reporter = LoggingReporter.from_reporter(draft.reporter)
    parser = application_of(env).registry.get_source_parser("markdown")()
    parser.parse("\n" * (line - 1) + text, draft)
    parsed = draft.next_node(nodes.paragraph)
    if parsed is None or len(draft) != 1 or parsed.parent is not draft:
        parsed = nodes.paragraph("", text)  # “19. yüzyıl” is not a list here
    for raw in list(parsed.findall(nodes.raw)):
        raw.replace_self(nodes.Text(raw.astext()))
        report(Finding(Diagnostic.MARKUP_IN_RECORD, line, {"markup": raw.astext()}), document["source"])
    block = nodes.paragraph(text, "", *parsed.children, classes=list(classes))
    block.source, block.line = document["source"], line
    whole = publication_records(env).whole_files.get(env.current_document.docname)
    if whole is not None and field not in whole.keys:
        block[FROM_SOURCE] = True
    return block


def cover_of(issue: Issue) -> Iterator[nodes.image]:
    """Yield the picture of an issue's cover; the title beside it says what it shows."""
    if issue.cover:
        yield nodes.image("", uri=issue.cover, alt="", decorative=True, classes=["issue-cover"])


def repeats_title(sections: list[nodes.section]) -> bool:
    """Return whether the title from the front matter is followed by a heading that is the title again.

    It is if it has the same words, or is the only one of the first level and nothing stands before it.
    """
    first, *others = sections
    if not others or not all(is_invisible(child) for child in first[1:]):
        return False
    return len(others) == 1 or " ".join(first[0].astext().split()) == " ".join(others[0][0].astext().split())


def nest(sections: list[nodes.section]) -> None:
    """Put the sections of a text below its title, where the title is in the front matter."""
    for section in sections[1:]:
        section.parent.remove(section)
        sections[0].append(section)


def mark_language(section: nodes.Element, title: nodes.title, language: str) -> None:
    """Mark each block below the title with its language, if it is not that of the sources."""
    if language:
        for block in section.findall(nodes.TextElement):
            if block is not title:
                block["written_in"] = language


class CompleteArticleHead(SphinxPostTransform):
    """Insert people, dates and notices, and the labels of what is below them, in the language of the edition."""

    default_priority = ReferencesResolver.default_priority - 5

    def run(self, **kwargs: Any) -> None:
        edition, document = current_edition(self.config), self.env.current_document.docname
        word = interface_words(edition.language)
        article = publication_records(self.env).articles.get(document)
        for placeholder in list(self.document.findall(byline)):
            lines: list[nodes.Element] = []
            if article and article.authors:
                has_links = self.app.builder.name != PRINTED
                lines += bylines(self.env, article.authors, edition, has_links=has_links)
            if translators := list(translators_of(self.env, document)):
                lines.append(self.translation_line(translators, edition))
            if article:
                lines += journal_line(self.env, document, article, edition, word)
            if article and (dateline := list(self.dateline(article, edition))):
                lines.append(nodes.paragraph("", "", *dateline, classes=["dateline"]))
            if issue := publication_records(self.env).issues.get(document):
                lines += self.head_of_issue(document, issue, edition)
            for line in lines:
                line[INSERTED] = True
            below: list[nodes.Node] = []
            if article:
                below = [*history_of(article, edition, word), *notices_of(self.env, document, edition, word)]
            placeholder.replace_self([*lines, *below])
        if article and (title := self.document.next_node(nodes.title)) is not None:
            mark_title(title, status_of(self.env, document))
        for paragraph in list(self.document.findall(nodes.paragraph)):
            if identifier := paragraph.attributes.pop(ROR, ""):
                link = nodes.reference("", "", *paragraph.children, refuri=f"{ROR_ADDRESS}{identifier}")
                paragraph.children.clear()
                paragraph += link
        for topic in self.document.findall(nodes.topic):
            if "abstract" in topic["classes"]:
                marks = marks_of("Abstract", edition)
                topic.insert(0, nodes.title("", word("Abstract"), classes=marks, **{INSERTED: True}))
        for container in self.document.findall(nodes.container):
            if "keywords" in container["classes"]:
                marks = ["keywords-label", *marks_of("Keywords", edition)]
                container.insert(0, nodes.paragraph("", word("Keywords"), classes=marks, **{INSERTED: True}))
            elif article and CHANGES in container["classes"]:
                complete_changes(container, article, edition, word)
            elif article and WITHDRAWAL in container["classes"]:
                complete_withdrawal(container, article, edition, word)

    def head_of_issue(self, document: str, issue: Issue, edition: Edition) -> Iterator[nodes.Element]:
        """Yield the editors of an issue, its number, and its date."""
        word = interface_words(edition.language)
        if issue.editors:
            label = word("Editors") if len(issue.editors) > 1 else word("Editor")
            yield nodes.paragraph("", f"{label}: ", *signatures(self.env, issue.editors, edition), classes=["byline"])
        numbers = Article(volume=issue.volume, issue=issue.issue, date=issue.date)
        yield from journal_line(self.env, document, numbers, edition, word)
        if issue.date:
            yield nodes.paragraph("", edition.date(issue.date), classes=["dateline"])

    def dateline(self, article: Article, edition: Edition) -> Iterator[nodes.Node]:
        """Yield an article's date and DOI, the latter as the DOI Handbook (2.6) recommends."""
        if article.date:
            yield nodes.Text(edition.date(article.date))
        if doi := article.doi_in(edition.language):
            if article.date:
                yield nodes.Text(" · ")
            yield nodes.reference("", DOI + doi, refuri=DOI + quote(doi, safe="/:;()"))

    def translation_line(self, translators: Sequence[NamedPerson], edition: Edition) -> nodes.paragraph:
        """Return the line that names the translators; who has a page is linked."""
        before, _, after = interface_words(edition.language)(TRANSLATED_BY).partition("{names}")
        marks = marks_of(TRANSLATED_BY, edition)
        names = named_people(self.env, translators, edition)
        words = [nodes.inline("", text, classes=marks) if marks else nodes.Text(text) for text in (before, after)]
        return nodes.paragraph("", "", words[0], *names, words[1], classes=["byline", "translators"])


def report_untitled(app: Sphinx, env: BuildEnvironment) -> None:
    """Report the texts of the table of contents that have no title, and the table of contents itself."""
    if is_left_to_sphinx(app):
        return
    articles = publication_records(env).articles  # which are reported when they are read
    listed = {document for documents in env.toctree_includes.values() for document in documents}
    listed |= set(publication_records(env).pages)
    # Where a file could not be included, its title is missing for that reason.
    told = {*articles, *documents_with_errors(env)}
    for document in sorted(({env.config.root_doc} | listed) & env.found_docs - told):
        if env.titles[document].astext() == NO_TITLE and Path(env.doc2path(document)).read_text("utf-8").strip():
            report(Finding(Diagnostic.NO_DOCUMENT_TITLE), env.doc2path(document))


def setup(app: Sphinx) -> None:
    app.connect("env-updated", report_untitled)
    app.add_node(byline)
    app.add_transform(InsertArticleHead)
    app.add_post_transform(CompleteArticleHead)
