"""Find the pages that show something of another page that has changed, so that they are written again.

Sphinx 9.0 writes a page again when its own source has changed. It takes no account of what a page shows of others:
the titles of the pages before and after it, of similar articles, of an author's articles, or of what it refers to.
A page with a table of contents it writes whenever a document in the table has changed, whatever the table shows of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from fleuron.content.contents.generated_pages import REFERS_TO_INDEX, is_index_wanted
from fleuron.content.page_numbers import folios_of
from fleuron.manuscript.passages import QUOTES_TITLES, quoted_titles
from fleuron.manuscript.people.translators import translators_of
from fleuron.manuscript.records import publication_records
from fleuron.publication.document_names import contributor_document, is_article, is_contributor
from fleuron.publication.reading_order import reading_order
from fleuron.site.article_summaries import signed_articles, summary_texts
from fleuron.site.front.choices import front_shown
from fleuron.site.issues.issue_pages import issues_shown
from fleuron.site.keyword_pages import keywords_of
from fleuron.site.similar.articles import similar_to

# The attribute of Sphinx's environment with a digest of what each page showed of others when it was last written.
SHOWN = "fleuron_shown"
# The attribute with a digest of what tables of contents can show of each document: its sections and its own tables.
LISTED = "fleuron_listed"


def documents_shown(
    env: BuildEnvironment,
    document: str,
    relations: Mapping[str, Sequence[str | None]],
    signed: Mapping[str, Sequence[str]],
) -> list[str]:
    """List the documents of which a page shows something, in the order in which it does.

    ``signed`` are the articles of each contributor.
    """
    shown = [name for name in relations.get(document, ()) if name]
    shown += env.toctree_includes.get(document, [])
    if is_article(document):
        shown += similar_to(env, document)
        article = publication_records(env).articles.get(document)
        shown += [contributor_document(name) for name in article.authors] if article else []
        shown += [each.document for each in publication_records(env).notices.related.get(document, ())]
        shown += [contributor_document(each.contributor) for each in translators_of(env, document) if each.contributor]
    elif is_contributor(document):
        shown += signed.get(document, [])
    return shown


def listed_digest(env: BuildEnvironment, document: str) -> str:
    """Return a digest of what tables of contents show of a document; of each, it is made once."""
    known: dict[str, str] = env.__dict__.setdefault(LISTED, {})
    if document not in known:
        known[document] = digest([env.tocs[document].pformat() if document in env.tocs else ""])
    return known[document]


def forget_listed(_app: Sphinx, env: BuildEnvironment, document: str) -> None:
    env.__dict__.get(LISTED, {}).pop(document, None)


def contents_shown(env: BuildEnvironment, document: str) -> list[object]:
    """List what the tables of contents of a page, and of the pages that they name, show."""
    shown: list[object] = [is_index_wanted(env)] if env.metadata[document].get(REFERS_TO_INDEX) else []
    if document in env.toctree_includes:
        shown += [env.titles[name].pformat() for name in publication_records(env).withheld]
        for name in reading_order(document, env.toctree_includes):
            # A page that Sphinx generates, such as “genindex”, may be listed, and has no title here.
            title = env.titles[name].astext() if name in env.titles else ""
            shown += [name, listed_digest(env, name), title, env.toc_secnumbers.get(name)]
    return shown


def changed_pages(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """List the pages of the site that show something else than when they were last written."""
    if app.builder.name != "html":
        return []
    relations, keywords, records = env.collect_relations(), keywords_of(env), publication_records(env)
    publication, quoted = env.titles[env.config.root_doc].astext(), digest(quoted_titles(env))
    before: Mapping[str, str] = getattr(env, SHOWN, {})
    folios, signed = folios_of(env), signed_articles(env)
    summary = cache(partial(summary_texts, env))
    now = {}
    for document in sorted(env.found_docs):
        others = documents_shown(env, document, relations, signed)
        shown: list[object] = [publication, *map(summary, others)]
        shown += [records.contributors.get(name) for name in others]
        shown.append(folios.get(document))
        if document in records.articles:
            placed = records.paged(document, records.articles[document])
            shown += [placed.volume, placed.issue, placed.pages, records.issue_of.get(document)]
            shown += [keywords[word].page for word in records.articles[document].keywords]
        shown += [*contents_shown(env, document), *issues_shown(env, document), *front_shown(env, document)]
        if env.metadata[document].get(QUOTES_TITLES):
            shown.append(quoted)
        now[document] = digest(shown)
    setattr(env, SHOWN, now)
    return [document for document, digest_now in now.items() if before.get(document) != digest_now]


def digest(shown: Sequence[object]) -> str:
    """Return a digest of records, to compare them with those of an earlier build."""
    return hashlib.sha256(repr(shown).encode()).hexdigest()


def leave_out_tables(app: Sphinx, builder: Builder) -> None:
    """Let Sphinx write the pages above, and not each page whose table of contents lists one that is written.

    Sphinx does not keep its environment after this. Another theme may show more on such a page.
    """
    if builder.name == "html" and app.config.html_theme == "fleuron":
        app.env.files_to_rebuild = {}


def setup(app: Sphinx) -> None:
    app.connect("env-purge-doc", forget_listed)
    app.connect("write-started", leave_out_tables)
    # After figures and sections have their numbers, which references show.
    app.connect("env-get-updated", changed_pages, priority=900)
