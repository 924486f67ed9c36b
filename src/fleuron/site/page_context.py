"""Give the page templates what they show beside Sphinx's own: editions, records, downloads, similar articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from fleuron.config import theme_of
from fleuron.content.article_citation import citation_node, version_citation_node
from fleuron.content.downloads import format_size
from fleuron.content.edition_context import EditionContext, edition_context
from fleuron.content.mark import has_own_look
from fleuron.content.work_records import citation_files_of, downloads_of, work_of
from fleuron.editions.interface_words import attributes_as_html, interface_marker, interface_words
from fleuron.look.footer import footer_in
from fleuron.manuscript.article_texts import plain_text
from fleuron.manuscript.records import publication_records
from fleuron.metadata.plain_text import DESCRIPTION_LENGTH, shortened
from fleuron.metadata.work import Copy
from fleuron.notes.cited_sources import compiled_style
from fleuron.publication.document_names import is_article, is_contributor
from fleuron.publication.edition import Edition
from fleuron.publication.licence import licence_of
from fleuron.site.article_summaries import ArticleSummaries, ArticleSummary
from fleuron.site.builder import SiteBuilder
from fleuron.site.colophon import COLOPHON_TEMPLATE, article_shares, colophon_page
from fleuron.site.front.front_page import front_context
from fleuron.site.issues.issue_pages import ISSUES_TEMPLATE, has_issues_page, issue_context, issues_page
from fleuron.site.keyword_pages import KEYWORD_TEMPLATE, keyword_page, keyword_page_source
from fleuron.site.margin_notes import margin_is_full
from fleuron.site.other_html_builders import PLAIN_BUILDERS
from fleuron.site.page_head import head_of_article, head_of_page
from fleuron.site.search.alphabetical_index import ALPHABET_TEMPLATE, alphabetical_page
from fleuron.site.similar.articles import similar_to
from fleuron.site.web_fonts import used_typefaces
from fleuron.sphinx_versions import application_of

# Pages that are not the same in other editions, or that search engines should not list.
UNLISTED = frozenset({"search", "genindex"})
# The page that a server shows for the folder of an edition; it leads to the first page if that has another name.
INDEX, FORWARD_TEMPLATE = "index", "forward.html"
# Titles of more letters than these are set smaller, so that none fills a phone's first screen.
LONG_TITLE, VERY_LONG_TITLE = 60, 140


@dataclass(frozen=True)
class EditionLink:
    """A link from a page to the same page in another edition."""

    edition: Edition
    address: str


@dataclass(frozen=True)
class MenuEntry:
    """A link to a page that is not an article; ``title`` is HTML, ``is_current`` is true on that page itself."""

    title: str
    address: str
    is_current: bool


@dataclass(frozen=True)
class DownloadLink:
    """A link from a page to a file for download."""

    text: str
    size: str
    address: str
    media_type: str


def other_editions(context: EditionContext, page: str) -> list[EditionLink]:
    """Link the same page in the other editions."""
    others = [language for language in context.editions_with(page) if language != context.language]
    addresses = context.addresses
    return [EditionLink(Edition(language), addresses.relative_page(page, page, language)) for language in others]


def parallel_pages(context: EditionContext, page: str) -> list[EditionLink]:
    """Link the pages that show an article beside its other editions: `fleuron publish` writes those with the source."""
    source, here, addresses = context.languages[0], context.language, context.addresses
    if not (context.has_landing_page and is_article(page)):
        return []
    return [
        EditionLink(link.edition, addresses.parallel_page(page, page, link.edition.language, source))
        if here == source
        else EditionLink(link.edition, addresses.parallel_page(page, page, here, source))
        for link in other_editions(context, page)
        if source in (here, link.edition.language)
    ]


def menu_of(builder: SiteBuilder, page: str) -> list[MenuEntry]:
    """Link the pages that are not articles from a page."""
    return [
        MenuEntry(builder.title_as_html(name), builder.get_relative_uri(page, name) or "#", name == page)
        for name in builder.pages
    ]


def alternates(context: EditionContext, page: str) -> Iterator[tuple[str, str]]:
    """Yield the language of each edition of a page with its address, and “x-default” with that for other readers."""
    addresses, languages = context.addresses, context.editions_with(page)
    if page in UNLISTED:
        return
    for language in languages:
        yield language, addresses.page_or_relative(page, page, language)
    source = context.languages[0]
    if page == context.config.root_doc and context.has_landing_page:
        yield "x-default", addresses.base or "../index.html"
    elif source in languages:
        yield "x-default", addresses.page_or_relative(page, page, source)


def download_links(copies: Iterable[Copy], edition: Edition) -> list[DownloadLink]:
    """Link files for download."""
    return [
        DownloadLink(
            text=copy.title,
            size="" if copy.size is None else format_size(copy.size, edition),
            address=copy.address,
            media_type=copy.media_type,
        )
        for copy in copies
    ]


def title_length(title: str) -> str:
    """Return the CSS class for a title of this length."""
    return "very-long" if len(title) > VERY_LONG_TITLE else "long" if len(title) > LONG_TITLE else ""


def first_paragraph(doctree: nodes.document) -> str:
    """Return the first paragraph of a page's text, after what comes from its front matter."""
    paragraphs = (node for node in doctree.findall(nodes.paragraph) if isinstance(node.parent, nodes.section))
    return next((plain_text(node) for node in paragraphs if not node["classes"]), "")


