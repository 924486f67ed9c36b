"""Find which articles name their issue or are in its folder, and what contradicts the tables of contents."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.diagnostics.similar_names import suggestion
from fleuron.publication.article import Article
from fleuron.publication.document_names import article_name
from fleuron.publication.journal.issues import ISSUE_FOLDER, Issue, issue_document
from fleuron.publication.reading_order import reading_order


@dataclass(frozen=True)
class Member:
    """An article that names its issue, or is in its folder; ``section`` is the section there, or ""."""

    article: str
    section: str = ""


def members_of_issues(
    named: Mapping[str, tuple[str, str]], documents: Collection[str]
) -> dict[str, tuple[Member, ...]]:
    """Return the articles of each issue that name it, by name, given the issue and the section that each names.

    One that names none is in the issue that has the name of its folder. ``documents`` are those of the publication:
    what does not name one of them is the number of an issue.
    """
    found: dict[str, list[Member]] = {}
    for article in sorted(named):
        name, section = named[article]
        if (issue := issue_document(name or folder_of(article))) in documents:
            found.setdefault(issue, []).append(Member(article, section))
    return {issue: tuple(members) for issue, members in sorted(found.items())}


def folder_of(article: str) -> str:
    """Return the folder of an article below articles/; "" if it is in none, which is the name of no issue."""
    return article_name(article).rpartition("/")[0]


def by_section(members: Sequence[Member], order: Sequence[str]) -> dict[str, list[str]]:
    """Return articles by their sections: those in ``order`` first, then others by name, then those without any."""
    places = {section: number for number, section in enumerate(order)}
    sections = {member.section for member in members}
    known = sorted(sections, key=lambda section: (not section, places.get(section, len(places)), section))
    return {name: [each.article for each in members if each.section == name] for name in known}


def contradictions(
    articles: Mapping[str, Article], issues: Mapping[str, Issue], includes: Mapping[str, Sequence[str]]
) -> dict[str, list[Finding]]:
    """Return what articles say of their issues that is not so, by document; a journal without issues has nothing."""
    listed: dict[str, list[str]] = {}
    for issue in sorted(issues):
        for document in reading_order(issue, includes)[1:]:
            listed.setdefault(document, []).append(issue)
    documents = sorted(articles) if issues else ()
    found = {name: list(faults_of(articles[name], issues, listed.get(name, []))) for name in documents}
    return {name: findings for name, findings in found.items() if findings}


def faults_of(article: Article, issues: Mapping[str, Issue], listing: Sequence[str]) -> Iterator[Finding]:
    """Yield what is wrong with the issue of an article, which the issues ``listing`` have in their contents."""
    named = issue_document(article.issue) if issue_document(article.issue) in issues else ""
    others = [issue for issue in listing if issue != named]
    if named and others:
        advice = f"write “issue: {name_of(others[0])}”, or take the article out there"
        yield contradiction(article, "issue", f"the table of contents of {others[0]}.md", advice)
    elif len(others) > 1:
        both = {
            "said": f"the table of contents of {others[0]}.md",
            "where": f"that of {others[1]}.md, with this article too",
        }
        yield Finding(Diagnostic.CONTRADICTORY_ISSUE, 1, both | {"advice": "take it out of one of the two"})
    elif issue := named or "".join(others):
        yield from faults_of_numbers(article, issue, issues[issue], is_named=bool(named))
    elif article.issue and not article.volume:
        unknown = {"name": article.issue, "suggestion": suggestion(article.issue, map(name_of, issues))}
        yield Finding(Diagnostic.UNKNOWN_ISSUE, line_of(article, "issue"), unknown)


def faults_of_numbers(article: Article, name: str, issue: Issue, *, is_named: bool) -> Iterator[Finding]:
    """Yield the numbers of an article that are not those of the issue that it is in."""
    numbers = [("volume", article.volume, issue.volume)]
    if not is_named:
        numbers.append(("issue", article.issue, issue.issue))
    for key, number, right in numbers:
        if number and right and number != right:
            yield contradiction(
                article, key, f"{name}.md, which is this article’s issue and has “{key}: {right}”", "delete it"
            )


def contradiction(article: Article, key: str, where: str, advice: str) -> Finding:
    said = article.volume if key == "volume" else article.issue
    values = {"said": f"“{key}: {said}”", "where": where, "advice": advice}
    return Finding(Diagnostic.CONTRADICTORY_ISSUE, line_of(article, key), values)


def name_of(issue: str) -> str:
    """Return the name of an issue, as an article writes it."""
    return issue.removeprefix(ISSUE_FOLDER)


def line_of(article: Article, key: str) -> int:
    return (article.lines or {}).get(key, 1)
