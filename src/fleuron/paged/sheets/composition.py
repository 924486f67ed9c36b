"""Compose the manuscript of an edition: what the PDF builder has translated, and all that is told beside it."""

from __future__ import annotations

import datetime
import html
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from fleuron.config import typefaces_of
from fleuron.content.addresses import addresses_of
from fleuron.content.article_cards import names_of
from fleuron.content.article_citation import citation_node
from fleuron.content.work_records import work_of
from fleuron.editions.edition_names import publication_name
from fleuron.editions.interface_words import words
from fleuron.fonts.installed import STYLES, choose, listed_faces
from fleuron.manuscript.records import publication_records
from fleuron.metadata.citation_exports import MEDIA_TYPES, csl_item, records_of
from fleuron.metadata.work import Work, person
from fleuron.notes.cited_sources import compiled_style, notes_domain
from fleuron.notes.note_wording import NoteWording, merge_adjacent
from fleuron.notes.source_list import bibliography_entries
from fleuron.paged.book_parts import Attachment
from fleuron.paged.layout.engine_versions import engine
from fleuron.paged.layout.units import Fount
from fleuron.paged.sheets.front_and_back_matter import Back, Chapter, Imprint, Offprint
from fleuron.paged.sheets.indexes import Mention, filed
from fleuron.paged.sheets.manuscripts import Manuscript
from fleuron.publication.document_names import article_name, contributor_document, is_article, volume_anchor
from fleuron.publication.source_date import source_moment

if TYPE_CHECKING:
    from fleuron.paged.builder import PdfBuilder

# The names by which the style sheets call the families, whichever a publication has chosen.
CALLED = {"text": "Vollkorn", "arabic": "Amiri"}
SHEETS = ("print.css", "parts.css")
MARK = "fleuron.svg"
# For files of an article without a date: the first moment that every archive can tell.
EPOCH = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)


def fount_of(families: Mapping[str, str]) -> Fount:
    """Take the installed faces of the families; raises SystemExit where one is not installed."""
    listed, faces = listed_faces(), []
    for role, family in sorted(families.items()):
        chosen = choose(listed, family, STYLES[role])
        if not chosen:
            raise SystemExit(f"fleuron: a PDF needs the typeface “{family}”, which is not installed here")
        for face in chosen:
            style = "italic" if face.style.italic else "normal"
            path = face.source.path
            faces.append((CALLED[role], style, face.weight, path.name, path.read_bytes()))
    return Fount(tuple(faces))


def style_of(size: str) -> str:
    """Return the style of the pages, of a size in CSS's words."""
    sheets = [files(__package__).joinpath(name).read_text("utf-8") for name in SHEETS]
    return "\n".join([*sheets, f"@page {{ size: {size}; }}\n"])


def moment(day: datetime.date | None) -> datetime.datetime | None:
    """Return the beginning of a day; without one, the build's SOURCE_DATE_EPOCH, if it is set."""
    if day:
        return datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    return source_moment()


def attachments(builder: PdfBuilder, document: str, work: Work) -> Iterator[Attachment]:
    """Attach an article's source and its records (PDF/A-3, ISO 19005-3)."""
    date, name = moment(work.date) or EPOCH, article_name(document)
    source = Path(builder.env.doc2path(document)).read_bytes()
    yield Attachment(f"{name}.md", "text/markdown", source, f"Source: {work.title}", "Source", date)
    for ending, text in records_of(csl_item(work)).items():
        yield Attachment(f"{name}.{ending}", MEDIA_TYPES[ending], text.encode(), f"Record: {work.title}", "Data", date)


def chapter(builder: PdfBuilder, document: str) -> Chapter:
    """Make the chapter of a document that was translated."""
    fragment, pictures = builder.fragments[document], builder.pictures[document]
    if not is_article(document):
        return Chapter(fragment, pictures)
    work = work_of(builder, document)
    citation = builder.html_of(citation_node(work, compiled_style(builder.env)))
    licence = work.licence.name if work.licence else ""
    return Chapter(
        fragment,
        pictures,
        Offprint(citation, work.address, work.doi, licence),
        work.abstract or work.subtitle,
        moment(work.date),
        tuple(attachments(builder, document, work)),
    )


def contributors(builder: PdfBuilder, word: Any) -> Iterator[Back]:
    """Set the biographies of those who signed an article, in the order of the volume."""
    bodies = []
    for document in builder.signatories:
        name = builder.env.titles[document].astext()
        title = f'<h2 id="{volume_anchor(document)}">{html.escape(name)}</h2>'
        bodies.append(f'<div class="contributor">{title}{builder.biographies.get(document, "")}</div>')
    if bodies:
        yield Back(word("Contributors"), "b-contributors", "\n".join(bodies))