def page_after(builder: SiteBuilder, page: str, following: Mapping[str, str] | None) -> Mapping[str, str] | None:
    """Return the link to what follows an article: after the last one the first page, not its author."""
    document = builder.relations.get(page, [None, None, None])[2]
    if document is None or not is_contributor(document):
        return following
    first = str(builder.config.root_doc)
    return {"link": builder.get_relative_uri(page, first), "title": builder.title_as_html(first)}


def title_of(context: EditionContext, page: str, template_context: Mapping[str, Any]) -> str:
    """Return a page's title in plain text."""
    if page in context.env.titles:
        return context.env.titles[page].astext()
    # The title of a page of the publication's own may be set by its template, and not be known here.
    return interface_words(context.language)("Search") if page == "search" else str(template_context.get("title", ""))


def article_context(builder: SiteBuilder, page: str, doctree: nodes.document) -> dict[str, Any]:
    """Return what the template of an article is given, beside what that of any page is."""
    context, similar = builder.edition_context, similar_to(builder.env, page)
    work = work_of(context, page)
    style = compiled_style(builder.env)
    citation, of_version = citation_node(work, style), version_citation_node(work, style)
    return {
        "head": head_of_article(work),
        "description": work.abstract or work.subtitle or first_paragraph(doctree) or work.title,
        "citation": builder.render_partial(citation)["fragment"],
        "version_citation": builder.render_partial(of_version)["fragment"] if of_version else "",
        "records": list(citation_files_of(page, context.relative_addresses)),
        "similar": [builder.summaries.of(document, page) for document in similar],
        "notes_at_end": margin_is_full(doctree),
        "length": title_length(work.title),
    }


def other_page_context(builder: SiteBuilder, page: str, doctree: nodes.document | None, title: str) -> dict[str, Any]:
    """Return what the template of a page that is not an article is given."""
    context, summaries = builder.edition_context, builder.summaries
    found: dict[str, Any] = {
        "head": head_of_page(title, context.publication_title, context.addresses.page(page), context.language),
        "notes_at_end": margin_is_full(doctree) if doctree else False,
    }
    if doctree:
        found["description"] = first_paragraph(doctree) or title
    found |= issue_context(summaries, page) | front_context(summaries, page)
    if is_contributor(page):
        found["articles"] = [own_summary(summaries, document, page) for document in builder.signed.get(page, [])]
    return found


def own_summary(summaries: ArticleSummaries, document: str, page: str) -> ArticleSummary:
    """Summarize an article for its author's page, which does not repeat the name of a single author."""
    summary, article = summaries.of(document, page), publication_records(summaries.context.env).articles[document]
    return summary if len(article.authors) > 1 else replace(summary, authors="", names=())


def words_of(language: str) -> dict[str, Any]:
    """Return what writes the texts of the interface: as text, as HTML with their language, and its attributes."""
    return {
        "word": interface_words(language),
        "marked": interface_marker(language),
        "words_language": attributes_as_html(language),
    }


