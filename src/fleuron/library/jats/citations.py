"""The sources of an article in JATS: `ref` with the words of the list of sources, and with its parts by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from fleuron.csl.dates.date_values import Day, read_date
from fleuron.csl.sources.latex.writer import plain_text
from fleuron.library.jats.article_text import Source
from fleuron.library.jats.elements import element, says, xml_id
from fleuron.library.jats.inline import Phrases
from fleuron.metadata.plain_text import folded
from fleuron.metadata.web_addresses import absolute
from fleuron.notes.note_wording import known

# CSL's types by the names that JATS recommends for `publication-type`; others keep CSL's.
TYPES = {
    **{"article-journal": "journal", "article-magazine": "journal", "article-newspaper": "newspaper"},
    **{"chapter": "book", "entry-encyclopedia": "book", "entry-dictionary": "book", "paper-conference": "confproc"},
    **{"webpage": "web", "post-weblog": "web", "legislation": "gov", "dataset": "data", "motion_picture": "video"},
}
ROLES = ("author", "editor", "translator", "compiler", "director", "curator")
# The other variables by the elements that have them, in the order of a citation.
PARTS = (
    *(("collection-title", "series"), ("edition", "edition"), ("volume", "volume"), ("issue", "issue")),
    *(("publisher-place", "publisher-loc"), ("publisher", "publisher-name")),
    *(("ISBN", "isbn"), ("ISSN", "issn")),
)


def said(item: Mapping[str, Any], variable: str) -> str:
    """Return a variable as text, without its markup."""
    value = item.get(variable)
    return folded(plain_text(str(value))) if isinstance(value, str | int | float) else ""


def publication_type(item: Mapping[str, Any]) -> str:
    kind = said(item, "type")
    return TYPES.get(kind, kind) or "other"


def person_group(role: str, names: object) -> etree._Element | None:
    """Name the persons of a role, and the bodies (`collab`)."""
    made = element("person-group", person_group_type=role)
    for name in names if isinstance(names, list) else ():
        particles = (said(name, "dropping-particle"), said(name, "non-dropping-particle"))
        family = " ".join(filter(None, (*particles, said(name, "family"))))
        given, suffix = said(name, "given"), said(name, "suffix")
        if not family and not given:
            made.append(element("collab", said(name, "literal")))
            continue
        parts = [("surname", family), ("given-names", given), ("suffix", suffix)]
        made.append(element("name", *(element(tag, text) for tag, text in parts if text)))
    return made if len(made) else None


def titles(item: Mapping[str, Any]) -> Iterator[etree._Element]:
    """Yield what a work is called and what it is in: `source` is the book or journal."""
    title, container = said(item, "title"), said(item, "container-title")
    language = known(said(item, "language"))
    if title and container:
        tag = "chapter-title" if publication_type(item) == "book" else "article-title"
        yield element(tag, title, lang=language)
    if container or title:
        yield element("source", container or title, lang=language)


def dates(item: Mapping[str, Any]) -> Iterator[etree._Element]:
    """Yield the date of a work, and the day on which its page on the web was read."""
    issued, accessed = read_date(item.get("issued")), read_date(item.get("accessed"))
    if issued and issued.start:
        yield from parts_of(issued.start)
    elif issued and issued.literal:
        yield element("string-date", issued.literal)
    if accessed and accessed.start:
        yield element("date-in-citation", *parts_of(accessed.start), content_type="access-date")


def parts_of(day: Day) -> Iterator[etree._Element]:
    numbers = (("year", day.year), ("month", day.month), ("day", day.day))
    yield from (element(tag, str(number)) for tag, number in numbers if number)


def pages(item: Mapping[str, Any]) -> Iterator[etree._Element]:
    """Yield the pages of a work: the first and the last, or all in one."""
    page = said(item, "page")
    first, dash, last = page.replace("–", "-").partition("-")
    if first.strip() and (not dash or last.strip()) and "-" not in last and "," not in page:
        yield element("fpage", first.strip())
        if last.strip():
            yield element("lpage", last.strip())
    elif page:
        yield element("page-range", page)


def element_citation(item: Mapping[str, Any]) -> etree._Element | None:
    """Make the `element-citation` of an item of CSL-JSON, or none where it has nothing to say."""
    groups = [person_group(role, item.get(role)) for role in ROLES]
    made = element("element-citation", *(group for group in groups if group is not None))
    made.set("publication-type", publication_type(item))
    made.extend([*titles(item), *dates(item)])
    made.extend(element(tag, said(item, variable)) for variable, tag in PARTS if said(item, variable))
    made.extend(pages(item))
    if doi := said(item, "DOI"):
        made.append(element("pub-id", doi, pub_id_type="doi"))
    if address := absolute(said(item, "URL")):
        made.append(element("ext-link", address, ext_link_type="uri", href=address))
    return made if len(made) else None


def reference(source: Source, phrases: Phrases) -> etree._Element:
    """Make the `ref` of a source: its words, and beside them, as what says the same, its parts."""
    words = phrases.phrases(source.words)
    worded = element("mixed-citation", *(words if says(words) else [source.key]))
    worded.set("publication-type", publication_type(source.item))
    parted = element_citation(source.item)
    citation = worded if parted is None else element("citation-alternatives", worded, parted)
    return element("ref", citation, id=f"ref.{xml_id(source.key)}")
