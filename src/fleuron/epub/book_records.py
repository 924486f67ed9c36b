"""The record of a book, of an edition or of one article alone, from what the press knows of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from fleuron.config import is_set, languages_of, typefaces_of
from fleuron.editions.edition_names import publication_name
from fleuron.editions.interface_words import words
from fleuron.editions.translators import translators
from fleuron.epub.cover import Cover, picture
from fleuron.epub.metadata import Access, Agent, Book, edition_identifier
from fleuron.fonts.installed import STYLES, choose, listed_faces
from fleuron.manuscript.records import publication_records
from fleuron.metadata.work import person
from fleuron.publication.document_names import article_name, contributor_document
from fleuron.publication.licence import licence_of
from fleuron.publication.source_date import source_moment

if TYPE_CHECKING:
    from fleuron.epub.builder import EditionEpubBuilder

XHTML = "{http://www.w3.org/1999/xhtml}"
MATHML = "{http://www.w3.org/1998/Math/MathML}math"
RECORDINGS = (f"{XHTML}audio", f"{XHTML}video")
EPOCH = datetime.datetime(1970, 1, 1)
# How many authors a cover names.
MOST_NAMES = 8
FALLBACK = Path(str(files("ziamath").joinpath("fonts", "STIXTwoMath-Regular.ttf")))
PICTURES = (f"{XHTML}img", "{http://www.w3.org/2000/svg}svg")


def book_of(builder: EditionEpubBuilder, pages: Iterable[Path] = ()) -> Book:
    """Make the record of the book that is being built; ``pages`` are its files, for what they show."""
    config, env, records = builder.config, builder.env, publication_records(builder.env)
    imprint, language = config.fleuron_imprint, builder.edition.language
    # As the contents have them, and others behind: several processes fill the records in the order of who was first.
    order = [*builder.volume, *sorted(records.articles)]
    articles = [name for name in dict.fromkeys(order) if name in records.articles and name in builder.documents]
    texts = [records.article_texts[name] for name in articles if name in records.article_texts]
    alone = articles[0] if builder.alone and articles else ""
    dates = [date for name in articles if (date := records.articles[name].date)]
    date = max(dates, default=None)
    licences = {records.articles[name].license for name in articles}
    licence = licence_of(licences.pop() if len(licences) == 1 else "")
    title = env.titles[config.root_doc].astext()
    return Book(
        identifiers=tuple(identifiers(builder, alone)),
        title=env.titles[alone or config.root_doc].astext(),
        language=language,
        direction=builder.edition.direction,
        creators=tuple(signatories(builder, articles)),
        contributors=tuple(translated_by(builder, articles)),
        publisher=config.epub_publisher if is_set(config, "epub_publisher") else config.author,
        rights=str(config.copyright or ""),
        licence=licence.address if licence else "",
        date=date,
        modified=date or (source_moment() or EPOCH).date(),
        subjects=tuple(dict.fromkeys(word for article in texts for word in article.keywords)),
        description=" ".join(" ".join(texts[0].abstract).split()) if alone and texts else "",
        source=f"urn:isbn:{imprint['isbn'].replace('-', '')}" if imprint.get("isbn") else f"{title} (PDF, {language})",
        series=imprint.get("series", "") or (title if alone else ""),
        number=imprint.get("number", ""),
        issn=imprint.get("issn", ""),
        version=str(config.release or config.version),
        access=access(builder, pages),
    )


def identifiers(builder: EditionEpubBuilder, article: str) -> Iterator[str]:
    """List a book's identifiers: its own, and the DOI, which all editions of it have."""
    own = edition_identifier(publication_name(builder.config), builder.edition.language, article_name(article))
    doi = (
        publication_records(builder.env).articles[article].doi
        if article
        else builder.config.fleuron_imprint.get("doi", "")
    )
    named = f"https://doi.org/{doi}" if doi else ""
    # Of an edition that is the only one, the DOI is the name.
    listed = (named, own) if len(languages_of(builder.config)) == 1 else (own, named)
    return iter(each for each in listed if each)


def signatories(builder: EditionEpubBuilder, articles: Iterable[str]) -> Iterator[Agent]:
    """List the authors, each once, in the order of the articles."""
    records = publication_records(builder.env)
    for author in dict.fromkeys(name for article in articles for name in records.articles[article].authors):
        document = contributor_document(author)
        name, record = builder.env.titles[document].astext(), records.contributors[document]
        yield Agent(name, person(name, is_body=record.organization).inverted)


def translated_by(builder: EditionEpubBuilder, articles: Iterable[str]) -> Iterator[Agent]:
    """List those who translated the articles, as the catalogues name them."""
    config, language = builder.config, builder.edition.language
    if language != languages_of(config)[0]:
        bodies = {each.name for each in publication_records(builder.env).contributors.values() if each.organization}
        for name in translators(Path(builder.srcdir), config.locale_dirs, language, list(articles)):
            yield Agent(name, person(name, is_body=name in bodies).inverted, "trl")


def access(builder: EditionEpubBuilder, pages: Iterable[Path]) -> Access:
    """Look up what a book's pages have."""
    tags = {element.tag for page in pages for element in etree.parse(page).iter()}
    word, marked = words(builder.edition.language), any(builder.pages())
    said = [word("Headings, notes with links to and fro, and a table of contents.")]
    said += [word("Pictures have alternative texts.")] if tags & set(PICTURES) else []
    said += [word("Formulas are MathML.")] if MATHML in tags else []
    said += [word("The pages of the printed volume are marked.")] if marked else []
    return Access(
        pictures=bool(tags & set(PICTURES)),
        formulas=MATHML in tags,
        pages=marked,
        recordings=bool(tags & set(RECORDINGS)),
        summary=" ".join(said),
        certifier=builder.config.fleuron_epub_certifier,
    )


def cover_of(builder: EditionEpubBuilder) -> bytes:
    """Make a cover, as PNG, in the publication's typefaces, or where they are not installed in that of formulas."""
    book = builder.book
    records, imprint = publication_records(builder.env), builder.config.fleuron_imprint
    families, listed = typefaces_of(builder.config), listed_faces()
    faces = [face.source.path for role in families for face in choose(listed, families[role], STYLES[role])[:1]]
    if builder.edition.direction == "rtl":
        faces.reverse()
    number = imprint.get("number") or (book.series if builder.alone else "")
    cover = Cover(
        title=book.title,
        subtitle=records.article_texts[builder.alone].subtitle if builder.alone in records.article_texts else "",
        authors=", ".join(agent.name for agent in book.creators[:MOST_NAMES])
        + ("…" if len(book.creators) > MOST_NAMES else ""),
        number=number,
        direction=builder.edition.direction,
        mark=files("fleuron.site").joinpath("theme/static/fleuron.svg").read_bytes(),
    )
    return picture(cover, [*faces, FALLBACK])