def add_to_context(
    app: Sphinx, page: str, _template: str, template_context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add to the context of a page's template."""
    builder = app.builder
    if not isinstance(builder, SiteBuilder):
        if builder.name in PLAIN_BUILDERS:
            template_context |= plain_context(app, page, template_context)
        return
    context = builder.edition_context
    article = publication_records(app.env).articles.get(page) if is_article(page) else None
    downloads = list(downloads_of(context, page, context.relative_addresses)) if doctree else []
    title = title_of(context, page, template_context)
    template_context |= {
        "edition": context.edition,
        "publication_title": context.publication_title,
        "release_name": app.config.fleuron_release,
        **words_of(context.language),
        "other_editions": other_editions(context, page),
        "parallel_pages": parallel_pages(context, page),
        "alternates": list(alternates(context, page)),
        "pageurl": context.addresses.page(page),
        "on_the_web": bool(context.addresses.base),
        "downloads": download_links(downloads, context.edition),
        "licence": licence_of(article.license) if article else None,
        "plain_title": title,
        "menu": menu_of(builder, page),
        "has_own_look": has_own_look(app.config),
        "has_site_files": True,
        "footer": footer_in(theme_of(app.config).get("footer", ""), context.language, context.languages[0]),
    }
    if article and doctree:
        template_context |= article_context(builder, page, doctree)
        template_context["next"] = page_after(builder, page, template_context["next"])
    else:
        template_context |= other_page_context(builder, page, doctree, title)
    template_context["description"] = shortened(str(template_context.get("description", "")), DESCRIPTION_LENGTH)


def plain_context(app: Sphinx, page: str, template_context: Mapping[str, Any]) -> dict[str, Any]:
    """Return the context of a page that one of Sphinx's own HTML builders writes, without the files of a site."""
    context = edition_context(app.env, app.config)
    return {
        "edition": context.edition,
        "publication_title": context.publication_title,
        **words_of(context.language),
        "other_editions": [],
        "parallel_pages": [],
        "head": {"metas": [], "links": []},
        "plain_title": title_of(context, page, template_context),
        "has_site_files": False,
    }


def pages_without_source(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the pages of keywords, the colophon and the like, as Sphinx takes them: name, context and template.

    A page that would show the same as the last build wrote is left as it is.
    """
    builder = app.builder
    if not isinstance(builder, SiteBuilder):
        return
    if builder.has_template(KEYWORD_TEMPLATE):
        for keyword in sorted(builder.keywords.values(), key=lambda each: each.page):
            if not is_written(builder, keyword.page, keyword_page_source(keyword, builder.summaries)):
                yield keyword_page(keyword, builder.summaries)
    for page, context, template in other_pages_without_source(builder):
        if not is_written(builder, page, context):
            yield page, context, template


def is_written(builder: SiteBuilder, page: str, source: object) -> bool:
    """Return whether a page that has no source is there as it would be made from ``source`` now."""
    shown = (source, list(alternates(builder.edition_context, page)), builder.edition_context.publication_title)
    if is_current := builder.generated_pages.is_current(f"{page}.html", shown):
        builder.written.add(page)
    return is_current


def other_pages_without_source(builder: SiteBuilder) -> Iterator[tuple[str, dict[str, Any], str]]:
    if builder.has_template(COLOPHON_TEMPLATE):
        articles = article_shares(builder.edition_context, builder.title_as_html, builder.get_relative_uri)
        yield colophon_page(builder.edition_context, used_typefaces(application_of(builder)), articles)
    if builder.has_template(ALPHABET_TEMPLATE):
        yield alphabetical_page(builder.summaries, builder.signed, builder.keywords.values())
    if builder.has_template(ISSUES_TEMPLATE) and has_issues_page(builder.env):
        yield issues_page(builder.summaries)
    if builder.has_template(FORWARD_TEMPLATE) and INDEX not in builder.env.found_docs:
        yield INDEX, {"title": builder.edition_context.publication_title}, FORWARD_TEMPLATE


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", add_to_context)
    app.connect("html-collect-pages", pages_without_source)
