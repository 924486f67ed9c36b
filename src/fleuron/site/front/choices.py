"""Choose what the first page shows of a publication: articles at its top, their authors, the latest notices."""

from __future__ import annotations

from sphinx.environment import BuildEnvironment

from fleuron.editions.bidirectional import marked_language
from fleuron.manuscript.article_texts import elements_of_class, plain_text
from fleuron.manuscript.records import publication_records
from fleuron.publication.document_names import contributor_document, is_contributor
from fleuron.publication.reading_order import reading_order
from fleuron.site.article_summaries import summary_texts
from fleuron.site.issues.issue_pages import issues_of

# The notices of corrections and retractions that are shown.
MOST_NOTICES = 5


def listed_articles(env: BuildEnvironment) -> list[str]:
    """List the articles of the edition in reading order; those that no table of contents names come last."""
    articles = publication_records(env).articles
    order = [name for name in reading_order(env.config.root_doc, env.toctree_includes) if name in articles]
    return [name for name in dict.fromkeys([*order, *sorted(articles)]) if not articles[name].withdrawn]


def is_front_page(env: BuildEnvironment, page: str) -> bool:
    """Return whether a page is the first one of a publication that has articles."""
    return page == env.config.root_doc and bool(listed_articles(env))


def is_notice(env: BuildEnvironment, document: str) -> bool:
    """Return whether an article corrects, retracts or comments on another one."""
    article = publication_records(env).articles[document]
    return bool(article.corrects or article.retracts or article.comments_on)


def chosen_articles(env: BuildEnvironment) -> list[str]:
    """List the articles that the editors have chosen (``featured: true``), of several that there are."""
    listed, articles = listed_articles(env), publication_records(env).articles
    return [name for name in listed if articles[name].featured] if len(listed) > 1 else []


def latest_article(env: BuildEnvironment) -> str:
    """Return the newest article, the first in reading order of those of one day; "" if none is newer than another."""
    articles = publication_records(env).articles
    dated = {name: day for name in listed_articles(env) if (day := articles[name].date) and not is_notice(env, name)}
    if len(set(dated.values())) < 2:
        return ""
    newest = max(dated.values())
    return next(name for name, day in dated.items() if day == newest)


def leading_articles(env: BuildEnvironment) -> list[str]:
    """List the articles at the top of the first page: those that the editors have chosen, or the latest one."""
    latest = latest_article(env)
    return chosen_articles(env) or ([latest] if latest else [])


def shown_authors(env: BuildEnvironment) -> list[str]:
    """List the documents of the authors, of the current issue if there are issues, in the order of their names.

    There are none if a table of contents of the first page has authors, or if there is one article alone.
    """
    records, listed = publication_records(env), listed_articles(env)
    if len(listed) < 2 or any(map(is_contributor, env.toctree_includes.get(env.config.root_doc, ()))):
        return []
    if current := issues_of(env)[:1]:
        listed = [name for name in listed if records.issue_of.get(name) == current[0]]
    found = {contributor_document(author) for name in listed for author in records.articles[name].authors}
    return sorted(name for name in found if name in records.contributors)


def affiliations_of(env: BuildEnvironment, contributor: str) -> list[tuple[str, str]]:
    """List where a contributor works, as the edition names it, each with its language, "" if it is the edition's."""
    found = elements_of_class(env.get_doctree(contributor), "affiliation")
    return [(plain_text(node), marked_language(node)) for node in found]


def latest_notices(env: BuildEnvironment) -> list[tuple[str, str, str]]:
    """List the latest corrections and retractions: the relation, the notice and the article that it is about."""
    records = publication_records(env)
    found: list[tuple[str, str, str]] = [
        (each.relation, notice, each.document)
        for notice, related in records.notices.related.items()
        for each in related
        if each.relation in ("corrects", "retracts") and notice in records.articles
    ]
    return sorted(found, key=lambda each: str(records.articles[each[1]].date or ""), reverse=True)[:MOST_NOTICES]


def front_shown(env: BuildEnvironment, document: str) -> list[object]:
    """List what the first page shows beside its tables of contents, to find out whether it has changed."""
    if not is_front_page(env, document):
        return []
    shown: list[object] = [chosen_articles(env), *(summary_texts(env, name) for name in leading_articles(env))]
    shown += [(name, env.titles[name].astext(), affiliations_of(env, name)) for name in shown_authors(env)]
    return shown + [
        (relation, summary_texts(env, one), summary_texts(env, other)) for relation, one, other in latest_notices(env)
    ]
