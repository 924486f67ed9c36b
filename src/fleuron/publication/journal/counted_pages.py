"""Say through which texts the folios of a journal count: its articles, its issues, or the issues of each volume."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fleuron.publication.article import Article
from fleuron.publication.journal.issues import Issue, newest_first
from fleuron.publication.page_plan import Counted, Mode


def counted_pages(
    order: Sequence[str],
    articles: Mapping[str, Article],
    issue_of: Mapping[str, str],
    issues: Mapping[str, Issue],
    mode: Mode,
) -> Counted:
    """Return how the folios of texts, given in the order of the volume, count.

    Issues count from the oldest on, so that a new one moves none; what is in no issue counts by itself. An article
    that is numbered (`elocation-id`) counts from 1, and one with pages of its own from the first of them.
    """
    place = {name: number for number, name in enumerate(reversed(newest_first(issues)))}
    sequences: dict[tuple[str, ...], list[str]] = {}
    for name in sorted(order, key=lambda name: place.get(issue_of.get(name, name), -1)):
        article = articles.get(name)
        alone = mode == "article" or bool(article and article.elocation_id)
        key = (name,) if alone else sequence_of(article, issue_of.get(name, name), issues, mode)
        sequences.setdefault(key, []).append(name)
    return Counted(
        tuple(map(tuple, sequences.values())),
        given={name: given for name in order if name in articles and (given := given_pages(articles[name]))},
        rectos=frozenset(issues),
    )


def sequence_of(article: Article | None, issue: str, issues: Mapping[str, Issue], mode: Mode) -> tuple[str, ...]:
    """Return a name of the sequence that a text is counted in: its volume's, or that of its volume and issue."""
    if issue in issues:
        volume, number = issues[issue].volume, issue
    else:
        volume, number = (article.volume, article.issue) if article else ("", "")
    if mode == "issue":
        return ("issue", volume, number)
    return ("volume", volume if issues else "")


def given_pages(article: Article) -> tuple[int, int] | None:
    """Return the first and the last page that an author gives an article, if they are numbers that count."""
    first, last = article.pages.first, article.pages.last
    return (int(first), int(last or first)) if first.isdecimal() and (last or first).isdecimal() else None
