"""Check source files, and move front matter from them into records before MyST parses the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Set
from dataclasses import dataclass, replace
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from fleuron.adopted import is_left_to_sphinx, is_other_project
from fleuron.config import has_own_theme
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.editions.edition_project import source_file, translation_file
from fleuron.editions.whole_files.front_matter import text_to_parse
from fleuron.manuscript.file_access import is_inside
from fleuron.manuscript.notices.tombstone import title_alone
from fleuron.manuscript.records import publication_records
from fleuron.manuscript.whole_files.reading import is_of_source, read_translation
from fleuron.publication.article import SPHINX_KEYS, Article, Page, read_article, read_page, says_page
from fleuron.publication.contributor import Contributor, read_contributor
from fleuron.publication.control_characters import control_character
from fleuron.publication.document_names import (
    contributor_document,
    contributor_name,
    is_article,
    is_contributor,
    is_in_page_folder,
)
from fleuron.publication.front_matter import FrontMatter, escape_markup, read_front_matter, without_front_matter
from fleuron.publication.journal.issues import Issue, read_issue, says_issue
from fleuron.publication.notebook import read_notebook
from fleuron.reporting import report, report_errors


def check_source(source: bytes) -> Finding | None:
    """Return a Finding if a file is not valid UTF-8, has a control character or is empty."""
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        return Finding(Diagnostic.NOT_UTF8, line, {"byte": error.start + 1, "value": source[error.start]})
    if found := control_character(text):
        code, line = found
        return Finding(Diagnostic.CONTROL_CHARACTER, line, {"code": code})
    return None if text.strip() else Finding(Diagnostic.EMPTY_DOCUMENT)


def check_sources(app: Sphinx, env: BuildEnvironment, documents: list[str]) -> None:
    """Report the files that are not valid text, and do not read those that are links out of the publication."""
    findings: list[tuple[Finding, Path]] = []
    if is_left_to_sphinx(app):
        return
    for document in list(documents):
        path = env.doc2path(document)
        if not is_inside(env, path):
            documents.remove(document)  # `guarded_documents` ends the build when the others are read
            findings.append((Finding(Diagnostic.OUTSIDE_PUBLICATION, 1, {"path": path.name}), path))
        elif finding := check_source(path.read_bytes()):
            findings.append((finding, path))
    report_errors(findings)


@dataclass(frozen=True)
class KnownContributors(Collection[str]):
    """The contributors that have a file in authors/; they are not listed for each article that names some."""

    documents: Set[str]

    def __contains__(self, name: object) -> bool:
        document = contributor_document(str(name))
        return document in self.documents and is_contributor(document)

    def __iter__(self) -> Iterator[str]:
        return (contributor_name(document) for document in self.documents if is_contributor(document))

    def __len__(self) -> int:
        return sum(1 for _name in self)


def read_records(app: Sphinx, document: str, content: list[str]) -> None:
    """Move the front matter of an article, a contributor or a page from the text into the publication's records."""
    env, text = app.env, content[0].removeprefix("\ufeff")
    if not text.strip() or is_left_to_sphinx(app):
        return  # an empty text is reported before
    if notebook := read_notebook(text, env.doc2path(document)):
        text = notebook.text
    if translation_file(env, document):
        content[0] = read_whole_file(app, document, text)
        return
    front_matter = read_front_matter(text)
    found = record_of(app, document, front_matter)
    if found is None:
        return
    record, heading, findings = found
    keep(env, document, record)
    for finding in findings:
        report(finding, env.doc2path(document))
    heading_line = front_matter.line_of("name" if is_contributor(document) else "title")
    if document in publication_records(env).withdrawn:
        text = title_alone(text, has_title=bool(heading))
        notebook = notebook.without_cells() if notebook else None
    text = without_front_matter(text, front_matter, SPHINX_KEYS, heading, heading_line)
    content[0] = notebook.with_text(text) if notebook else text


def read_whole_file(app: Sphinx, document: str, text: str) -> str:
    """Keep the records of a text that is translated as a whole; return its text for MyST.

    They are those of the source, the same in every edition; the head of the text is made of the translation's.
    """
    env, head, heading = app.env, None, ""
    translation = read_translation(env, document, text)
    of_source = record_of(app, document, translation.source)
    if of_source:
        keep(env, document, of_source[0])
    findings = list(translation.findings)
    if found := record_of(app, document, translation.front_matter):
        head, heading, own = found
        articles = publication_records(env).articles
        if isinstance(head, Article) and document in articles:
            articles[document] = replace(articles[document], translators=head.translators)
        findings += [each for each in own if not is_of_source(each, of_source[2] if of_source else [])]
    for finding in findings:
        report(finding, env.doc2path(document))
    publication_records(env).whole_files[document] = replace(translation.whole, head=head)
    env.note_dependency(source_file(env, document), docname=document)
    if document in publication_records(env).withdrawn:
        text = title_alone(text, has_title=bool(heading))
    line = translation.front_matter.line_of("name" if is_contributor(document) else "title")
    return text_to_parse(text, translation.front_matter, heading, line)


Record = Article | Contributor | Issue | Page


def record_of(app: Sphinx, document: str, front_matter: FrontMatter) -> tuple[Record | None, str, list[Finding]] | None:
    """Read the record of an article, a contributor or a page; None for a document of another kind.

    Return also the title, which is Markdown, and what is wrong.
    """
    if is_article(document):
        article, findings = read_article(front_matter, KnownContributors(app.env.found_docs))
        if findings and is_other_project(app):  # whose folder articles/ has texts of another kind
            is_twice = any(finding.diagnostic is Diagnostic.TITLE_TWICE for finding in findings)
            return read_article(FrontMatter(), KnownContributors(frozenset()))[0], "" if is_twice else article.title, []
        return article, article.title, findings
    if is_contributor(document):
        contributor, findings = read_contributor(front_matter)
        return contributor, escape_markup(contributor.name), findings
    if says_page(front_matter) or (is_in_page_folder(document) and not has_own_theme(app.config)):
        page, findings = read_page(front_matter)
        return page, page.title, findings
    if says_issue(document, front_matter):
        issue, findings = read_issue(front_matter, KnownContributors(app.env.found_docs))
        return issue, issue.title, findings
    if any(finding.diagnostic.is_error for finding in front_matter.findings):
        return None, "", list(front_matter.findings)  # which MyST could not read either
    return None


def keep(env: BuildEnvironment, document: str, record: Record | None) -> None:
    """Keep the record of a document."""
    records = publication_records(env)
    if isinstance(record, Article):
        records.articles[document] = record
        if record.withdrawn:
            # Its page stays where it was, whether or not a table of contents lists it.
            env.metadata[document]["orphan"] = "True"
        for author in record.authors:
            # The article includes the biography.
            env.note_dependency(env.doc2path(contributor_document(author)), docname=document)
    elif isinstance(record, Contributor):
        records.contributors[document] = record
        # A contributor's page is linked by articles, and need not be in a table of contents.
        env.metadata[document]["orphan"] = "True"
    elif isinstance(record, Issue):
        records.issues[document] = record
    elif isinstance(record, Page):
        records.pages[document] = record
        # Every page of the site links it, so that it need not be in a table of contents.
        env.metadata[document]["orphan"] = "True"


def setup(app: Sphinx) -> None:
    app.connect("env-before-read-docs", check_sources)
    app.connect("source-read", read_records)
