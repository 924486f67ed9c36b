"""Report what is wrong with the front matter of articles and contributors, as builds do."""

from __future__ import annotations

from collections.abc import Iterator

from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Place, Violation
from fleuron.publication.article import findings_of_dois, read_article
from fleuron.publication.contributor import read_contributor
from fleuron.publication.document_names import contributor_name, is_article, is_contributor
from fleuron.publication.journal.issues import read_issue, says_issue
from fleuron.publication.journal.membership import contradictions
from fleuron.publication.journal.notices import find_notices


def find(sources: Sources) -> Iterator[Violation]:
    contributors = {contributor_name(document.name) for document in sources.documents if is_contributor(document.name)}
    read = {
        document.name: read_article(document.front_matter, contributors)
        for document in sources.documents
        if is_article(document.name)
    }
    articles = {name: article for name, (article, _findings) in read.items()}
    notices, dois = find_notices(articles), findings_of_dois(articles, ())
    issues = {
        document.name: read_issue(document.front_matter, contributors)[0]
        for document in sources.documents
        if says_issue(document.name, document.front_matter)
    }
    faults = contradictions(articles, issues, {})
    for document in sources.documents:
        if document.name in read:
            findings = [
                *read[document.name][1],
                *faults.get(document.name, ()),
                *notices.findings.get(document.name, ()),
                *dois.get(document.name, ()),
            ]
        elif is_contributor(document.name):
            findings = read_contributor(document.front_matter)[1]
        elif says_issue(document.name, document.front_matter):
            findings = read_issue(document.front_matter, contributors)[1]
        else:
            findings = list(document.front_matter.findings)
        for finding in findings:
            level = Level.ERROR if finding.diagnostic.is_error else Level.WARNING
            yield Violation(Place(document.path, finding.line), finding.text, level=level)


RULE = Rule(
    "front-matter",
    Level.WARNING,
    "Front matter is valid YAML, has no unknown or repeated keys, and valid values: dates that exist, DOIs and ORCID "
    "iDs that are well-formed, dates in their order, authors that have a file in `authors/`, notices of articles that "
    "exist.",
    find,
)
