"""Relate articles with the notices about them, when all documents are read."""

from __future__ import annotations

from collections.abc import Iterable

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from fleuron.config import languages_of
from fleuron.manuscript.notices.article_status import mark_kept_titles
from fleuron.manuscript.records import publication_records
from fleuron.publication.article import findings_of_dois
from fleuron.publication.journal.issues import issues_of_articles
from fleuron.publication.journal.membership import contradictions
from fleuron.publication.journal.notices import find_notices
from fleuron.reporting import report


def relate_articles(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Relate all articles, and find the issue of each; report what is wrong; return what to write again."""
    records = publication_records(env)
    before, notices = records.notices, find_notices(records.articles)
    records.data["notices"] = notices
    records.data["issue_of"] = issues_of_articles(records.issues, env.toctree_includes)
    faults = contradictions(records.articles, records.issues, env.toctree_includes)
    dois = findings_of_dois(records.articles, languages_of(env.config))
    for document in sorted(notices.findings.keys() | faults.keys() | dois.keys()):
        for found in (notices.findings, faults, dois):
            for finding in found.get(document, ()):
                report(finding, env.doc2path(document))
    for document in records.articles:
        mark_kept_titles(env, document)
    related = before.related.keys() | notices.related.keys()
    changed = {name for name in related if before.related.get(name) != notices.related.get(name)}
    return sorted(changed & set(env.found_docs))


def setup(app: Sphinx) -> None:
    # Before handlers that use the titles.
    app.connect("env-updated", relate_articles, priority=400)
