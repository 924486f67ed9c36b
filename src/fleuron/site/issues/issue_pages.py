"""List a journal's issues on a page, show the current one on the first page, and link each with the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from sphinx.environment import BuildEnvironment

from fleuron.content.work_records import author_names
from fleuron.editions.interface_words import interface_words
from fleuron.manuscript.records import publication_records
from fleuron.publication.journal.issues import newest_first
from fleuron.site.article_summaries import ArticleSummaries

ISSUES, ISSUES_TEMPLATE = "issues/index", "issues.html"


@dataclass(frozen=True)
class IssueSummary:
    """What a list says of an issue; ``title`` is HTML, ``cover`` the address of a picture or "", the rest is text."""

    title: str
    address: str
    cover: str
    date: str
    editors: tuple[str, ...]


def issues_of(env: BuildEnvironment) -> list[str]:
    """List the documents of the issues, the newest first."""
    records = publication_records(env)
    return newest_first({name: issue for name, issue in records.issues.items() if name in env.found_docs})


def has_issues_page(env: BuildEnvironment) -> bool:
    """Return whether all issues are listed on a page that has no source."""
    return bool(issues_of(env)) and ISSUES not in env.found_docs


def summary_of(summaries: ArticleSummaries, document: str, here: str) -> IssueSummary:
    """Return the summary of an issue as the page ``here`` shows it."""
    context = summaries.context
    issue = publication_records(context.env).issues[document]
    return IssueSummary(
        title=summaries.title_as_html(document),
        address=summaries.relative_uri(here, document),
        cover=cover_address(context.env, document, issue.cover, here),
        date=context.edition.date(issue.date) if issue.date else "",
        editors=tuple(author_names(context.env, issue.editors)),
    )


def cover_address(env: BuildEnvironment, document: str, cover: str, here: str) -> str:
    """Return the address of a cover's picture from the page ``here``; "" if there is none."""
    path = env.relfn2path(cover, document)[0] if cover else ""
    return f"{'../' * here.count('/')}_images/{quote(env.images[path][1])}" if path in env.images else ""


def issue_context(summaries: ArticleSummaries, page: str) -> dict[str, Any]:
    """Return what the templates of the first page, and of an issue, are given of the issues."""
    env = summaries.context.env
    order = issues_of(env)
    if not order:
        return {}
    found: dict[str, Any] = {"all_issues": summaries.relative_uri(page, ISSUES)}
    if page == env.config.root_doc:
        return found | {"current_issue": summary_of(summaries, order[0], page)}
    if page not in order:
        return {}
    place = order.index(page)
    newer, older = order[:place][-1:], order[place + 1 :][:1]
    return found | {
        "newer_issue": summary_of(summaries, newer[0], page) if newer else None,
        "older_issue": summary_of(summaries, older[0], page) if older else None,
    }


def issues_page(summaries: ArticleSummaries) -> tuple[str, dict[str, Any], str]:
    """Return the page of all issues as Sphinx takes it: the name, the template's context, and the template."""
    context = summaries.context
    listed = [summary_of(summaries, document, ISSUES) for document in issues_of(context.env)]
    title = interface_words(context.language)("All issues")
    names = "; ".join(context.env.titles[document].astext() for document in issues_of(context.env))
    return ISSUES, {"title": title, "issues": listed, "description": f"{title}: {names}"}, ISSUES_TEMPLATE


def issues_shown(env: BuildEnvironment, document: str) -> list[object]:
    """List what a page shows of the issues, to find out whether it has changed."""
    records = publication_records(env)
    if document != env.config.root_doc and document not in records.issues:
        return []
    return [(name, records.issues[name], env.titles[name].astext()) for name in issues_of(env)]
