"""Convert the sources of an article to JATS: `ref` with the formatted entry, and with its fields as elements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from fleuron.csl.dates.date_values import PartialDate, read_date
from fleuron.library.article_text import CitedSource
from fleuron.library.jats.elements import element, has_words, xml_id
from fleuron.library.jats.inline import InlineConverter
from fleuron.metadata.identifiers import absolute_address, valid_doi
from fleuron.metadata.references import pages_of, text_of
from fleuron.notes.note_wording import known_language

# The values that JATS recommends for `publication-type`, by CSL's types; other types keep CSL's name.
PUBLICATION_TYPES = {
    **{"article-journal": "journal", "article-magazine": "journal", "article-newspaper": "newspaper"},
    **{"chapter": "book", "entry-encyclopedia": "book", "entry-dictionary": "book", "paper-conference": "confproc"},
    **{"webpage": "web", "post-weblog": "web", "legislation": "gov", "dataset": "data", "motion_picture": "video"},
}
ROLES = ("author", "editor", "translator", "compiler", "director", "curator")
# The other variables with their elements, in the order of a citation.
VARIABLE_ELEMENTS = (
    *(("collection-title", "series"), ("edition", "edition"), ("volume", "volume"), ("issue", "issue")),
    *(("publisher-place", "publisher-loc"), ("publisher", "publisher-name")),
    *(("ISBN", "isbn"), ("ISSN", "issn")),
)


def publication_type(item: Mapping[str, Any]) -> str:
    kind = text_of(item, "type")
    return PUBLICATION_TYPES.get(kind, kind) or "other"


def person_group(role: str, names: object) -> etree._Element | None:
    """Return the persons and organisations (`collab`) with a role in a source, or None."""
    group = element("person-group", person_group_type=role)
    for name in names if isinstance(names, list) else ():
        particles = (text_of(name, "dropping-particle"), text_of(name, "non-dropping-particle"))
        family = " ".join(filter(None, (*particles, text_of(name, "family"))))
        given, suffix = text_of(name, "given"), text_of(name, "suffix")
        if not family and not given:
            group.append(element("collab", text_of(name, "literal")))
            continue
        parts = [("surname", family), ("given-names", given), ("suffix", suffix)]
        group.append(element("name", *(element(tag, text) for tag, text in parts if text)))
    return group if len(group) else None


def titles(item: Mapping[str, Any]) -> Iterator[etree._Element]:
    """Yield the title of a source, and that of the book or journal that contains it, which JATS calls `source`."""
    title, container = text_of(item, "title"), text_of(item, "container-title")
    language = known_language(text_of(item, "language"))
    if title and container:
        tag = "chapter-title" if publication_type(item) == "book" else "article-title"
        yield element(tag, title, lang=language)
    if container or title:
        yield element("source", container or title, lang=language)


def dates(item: Mapping[str, Any]) -> Iterator[etree._Element]:
    """Yield the date of a source, and the day on which its page on the web was read."""
    issued, accessed = read_date(item.get("issued")), read_date(item.get("accessed"))
    if issued and issued.start:
        yield from date_parts(issued.start)
    elif issued and issued.literal:
        yield element("string-date", issued.literal)
    if accessed and accessed.start:
        yield element("date-in-citation", *date_parts(accessed.start), content_type="access-date")


def date_parts(day: PartialDate) -> Iterator[etree._Element]:
    numbers = (("year", day.year), ("month", day.month), ("day", day.day))
    yield from (element(tag, str(number)) for tag, number in numbers if number)


def pages(item: Mapping[str, Any]) -> Iterator[etree._Element]:
    """Yield the first and the last page of a source, or its `page-range` if it is not a simple one."""
    first, last = pages_of(item)
    if first:
        yield element("fpage", first)
        if last:
            yield element("lpage", last)
    elif page := text_of(item, "page"):
        yield element("page-range", page)


def element_citation(item: Mapping[str, Any]) -> etree._Element | None:
    """Return the `element-citation` of an item of CSL-JSON, or None if it has none of the fields."""
    groups = [person_group(role, item.get(role)) for role in ROLES]
    citation = element("element-citation", *(group for group in groups if group is not None))
    citation.set("publication-type", publication_type(item))
    citation.extend([*titles(item), *dates(item)])
    values = [(tag, text_of(item, variable)) for variable, tag in VARIABLE_ELEMENTS]
    citation.extend(element(tag, value) for tag, value in values if value)
    citation.extend(pages(item))
    if doi := valid_doi(text_of(item, "DOI")):
        citation.append(element("pub-id", doi, pub_id_type="doi"))
    if address := absolute_address(text_of(item, "URL")):
        citation.append(element("ext-link", address, ext_link_type="uri", href=address))
    return citation if len(citation) else None


def reference_element(source: CitedSource, converter: InlineConverter) -> etree._Element:
    """Return the `ref` of a source: its entry as text and, as an alternative, its fields."""
    entry = converter.convert_all_inline(source.entry)
    mixed = element("mixed-citation", *(entry if has_words(entry) else [source.key]))
    mixed.set("publication-type", publication_type(source.item))
    fields = element_citation(source.item)
    citation = mixed if fields is None else element("citation-alternatives", mixed, fields)
    return element("ref", citation, id=f"ref.{xml_id(source.key)}")
