"""Take in the source files: sound text, front matter into the register, the rest to MyST."""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.manuscript.records import publication_records
from fleuron.publication.article import SPHINX_KEYS, read_article
from fleuron.publication.contributor import read_contributor
from fleuron.publication.document_names import contributor_document, contributor_name, is_article, is_contributor
from fleuron.publication.front_matter import FrontMatter, read_front_matter, without_front_matter
from fleuron.reporting import refuse, report

# All but tab, line feed and carriage return.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def unsoundness(source: bytes) -> Finding | None:
    """Tell why a file is no text that can be read, or None where it is one."""
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        return Finding(Diagnostic.NOT_UTF8, line, {"byte": error.start + 1, "value": source[error.start]})
    if control := CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        return Finding(Diagnostic.CONTROL_CHARACTER, line, {"value": ord(control[0])})
    return None if text.strip() else Finding(Diagnostic.EMPTY_DOCUMENT)


def check_sources(app: Sphinx, env: BuildEnvironment, documents: list[str]) -> None:
    """Stop before reading at files that are no text; Sphinx would set question marks for letters."""
    faults: list[tuple[Finding, Path]] = []
    for document in documents:
        path = env.doc2path(document)
        if fault := unsoundness(path.read_bytes()):
            faults.append((fault, path))
    refuse(app, faults)


def contributors_on_file(env: BuildEnvironment) -> set[str]:
    return {contributor_name(document) for document in env.found_docs if is_contributor(document)}


def take_in(app: Sphinx, document: str, content: list[str]) -> None:
    """Move an article's or contributor's front matter from the text into the register."""
    if not (is_article(document) or is_contributor(document)):
        return
    env, text = app.env, content[0].removeprefix("\ufeff")
    matter = read_front_matter(text)
    if is_article(document):
        heading, findings = take_in_article(env, document, matter)
    else:
        heading, findings = take_in_contributor(env, document, matter)
    for finding in findings:
        report(finding, env.doc2path(document))
    content[0] = without_front_matter(text, matter, SPHINX_KEYS, heading)


def take_in_article(env: BuildEnvironment, document: str, matter: FrontMatter) -> tuple[str, list[Finding]]:
    article, findings = read_article(matter, contributors_on_file(env))
    publication_records(env).articles[document] = article
    for author in article.authors:
        # The biography is printed at the article's end.
        env.note_dependency(env.doc2path(contributor_document(author), base=False), docname=document)
    return article.title, findings


def take_in_contributor(env: BuildEnvironment, document: str, matter: FrontMatter) -> tuple[str, list[Finding]]:
    contributor, findings = read_contributor(matter)
    publication_records(env).contributors[document] = contributor
    # A contributor's page is reached from the articles; it need not stand in a table of contents.
    env.metadata[document]["orphan"] = "True"
    return contributor.name, findings


def setup(app: Sphinx) -> None:
    app.connect("env-before-read-docs", check_sources)
    app.connect("source-read", take_in)
