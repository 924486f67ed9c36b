"""Find the pages that articles have in the printed issues of their journal, as the last PDFs have them.

They are known while an article's text, and all that is counted before it, is what was laid out. Before the first PDF,
and where a text has changed since, an article has no pages but those that its author gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from fleuron.build_results import PLAN_FILE
from fleuron.manuscript.passages import text_digests
from fleuron.manuscript.records import publication_records, volume_of
from fleuron.publication.document_names import volume_anchor
from fleuron.publication.journal.counted_pages import counted_pages
from fleuron.publication.page_plan import Counted, PagePlan, read_plan
from fleuron.publication.values.places import PageRange

# Builders whose files say where an article stands when pages are already laid out. PDFs are what lays them out.
AFTER_LAYOUT = frozenset({"html", "epub", "records"})


def bound_documents(env: BuildEnvironment) -> list[str]:
    """List the documents of the volume, then those of issues that the volume does not have, in order."""
    issues = (name for issue in sorted(publication_records(env).issues) for name in volume_of(env, issue))
    return list(dict.fromkeys((*volume_of(env), *issues)))


def counted_documents(env: BuildEnvironment) -> Counted:
    """Return through which documents folios count, by their anchors in the volume."""
    records, documents = publication_records(env), bound_documents(env)
    articles = {name: records.placed(name, records.articles[name]) for name in documents if name in records.articles}
    counted = counted_pages(documents, articles, records.issue_of, records.issues, env.config.fleuron_folios)
    return Counted(
        tuple(tuple(map(volume_anchor, sequence)) for sequence in counted.sequences),
        {volume_anchor(name): pages for name, pages in counted.given.items()},
        frozenset(map(volume_anchor, counted.rectos)),
    )


def valid_plan(env: BuildEnvironment) -> PagePlan:
    """Return the part of the last page plan that is valid for the texts that have been read."""
    plan = read_plan(Path(env.doctreedir, PLAN_FILE))
    if not plan.runs:
        return plan
    documents = {volume_anchor(name): name for name in bound_documents(env)}
    texts = text_digests(env, list(documents.values()))
    printed = {anchor: texts[name] for anchor, name in documents.items()}
    return plan.matching(printed, env.config.fleuron_folios, counted_documents(env), env.config.fleuron_openings)


def pages_of_articles(env: BuildEnvironment) -> Mapping[str, PageRange]:
    """Return the printed pages of the articles that stand in a volume or an issue of a journal, by document."""
    records = publication_records(env)
    if not (records.issues or any(article.volume or article.issue for article in records.articles.values())):
        return {}
    runs = valid_plan(env).runs
    found = {}
    for name, article in records.articles.items():
        placed, run = records.placed(name, article), runs.get(volume_anchor(name))
        if run and run.pages and (placed.volume or placed.issue) and not (placed.pages.first or placed.elocation_id):
            last = str(run.first + run.pages - 1) if run.pages > 1 else ""
            found[name] = PageRange(str(run.first), last)
    return found


def keep_pages(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Keep the printed pages of articles for what this build writes; return the documents that show others now."""
    records = publication_records(env)
    before = records.printed_pages
    now = pages_of_articles(env) if app.builder.name in AFTER_LAYOUT and env.config.fleuron_folios != "article" else {}
    records.data["printed_pages"] = now
    changed = before.keys() | now.keys()
    return sorted(name for name in changed & env.found_docs if before.get(name) != now.get(name))


def setup(app: Sphinx) -> None:
    # When figures and sections have their numbers, which the digests of texts contain, and before handlers that use it.
    app.connect("env-get-updated", keep_pages, priority=850)