def sources(builder: PdfBuilder, word: Any) -> Iterator[Back]:
    """List all that the volume cites, in the style of its notes."""
    records = notes_domain(builder.env)
    keys = dict.fromkeys(key for document in builder.volume for key in records.cited.get(document, ()))
    entries = bibliography_entries(compiled_style(builder.env), records.items, keys)
    wording = NoteWording(builder.edition.language)
    listed = [
        nodes.paragraph("", "", *merge_adjacent(wording.nodes_of(entry.runs)), classes=["source"])
        for entry in entries
        if entry.runs
    ]
    if listed:
        yield Back(word("Sources"), "b-sources", "".join(builder.html_of(entry) for entry in listed))


def signed(builder: PdfBuilder) -> Iterator[Mention]:
    """Mention each contributor where an article of theirs opens."""
    records = publication_records(builder.env)
    for document in builder.volume:
        article = records.articles.get(document)
        for author, name in (
            zip(article.authors, names_of(builder.env, article.authors), strict=True) if article else ()
        ):
            is_body = records.contributors[contributor_document(author)].organization
            filed_as = filed(name, builder.edition.language) if is_body else person(name).inverted
            yield Mention(filed_as, volume_anchor(document), main=True)


def keywords(builder: PdfBuilder) -> Iterator[Mention]:
    """Mention each keyword, in the edition's words, where an article that has it opens."""
    texts = publication_records(builder.env).article_texts
    for document in builder.volume:
        for word in texts[document].keywords if document in texts else ():
            yield Mention(word, volume_anchor(document))


def imprint(builder: PdfBuilder, families: Mapping[str, str]) -> Imprint:
    """Say what the volume says of itself."""
    config, word = builder.config, words(builder.edition.language)
    facts = [(label, str(config.fleuron_imprint.get(key, ""))) for key, label in (("isbn", "ISBN"), ("doi", "DOI"))]
    if licence := config.fleuron_imprint.get("license"):
        facts.append((word("Licence"), str(licence)))
    facts.append((word("Version"), str(config.release or config.version)))
    facts.append((word("Typefaces"), ", ".join(dict.fromkeys(families.values()))))
    articles = publication_records(builder.env).articles
    dates = sorted(date for name in builder.volume if name in articles and (date := articles[name].date))
    return Imprint(
        title=builder.env.titles[config.root_doc].astext(),
        author=builder.names_of(builder.volume) or config.author,
        rights=str(config.copyright),
        date=dates[-1] if dates else None,
        preface=builder.preface,
        facts=tuple((label, text) for label, text in facts if text),
    )


def site_addresses(builder: PdfBuilder) -> dict[str, str]:
    """Map the ids of articles in the volume to their places on the site; nothing where it has no address."""
    addresses = addresses_of(builder.config)
    found = {volume_anchor(page): address for page in builder.signatories if (address := addresses.page(page))}
    for document, ids in builder.ids.items():
        if page := addresses.page(document):
            own = volume_anchor(document)
            found[own] = page
            found |= {each: f"{page}#{each.removeprefix(f'{own}--')}" for each in ids if each != own}
    return found


def manuscript_of(builder: PdfBuilder) -> Manuscript:
    """Compose all that the press needs."""
    config, word = builder.config, words(builder.edition.language)
    families = typefaces_of(config)
    about = imprint(builder, families)
    # One article alone has nothing before or behind it.
    alone = bool(config.fleuron_article)
    return Manuscript(
        imprint=about,
        edition=builder.edition,
        chapters=tuple(chapter(builder, document) for document in builder.volume if document in builder.fragments),
        backs=() if alone else (*contributors(builder, word), *sources(builder, word)),
        names=() if alone else (*signed(builder), *builder.names),
        keywords=() if alone else tuple(keywords(builder)),
        style=style_of(config.fleuron_page),
        fount=fount_of(families),
        engine=engine(),
        mode=config.fleuron_folios,
        version=str(config.release or config.version),
        identifier=str(
            config.fleuron_imprint.get("doi") or config.fleuron_imprint.get("isbn") or publication_name(config)
        ),
        date=moment(about.date),
        mark={MARK: files("fleuron.site").joinpath("theme/static", MARK).read_bytes()},
        pictures=builder.pictures.get(config.root_doc, {}),
        addresses=site_addresses(builder),
    )
